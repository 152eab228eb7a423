import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, parseDate, parsePrePlain, parseTime, rfc3339, settleOrder } from "../../../channel/dates.ts";

const times: [string, string][] = [
  ["8:19 PM", "20:19"],
  ["12:02 AM", "00:02"],
  ["12:05 PM", "12:05"],
  ["9:12 a. m.", "09:12"],
  ["8:05 pm", "20:05"],
  ["20.05", "20:05"],
  ["20h05", "20:05"],
  ["下午1:23", "13:23"],
  ["上午12:10", "00:10"],
  ["오후 3:07", "15:07"],
  ["25:61", ""],
  ["noon", ""],
];
for (const [text, want] of times) {
  test(`time ${text} is ${want || "not a time"}`, () => {
    assert.equal(parseTime(text), want);
  });
}

const dates: [string, string, string, string][] = [
  ["13/06/2026", "2026-06-13", "", "2026-06-13"],
  ["6/13/2026", "", "2026-06-13", "2026-06-13"],
  ["03/07/2026", "2026-07-03", "2026-03-07", ""],
  ["05/05/2026", "2026-05-05", "2026-05-05", "2026-05-05"],
  ["31.08.2026", "2026-08-31", "", "2026-08-31"],
  ["3.7.26", "2026-07-03", "2026-03-07", "2026-07-03"],
  ["2026-08-31", "2026-08-31", "2026-08-31", "2026-08-31"],
  ["2026年9月18日", "2026-09-18", "2026-09-18", "2026-09-18"],
];
for (const [text, dmy, mdy, sure] of dates) {
  test(`date ${text}`, () => {
    assert.deepEqual(parseDate(text), { dmy, mdy, sure });
  });
}

test("no date is made of what is none", () => {
  for (const text of ["32/13/2026", "yesterday", "30/02/2026", ""]) assert.equal(parseDate(text), null, text);
});

test("the head of a text message, whatever its order and the sender's name", () => {
  const head = parsePrePlain("[15:06, 03/07/2026] +44 7700 900145: ");
  assert.equal(head?.sender, "+44 7700 900145");
  assert.equal(head.stamp.time, "15:06");
  assert.equal(parsePrePlain("[2026-07-03, 15:06] A: B: ")?.sender, "A: B");
  assert.equal(parsePrePlain("15:06 no brackets"), null);
});

const dated = (...texts: string[]) =>
  texts.map((text) => ({ date: parseDate(text) ?? { dmy: "", mdy: "", sure: "" }, section: "" }));

test("a day above 12 settles the order of every date on the page", () => {
  assert.equal(settleOrder(dated("03/07/2026", "13/07/2026"), "2026-11-22"), "dmy");
  assert.equal(settleOrder(dated("7/3/2026", "7/13/2026"), "2026-11-22"), "mdy");
});

test("messages run forwards and not into the future", () => {
  assert.equal(settleOrder(dated("01/02/2026", "02/01/2026"), "2026-11-22"), "mdy", "1 Feb before 2 Jan cannot be");
  assert.equal(settleOrder(dated("03/12/2026"), "2026-11-22"), "mdy", "3 December is still to come");
});

test("the page's own Today settles it", () => {
  const [one] = dated("03/07/2026");
  assert.ok(one);
  assert.equal(settleOrder([{ ...one, section: "2026-07-03" }], "2026-07-03"), "dmy");
});

test("nothing is guessed where nothing settles it, or the page contradicts itself", () => {
  assert.equal(settleOrder(dated("03/07/2026", "04/07/2026"), "2026-11-22"), "unknown");
  assert.equal(settleOrder(dated("13/07/2026", "7/14/2026"), "2026-11-22"), "unknown");
  const date = parseDate("03/07/2026");
  assert.equal(date && inOrder(date, "unknown"), "");
});

test("RFC 3339 carries the device's offset on that day", () => {
  assert.match(rfc3339("2026-07-03", "15:06"), /^2026-07-03T15:06:00[+-]\d\d:\d\d$/);
  assert.equal(rfc3339("", "15:06"), "");
});
