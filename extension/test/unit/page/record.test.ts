import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChatFacts, type Choice, capture, corrected, entered, missing, parseParties, parseParty, partiesText, propose, subject } from "../../../ui/record.ts";
import { reason, verdict } from "./verdict.ts";

const zone = (): string => "+01:00";
const me = { name: "Dana Ellis", address: "dana@dept.example" };
const ben = { name: "Ben Osei", address: "+447700900112" };
const amira = { name: "Amira Khan", address: "" };
const group: ChatFacts = { channel: "whatsapp", title: "Harbour", kind: "group", members: [amira, ben], membersComplete: true };
const one: ChatFacts = { channel: "whatsapp", title: "Ben Osei", kind: "one", members: [ben], membersComplete: true };

function choice(more: Partial<Choice>): Choice {
  return { id: "1", direction: "out", from: { name: "Dana E", address: "" }, date: "2026-11-22", time: "14:03", shown: "[14:03, 22/11/2026]", body: "We close the quay", attachments: [], whole: true, deleted: false, ...more };
}

test("five fields of a message sent to a group", () => {
  const fields = propose([choice({})], group, me, zone);
  assert.deepEqual(fields, {
    from: me,
    to: [amira, ben],
    members_complete: true,
    date: "2026-11-22",
    time: "14:03",
    zone: "+01:00",
    zone_source: "device",
    precision: "minute",
    subject: "Harbour: We close the quay",
  });
});

test("of a message received in a group: to the reader and the others, not its sender", () => {
  const fields = propose([choice({ direction: "in", from: ben })], group, me, zone);
  assert.deepEqual(fields.from, ben);
  assert.deepEqual(fields.to, [me, amira]);
});

test("of a message received from one person", () => {
  assert.deepEqual(propose([choice({ direction: "in", from: ben })], one, me, zone).to, [me]);
  assert.deepEqual(propose([choice({ direction: "in", from: ben })], one, { name: "", address: "" }, zone).to, [], "not known: the person is asked");
});

test("of several mails of a thread: everybody any of them went to, once, but not the first one's sender", () => {
  const dana = { name: "me", address: me.address };
  const eve = { name: "Eve", address: "eve@dept.example" };
  const sam = { name: "Sam", address: "sam@dept.example" };
  const mails = [
    choice({ direction: "in", from: sam, to: [dana], subject: "Quay" }),
    choice({ id: "2", from: dana, to: [sam, eve], subject: "Quay" }),
    choice({ id: "3", direction: "in", from: eve, to: [{ ...dana, name: "Dana" }, sam], subject: "Quay" }),
  ];
  const fields = propose(mails, one, me, zone);
  assert.deepEqual([fields.from, fields.to, fields.subject], [sam, [dana, eve], "Quay"]);
  assert.deepEqual(propose([choice({ from: me, to: [me] })], one, me, zone).to, [me], "a mail to oneself");
});

test("the page's name for the reader serves where the settings have none", () => {
  assert.equal(propose([choice({})], one, { name: "", address: "" }, zone).from.name, "Dana E");
});

test("each missing field is named", () => {
  const form = entered(propose([choice({ date: "" })], group, me, zone));
  assert.deepEqual(missing(form), ["date"]);
  assert.deepEqual(missing({ from: " ", to: "", date: "", time: "", subject: "" }), ["from", "to", "date", "time", "subject"]);
});

test("what is corrected is kept beside what the page showed; the rest is exact", () => {
  const page = propose([choice({})], group, me, zone);
  const { fields, observed } = corrected(page, { ...entered(page), subject: "Quay closure", to: "Amira Khan <amira@dept.example>" }, zone);
  assert.equal(fields.subject, "Quay closure");
  assert.deepEqual(fields.to, [{ name: "Amira Khan", address: "amira@dept.example" }]);
  assert.deepEqual(observed, { subject: "Harbour: We close the quay", to: [amira, ben] });
  assert.deepEqual(fields.from, me);
});

test("seconds given are seconds recorded", () => {
  const page = propose([choice({})], group, me, zone);
  assert.equal(corrected(page, { ...entered(page), time: "14:03:20" }, zone).fields.precision, "second");
});

test("parties survive being shown and read back", () => {
  assert.deepEqual(parseParties(partiesText([me, ben, amira])), [me, ben, amira]);
  assert.deepEqual(parseParty("+44 7700 900 178"), { name: "+44 7700 900 178", address: "+447700900178" });
});

test("a subject is cut at a word and through no character", () => {
  const long = subject([choice({ body: "word ".repeat(40) })], "Harbour");
  assert.ok(long.length <= 75 && long.endsWith("word…"), long);
  assert.ok(subject([choice({ body: "🙂".repeat(100) })], "H").isWellFormed());
  assert.equal(subject([choice({ body: "", attachments: [{ name: "a.pdf", type: "", size: 0 }] })], "Harbour"), "Harbour: a.pdf");
});

test("the capture: context first and flagged, clauses and verdict as judged", () => {
  const chosen = [choice({ id: "2" }), choice({ id: "3", direction: "in", from: ben, date: "", time: "14:09" })];
  const page = propose(chosen, group, me, zone);
  const judged = { verdict: verdict("notice", { duty: "capture", reasons: [reason("notice"), reason("notice")] }), reason: "urgent" };
  const made = capture({ chat: group, chosen, context: [choice({ id: "1" })], page, form: entered(page), note: " urgent ", judged, method: "verbatim", substance: "" }, zone);
  assert.equal(made.direction, "both");
  assert.deepEqual(made.messages.map((m) => m.context_only), [true, false, false]);
  assert.deepEqual(made.messages.map((m) => m.at), ["2026-11-22T14:03:00+01:00", "2026-11-22T14:03:00+01:00", ""], "an unknown day stays unknown");
  assert.deepEqual(made.clauses, ["uk-nccc-2023/UK-9a"]);
  assert.deepEqual(made.verdict, { permission: "care", duty: "capture", digest: judged.verdict.digest });
  assert.equal(made.note, "urgent");
  assert.equal(made.series, "to be filed");
});

test("a day the person gave becomes the message's", () => {
  const chosen = [choice({ date: "" })];
  const page = propose(chosen, group, me, zone);
  const made = capture({ chat: group, chosen, context: [], page, form: { ...entered(page), date: "2026-07-03" }, note: "", judged: { verdict: null, reason: "" }, method: "verbatim", substance: "" }, zone);
  assert.equal(made.messages[0]?.at, "2026-07-03T14:03:00+01:00");
  assert.deepEqual(made.observed, { date: "" });
  assert.equal(made.verdict.duty, "unknown");
  assert.equal("note" in made, false);
});
