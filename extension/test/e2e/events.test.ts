import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { fits } from "../../events.ts";
import { pageStrings } from "../../ui/strings/page.ts";
import type { Settings, StopEvent } from "../../wire.ts";
import { Browser, until } from "../harness.ts";
import { find, press, uiText, waitText } from "../harness-ui.ts";
import { ask, killWorker, stored, strangers } from "../harness-worker.ts";
import { composerSelector, empty, failing, insert, sent, sentCount, settle } from "./acts.ts";
import { holders } from "./holders.ts";

/** Letters that occur in no program or dictionary. */
const canary = "Qorvanelzyx";
const t = pageStrings.en;

const events = async (browser: Browser): Promise<StopEvent[]> =>
  browser.inside(async () => ((await chrome.storage.local.get("events"))["events"] as { list: StopEvent[] } | undefined)?.list ?? [], undefined);

const noted = (browser: Browser, n: number) => until(`${n} events`, async () => (await events(browser)).length >= n);

/** Writes a message into the open chat and wishes to send it; it is stopped. */
async function stop(page: Page, text: string, title: string): Promise<void> {
  await empty(page);
  await insert(page, text);
  await page.keyboard.press("Enter");
  await waitText(page, new RegExp(title));
}

async function giveReason(page: Page, label: string): Promise<void> {
  await press(page, { role: "textbox", name: label });
  await page.keyboard.type(`because ${canary}`);
  await press(page, { role: "button", name: t.sendWithReason });
}

test("every way out of a stop leaves an event without content: no word of message, reason or chat is stored anywhere", async () => {
  const profile = mkdtempSync(join(tmpdir(), "hanaper-events-"));
  const browser = await Browser.start({ profile, settings: { device: "unmanaged" } });
  try {
    const page = await browser.stage({ chat: "harbour" });
    await page.locator(composerSelector).click();

    await stop(page, `SECRET: route B ${canary}`, t.titles.block);
    assert.ok((await uiText(page)).includes(t.noted), "the panel says that it is noted");
    await press(page, { role: "button", name: t.edit });
    await noted(browser, 1);

    await stop(page, `SECRET: route C ${canary}`, t.titles.block);
    await press(page, { role: "button", name: t.notWhatItLooks });
    await giveReason(page, t.reasonBlock);
    await sentCount(page, 1);
    await noted(browser, 2);

    await stop(page, `OFFICIAL-SENSITIVE: the wall ${canary}`, t.titles.justify);
    await giveReason(page, t.reasonJustify);
    await sentCount(page, 2);
    await noted(browser, 3);

    await stop(page, `Decision: we go with option B. The minister has agreed, stop work on option A and tell Treasury today ${canary}`, t.titles.justify);
    await press(page, { role: "button", name: t.notSignificant });
    await sentCount(page, 3);
    await noted(browser, 4);

    await browser.settings({ ...(await settingsOf(browser)), device: "managed" });
    await settle(page, 700);
    await stop(page, `OFFICIAL-SENSITIVE: the gate ${canary}`, t.titles.warn);
    await press(page, { role: "button", name: t.sendAnyway });
    await sentCount(page, 4);
    await noted(browser, 5);

    const list = await events(browser);
    const ends = list.map(({ action, way, rules }) => [action, way, rules.join(" ")]);
    assert.deepEqual(ends, [
      ["block", "edited", "uk-nccc-2023/UK-11"],
      ["block", "not_what_it_looks", "uk-nccc-2023/UK-11"],
      ["justify", "justified", "uk-nccc-2023/UK-10a"],
      ["justify", "not_significant", "uk-nccc-2023/UK-10a"],
      ["warn", "sent_anyway", "uk-nccc-2023/UK-9a"],
    ]);
    for (const event of list) {
      assert.deepEqual(Object.keys(event).sort(), ["action", "at", "channel", "rules", "way"]);
      assert.equal(event.channel, "whatsapp");
      assert.ok(fits(event), JSON.stringify(event));
    }
    const everything = await stored(browser);
    assert.ok(everything.includes("not_what_it_looks"), "the storages were read");
    for (const word of [canary, "route", "Harbour"]) assert.ok(!everything.includes(word), `${word} is in no storage of the extension`);
    assert.deepEqual(strangers(browser), [], "no request to anybody");
    await browser.close();
    assert.ok(holders(profile, "not_what_it_looks").length > 0, "what is stored is found on the disk");
    assert.deepEqual(holders(profile, canary), [], "no word of message or reason is");
  } finally {
    await browser.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function settingsOf(browser: Browser): Promise<Partial<Settings>> {
  return browser.inside(async () => (await chrome.storage.local.get("settings"))["settings"] as Partial<Settings>, undefined);
}

test("switched off, or of a personal chat, nothing is noted, and the panel does not say so", async () => {
  const browser = await Browser.start({ settings: { events: false } });
  try {
    const page = await browser.stage({ chat: "harbour" });
    await page.locator(composerSelector).click();
    const sendAnyway = async (n: number) => {
      await stop(page, "OFFICIAL-SENSITIVE: the wall", t.titles.warn);
      assert.ok(!(await uiText(page)).includes(t.noted));
      await press(page, { role: "button", name: t.sendAnyway });
      await sentCount(page, n);
    };
    await sendAnyway(1);
    await browser.settings({ ...(await settingsOf(browser)), events: true, packs: ["ca-im-protocol", "uk-nccc-2023"], default_scope: "work" });
    await settle(page, 700);
    await stop(page, "SECRET: the convoy leaves at 0200", t.titles.block);
    assert.ok(!(await uiText(page)).includes(t.noted), "the Canadian protocol recommends against automatic logging");
    await press(page, { role: "button", name: t.edit });
    await settle(page);
    assert.deepEqual(await events(browser), []);
  } finally {
    await browser.close();
  }
});

for (const failure of ["mute-events", "no-room"] as const) {
  test(`sending never waits for the event: ${failure === "no-room" ? "the disk is full" : "the worker gives no answer"}`, async () => {
    const { dir, remove } = failing(failure);
    const browser = await Browser.start({ extension: dir });
    try {
      const page = await browser.stage({ chat: "harbour" });
      await page.locator(composerSelector).click();
      for (const n of [1, 2]) {
        await stop(page, `OFFICIAL-SENSITIVE: the wall, part ${n}`, t.titles.warn);
        await press(page, { role: "button", name: t.sendAnyway });
        await sentCount(page, n, 1500);
      }
      await settle(page);
      assert.equal((await sent(page)).length, 2);
      assert.equal(await find(page, { role: "button", name: t.sendAnyway }), undefined, "the panel is gone");
      assert.deepEqual(await events(browser), []);
    } finally {
      await browser.close();
      remove();
    }
  });
}

test("the worker killed between the stop and the press, and again after it: sent once, noted once", async () => {
  const browser = await Browser.start();
  try {
    const page = await browser.stage({ chat: "harbour" });
    await page.locator(composerSelector).click();
    await stop(page, "OFFICIAL-SENSITIVE: the wall", t.titles.warn);
    await killWorker(browser);
    await press(page, { role: "button", name: t.sendAnyway });
    const session = await page.context().newCDPSession(page);
    await session.send("ServiceWorker.enable");
    await session.send("ServiceWorker.stopAllWorkers"); // it may be back at once: the event is asked again
    await sentCount(page, 1);
    await noted(browser, 1);
    await settle(page);
    assert.equal((await sent(page)).length, 1);
    assert.deepEqual((await events(browser)).map(({ way }) => way), ["sent_anyway"]);
  } finally {
    await browser.close();
  }
});

test("the list is read, saved as a table and as JSON, and removed, on the page of what is stored; under a hold it stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hanaper-saved-"));
  const browser = await Browser.start({ settings: { language: "en" } });
  try {
    for (const way of ["edited", "sent_anyway"]) {
      await ask(browser, { op: "event", channel: "whatsapp", chat: "x", action: "warn", way, rules: ["uk-nccc-2023/UK-9a"], request: (way === "edited" ? "a" : "b").repeat(32) });
    }
    const page = await browser.own("stored.html");
    await page.waitForSelector("#events tbody tr");
    assert.match((await page.textContent("#events tbody tr")) ?? "", /WhatsApp.*one more press.*Paragraph 9a.*sent it/);
    const save = async (id: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(id)]);
      const file = join(folder, download.suggestedFilename());
      await download.saveAs(file);
      return [download.suggestedFilename(), readFileSync(file, "utf8")] as const;
    };
    const [name, csv] = await save("#events-csv");
    assert.match(name, /^hanaper-stops-\d{4}-\d\d-\d\d\.csv$/);
    assert.match(csv, /^at,channel,action,rules,way\r\n(\d{4}-\d\d-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d,whatsapp,warn,uk-nccc-2023\/UK-9a,(edited|sent_anyway)\r\n){2}$/);
    const [, json] = await save("#events-json");
    assert.deepEqual(JSON.parse(json), await events(browser));
    assert.equal(await page.locator("#empty").count(), 0, "no word of a hold is no word that there is none");
    await browser.settings({ ...(await settingsOf(browser)), hold: { state: "none", stated_at: new Date().toISOString() } });
    await page.click("#empty");
    await page.click("#empty-yes");
    await until("the list to be empty", async () => (await events(browser)).length === 0);
    await until("the page to say so", async () => (await page.locator("#events tbody").count()) === 0);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
