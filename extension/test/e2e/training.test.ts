import assert from "node:assert/strict";
import { test } from "node:test";
import { QUIZ } from "../../ui/strings/quiz.ts";
import type { Settings } from "../../wire.ts";
import { Browser, until } from "../harness.ts";
import { stored } from "../harness-worker.ts";
import { records } from "./captures.ts";

const pack = "uk-nccc-2023";

test("the walk-through and the quiz, with the keyboard alone; passing is noted with the version; nothing is kept", async () => {
  const browser = await Browser.start();
  try {
    const page = await browser.own("training.html");
    await page.waitForSelector("#walk-keep-0");
    const step = (text: RegExp) => until(String(text), async () => text.test((await page.textContent("#walk-step")) ?? ""));
    const press = async (id: string) => { await page.focus(id); await page.keyboard.press("Enter"); };
    await press("#walk-keep-0");
    await step(/only practical/);
    await press("#walk-keep-2");
    await step(/five fields/);
    assert.equal(await page.evaluate(() => document.querySelector("#walk")?.contains(document.activeElement)), true, "the focus goes along");
    await press("#walk-kept");
    await step(/write a subject/);
    await page.focus("#walk-subject");
    await page.keyboard.type("Quay closes, Xylandrovex");
    await press("#walk-kept");
    await step(/on record/);
    await press("#walk-send");
    await press("#walk-anyway");
    await step(/other way/);
    await press("#walk-edit");
    await step(/Well done/);
    assert.deepEqual(await records(browser), []);
    assert.ok(!(await stored(browser)).includes("Xylandrovex"));

    const questions = QUIZ[pack]?.en ?? [];
    await press(`#check-${pack}`);
    await until("the request to answer all", async () => /every question/.test((await page.textContent(`#result-${pack}`)) ?? ""));
    for (const [i, { right, answers }] of questions.entries()) {
      await page.focus(`#${pack}-${i}-${i < 2 ? (right + 1) % answers.length : right}`);
      await page.keyboard.press("Space");
    }
    await press(`#check-${pack}`);
    await until("the score", async () => /3 of 5 right/.test((await page.textContent(`#result-${pack}`)) ?? ""));
    const briefings = () => browser.inside(async () => ((await chrome.storage.local.get("settings"))["settings"] as Partial<Settings>).briefings, undefined);
    assert.deepEqual((await briefings()) ?? [], []);
    await page.focus(`#${pack}-0-${questions[0]?.right}`);
    await page.keyboard.press("Space");
    await press(`#check-${pack}`);
    await until("the pass", async () => /Passed/.test((await page.textContent(`#result-${pack}`)) ?? ""));
    assert.deepEqual((await briefings())?.map((one) => one.pack), [pack]);
    const [file] = await Promise.all([page.waitForEvent("download"), press(`#certificate-${pack}`)]);
    assert.match(file.suggestedFilename(), /^hanaper-training-uk-nccc-2023-\d{4}-\d\d-\d\d\.txt$/);
  } finally {
    await browser.close();
  }
});
