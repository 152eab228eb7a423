import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OnTheirWay, bytesShown } from "../../../channel/files.ts";
import { addressIn, agreed, sender } from "../../../channel/mail/account.ts";
import { withNamed } from "../../../channel/mail/files.ts";
import { mailStamp } from "../../../channel/maildate.ts";
import { CHANNELS } from "../../../channel/registry.ts";
import type { Attachment } from "../../../wire.ts";
import { partyText } from "../../../ui/record.ts";
import { page } from "./dom.ts";

declare const ROOT: string;

interface Expected {
  account: string;
  draft: unknown;
  rows: unknown[];
}

const files = (list: readonly Attachment[]): unknown[] => list.map((file) => [file.name, file.size]);

page("<html></html>");
const MAIL = CHANNELS.map((make) => make()).filter((channel) => channel.sendKey === "ctrl+enter");
assert.notEqual(MAIL.length, 0);

for (const { id } of MAIL) {
  const folder = join(ROOT, "testdata", "dom", id);
  const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
  assert.ok(names.length >= 2, `fixtures of ${id}`);
  for (const name of names) {
    test(`${id}/${name} is read as its .json says`, () => {
      const expected = JSON.parse(readFileSync(join(folder, name.replace(".html", ".json")), "utf8")) as Expected;
      page(readFileSync(join(folder, name), "utf8"));
      const channel = CHANNELS.map((make) => make()).find((one) => one.id === id);
      assert.ok(channel);
      const box = channel.composer();
      assert.ok(box, "composer");
      const state = channel.readDraft(box);
      assert.equal(state.state, "ready");
      const { reading } = state;
      assert.equal(reading.account, expected.account);
      assert.deepEqual({
        title: reading.title, subject: reading.subject, body: reading.body,
        to: reading.to.map(partyText), complete: reading.membersComplete, files: files(reading.attachments),
      }, expected.draft);
      assert.deepEqual(channel.rows().map((row) => ({
        direction: row.direction, from: partyText(row.from), to: (row.to ?? []).map(partyText), subject: row.subject,
        date: row.at.date, time: row.at.time, body: row.body, files: files(row.attachments), whole: row.whole,
      })), expected.rows);
      assert.ok(channel.selfTest().ok, JSON.stringify(channel.selfTest()));
    });
  }
}

test("dates are read in the page's language, and not guessed", () => {
  const told = (text: string, language: string): string => {
    const { date, time } = mailStamp(text, language);
    return `${date} ${time}`;
  };
  assert.equal(told("Fri, Sep 11, 2026, 9:04 AM", "en"), "2026-09-11 09:04");
  assert.equal(told("Sat 09/19/2026 09:51 AM", "en"), "2026-09-19 09:51");
  assert.equal(told("ven. 11 sept. 2026, 21:04", "fr"), "2026-09-11 21:04");
  assert.equal(told("1 août 2026 à 09 h 04", "fr"), "2026-08-01 09:04");
  assert.equal(told("11. September 2026 um 08:15", "de"), "2026-09-11 08:15");
  assert.equal(told("3/7/2026 10:00", "en"), " 10:00", "3 July or 7 March");
  assert.equal(told("Fri 07/03/2026 10:00", "en"), "2026-07-03 10:00", "3 July is a Friday, 7 March a Saturday");
  assert.equal(told("sam. 03/10/2026 10:00", "fr"), "2026-10-03 10:00");
  assert.equal(told("Mon 3/7/2026 10:00", "en"), " 10:00", "neither is a Monday");
  assert.equal(told("yesterday", "en"), " ");
  assert.equal(told("Fri, Sep 11, 2026, 9:04 AM", "not a language"), "2026-09-11 09:04");
});

test("sizes are read as the page shows them", () => {
  assert.deepEqual(["(12K)", "1,2 Mo", "512 bytes", "3 GB", "?"].map(bytesShown), [12288, 1258291, 512, 3221225472, 0]);
});

test("a file counts from when it is given until the page shows it no more", () => {
  const file = (name: string): Attachment => ({ name, type: "", size: 1 });
  const given = new OnTheirWay();
  given.add([file("a.pdf")]);
  assert.deepEqual(given.with([]).map((f) => f.name), ["a.pdf"], "before the page shows it");
  assert.deepEqual(given.with([file("a.pdf"), file("b.pdf")]).map((f) => f.name), ["a.pdf", "b.pdf"]);
  assert.deepEqual(given.with([file("b.pdf")]).map((f) => f.name), ["b.pdf"], "taken out");
});

test("a mailbox is one's own only where everything on the page names the same", () => {
  assert.equal(agreed(["", "a@dept.example", "a@dept.example"]), "a@dept.example");
  assert.equal(agreed(["a@dept.example", "a@post.example"]), "");
  assert.equal(addressIn("Google Account: Dana Ellis  (Dana.Ellis@Dept.example)"), "dana.ellis@dept.example");
  assert.equal(sender("a@dept.example", ""), "a@dept.example");
  assert.equal(sender("a@dept.example", "team@press.dept.example"), "team@press.dept.example", "a shared mailbox of the same house");
  assert.equal(sender("a@post.example", "a@dept.example"), "", "an alias in a private mailbox");
});

test("a subject cannot pass for the account", () => {
  page(`<html><head><title>Re: - dana@dept.example - lunch - dana@post.example - Mail</title></head><body><div role="main"></div>
    <div role="dialog"><div contenteditable="true" role="textbox" aria-multiline="true">Lunch?</div><input name="subjectbox" value="x"><div role="button" data-tooltip="Send">Send</div></div></body></html>`);
  const channel = CHANNELS.map((make) => make()).find(({ id }) => id === "gmail");
  const box = channel?.composer();
  const state = box && channel?.readDraft(box);
  assert.equal(state?.state === "ready" && state.reading.account, "dana@post.example");
});

test("a file is told by its name beside its size, where nothing else names it", () => {
  page(`<html><body><div id="f"><p id="box">see plan.pdf <b>12 KB</b></p><div><i>site plan.v2.pdf</i><u>(1.5M)</u></div><div>3 files</div></div></body></html>`);
  const [frame, box] = [document.getElementById("f"), document.getElementById("box")];
  assert.ok(frame && box);
  assert.deepEqual(withNamed([], frame, box).map((file) => [file.name, file.size]), [["site plan.v2.pdf", 1572864]]);
});
