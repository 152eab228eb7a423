// What "Why?" tells of what was seen; and the chip of a chat that has turned.

import assert from "node:assert/strict";
import test from "node:test";
import { look } from "../../../ui/chip.ts";
import { seenLine } from "../../../ui/seen.ts";
import { pageStrings } from "../../../ui/strings/page.ts";
import { reason, verdict } from "./verdict.ts";

test("what was seen is told with its place and how sure it is", () => {
  const texts = [{ field: "body", text: "né le 3 mai, AB 12" }, { field: "attachments[0].name", text: "plan.pdf.exe" }];
  const given = reason("warn", { confidence: 0.98, spans: [{ field: "body", start: 14, end: 19 }, { field: "attachments[0].name", start: 4, end: 12 }] });
  assert.equal(seenLine(given, texts, pageStrings.en), "Seen: “AB 12” in the message, “.pdf.exe” in a file’s name. Sure to 98 %.");
  assert.match(seenLine(given, texts, pageStrings.fr), /^Vu : « AB 12 » dans le message/);
  assert.equal(seenLine(reason("warn"), texts, pageStrings.en), "", "nothing where the reason rests on no words");
});

test("a chat that has turned offers to be set to work", () => {
  for (const strings of [pageStrings.en, pageStrings.fr]) {
    const now = look({ kind: "notice", verdict: verdict("notice", { reasons: [reason("notice", { detector: "drift", clause: "UK-18.2" })] }) }, strings);
    assert.deepEqual(now.act, { label: strings.setWork, act: "work" });
  }
});
