import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, until } from "../harness.ts";
import { captureOf, keepDirectly } from "./captures.ts";

const word = "Zeltrovane";
/** As managed policy would say; the machine's own policy folder is not a test's to write to. */
const policy = { enforced: { device: "managed", organisation: { name: word, domains: ["harbours.example"], channels: [] }, devise: "x" }, defaults: { review_days: 14 } };

test("what the organisation set is shown with whose it is and what is faulty; the file for support holds no word", async () => {
  const browser = await Browser.start({ settings: { name: `Ada ${word}`, address: `ada@${word.toLowerCase()}.example` } });
  try {
    await keepDirectly(browser, captureOf(`Agreed: ${word}`));
    const worker = await until("the worker", () => browser.worker());
    await worker.evaluate((set) => {
      chrome.storage.managed.get = (() => Promise.resolve(set));
      return chrome.storage.local.set({ policy: set });
    }, policy);
    const page = await browser.own("policy.html");
    const row = (name: string) => page.locator("tr", { has: page.locator(`th code:text-is("${name}")`) });
    await until("the policy", async () => (await row("device").getAttribute("data-source")) === "policy");
    assert.match((await row("organisation").textContent()) ?? "", new RegExp(`your organisation’s, fixed.*${word}`));
    assert.equal(await row("review_days").getAttribute("data-source"), "preset");
    assert.equal(await row("name").getAttribute("data-source"), "person");
    assert.match((await page.textContent("#faults")) ?? "", /enforced\.devise/);
    const shown = (await page.textContent("#support-file")) ?? "";
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("#support-save")]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    assert.equal(Buffer.concat(chunks).toString(), shown, "what is saved is what was shown");
    assert.ok(!new RegExp(`${word}|harbours|devise`, "i").test(shown), shown);
    assert.match(shown, /"kept": 1/);
  } finally {
    await browser.close();
  }
});
