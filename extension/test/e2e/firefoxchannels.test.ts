import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pageStrings } from "../../ui/strings/page.ts";
import { Firefox, type FirefoxPage, missing } from "../firefox.ts";
import { until } from "../harness.ts";
import { standIns, type StandIn } from "../standins.ts";
import { gestures } from "./acts.ts";

/** The conformance suite's core in Firefox, with the built package: read, guard, resume once, keep, abort. */

const secret = "SECRET: the convoy leaves the depot at 0200";
const plain = "On my way, see you at the lift";
const t = pageStrings.en;
const nightly = process.env["HANAPER_NIGHTLY"] === "1";
/** One page of each make: chat and mail, of React, of plain elements, of the shared stand-in. */
const chosen = nightly ? standIns : standIns.filter(({ id }) => ["whatsapp", "gmail", "outlook", "telegram"].includes(id));
if (!nightly) console.log("in Firefox four channels and one gesture each: HANAPER_NIGHTLY=1 tries all");

let firefox: Firefox;
before(async () => { if (missing === undefined) firefox = await Firefox.start(); });
after(async () => { if (missing === undefined) await firefox.close(); });
const here = { skip: missing !== undefined && `${missing} is not here` };

async function on<T>(standIn: StandIn, f: (page: FirefoxPage) => Promise<T>): Promise<T> {
  const page = (await standIn.open(firefox.playwright(), "en")) as unknown as FirefoxPage;
  try {
    return await f(page);
  } finally {
    await page.close();
  }
}

async function write(page: FirefoxPage, standIn: StandIn, text: string): Promise<void> {
  await page.locator(standIn.composer).click();
  await page.keyboard.type(text);
  await page.waitForTimeout(500);
}

const sent = (page: FirefoxPage): Promise<string[]> => page.evaluate(() => window.__sent.map((s) => s.text));

/** Gestures that need nothing but keys and mouse. */
function tried(standIn: StandIn): [string, StandIn["gestures"][string]][] {
  const own = Object.keys(standIn.gestures).length > 0 ? standIn.gestures : { Enter: gestures["Enter"], "a click on the button": gestures["a click on the button"] };
  const all = Object.entries(own).filter((entry): entry is [string, StandIn["gestures"][string]] => entry[1] !== undefined);
  return nightly ? all : all.slice(0, 1);
}

for (const standIn of chosen) {
  describe(standIn.id, here, () => {
    for (const [name, act] of tried(standIn)) {
      test(`${name}: what must not go stays, and goes once the person says why`, () =>
        on(standIn, async (page) => {
          await write(page, standIn, secret);
          await act(page as never);
          await page.shown(t.titles.block, ["h1", "h2", "h3"]);
          assert.deepEqual(await sent(page), []);
          await page.press(t.notWhatItLooks);
          await page.waitForTimeout(200);
          await page.keyboard.type("A film title");
          await page.press(t.sendWithReason);
          await until("one sent", async () => (await sent(page)).length === 1);
          await page.waitForTimeout(700);
          assert.deepEqual(await sent(page), [secret]);
        }));

      test(`${name} sends what may go, once`, { skip: !nightly && "HANAPER_NIGHTLY=1 runs it" }, () =>
        on(standIn, async (page) => {
          await write(page, standIn, plain);
          await act(page as never);
          await until("one sent", async () => (await sent(page)).length === 1);
          await page.waitForTimeout(700);
          assert.deepEqual(await sent(page), [plain]);
        }));
    }

    test("a message shown can be kept, and is", () =>
      on(standIn, async (page) => {
        await page.locator(standIn.row.selector).hover();
        await page.press(t.keepRow);
        const from = await page.shown(t.fields.from, ["input"]);
        assert.match(from.value, standIn.row.from);
        if (standIn.row.untimed === true) return;
        await page.press(t.keepNow);
        await until("a record that says it is kept", async () => (await page.ui()).some((e) => e.name.includes(t.troubles.no_destination)));
      }));
  });
}

test("without the extension its scripts let everything be sent", here, async () => {
  const pages = await Promise.all(chosen.slice(0, nightly ? undefined : 2).map(async (standIn) => ({ standIn, page: (await standIn.open(firefox.playwright(), "en")) as unknown as FirefoxPage })));
  for (const { standIn, page } of pages) {
    await page.fox.bringToFront();
    await write(page, standIn, secret);
  }
  await firefox.uninstall();
  for (const { standIn, page } of pages) {
    await page.fox.bringToFront();
    await page.locator(standIn.sendButton).click();
    await until(`${standIn.id} sent`, async () => (await sent(page)).length === 1);
  }
});
