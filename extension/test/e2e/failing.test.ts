import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { press, uiText, waitFor, waitText } from "../harness-ui.ts";
import { killWorker, reloadExtension } from "../harness-worker.ts";
import { failing, insert, sent, sentCount, settle, type, typed, type Failure } from "./acts.ts";

const t = pageStrings.en;
const notChecked = new RegExp(`${t.notCheckedShort}|${t.notChecked.late}|${t.notChecked.engine}`, "i");

async function broken(failure: Failure, f: (page: Page, browser: Browser) => Promise<void>): Promise<void> {
  const { dir, remove } = failing(failure);
  const browser = await Browser.start({ extension: dir });
  try {
    await f(await browser.stage({ chat: "amira" }), browser);
  } finally {
    await browser.close();
    remove();
  }
}

test("a core that does not start: not checked is said, the message goes once", () =>
  broken("no-core", async (page) => {
    await type(page, "SECRET: the convoy leaves at 0200");
    await waitText(page, notChecked);
    await page.keyboard.press("Enter");
    await sentCount(page, 1);
    await settle(page, 2200);
    assert.equal((await sent(page)).length, 1);
    assert.match(await uiText(page), notChecked, "and stays in view");
  }));

test("a worker that never answers: checking is said, then it goes once, not checked", () =>
  broken("mute", async (page) => {
    await type(page, "Lunch at one?");
    const pressed = await page.evaluate(() => performance.now());
    await page.keyboard.press("Enter");
    await waitText(page, new RegExp(t.checking), 1400);
    assert.deepEqual(await sent(page), [], "held while it is being checked");
    await sentCount(page, 1);
    await waitText(page, notChecked);
    await settle(page, 2200);
    const all = await page.evaluate(() => window.__sent.map((s) => s.at));
    assert.equal(all.length, 1, "released once");
    const waited = (all[0] ?? 0) - pressed;
    assert.ok(waited > 1000 && waited < 6000, `held ${Math.round(waited)} ms: about 1.5 s`);
  }));

test("no answer where the organisation asks that messages are held: held, with a way to try again", () =>
  broken("mute-closed", async (page) => {
    await type(page, "Lunch at one?");
    await page.keyboard.press("Enter");
    await waitText(page, new RegExp(t.heldTitle));
    await waitFor(page, { role: "button", name: t.tryAgain });
    await settle(page, 2500);
    assert.deepEqual(await sent(page), []);
    assert.equal(await typed(page), "Lunch at one?");
    await press(page, { role: "button", name: t.tryAgain });
    await settle(page, 2500);
    assert.deepEqual(await sent(page), [], "nor after trying again in vain");
  }));

test("a slow answer: the text edited while held is not released", () =>
  broken("slow", async (page) => {
    await type(page, "Lunch at one");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
    await insert(page, " SECRET: the convoy leaves at 0200");
    await settle(page, 3500);
    assert.deepEqual(await sent(page), []);
    assert.match(await typed(page), /SECRET/);
  }));

test("a slow answer: three Enters send once", () =>
  broken("slow", async (page) => {
    await type(page, "Lunch at one");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Enter");
    await sentCount(page, 1);
    await settle(page, 2500);
    assert.deepEqual((await sent(page)).map((s) => s.text), ["Lunch at one"]);
  }));

test("a slow answer: the chat switched while held, nothing is sent to anybody", () =>
  broken("slow", async (page) => {
    await type(page, "Lunch at one");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(200);
    await page.evaluate(() => { window.__stage.openChat("press"); });
    await settle(page, 3000);
    assert.deepEqual(await sent(page), []);
  }));

test("the worker asleep: the first message after it is judged, and one that must not go does not", async () => {
  const browser = await Browser.start();
  try {
    const page = await browser.stage({ chat: "amira" });
    await type(page, "a");
    await settle(page);
    await killWorker(browser);
    await page.locator(".st-main [contenteditable='true']").click();
    await page.keyboard.press("Control+A");
    await insert(page, "SECRET: the convoy leaves at 0200");
    await page.keyboard.press("Enter");
    await waitText(page, new RegExp(t.titles.block));
    assert.deepEqual(await sent(page), []);
  } finally {
    await browser.close();
  }
});

test("a script orphaned by an update opens, and says so", async () => {
  const browser = await Browser.start();
  try {
    const page = await browser.stage({ chat: "amira" });
    await type(page, "a");
    await settle(page);
    await reloadExtension(browser);
    await page.waitForTimeout(1500);
    await page.bringToFront();
    await type(page, "Still here");
    await page.keyboard.press("Enter");
    await sentCount(page, 1);
    await settle(page, 2200);
    assert.equal((await sent(page)).length, 1);
    await waitText(page, notChecked);
  } finally {
    await browser.close();
  }
});
