import type { Page } from "playwright-core";
import { profiled, quantile, type Row } from "./benchprofile.ts";
import { insert, sentCount } from "./e2e/acts.ts";
import { type Browser, cdp } from "./harness.ts";
import { standIns } from "./standins.ts";

/** The content script's time on every channel's page, and what it adds between Enter and sent. */

const text = "We have agreed to move the start of the pilot to April. Please tell the regional leads today, and ask finance for the rest.";
const loads = 3;
const sends = 12;

/** Milliseconds of the content script at load and per typed key, of every channel but the first, which is measured apart. */
export async function channels(browser: Browser): Promise<Row[]> {
  const rows: Row[] = [];
  for (const standIn of standIns.slice(1)) {
    const page = await standIn.open(browser, "en");
    const session = await cdp(page);
    const atLoad: number[] = [];
    for (let i = 0; i < loads; i++) {
      atLoad.push(await profiled(session, browser.extensionId, async () => {
        await page.reload();
        await page.waitForSelector(standIn.composer);
        await page.waitForTimeout(400);
      }));
    }
    const typed = await profiled(session, browser.extensionId, async () => {
      await page.locator(standIn.composer).click();
      for (const key of text) await page.keyboard.type(key);
      await page.waitForTimeout(500);
    });
    await page.close();
    rows.push(
      { name: `content script on ${standIn.id}, CPU at load`, value: quantile(atLoad, 0.5), unit: "ms", budget: 10, at_most: true },
      { name: `content script on ${standIn.id}, CPU per input event`, value: typed / text.length, unit: "ms", budget: 0.5, at_most: true },
    );
  }
  return rows;
}

/** From the key to the page's own sending, of messages that may go: judged already while typing, or not yet. */
export async function latency(browser: Browser, bare: Browser): Promise<Row[]> {
  const times = { judged: [] as number[], unjudged: [] as number[], without: [] as number[] };
  for (let turn = 0; turn < 2; turn++) { // in turns: other load on the machine falls on all of them
    times.judged.push(...(await toSent(browser, 450)));
    times.unjudged.push(...(await toSent(browser, 0)));
    times.without.push(...(await toSent(bare, 450)));
  }
  const [judged, unjudged, without] = [times.judged, times.unjudged, times.without].map((all) => quantile(all, 0.5)) as [number, number, number];
  return [
    { name: "from Enter to sent, judged while typing, p50", value: judged, unit: "ms" },
    { name: "from Enter to sent, not judged yet, p50", value: unjudged, unit: "ms" },
    { name: "from Enter to sent without the extension, p50", value: without, unit: "ms" },
    { name: "from Enter to sent, with / without", value: judged / without, unit: "x" },
  ];
}

/** wait: milliseconds between the last word and Enter. */
async function toSent(browser: Browser, wait: number): Promise<number[]> {
  const page = await browser.stage({ chat: "amira" });
  await page.evaluate(() => {
    window.addEventListener("keydown", (e) => {
      if (e.key === "Enter") document.documentElement.dataset["enter"] = String(e.timeStamp);
    }, { capture: true });
  });
  await page.locator(".st-main [contenteditable='true']").click();
  const out: number[] = [];
  for (let i = 1; i <= sends; i++) out.push(await once(page, i, wait));
  await page.close();
  return out;
}

async function once(page: Page, n: number, wait: number): Promise<number> {
  await insert(page, `On my way, see you at lift ${n}`);
  await page.waitForTimeout(wait);
  // A stopped key does not reach the page: then from just before it was pressed.
  await page.evaluate(() => { document.documentElement.dataset["enter"] = String(performance.now()); });
  await page.keyboard.press("Enter");
  await sentCount(page, n);
  const took = await page.evaluate(() => (window.__sent.at(-1)?.at ?? 0) - Number(document.documentElement.dataset["enter"]));
  await page.waitForTimeout(700); // the box is empty and the same press over
  return took;
}
