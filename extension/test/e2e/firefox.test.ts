import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import puppeteer, { type ElementHandle, type Page } from "puppeteer-core";
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

type Kept = { ok: boolean; state: string; trouble: string };
type Records = { records: { id: string; state: string; trouble: string }[] };

test("in Firefox the same core judges, no folder is offered; a record is kept, saved as a file, and proven by giving it back", { skip: missing !== undefined && `${missing} is not here` }, async (t) => {
  const downloads = mkdtempSync(join(tmpdir(), "hanaper-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefox,
    args: ["--remote-allow-system-access"], // else moz-extension pages cannot be driven
    extraPrefsFirefox: {
      "extensions.webextensions.uuids": JSON.stringify({ "hanaper@hanaper.example": ID }),
      "browser.download.folderList": 2,
      "browser.download.dir": downloads,
      "browser.download.always_ask_before_handling_new_types": false,
    },
  });
  try {
    await browser.installExtension(paths.firefox);
    const page = await browser.newPage();
    await own(page, "options.html");
    assert.equal(await page.$("#destination-folder"), null);
    const draft = { v: 1, id: "d", channel: "whatsapp", account: "", to: [], members_complete: true, title: "Ben", subject: "", body: "TOP SECRET: the plan", attachments: [], timer_s: 0, context: [] };
    const { verdict } = await ask<{ verdict: { permission: string; error: string } }>(page, { op: "judge", draft });
    assert.deepEqual([verdict.permission, verdict.error], ["prohibited", ""]);
    const kept = await ask<Kept>(page, { op: "keep", capture: captureOf("Agreed: two more boats"), request: request() });
    assert.deepEqual([kept.ok, kept.state], [true, "kept"]);
    await ask(page, { op: "save", changes: { destination: { kind: "download" } } });
    const second = await ask<Kept>(page, { op: "keep", capture: captureOf("Agreed: a third boat"), request: request() });
    assert.deepEqual([second.state, second.trouble], ["pending", "unsaved"]);

    await own(page, "stored.html");
    assert.match(await page.evaluate(() => document.querySelector(".note")?.textContent ?? ""), /loses these 2 records/);
    assert.match(await page.evaluate(() => document.body.textContent), /Agreed: two more boats/);
    await page.click("#save-all");
    const saved = await until("two files among the downloads", () => {
      const files = readdirSync(downloads).filter((f) => f.endsWith(".eml") && readFileSync(join(downloads, f)).length > 500);
      return files.length === 2 && !readdirSync(downloads).some((f) => f.endsWith(".part")) && files.map((f) => join(downloads, f));
    }, 20_000);
    const states = async () => (await ask<Records>(page, { op: "records" })).records.map((r) => [r.state, r.trouble]);
    await until("both to say that they are not proven", async () => (await states()).every(([, trouble]) => trouble === "unproven"), 20_000);

    const input = (await page.$("#give-back")) as ElementHandle<HTMLInputElement>;
    const changed = join(downloads, "changed.eml");
    writeFileSync(changed, readFileSync(saved[0] ?? "", "latin1").replace(/^[A-Za-z0-9+/]{70,}/m, (line) => line.replace(/.$/, (c) => (c === "A" ? "B" : "A"))), "latin1");
    await input.uploadFile(changed);
    await until("the changed file to be refused", () => page.evaluate(() => (document.querySelector("#given")?.textContent ?? "").includes("not one of the records")), 20_000);
    assert.deepEqual((await states()).map(([state]) => state), ["pending", "pending"]);
    await ((await page.$("#give-back")) as ElementHandle<HTMLInputElement>).uploadFile(...saved);
    await until("both to be proven", async () => (await states()).every(([state]) => state === "delivered"), 20_000);
    if (existsSync(paths.hanaper)) {
      const { status, stdout, stderr } = spawnSync(paths.hanaper, ["verify", ...saved], { encoding: "utf8" });
      assert.equal(status, 0, stdout + stderr);
    } else t.diagnostic("build/hanaper is missing: the command line did not check the files");
  } finally {
    await browser.close();
    rmSync(downloads, { recursive: true, force: true, maxRetries: 5 });
  }
});
