import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser, until } from "../harness.ts";
import { press, waitFor } from "../harness-ui.ts";
import { stored } from "../harness-worker.ts";
import { composerSelector, insert, sentCount, settle } from "./acts.ts";
import { captureOf, keepDirectly, records } from "./captures.ts";

const significant = "Going to Flood Warning for the caravan site Zeltrovane. Jaz issue it now, do not wait for the 2030 run";
const t = pageStrings.en;

test("what was sent and not decided is listed without a word of it, shown on its page, and leaves the list when kept; what is left is counted", async () => {
  const profile = mkdtempSync(join(tmpdir(), "hanaper-panel-"));
  const browser = await Browser.start({ profile });
  try {
    const page = await browser.stage({ chat: "harbour" });
    for (const [n, words] of [significant, `${significant}, and again tomorrow`].entries()) {
      await page.locator(composerSelector).click();
      await insert(page, words);
      await waitFor(page, { role: "button", name: t.details });
      await page.keyboard.press("Enter");
      await sentCount(page, n + 1);
      await settle(page, 600);
    }
    const panel = await browser.own("panel.html");
    await until("two lines", async () => (await panel.locator("#undecided .record").count()) === 2);
    const line = panel.locator("#undecided .record").first();
    assert.match((await line.textContent()) ?? "", /Harbour flood desk.*WhatsApp.*aragraph/s);
    assert.ok(!(await stored(browser)).includes("Zeltrovane"), "no word of an unkept message is stored");
    await line.getByRole("button", { name: /^Show and keep/ }).click();
    await press(page, { role: "button", name: t.keepNow });
    await until("the record", async () => (await records(browser)).length === 1);
    await until("one line less", async () => (await panel.locator("#undecided .record").count()) === 1);
    await until("the record that waits", async () => /One record waits/.test((await panel.textContent("#pending")) ?? ""));
    await page.close();
    await until("the tab's end to be seen", async () => {
      await panel.reload();
      await panel.waitForSelector("#undecided .record");
      return /Its tab is closed/.test((await panel.textContent("#undecided")) ?? "");
    });
    await browser.close();

    const again = await Browser.start({ profile, settings: null });
    const later = await again.own("panel.html");
    await later.waitForSelector("#earlier");
    assert.match((await later.textContent("#earlier")) ?? "", /One message in one chat/);
    await later.click("#earlier-done");
    await until("the count to go", async () => (await later.locator("#earlier").count()) === 0);
    await again.close();
  } finally {
    await browser.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("the panel opens beside the page, from the menu of the chip; its review is noted; a decision takes a line off", async () => {
  const browser = await Browser.start({ settings: { destination: { kind: "download" }, leaver_date: "2020-01-31" } });
  try {
    await keepDirectly(browser, captureOf("Agreed: two more boats"));
    const page = await browser.stage({ chat: "harbour" });
    await page.locator(composerSelector).click();
    const session = await browser.context.newCDPSession(page);
    const url = `chrome-extension://${browser.extensionId}/panel.html`;
    const tabs = () => browser.context.pages().filter((one) => one.url() === url);
    const beside = async () => {
      await press(page, { role: "button", name: new RegExp(t.menu.replace(/[()]/g, ".")) });
      await press(page, { role: "button", name: t.openPanel });
      await until("the panel", async () => ((await session.send("Target.getTargets")) as { targetInfos: { url: string }[] }).targetInfos.some((one) => one.url === url));
      return tabs().length === 0;
    };
    // A browser too busy to take the press for a recent one opens a tab instead; then it is asked again.
    for (let i = 0; !(await beside()); i++) {
      assert.ok(i < 2, "beside the page, not in a tab");
      for (const tab of tabs()) await tab.close();
      await page.bringToFront();
    }
    await browser.inside((id) => chrome.runtime.sendMessage({ op: "sent", channel: "whatsapp", chat: "Harbour", id, duty: "consider", rules: ["uk-nccc-2023/UK-9a"], report: false }), "c".repeat(32));
    const panel = await browser.own("panel.html");
    assert.match((await panel.textContent("#leaving")) ?? "", /31 January 2020/);
    await panel.click("#reviewed");
    await until("the review to be noted", async () => (await panel.locator("#reviewed").count()) === 0);
    await panel.click(`#elsewhere-${"c".repeat(32)}`);
    await panel.waitForSelector("#undecided-none");
  } finally {
    await browser.close();
  }
});
