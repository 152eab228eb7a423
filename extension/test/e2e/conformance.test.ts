import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { reloadExtension } from "../harness-worker.ts";
import { press, waitFor, waitText } from "../harness-ui.ts";
import { standIns, type StandIn } from "../standins.ts";
import { filesIn, giveFolder, captureOf, keepDirectly, records } from "./captures.ts";
import { sent, sentCount, settle } from "./acts.ts";

/** What every channel must do, on its stand-in, with the built extension. */

const secret = "SECRET: the convoy leaves the depot at 0200";
const plain = "On my way, see you at the lift";
const decision = "Approved: close the quay from noon, tell the harbour master and the pilots today.";

/** The languages take turns from gesture to gesture; every gesture in both is the nightly run's. */
const nightly = process.env["HANAPER_NIGHTLY"] === "1";
if (!nightly) console.log("each gesture in one language: HANAPER_NIGHTLY=1 runs both");

let browser: Browser;
before(async () => {
  browser = await Browser.start({ settings: { destination: { kind: "folder" } } });
  await keepDirectly(browser, captureOf("Makes the outbox"));
  await giveFolder(await browser.back(), "records");
});
after(() => browser.close());

async function write(page: Page, standIn: StandIn, text: string): Promise<void> {
  await page.locator(standIn.composer).click();
  await page.keyboard.type(text);
}

const written = (page: Page, standIn: StandIn): Promise<string> =>
  inBox(page, standIn).then((text) => text.replace(/\n\n/g, "\n").trim());

const inBox = (page: Page, standIn: StandIn): Promise<string> =>
  page.locator(standIn.composer).evaluate((box) => (box instanceof HTMLTextAreaElement ? box.value : (box as HTMLElement).innerText));

async function on<T>(standIn: StandIn, f: (page: Page) => Promise<T>, language: "en" | "fr" = "en"): Promise<T> {
  const page = await standIn.open(browser, language);
  try {
    return await f(page);
  } finally {
    await page.close();
  }
}

for (const standIn of standIns) {
  describe(standIn.id, { concurrency: 2 }, () => {
    for (const [i, [name, act]] of Object.entries(standIn.gestures).entries()) {
      for (const language of nightly ? (["en", "fr"] as const) : [i % 2 === 0 ? ("en" as const) : ("fr" as const)]) {
        test(`${name} does not send what must not go, ${language}`, () =>
          on(standIn, async (page) => {
            await write(page, standIn, secret);
            await act(page);
            await settle(page);
            assert.deepEqual(await sent(page), []);
            assert.equal(await written(page, standIn), secret, "the text stays");
          }, language));
      }

      test(`${name} sends what may go, once`, () =>
        on(standIn, async (page) => {
          await write(page, standIn, plain);
          await act(page);
          await sentCount(page, 1);
          await settle(page, 700);
          assert.deepEqual((await sent(page)).map((s) => s.text), [plain]);
        }));
    }

    for (const [name, { act, leaves }] of Object.entries(standIn.passes)) {
      test(`${name} is the page's own`, () =>
        on(standIn, async (page) => {
          await write(page, standIn, "text");
          await settle(page);
          await act(page);
          await settle(page, 200);
          assert.match(await inBox(page, standIn), leaves);
          assert.deepEqual(await sent(page), []);
        }));
    }

    test("a stopped message goes once the person says why", () =>
      on(standIn, async (page) => {
        await write(page, standIn, secret);
        await page.locator(standIn.sendButton).click();
        const t = pageStrings.en;
        await waitFor(page, { role: "heading", name: t.titles.block });
        await press(page, { role: "button", name: t.notWhatItLooks });
        await page.keyboard.type("A film title");
        await settle(page, 400);
        await press(page, { role: "button", name: t.sendWithReason });
        await sentCount(page, 1);
        await settle(page, 700);
        assert.deepEqual((await sent(page)).map((s) => s.text), [secret]);
      }));

    test("what was just sent is kept: five fields, filed, read back", () =>
      on(standIn, async (page) => {
        const t = pageStrings.en;
        await write(page, standIn, decision);
        await waitFor(page, { role: "button", name: t.details });
        await page.locator(standIn.sendButton).click();
        await sentCount(page, 1);
        await press(page, { role: "button", name: t.keep });
        await waitFor(page, { role: "dialog" });
        assert.match((await waitFor(page, { name: t.fields.to, role: "textbox" })).value, standIn.to);
        if ((await waitFor(page, { name: t.fields.subject, role: "textbox" })).value === "") assert.fail("no subject is proposed");
        await press(page, { role: "button", name: t.keepNow, last: true });
        await waitText(page, /Filed in records/);
        const [first] = await records(browser);
        assert.equal(first?.state, "delivered");
        const file = (await filesIn(await browser.back(), "records")).find((f) => f.name === first.file_name);
        assert.ok(file);
        assert.match(file.text.replace(/=\r\n/g, ""), /close the quay from noon/);
      }));

    test("a message shown can be kept", () =>
      on(standIn, async (page) => {
        const t = pageStrings.en;
        await page.locator(standIn.row.selector).hover();
        await press(page, { role: "button", name: t.keepRow });
        await waitFor(page, { role: "dialog" });
        assert.match((await waitFor(page, { name: t.fields.from, role: "textbox" })).value, standIn.row.from);
        for (const field of ["date", "time"] as const) {
          const role = field === "date" ? "Date" : "InputTime";
          const { value } = await waitFor(page, { name: t.fields[field], role });
          assert.equal(value === "", field === "time" && standIn.row.untimed === true, field);
        }
      }));
  });
}

test("after an update the old scripts let everything be sent, and leave nothing on the page", async () => {
  const pages = await Promise.all(standIns.map(async (standIn) => ({ standIn, page: await standIn.open(browser, "en") })));
  for (const { standIn, page } of pages) {
    await page.bringToFront();
    await write(page, standIn, secret);
    await settle(page);
  }
  await reloadExtension(browser);
  for (const { standIn, page } of pages) {
    await page.bringToFront();
    await page.locator(standIn.sendButton).click();
    await sentCount(page, 1);
    assert.deepEqual((await sent(page)).map((s) => s.text), [secret], standIn.id);
    await page.close();
  }
});
