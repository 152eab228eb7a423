import assert from "node:assert/strict";
import { test } from "node:test";
import { KeepDialog, type KeepModel } from "../../../ui/keep.ts";
import type { Choice } from "../../../ui/record.ts";
import { pageStrings } from "../../../ui/strings/page.ts";
import type { Answer, Capture } from "../../../wire.ts";
import { need, page } from "./dom.ts";
import { verdict } from "./verdict.ts";

const strings = pageStrings.en;

function choice(id: string, more: Partial<Choice> = {}): Choice {
  return { id, direction: "in", from: { name: "Ben Osei", address: "" }, date: "2026-11-22", time: "14:03", shown: "", body: `text ${id}`, attachments: [], whole: true, deleted: false, ...more };
}

interface Opened {
  dialog: KeepDialog;
  asked: { capture: Capture; request: string }[];
  answer: (answer: Answer<"keep"> | Error) => Promise<void>;
  press: () => Promise<void>;
  check: (index: number) => void;
  text: () => string;
}

const SETTLED = 320;
const wait = (ms = 0): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

async function open(more: Partial<KeepModel> = {}): Promise<Opened> {
  page("<html><body></body></html>");
  const asked: Opened["asked"] = [];
  let resolve: (answer: Answer<"keep">) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const dialog = new KeepDialog(
    {
      strings: () => strings,
      zoneAt: () => "+00:00",
      send: (capture, request) => {
        asked.push({ capture, request });
        return new Promise((a, b) => { resolve = a; reject = b; });
      },
      act: () => undefined,
      closed: () => undefined,
      kept: () => undefined,
    },
    () => undefined,
  );
  document.body.append(dialog.element);
  dialog.show({
    chat: { channel: "whatsapp", title: "Harbour", kind: "group", members: [{ name: "Ben Osei", address: "" }], membersComplete: true },
    me: { name: "Dana Ellis", address: "" },
    choices: ["1", "2", "3", "4"].map((id) => choice(id)),
    chosen: ["3"],
    contextMessages: 1,
    judged: () => null,
    pasted: "",
    substance: false,
    advancedPrivacy: false,
    hold: "none",
    ...more,
  });
  await wait(SETTLED);
  return {
    dialog,
    asked,
    answer: async (answer) => {
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
      await wait();
    },
    press: async () => {
      const event = new MouseEvent("click", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "isTrusted", { value: true });
      need(".foot .strong", dialog.element).dispatchEvent(event);
      await wait();
    },
    check: (index) => {
      const box = dialog.element.querySelectorAll<HTMLInputElement>(".messages input")[index];
      box?.click();
    },
    text: () => dialog.element.textContent,
  };
}

function enter(dialog: KeepDialog, selector: string, text: string): void {
  (need(selector, dialog.element) as HTMLInputElement).value = text;
  dialog.typed(new Event("input"));
}

test("one click keeps the chosen message with its five fields", async () => {
  const o = await open();
  await o.press();
  const capture = o.asked[0]?.capture;
  assert.deepEqual(capture?.messages.map((m) => m.body), ["text 3"]);
  assert.equal(capture.fields.subject, "Harbour: text 3");
  assert.equal(capture.method, "verbatim");
  assert.match(o.asked[0]?.request ?? "", /^[0-9a-f]{32}$/);
});

test("several at once, with context before the first, flagged", async () => {
  const o = await open();
  o.check(3);
  need(".context input", o.dialog.element).click();
  await o.press();
  assert.deepEqual(o.asked[0]?.capture.messages.map((m) => [m.body, m.context_only]), [["text 2", true], ["text 3", false], ["text 4", false]]);
});

test("nothing is said to be kept before the worker says so", async () => {
  const o = await open();
  await o.press();
  assert.ok(o.text().includes(strings.keeping));
  for (const text of [...Object.values(strings.troubles), strings.states.kept]) assert.equal(o.text().includes(text), false);
  await o.answer({ ok: true, id: "sha256:x", state: "pending", where: "", trouble: "no_destination" });
  assert.ok(o.text().includes(strings.troubles.no_destination));
});

test("a failure says so, keeps what was entered, and asks again as the same record", async () => {
  const o = await open();
  await o.press();
  await o.answer(new Error("gone"));
  assert.ok(o.text().includes(strings.keepOrphan));
  await o.press();
  assert.equal(o.asked.length, 2);
  assert.equal(o.asked[0]?.request, o.asked[1]?.request);
});

test("a missing field is named and asked for", async () => {
  const o = await open({ choices: [choice("3", { date: "", shown: "14:03, 03/07/2026" })] });
  assert.ok(o.text().includes(strings.dateUnclear("14:03, 03/07/2026")), "and says why");
  await o.press();
  assert.equal(o.asked.length, 0);
  assert.ok(o.text().includes(strings.missing(strings.fields.date)));
  enter(o.dialog, 'input[type="date"]', "2026-07-03");
  await o.press();
  assert.deepEqual(o.asked[0]?.capture.observed, { date: "" });
});

test("the worker's own missing fields are named", async () => {
  const o = await open();
  await o.press();
  await o.answer({ ok: false, missing: ["subject"], error: "" });
  assert.ok(o.text().includes(strings.missing(strings.fields.subject)));
});

test("where the page does not say who wrote it, the person is asked", async () => {
  const o = await open({ choices: [choice("3", { direction: "unknown" })] });
  await o.press();
  assert.equal(o.asked.length, 0);
  assert.ok(o.text().includes(strings.wayNeeded));
  o.dialog.element.querySelectorAll<HTMLInputElement>(".ways input")[1]?.click();
  await o.press();
  assert.equal(o.asked[0]?.capture.direction, "out");
  assert.equal(o.asked[0].capture.fields.from.name, "Dana Ellis");
});

test("a part of a message, or a deleted one, cannot be kept as if whole", async () => {
  const o = await open({ choices: [choice("1", { whole: false }), choice("2", { deleted: true }), choice("3")], chosen: [] });
  const boxes = [...o.dialog.element.querySelectorAll<HTMLInputElement>(".messages input")];
  assert.deepEqual(boxes.map((box) => box.disabled), [true, true, false]);
  await o.press();
  assert.ok(o.text().includes(strings.keepNone));
});

test("a correction survives a change of choice", async () => {
  const o = await open();
  const subject = o.dialog.element.querySelector<HTMLInputElement>(".field-subject input");
  assert.ok(subject);
  subject.value = "My own";
  o.check(3);
  await o.press();
  assert.equal(o.asked[0]?.capture.fields.subject, "My own");
  assert.equal(o.asked[0].capture.observed.subject, "Harbour: text 3");
});

test("by hand: the text is asked for, then kept as a transcript", async () => {
  const o = await open({ choices: [], chosen: [] });
  await o.press();
  assert.ok(o.text().includes(strings.textNeeded));
  enter(o.dialog, ".scroll > .hand textarea", "They agreed");
  for (const [name, value] of [["from", "Ben Osei"], ["date", "2026-11-22"], ["time", "14:03"], ["subject", "Quay"]] as const) {
    enter(o.dialog, `.field-${name} input`, value);
  }
  await o.press();
  const capture = o.asked[0]?.capture;
  assert.equal(capture?.method, "transcript");
  assert.deepEqual(capture.messages.map((m) => m.body), ["They agreed"]);
  assert.equal(capture.observed.subject, "Harbour: They agreed", "proposed from the text while it was typed");
});

test("a note of the substance: what and why in the person's words, none of the messages', and the five fields", async () => {
  const o = await open({ substance: true, judged: () => ({ verdict: verdict("notice", { duty: "capture" }), reason: "" }) });
  await o.press();
  assert.equal(o.asked.length, 0);
  assert.ok(o.text().includes(strings.substanceNeeded));
  const [what, why] = o.dialog.element.querySelectorAll<HTMLTextAreaElement>(".choose .hand textarea");
  assert.ok(what && why);
  what.value = "The tender is stopped until Friday";
  why.value = "The auditor asked";
  await o.press();
  const asked = o.asked[0]?.capture;
  assert.equal(asked?.method, "substance");
  assert.deepEqual(asked.messages.map((m) => [m.body, m.from.name, m.context_only]), [
    ["What was decided or said?\nThe tender is stopped until Friday\n\nWhy?\nThe auditor asked", "Ben Osei", false],
  ]);
  assert.deepEqual([asked.fields.from.name, asked.fields.date, asked.fields.time, asked.fields.subject], ["Ben Osei", "2026-11-22", "14:03", "Harbour"]);
  assert.equal(asked.verdict.digest, "", "no digest of words that are not kept");
  assert.equal(JSON.stringify(asked).includes("text 3"), false, "no word of the message, not even in the subject");
});

test("a change from the words to their substance and back takes nothing along that was not asked for", async () => {
  const o = await open();
  const radios = o.dialog.element.querySelectorAll<HTMLInputElement>(".scopes input");
  need(".context input", o.dialog.element).click();
  radios[1]?.click();
  assert.equal(o.dialog.element.querySelector<HTMLElement>(".context")?.hidden, true);
  enter(o.dialog, ".choose .hand textarea", "They agreed");
  await o.press();
  assert.deepEqual(o.asked[0]?.capture.messages.length, 1, "no context beside a note");
  radios[0]?.click();
  await o.answer(new Error("gone"));
  await o.press();
  assert.deepEqual(o.asked[1]?.capture.messages.map((m) => m.body), ["text 2", "text 3"]);
  assert.equal(o.asked[1].capture.method, "verbatim");
});

test("by hand, with no message chosen, a note needs its five fields too", async () => {
  const o = await open({ choices: [], chosen: [], substance: true });
  enter(o.dialog, ".choose .hand textarea", "They agreed to close");
  await o.press();
  assert.ok(o.text().includes(strings.missing([strings.fields.from, strings.fields.date, strings.fields.time].join(", "))));
  for (const [name, value] of [["from", "Ben Osei"], ["date", "2026-11-22"], ["time", "14:03"]] as const) enter(o.dialog, `.field-${name} input`, value);
  await o.press();
  assert.equal(o.asked[0]?.capture.messages[0]?.at, "2026-11-22T14:03:00+00:00");
});

test("where people asked that nothing be taken out of the chat, the note comes first, and says why", async () => {
  const o = await open({ substance: true, advancedPrivacy: true });
  assert.ok(o.text().includes(strings.advancedPrivacy));
  assert.equal(o.dialog.element.querySelectorAll<HTMLInputElement>(".scopes input")[1]?.checked, true);
  assert.ok(!(await open()).text().includes(strings.advancedPrivacy));
});

/** Selects words in the n-th message's text and presses the n-th button. */
function takeOut(dialog: KeepDialog, n: number, words: string): void {
  const text = dialog.element.querySelectorAll<HTMLTextAreaElement>(".redact textarea")[n];
  assert.ok(text);
  const at = text.value.indexOf(words);
  text.setSelectionRange(at, at + words.length);
  dialog.element.querySelectorAll<HTMLButtonElement>(".redact .act")[2 * n]?.click();
}

test("words taken out are in nothing that is kept: not in the body, the subject, the context or a digest", async () => {
  const judged = { verdict: verdict("notice", { duty: "capture" }), reason: "" };
  const o = await open({ choices: [choice("1", { body: "Ann is ill" }), choice("2", { body: "Call Ann tonight" })], chosen: ["2"], judged: () => judged });
  need(".context input", o.dialog.element).click();
  o.dialog.typed(new Event("change"));
  takeOut(o.dialog, 0, "Ann is ill");
  takeOut(o.dialog, 1, "Ann");
  await o.press();
  const kept = o.asked[0]?.capture;
  assert.deepEqual(kept?.messages.map((m) => [m.body, m.redactions]), [
    ["█████", [{ at: 0, length: 10 }]],
    ["Call █████ tonight", [{ at: 5, length: 3 }]],
  ]);
  assert.equal(kept.fields.subject, "Harbour: Call █████ tonight");
  assert.equal(kept.verdict.digest, "");
  assert.equal(JSON.stringify(kept).includes("Ann"), false);
});

test("typing into a text that is there for selecting changes nothing", async () => {
  const o = await open();
  const text = o.dialog.element.querySelector<HTMLTextAreaElement>(".redact textarea");
  assert.ok(text);
  text.focus();
  const typing = new Event("beforeinput", { cancelable: true });
  o.dialog.typed(typing);
  assert.equal(typing.defaultPrevented, true);
  text.value = "composed";
  o.dialog.typed(new Event("input"));
  assert.equal(text.value, "text 3");
});

test("put back, the text is whole, and so is what is kept", async () => {
  const o = await open();
  takeOut(o.dialog, 0, "text");
  o.dialog.element.querySelectorAll<HTMLButtonElement>(".redact .act")[1]?.click();
  await o.press();
  assert.deepEqual(o.asked[0]?.capture.messages.map((m) => [m.body, m.redactions]), [["text 3", undefined]]);
});

test("under a hold, or where none is stated, no words can be taken out", async () => {
  for (const [hold, words] of [["held", strings.redactHeld], ["unknown", strings.redactUnknown]] as const) {
    const o = await open({ hold });
    assert.ok(o.text().includes(words));
    assert.equal(o.dialog.element.querySelector(".redact button, .redact textarea"), null);
  }
});
