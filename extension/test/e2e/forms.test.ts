import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import PostalMime from "postal-mime";
import type { Contact } from "../../wire.ts";
import { Browser, until } from "../harness.ts";
import { stored, strangers } from "../harness-worker.ts";
import { records } from "./captures.ts";

const contacts: Contact[] = [
  { role: "records", name: "", address: "kim@department.example" },
  { role: "head", name: "", address: "head@department.example" },
  { role: "abuse", name: "", address: "abuse@department.example" },
];
const word = "Zeltrovane";

async function download(page: Page, press: string, folder: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(press)]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return readFileSync(path);
}

test("a report is filled in with the keyboard, saved, reopened after a restart, and reaches both its recipients' draft; a mail link has no words unless ticked", async () => {
  const base = mkdtempSync(join(tmpdir(), "hanaper-forms-"));
  const profile = join(base, "profile");
  const browser = await Browser.start({ profile, settings: { contacts, device: "unmanaged" } });
  try {
    const item = "d".repeat(32);
    await browser.inside((id) => chrome.runtime.sendMessage({ op: "sent", channel: "whatsapp", chat: "Harbour", id, duty: "capture", rules: ["uk-nccc-2023/UK-10a"], report: true }), item);
    const panel = await browser.own("panel.html");
    const href = (await panel.getAttribute(`#report-${item}`, "href")) ?? "";
    const page = await browser.own(href);
    await page.waitForSelector("#field-why");
    assert.equal(await page.inputValue("#field-channel"), "whatsapp");
    assert.equal(await page.inputValue("#to-head"), "head@department.example");
    await page.click("#draft-file");
    await page.waitForSelector("#faults");
    assert.match((await page.textContent("#faults")) ?? "", /What made it exceptional/);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "field-why", "the way leads to what is missing");
    await page.keyboard.type(`The office system was down (${word})`);
    await page.focus("#save");
    await page.keyboard.press("Enter");
    await until("it to be saved", () => page.url().includes("#open="));
    const saved = page.url();
    await browser.close();

    const again = await Browser.start({ profile, settings: null });
    try {
      assert.ok(!(await stored(again)).includes(word), "stored sealed");
      const list = await again.own("panel.html");
      assert.match((await list.textContent("#reports")) ?? "", /Exceptional-use report/);
      const reopened = await again.own(saved.slice(saved.indexOf("forms.html")));
      await until("the report", async () => (await reopened.inputValue("#field-why").catch(() => "")).includes(word));
      const link = (await reopened.getAttribute("#mail", "href")) ?? "";
      assert.match(link, /^mailto:kim@department\.example,head@department\.example\?subject=/);
      assert.ok(!link.includes(word));
      await reopened.check("#mail-text");
      await until("the words in the link", async () => ((await reopened.getAttribute("#mail", "href")) ?? "").includes(word));
      const mail = await PostalMime.parse(await download(reopened, "#draft-file", base));
      assert.deepEqual(mail.to?.map(({ address }) => address), ["kim@department.example", "head@department.example"]);
      assert.match(mail.text ?? "", new RegExp(word));
      await until("the panel's line to go", async () => {
        await list.reload();
        await list.waitForSelector("#pending");
        return (await list.locator("#reports").count()) === 0;
      });
      assert.deepEqual(strangers(again), []);
    } finally {
      await again.close();
    }
  } finally {
    await browser.close().catch(() => undefined);
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("an abuse report takes the chosen original along byte for byte; a note of judgement becomes a record", async () => {
  const base = mkdtempSync(join(tmpdir(), "hanaper-abuse-"));
  const browser = await Browser.start({ settings: { contacts } });
  try {
    const original = Buffer.from("Received: from mx.example\nFrom: nobody@prize.example\nSubject: You won\n\nCaf\xe9\x00 open http://prize.example\n", "latin1");
    writeFileSync(join(base, "prize.eml"), original);
    writeFileSync(join(base, "forward.eml"), "Look at this:\n\nYou won\n");
    const page = await browser.own("forms.html");
    await page.click("#begin-abuse");
    await page.setInputFiles("#field-original", join(base, "forward.eml"));
    await until("the refusal", async () => /not the original/.test((await page.textContent("#file-state")) ?? ""));
    await page.setInputFiles("#field-original", join(base, "prize.eml"));
    await until("the file", async () => /all its headers/.test((await page.textContent("#file-state")) ?? ""));
    const mail = (await download(page, "#draft-file", base)).toString("latin1");
    assert.ok(mail.includes(`\r\n\r\n${original.toString("latin1")}\r\n--hanaper-`));

    const note = await browser.own("forms.html#new=judgement");
    await note.selectOption("#field-decided", "no_record");
    await note.fill("#field-why", "Only the place of the meeting changed");
    await note.click("#record");
    await until("the record", async () => (await records(browser)).length === 1);
  } finally {
    await browser.close();
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
});
