import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { press, uiText, waitFor, waitText } from "../harness-ui.ts";
import { openStandIn } from "../standins.ts";
import { sent, sentCount, settle } from "./acts.ts";

const secret = "SECRET: the convoy leaves the depot at 0200";
const plain = "On my way, see you at the lift";
const origin = "https://mail.google.com";
const t = pageStrings.en;

let browser: Browser;
before(async () => { browser = await Browser.start(); });
after(() => browser.close());

async function on<T>(query: Record<string, string>, f: (page: Page) => Promise<T>): Promise<T> {
  const page = await openStandIn(browser, origin, query, "[role=main]");
  try {
    return await f(page);
  } finally {
    await page.close();
  }
}

test("of two windows each is judged by its own text, whichever was used last", () =>
  on({ compose: "2" }, async (page) => {
    const [first, second] = [page.locator(".Hd .Am").nth(0), page.locator(".Hd .Am").nth(1)];
    await first.click();
    await page.keyboard.type(secret);
    await second.click();
    await page.keyboard.type(plain);
    await settle(page, 500);
    await page.locator(".Hd .aoO").nth(0).click();
    await settle(page, 700);
    assert.deepEqual(await sent(page), [], "the button of the first window sends the first window's text");
    await waitText(page, /SECRET ?: the convoy leaves/); // the panel tells of that window, too
    await page.locator(".Hd .aoO").nth(1).click({ button: "right" });
    await settle(page, 200);
    assert.doesNotMatch(await uiText(page), /Sent\./, "another mouse button sends nothing");
    await page.keyboard.press("Escape");
    await second.click();
    await page.keyboard.press("Control+Enter");
    await sentCount(page, 1);
    assert.deepEqual((await sent(page)).map((s) => s.text), [plain]);
  }));

test("a subject alone is judged, and a marking in it stops the mail", () =>
  on({ compose: "1" }, async (page) => {
    await page.locator("input[name=subjectbox]").click();
    await page.keyboard.type("TOP SECRET: the annex");
    await page.locator(".Hd .Am").click();
    await page.keyboard.type("As promised.");
    await page.keyboard.press("Control+Enter");
    await settle(page, 800);
    assert.deepEqual(await sent(page), []);
    await waitText(page, /TOP SECRET/);
  }));

test("what is quoted below a reply is not the writer's", () =>
  on({ reply: "1" }, async (page) => {
    const box = page.locator("table.cf .Am");
    await page.evaluate(() => {
      const quote = document.querySelector("table.cf .gmail_quote");
      if (quote) quote.textContent = "On Friday Amira Khan wrote: SECRET: the convoy leaves at 0200";
    });
    await box.click({ position: { x: 5, y: 12 } });
    await page.keyboard.press("Control+Home");
    await page.keyboard.type(plain);
    await page.keyboard.press("Control+Enter");
    await sentCount(page, 1);
    assert.deepEqual((await sent(page)).map((s) => s.text), [plain]);
  }));

test("schedule send is a send: held, and after the person's reason chosen once more", () =>
  on({ compose: "1" }, async (page) => {
    const schedule = async (): Promise<void> => {
      await page.locator(".Hd [aria-label='More send options']").click();
      await page.locator(".J-N.yr").click();
    };
    await page.locator(".Hd .Am").click();
    await page.keyboard.type(secret);
    await settle(page, 500);
    await schedule();
    await waitFor(page, { role: "heading", name: t.titles.block });
    assert.deepEqual(await sent(page), []);
    await press(page, { role: "button", name: t.notWhatItLooks });
    await page.keyboard.type("A film title");
    await settle(page, 400);
    await press(page, { role: "button", name: t.sendWithReason });
    await waitText(page, new RegExp(t.again.slice(0, 12)));
    assert.deepEqual(await sent(page), [], "it is not sent at once instead");
    await schedule();
    await sentCount(page, 1);
    assert.deepEqual((await sent(page))[0]?.files, ["(scheduled)"]);
  }));

test("schedule send of what may go goes at the first press", () =>
  on({ compose: "1" }, async (page) => {
    await page.locator(".Hd .Am").click();
    await page.keyboard.type(plain);
    await settle(page, 600);
    await page.locator(".Hd [aria-label='More send options']").click();
    await page.locator(".J-N.yr").click();
    await sentCount(page, 1);
    assert.deepEqual((await sent(page))[0]?.files, ["(scheduled)"]);
  }));

test("a file that was taken out again is judged no more", async () => {
  await browser.settings({ v: 1, packs: ["us-nc-030319"], device: "managed", language: "en", default_scope: "work", authorisations: [{ pack: "us-nc-030319", kind: "assessment", by: "Agency head", date: "2026-01-05", expires: "2030-01-05", scope: "gmail", channels: [], devices: [] }] });
  await on({ compose: "1" }, async (page) => {
    await page.locator(".Hd .Am").click();
    await page.keyboard.type(plain);
    await page.setInputFiles(".Hd input[type=file]", { name: "salaries.pdf.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
    await page.locator(".Hd .Am").click();
    await page.keyboard.press("Control+Enter");
    await settle(page, 800);
    assert.deepEqual(await sent(page), [], "a file that runs does not go unseen");
    await page.keyboard.press("Escape");
    await page.locator(".vq").click();
    await page.locator(".Hd .Am").click();
    await page.keyboard.type(" now");
    await settle(page, 500);
    assert.doesNotMatch(await uiText(page), /salaries/);
    await page.keyboard.press("Control+Enter");
    await sentCount(page, 1);
    assert.deepEqual((await sent(page)).map((s) => [s.text, s.files]), [[`${plain} now`, []]]);
  });
});
