import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import puppeteer, { type Page } from "puppeteer-core";
import { until } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { captureOf, request } from "./captures.ts";

const firefox = process.env["HANAPER_FIREFOX"] ?? "/usr/bin/firefox";
const ID = "11111111-2222-4333-8444-555555555555";
const missing = [firefox, paths.firefox].find((path) => !existsSync(path));

/** Opens one of our pages; goto never resolves for moz-extension addresses. */
async function own(page: Page, path: string): Promise<void> {
  page.goto(`moz-extension://${ID}/${path}`).catch(() => undefined);
  await until(`${path} to be drawn`, () => page.evaluate((p) => location.pathname === `/${p}` && document.querySelector("main h1") !== null, path).catch(() => false), 20_000);
}

const ask = <T>(page: Page, message: object): Promise<T> => page.evaluate((m) => chrome.runtime.sendMessage(m), message) as Promise<T>;

test("in Firefox the same core judges, a record is kept, and no folder is offered", { skip: missing !== undefined && `${missing} is not here` }, async () => {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefox,
    args: ["--remote-allow-system-access"], // else moz-extension pages cannot be driven
    extraPrefsFirefox: { "extensions.webextensions.uuids": JSON.stringify({ "hanaper@hanaper.example": ID }) },
  });
  try {
    await browser.installExtension(paths.firefox);
    const page = await browser.newPage();
    await own(page, "options.html");
    assert.equal(await page.$("#destination-folder"), null);
    const draft = { v: 1, id: "d", channel: "whatsapp", account: "", to: [], members_complete: true, title: "Ben", subject: "", body: "TOP SECRET: the plan", attachments: [], timer_s: 0, context: [] };
    const { verdict } = await ask<{ verdict: { permission: string; error: string } }>(page, { op: "judge", draft });
    assert.deepEqual([verdict.permission, verdict.error], ["prohibited", ""]);
    const kept = await ask<{ ok: boolean; state: string }>(page, { op: "keep", capture: captureOf("Agreed: two more boats"), request: request() });
    assert.deepEqual([kept.ok, kept.state], [true, "kept"]);
    await own(page, "stored.html");
    assert.match(await page.evaluate(() => document.querySelector(".note")?.textContent ?? ""), /loses this record/);
    assert.match(await page.evaluate(() => document.querySelector(".record")?.textContent ?? ""), /Agreed: two more boats/);
  } finally {
    await browser.close();
  }
});
