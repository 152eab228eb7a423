import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Browser } from "../extension/test/harness.ts";
import { cdp } from "../extension/test/harness.ts";
import { find, press, uiText, waitFor } from "../extension/test/harness-ui.ts";
import { ask } from "../extension/test/harness-worker.ts";
import { pageStrings, type PageStrings } from "../extension/ui/strings/page.ts";
import type { RecordSummary, Verdict } from "../extension/wire.ts";
import type { Line, Scene } from "./script.ts";

/** What became of one message. */
export interface Outcome {
  readonly line: Line;
  readonly verdict: Verdict;
  /** in words: sent, stopped, sent anyway, sent with a reason, not checked */
  readonly end: string;
  /** id of the record, "" when not kept */
  readonly record: string;
}

export interface Stage {
  readonly browser: Browser;
  readonly pictures: string;
  readonly watch: boolean;
}

const composer = ".st-main [contenteditable='true']";

/** Messages before the draft that the extension reads along, outside private chats. */
const contextRows = 5;

/** The verdict in full, asked of the same worker for the same draft: the page shows the part a person needs. */
async function verdictOf(page: Page, browser: Browser, scene: Scene, line: Line): Promise<Verdict> {
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll(".st-line")].map((row) => ({
      direction: row.classList.contains("st-out") ? "out" : "in", from: "", at: "",
      body: row.querySelector(".st-text > :first-child")?.textContent ?? "",
    })),
  );
  const context = scene.scope === "personal" ? [] : rows.slice(-contextRows).filter((r) => r.body !== "");
  const draft = {
    v: 1, id: "", channel: "whatsapp", account: "", to: [], members_complete: true, title: scene.chat, subject: "",
    body: line.text, attachments: [], timer_s: 0, context,
  };
  return (await ask<{ verdict: Verdict }>(browser, { op: "judge", draft })).verdict;
}

async function typeLine(page: Page, text: string, watch: boolean): Promise<void> {
  await page.locator(composer).click();
  const lines = text.split("\n");
  for (const [i, part] of lines.entries()) {
    if (i > 0) await page.keyboard.press("Shift+Enter");
    if (watch) await page.keyboard.type(part, { delay: 25 });
    else await (await cdp(page)).send("Input.insertText", { text: part });
  }
  await page.waitForTimeout(watch ? 1200 : 450);
}

const sentSoFar = (page: Page): Promise<number> => page.evaluate(() => window.__sent.length);

async function sentAfter(page: Page, before: number, ms: number): Promise<boolean> {
  return page.waitForFunction((n) => window.__sent.length > n, before, { timeout: ms }).then(() => true, () => false);
}

/** Deals with a stop as the line says; gives how it ended. */
async function stopped(page: Page, line: Line, t: PageStrings, before: number): Promise<string> {
  if (line.then === "send anyway" && (await find(page, { role: "button", name: t.sendAnyway })) !== undefined) {
    await press(page, { role: "button", name: t.sendAnyway });
    return (await sentAfter(page, before, 4000)) ? "sent anyway" : "stopped";
  }
  if (line.then !== undefined && line.then !== "edit" && (await find(page, { role: "button", name: t.sendWithReason })) !== undefined) {
    await press(page, { role: "textbox", name: t.reasonJustify });
    await page.keyboard.type(line.reason ?? "It cannot wait");
    await press(page, { role: "button", name: t.sendWithReason });
    return (await sentAfter(page, before, 4000)) ? "sent with a reason" : "stopped";
  }
  await press(page, { role: "button", name: t.edit });
  await page.locator(composer).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.waitForTimeout(250);
  return "stopped";
}

/** A picture once everything stands still, the pointer out of the way. */
async function picture(page: Page, stage: Stage, name: string | undefined): Promise<void> {
  if (name === undefined) return;
  await page.mouse.move(4, 4);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(stage.pictures, `${name}.png`) });
}

/** Keeps the message just sent: the chip's Keep, the dialog with the five fields, Keep. */
async function keep(page: Page, stage: Stage, t: PageStrings, name: string | undefined): Promise<string> {
  const known = new Set((await records(stage.browser)).map((r) => r.id));
  await press(page, { role: "button", name: t.keep });
  await waitFor(page, { role: "dialog" });
  await picture(page, stage, name && `${name}-keep`);
  await press(page, { role: "button", name: t.keepNow, last: true });
  await waitFor(page, { role: "button", name: t.close, last: true });
  if (stage.watch) await page.waitForTimeout(1500);
  await picture(page, stage, name && `${name}-kept`);
  await press(page, { role: "button", name: t.close, last: true });
  return (await records(stage.browser)).find((r) => !known.has(r.id))?.id ?? "";
}

export async function records(browser: Browser): Promise<RecordSummary[]> {
  return (await ask<{ records: RecordSummary[] }>(browser, { op: "records" })).records;
}

async function one(page: Page, stage: Stage, scene: Scene, line: Line): Promise<Outcome> {
  const t = pageStrings[scene.settings.language === "fr" ? "fr" : "en"];
  const verdict = await verdictOf(page, stage.browser, scene, line);
  const before = await sentSoFar(page);
  await typeLine(page, line.text, stage.watch);
  if (verdict.action === "notice") {
    await waitFor(page, { role: "button", name: t.details });
    await picture(page, stage, line.picture);
  }
  await page.keyboard.press("Enter");
  const asked = verdict.action === "warn" || verdict.action === "justify" || verdict.action === "block";
  let end = "sent";
  if (!(await sentAfter(page, before, asked ? 700 : 4000))) {
    await waitFor(page, { role: "alertdialog" });
    if (stage.watch) await page.waitForTimeout(2500);
    await picture(page, stage, line.picture);
    end = await stopped(page, line, t, before);
  } else if ((await uiText(page)).includes(t.notCheckedShort)) {
    end = "sent, not checked";
  }
  const wanted = line.keep === true || (line.keep === "when due" && verdict.duty === "capture");
  const record = wanted && end.startsWith("sent") ? await keep(page, stage, t, line.picture) : "";
  return { line, verdict, end, record };
}

/** Plays a scene; tells each outcome as soon as it is there. */
export async function play(stage: Stage, scene: Scene, tell: (o: Outcome) => void): Promise<Outcome[]> {
  await stage.browser.settings({ ...scene.settings, destination: { kind: "download" } });
  await ask(stage.browser, { op: "chat", channel: "whatsapp", chat: scene.chat, scope: scene.scope });
  const page = await stage.browser.stage(scene.stage);
  await page.bringToFront();
  const outcomes: Outcome[] = [];
  for (const line of scene.lines) {
    const outcome = await one(page, stage, scene, line);
    tell(outcome);
    outcomes.push(outcome);
  }
  await page.close();
  return outcomes;
}
