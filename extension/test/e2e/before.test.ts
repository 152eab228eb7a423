import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { press, uiText, waitFor, waitText } from "../harness-ui.ts";
import { openStandIn } from "../standins.ts";
import { sent, sentCount, settle } from "./acts.ts";

/** What is said before a message is written, and of people it would reach. */

const t = pageStrings.en;
const organisation = { name: "Agency", domains: ["department.example", "harbour.example"], channels: [] };
const reminder = /Remember your security responsibilities/;

let browser: Browser;
before(async () => { browser = await Browser.start({ settings: { device: "unmanaged" } }); });
after(() => browser.close());

const mail = (query: Record<string, string>): Promise<Page> => openStandIn(browser, "https://outlook.live.com", { compose: "1", ...query }, ".window .body");

test("on a device nobody manages the reminder stands there before a word is typed, once a session; in the organisation's own mailbox never", async () => {
  await browser.settings({ v: 1, packs: ["uk-nccc-2023"], device: "unmanaged", language: "en", default_scope: "work", organisation });
  const own = await mail({ account: "dana.ellis@department.example" });
  await own.locator(".window .body").click();
  await settle(own, 900);
  assert.doesNotMatch(await uiText(own), reminder);
  await own.close();

  const chat = await browser.stage({ chat: "harbour" });
  await chat.locator(".st-main [contenteditable='true']").click();
  await waitText(chat, reminder);
  await press(chat, { role: "button", name: t.details });
  await waitText(chat, /Keep the device locked/);
  await chat.keyboard.press("Escape");
  await chat.locator(".st-main [contenteditable='true']").click();
  await chat.keyboard.type("on my way");
  await settle(chat, 500);
  await waitText(chat, reminder);
  await chat.keyboard.press("Enter");
  await sentCount(chat, 1);
  await chat.close();

  const again = await mail({});
  await again.locator(".window .body").click();
  await settle(again, 900);
  assert.doesNotMatch(await uiText(again), reminder, "it was read by then");
  await again.close();
});

test("a number goes to a colleague one does not write to only after a look at the address; then not again", async () => {
  await browser.settings({
    v: 1, packs: ["us-nc-030319"], device: "managed", language: "en", default_scope: "work", organisation,
    authorisations: [{ pack: "us-nc-030319", kind: "assessment", by: "Agency head", date: "2026-01-05", expires: "2030-01-05", scope: "all", channels: [], devices: [] }],
  });
  const write = async (page: Page): Promise<void> => {
    await page.locator(".window .body").click();
    await page.keyboard.type("His Social Security number is 219-09-9998");
    await settle(page, 500);
    await page.keyboard.press("Control+Enter");
    await waitFor(page, { role: "heading", name: t.titles.warn });
  };
  const first = await mail({ thread: "0" });
  await write(first);
  await waitText(first, /have not written to some of these people lately/);
  assert.deepEqual(await sent(first), []);
  await press(first, { role: "button", name: t.sendAnyway });
  await sentCount(first, 1);
  await first.close();
  const second = await mail({ thread: "0" });
  await write(second);
  assert.doesNotMatch(await uiText(second), /lately/);
  await second.close();
});
