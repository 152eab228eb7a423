import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { cdp, until } from "../harness.ts";

/** Drops a folder of the disk on the settings page, as a person drags one there. */
export async function dropFolder(page: Page, folder: string): Promise<void> {
  await page.check("#destination-folder");
  await until("the choice to be saved", async () => /Saved/.test((await page.textContent(".live")) ?? ""));
  await page.locator(".drop").scrollIntoViewIfNeeded();
  const at = await page.locator(".drop").boundingBox();
  assert.ok(at);
  const drag = { x: at.x + at.width / 2, y: at.y + at.height / 2, data: { items: [], files: [folder], dragOperationsMask: 1 } };
  const session = await cdp(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, ...drag });
  await until("the folder to be remembered", async () => (await page.textContent("#where"))?.includes(basename(folder)));
}

/** Writes into the profile what "Allow on every visit" writes; no dialogue can be answered without a screen. */
export function grant(profile: string, extension: string, folder: string): void {
  const file = join(profile, "Default", "Preferences");
  const preferences = JSON.parse(readFileSync(file, "utf8")) as { profile: { content_settings: { exceptions: Record<string, object> } } };
  const origin = `chrome-extension://${extension}/,*`;
  const last_modified = String((Date.now() + 11_644_473_600_000) * 1000); // us since 1601
  const chosen = { "display-name": basename(folder), "is-directory": true, path: folder, readable: true, writable: true };
  const { exceptions } = preferences.profile.content_settings;
  exceptions["file_system_access_chooser_data"] = { [origin]: { last_modified, setting: { "chosen-objects": [chosen] } } };
  exceptions["file_system_access_extended_permission"] = { [origin]: { last_modified, setting: 1 } };
  writeFileSync(file, JSON.stringify(preferences));
}
