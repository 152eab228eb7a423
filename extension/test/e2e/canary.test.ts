import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser } from "../harness.ts";
import { uiText, waitText } from "../harness-ui.ts";
import { ask, stored, strangers } from "../harness-worker.ts";
import { composerSelector, insert, settle } from "./acts.ts";
import { holders } from "./holders.ts";

const drafts = 1000;
/** Letters that occur in no program or dictionary. */
const canary = "Qorvanelzyx";
const control = "Kestrupnavqo";

function draft(i: number): string {
  const word = `${canary}${i.toString(36)}`;
  const about = ["Agreed, we move it to 14 April, tell the leads", "OFFICIAL-SENSITIVE: the wall", "see you at the lift", "her NI number is AB123456C", "SECRET: route B"];
  return `${about[i % about.length] ?? ""} ${word}`;
}

test("1,000 drafts, some sent, none kept: no word of them is stored, and nothing is asked of the network", async () => {
  const profile = mkdtempSync(join(tmpdir(), "hanaper-canary-"));
  const browser = await Browser.start({ profile });
  try {
    const page = await browser.stage({ chat: "harbour" });
    await page.locator(composerSelector).click();
    let judged = 0;
    for (let i = 0; i < drafts; i++) {
      await page.keyboard.press("Control+A");
      await insert(page, draft(i));
      if (i % 8 === 0 || process.env["HANAPER_NIGHTLY"] === "1") {
        await page.waitForTimeout(170);
        judged++;
      }
      if (i % 50 === 7) await page.keyboard.press("Enter");
      if (i % 100 === 0) await page.evaluate((key) => { window.__stage.openChat(key); }, i % 200 === 0 ? "amira" : "harbour");
      if (i % 100 === 0) await page.locator(composerSelector).click();
    }
    await page.keyboard.press("Control+A");
    await insert(page, `SECRET: route B ${canary}`);
    await page.keyboard.press("Enter");
    await waitText(page, /SECRET/);
    assert.ok(judged >= drafts / 8, `${judged} waited for`);
    assert.ok((await uiText(page)).length > 0, "the extension was at work");
    const { records } = await ask<{ records: unknown[] }>(browser, { op: "records" });
    assert.deepEqual(records, []);
    await settle(page);
    const everything = await stored(browser);
    assert.ok(everything.includes("settings"), "the storages were read");
    assert.equal(everything.split("hanaper/records: ").length - 1, 2, "the database and its copy were read");
    assert.ok(!everything.includes(canary), "in no storage of the extension");
    assert.deepEqual(strangers(browser), [], "no request to anybody");
    // The search must be able to find: a word stored on purpose.
    await browser.inside((word) => chrome.storage.local.set({ control: word }), control);
    await browser.close();
    assert.ok(holders(profile, control).length > 0, "a stored word is found on the disk");
    assert.deepEqual(holders(profile, canary), [], "no word of a draft is");
  } finally {
    await browser.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
