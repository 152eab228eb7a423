import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Browser, cdp, ready, type StageQuery } from "../harness.ts";
import { ask } from "../harness-worker.ts";
import { empty, gestures, insert, sent, sentCount, settle, type, typed } from "./acts.ts";

const secret = "SECRET: the convoy leaves the depot at 0200";
const plain = "On my way, see you at the lift";

let browser: Browser;
before(async () => { browser = await Browser.start(); });
after(() => browser.close());

async function on<T>(query: StageQuery, f: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.stage({ chat: "amira", ...query });
  try {
    return await f(page);
  } finally {
    await page.close();
  }
}

describe("every way to send", { concurrency: 4 }, () => {
  for (const [name, act] of Object.entries(gestures)) {
    for (const gen of ["g1", "g2", "g3"] as const) {
      test(`${name} does not send what must not go, ${gen}`, () =>
        on({ gen, lang: gen === "g2" ? "pt" : "en" }, async (page) => {
          await type(page, secret);
          await act(page);
          await settle(page);
          assert.deepEqual(await sent(page), []);
          assert.equal(await typed(page), secret, "the text stays");
          await act(page);
          await settle(page);
          assert.deepEqual(await sent(page), [], "nor the second time");
        }));
    }

    test(`${name} sends what may go, once`, () =>
      on({ gen: "g3" }, async (page) => {
        await type(page, plain);
        await act(page);
        await sentCount(page, 1);
        await settle(page, 700);
        assert.deepEqual(await sent(page), [{ chat: "Amira Khan", text: plain, files: [] }]);
        await type(page, "And again");
        await settle(page, 500);
        await act(page);
        await sentCount(page, 2);
        await settle(page, 700);
        assert.equal((await sent(page)).length, 2, "and when the verdict was there before");
      }));
  }
});

test("Enter in the same moment as the last key is held until the verdict", () =>
  on({}, async (page) => {
    await type(page, "x");
    await empty(page);
    await insert(page, secret);
    await page.keyboard.press("Enter");
    await settle(page, 900);
    assert.deepEqual(await sent(page), []);
    assert.equal(await typed(page), secret);
  }));

test("Shift+Enter makes a line, judged or not", () =>
  on({}, async (page) => {
    for (const text of [plain, secret]) {
      await type(page, text);
      await settle(page);
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("second line");
      assert.equal(await typed(page), `${text}\nsecond line`);
      await empty(page);
    }
    assert.deepEqual(await sent(page), []);
  }));

test("an IME's Enter belongs to the IME", () =>
  on({}, async (page) => {
    await type(page, "a");
    const session = await cdp(page);
    await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
    await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
    await session.send("Input.insertText", { text: "日本" });
    await settle(page);
    assert.deepEqual(await sent(page), []);
    assert.equal(await typed(page), "a日本");
    await page.keyboard.press("Enter");
    await sentCount(page, 1);
    assert.equal((await sent(page))[0]?.text, "a日本");
  }));

test("a chat opened between verdict and Enter is judged anew", () =>
  on({}, async (page) => {
    await ask(browser, { op: "chat", channel: "whatsapp", chat: "Mum", scope: "personal" });
    await page.evaluate(() => { window.__stage.openChat("mum"); });
    await type(page, "OFFICIAL-SENSITIVE: the quay closes at noon");
    await settle(page, 600);
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Control+X");
    await page.evaluate(() => { window.__stage.openChat("amira"); });
    await page.locator(".st-main [contenteditable='true']").click();
    await page.keyboard.press("Control+V");
    await page.keyboard.press("Enter");
    await settle(page, 800);
    assert.deepEqual(await sent(page), [], "what was nobody's business in a personal chat waits in a work chat");
  }));

/** North Carolina with a valid assessment: silent but for what its rules name, such as a file that runs. */
const assessed = {
  ...ready,
  packs: ["us-nc-030319"],
  authorisations: [{ pack: "us-nc-030319", kind: "assessment" as const, by: "Agency head", date: "2026-01-05", expires: "2030-01-05", scope: "whatsapp", channels: [], devices: [] }],
};

test("a file added after the verdict is judged with the text", async () => {
  await browser.settings(assessed);
  await on({}, async (page) => {
    await page.evaluate(() => { window.__stage.addFile("minutes.txt", 900, "text/plain"); });
    await type(page, plain);
    await settle(page, 600);
    await page.evaluate(() => { window.__stage.addFile("salaries.pdf.exe", 9000, "application/x-msdownload"); });
    await settle(page, 100);
    await page.locator(".st-caption .st-send").click();
    await settle(page, 900);
    const went = await sent(page);
    await browser.settings(ready);
    assert.deepEqual(went, [], "a risky attachment does not go unseen");
  });
});

test("a file is sent with its caption, once", () =>
  on({}, async (page) => {
    await page.setInputFiles("input[type=file]", { name: "tide-table.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
    await type(page, "Table for tomorrow");
    await page.keyboard.press("Enter");
    await sentCount(page, 1);
    await settle(page);
    assert.deepEqual(await sent(page), [{ chat: "Amira Khan", text: "Table for tomorrow", files: ["tide-table.pdf"] }]);
  }));

test("a pack changed between verdict and Enter is asked first", async () => {
  const text = "Lunch at one?";
  await on({}, async (page) => {
    await type(page, text);
    await settle(page, 600);
    await browser.settings({ ...ready, packs: ["us-nc-030319"] });
    await settle(page, 800); // until the page has heard of it, on a busy machine too
    await page.keyboard.press("Enter");
    await settle(page, 900);
    const went = await sent(page);
    await browser.settings(ready);
    assert.deepEqual(went, [], "without an assessment the North Carolina standard does not let it pass in silence");
  });
});
