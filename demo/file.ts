import { join } from "node:path";
import type { Browser } from "../extension/test/harness.ts";
import { until } from "../extension/test/harness.ts";
import { records } from "./play.ts";

/**
 * Files what was kept as a person without a folder does: on the page "What is
 * stored" every record is saved as a file, and the files are given back, which
 * proves them. Gives the file of each record by its id.
 */
export async function fileRecords(browser: Browser, dir: string, pictures: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const list = await records(browser);
  if (list.length === 0) return files;
  const page = await browser.own("stored.html");
  await page.waitForSelector("main h1");
  await page.screenshot({ path: join(pictures, "stored-waiting.png") });
  for (const record of list) {
    const save = page.locator(`#record-${record.id.slice(7, 23)} button`).first();
    const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
    const file = join(dir, download.suggestedFilename());
    await download.saveAs(file);
    files.set(record.id, file);
  }
  await page.setInputFiles("#give-back", [...files.values()]);
  await until("the records to be proven", async () => (await records(browser)).every((r) => r.state === "delivered"), 15_000).catch(() => undefined);
  await page.screenshot({ path: join(pictures, "stored-proven.png"), fullPage: true });
  await page.close();
  return files;
}
