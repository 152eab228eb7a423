import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { middle, on, press, waitFor, waitText } from "../harness-ui.ts";
import { sent, sentCount, settle, type } from "./acts.ts";

/** A page that wants a person to press what they do not see: covers, fades, moves, scripts. */

const t = pageStrings.en;
const secret = "SECRET: the convoy leaves the depot at 0200";
const release = { role: "button", name: t.sendWithReason };

let browser: Browser;
before(async () => {
  browser = await Browser.start();
});
after(() => browser.close());

/** A stop with its reason given: one press away from being sent. */
async function stopped(): Promise<Page> {
  const page = await browser.stage({ chat: "amira" });
  await type(page, secret);
  await page.keyboard.press("Enter");
  await press(page, { role: "button", name: t.notWhatItLooks });
  await page.keyboard.type("A film title");
  await waitFor(page, release);
  await settle(page, 600);
  return page;
}

const add = (page: Page, css: string): Promise<void> =>
  page.evaluate((rule) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rule);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);
const clear = (page: Page): Promise<void> => page.evaluate(() => { document.adoptedStyleSheets = []; document.querySelector("#cover")?.remove(); });

const tricks: Readonly<Record<string, (page: Page, at: { x: number; y: number }) => Promise<void>>> = {
  "lays something over it that lets presses through": (page) =>
    page.evaluate(() => {
      const cover = document.createElement("div");
      cover.id = "cover";
      cover.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none";
      document.documentElement.append(cover);
    }),
  "fades the whole page": (page) => add(page, "html { opacity: 0.02 }"),
  "fades our element": (page) => page.evaluate(() => { document.querySelector<HTMLElement>("x-note")?.style.setProperty("opacity", "0.02", "important"); }),
  "moves our element": (page) => page.evaluate(() => { document.querySelector<HTMLElement>("x-note")?.style.setProperty("transform", "translate(3px, 4px)", "important"); }),
  "moves the whole page": (page) => add(page, "html { transform: translateX(6px) }"),
};

for (const [name, trick] of Object.entries(tricks)) {
  test(`a press counts for nothing while the page ${name}`, async () => {
    const page = await stopped();
    const at = await middle(page, await waitFor(page, release));
    await trick(page, at);
    await settle(page, 500);
    const now = await middle(page, await waitFor(page, release));
    await page.mouse.click(now.x, now.y);
    await settle(page, 600);
    assert.deepEqual(await sent(page), []);
    if (name !== "moves our element") await waitText(page, new RegExp(t.covered.slice(0, 40))); // moved, it lies outside the window
    await page.close();
  });
}

test("what was covered a moment ago does not count at once; in plain sight it does, once", async () => {
  const page = await stopped();
  const at = await middle(page, await waitFor(page, release));
  await tricks["lays something over it that lets presses through"]?.(page, at);
  await settle(page, 500);
  await clear(page);
  await page.mouse.click(at.x, at.y);
  await settle(page, 500);
  assert.deepEqual(await sent(page), []);
  await page.mouse.click(at.x, at.y);
  await sentCount(page, 1);
  await settle(page, 600);
  assert.deepEqual((await sent(page)).map(({ text }) => text), [secret]);
  await page.close();
});

test("a person who rests on a button before pressing it is heard", async () => {
  const page = await stopped();
  const at = await middle(page, await waitFor(page, release));
  await page.mouse.move(at.x, at.y);
  await settle(page, 900);
  await page.mouse.click(at.x, at.y);
  await sentCount(page, 1);
  await page.close();
});

test("a script's own click counts for nothing", async () => {
  const page = await stopped();
  await on(page, await waitFor(page, release), "function () { this.click(); }");
  await settle(page, 500);
  assert.deepEqual(await sent(page), []);
  await page.close();
});
