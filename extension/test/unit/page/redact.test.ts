// Words taken out before keeping.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cut, MARK, add, redact } from "../../../redact.ts";

const text = "Call Ann on 07700 900101 tonight 🙂🙂, not Ben";

/** Takes words out as a person does: by their place in what they see. */
function take(cuts: readonly Cut[], words: string): Cut[] {
  const shown = redact(text, cuts).body;
  const at = shown.indexOf(words);
  assert.ok(at >= 0, `${words} in ${shown}`);
  return add(text, cuts, at, at + words.length);
}

test("a mark stands in place of the words, with its place in bytes and how many characters it was", () => {
  const cuts = take(take([], "07700 900101"), "Ben");
  const { body, redactions } = redact(text, cuts);
  assert.equal(body, `Call Ann on ${MARK} tonight 🙂🙂, not ${MARK}`);
  assert.deepEqual(redactions.map(({ length }) => length), [12, 3]);
  const bytes = new TextEncoder().encode(body);
  for (const { at } of redactions) assert.equal(new TextDecoder().decode(bytes.slice(at, at + 15)), MARK);
});

test("a mark that is touched goes whole, and cuts that meet become one", () => {
  const one = take([], "Ann");
  assert.deepEqual(redact(text, take(one, `${MARK} on`)).redactions, [{ at: 5, length: 6 }]);
  assert.deepEqual(redact(text, add(text, one, 6, 7)).redactions, [{ at: 5, length: 3 }], "a selection inside a mark changes nothing");
  assert.deepEqual(redact(text, take(take(one, " on "), "Call ")).redactions, [{ at: 0, length: 12 }]);
});

test("no character is cut in two, and nothing selected takes nothing out", () => {
  const face = text.indexOf("🙂");
  const { body, redactions } = redact(text, add(text, [], face + 1, face + 3));
  assert.ok(body.isWellFormed());
  assert.equal(redactions[0]?.length, 2);
  assert.deepEqual(add(text, [], 3, 3), []);
});

test("whatever is selected, in any order: what is left is the text's own, and all that was selected is gone", () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 400; round++) {
    let cuts: Cut[] = [];
    for (let i = 0; i < 5; i++) {
      const shown = redact(text, cuts).body;
      const from = random(shown.length);
      const to = from + 1 + random(8);
      const before = cuts;
      cuts = add(text, cuts, from, Math.min(to, shown.length));
      for (const [a, b] of before) assert.ok(cuts.some(([c, d]) => c <= a && d >= b), "nothing taken out comes back");
    }
    const { body, redactions } = redact(text, cuts);
    assert.ok(body.isWellFormed());
    assert.equal(body.split(MARK).join("").length + cuts.reduce((n, [a, b]) => n + b - a, 0), text.length);
    assert.equal(redactions.length, cuts.length);
    for (const [i, [, end]] of cuts.entries()) assert.ok(end < (cuts[i + 1]?.[0] ?? Infinity), "in order and apart");
  }
});
