import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { cdp, until } from "../harness.ts";
import { paths } from "../harness-paths.ts";

/** What a person does in the stand-in, and what came of it. */

export const composerSelector = ".st-main [contenteditable='true']";

/** Puts the cursor into the composer and types as a person does, key by key. */
export async function type(page: Page, text: string): Promise<void> {
  await page.locator(composerSelector).click();
  await page.keyboard.type(text);
}

/** Puts text in at one stroke, as a paste or a fast typist; the cursor must be in the composer. */
export async function insert(page: Page, text: string): Promise<void> {
  await (await cdp(page)).send("Input.insertText", { text });
}

export const typed = (page: Page): Promise<string> =>
  page.locator(composerSelector).evaluate((box) => (box as HTMLElement).innerText.replace(/\n\n/g, "\n").trim());

export const sent = (page: Page): Promise<{ chat: string; text: string; files: string[] }[]> =>
  page.evaluate(() => window.__sent.map((s) => ({ chat: s.chat, text: s.text, files: [...s.files] })));

/** Waits for the n-th message sent by the page. */
export async function sentCount(page: Page, n: number, ms = 6000): Promise<void> {
  await until(`${n} sent`, async () => (await sent(page)).length >= n, ms);
}

/** Long enough for anything that is going to happen after an act to have happened. */
export const settle = (page: Page, ms = 450): Promise<void> => page.waitForTimeout(ms);

export async function empty(page: Page): Promise<void> {
  await page.locator(composerSelector).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
}

/** A wish to send, by every way a person or the page has. */
export const gestures: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  Enter: (p) => p.keyboard.press("Enter"),
  NumpadEnter: (p) => p.keyboard.press("NumpadEnter"),
  "Ctrl+Enter": (p) => p.keyboard.press("Control+Enter"),
  "a click on the button": (p) => p.locator(".st-send").click(),
  "a click on the svg in the button": (p) => p.locator(".st-send svg").click(),
  "Space on the button": async (p) => {
    await p.locator(".st-send").focus();
    await p.keyboard.press("Space");
  },
  "Enter on the button": async (p) => {
    await p.locator(".st-send").focus();
    await p.keyboard.press("Enter");
  },
  touch: async (p) => {
    const box = await p.locator(".st-send").boundingBox();
    if (box === null) throw new Error("no send button");
    const session = await cdp(p);
    const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await session.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  },
  "the page's own Enter": (p) => p.evaluate(() => { window.__stage.syntheticEnter(); }),
  "the page's own button.click()": (p) => p.evaluate(() => { window.__stage.clickSend(); }),
  "the page's own click on the svg": (p) => p.evaluate(() => { window.__stage.clickSvg(); }),
};

/** The built extension with one part made to fail; everything else is what ships. */
export type Failure = "slow" | "mute" | "no-core" | "mute-closed" | "mute-events" | "no-room";

const spoil = (how: string, op = "judge"): string => `
{
  const add = chrome.runtime.onMessage.addListener.bind(chrome.runtime.onMessage);
  chrome.runtime.onMessage.addListener = (f) => add((m, s, r) => {
    if (m?.op !== "${op}") return f(m, s, r);
    ${how}
  });
}
`;

/** As managed policy would say; the machine's own policy folder is not a test's to write to. */
const closed = `chrome.storage.managed.get = () => Promise.resolve({ enforced: { fail_mode: "closed" } });`;

/** A disk that has no room for events any more. */
const full = `{
  const set = chrome.storage.local.set.bind(chrome.storage.local);
  chrome.storage.local.set = (items) => ("events" in items ? Promise.reject(new Error("QUOTA_BYTES quota exceeded")) : set(items));
}`;

/** A copy of the extension that fails so; remove() deletes it. */
export function failing(failure: Failure): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), "hanaper-failing-"));
  cpSync(paths.extension, dir, { recursive: true });
  const worker = join(dir, "worker.js");
  const code = readFileSync(worker, "utf8");
  if (failure === "no-core") writeFileSync(join(dir, "core.wasm"), Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  else if (failure === "mute-closed") writeFileSync(worker, closed + spoil("return true;") + code);
  else if (failure === "mute-events") writeFileSync(worker, spoil("return true;", "event") + code);
  else if (failure === "no-room") writeFileSync(worker, full + code);
  else if (failure === "mute") writeFileSync(worker, spoil("return true;") + code);
  else writeFileSync(worker, spoil("f(m, s, (a) => { setTimeout(() => r(a), 900); }); return true;") + code);
  return { dir, remove: () => { rmSync(dir, { recursive: true, force: true }); } };
}
