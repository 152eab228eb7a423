import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { Browser, cdp } from "./harness.ts";
import { paths } from "./harness-paths.ts";
import { killWorker } from "./harness-worker.ts";

interface Row {
  name: string;
  value: number;
  unit: string;
  budget?: number;
  at_most?: boolean;
}

const rounds = 400;
const sleeps = 12;
const keys = 240;

const body =
  "Morning both. We have agreed to move the start of the pilot in Eastvale to 14 April because the supplier cannot staff two sites at once. " +
  "Please tell the regional leads today and ask finance to move 240,000 from the second to the third quarter. ";

/** A draft as the page sends it, about 1 KB. */
const draft = {
  v: 1, id: "bench", channel: "whatsapp", account: "", to: [{ name: "Amira Khan", address: "+447700900111" }],
  members_complete: true, title: "Amira Khan", subject: "", body: body.repeat(4), attachments: [], timer_s: 0, context: [],
};

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/** The content script's own world in the page, where page to verdict is measured. */
async function contentWorld(session: CDPSession, id: string): Promise<number> {
  const found = new Promise<number>((done) => {
    session.on("Runtime.executionContextCreated", ({ context }) => {
      if (context.origin.includes(id)) done(context.id);
    });
  });
  await session.send("Runtime.enable");
  return found;
}

async function timed(session: CDPSession, world: number): Promise<number> {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    contextId: world, awaitPromise: true, returnByValue: true,
    expression: `(async () => {
      const start = performance.now();
      const answer = await chrome.runtime.sendMessage({ op: "judge", draft: ${JSON.stringify(draft)} });
      if (answer?.verdict?.permission === undefined || answer.verdict.permission === "unknown") throw new Error(JSON.stringify(answer));
      return performance.now() - start;
    })()`,
  });
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as number;
}

async function verdicts(browser: Browser): Promise<Row[]> {
  const page = await browser.stage({ chat: "amira" });
  const session = await cdp(page);
  const world = await contentWorld(session, browser.extensionId);
  for (let i = 0; i < 40; i++) await timed(session, world);
  const warm: number[] = [];
  for (let i = 0; i < rounds; i++) warm.push(await timed(session, world));
  const slept: number[] = [];
  for (let i = 0; i < sleeps; i++) {
    await killWorker(browser);
    slept.push(await timed(session, world));
  }
  await page.close();
  return [
    { name: "page to verdict of 1 KB, warm, p50", value: quantile(warm, 0.5), unit: "ms", budget: 6, at_most: true },
    { name: "page to verdict of 1 KB, warm, p99", value: quantile(warm, 0.99), unit: "ms", budget: 25, at_most: true },
    { name: "page to verdict after the worker slept, p50", value: quantile(slept, 0.5), unit: "ms", budget: 200, at_most: true },
    { name: "page to verdict after the worker slept, worst", value: quantile(slept, 1), unit: "ms" },
  ];
}

interface ProfileNode {
  id: number;
  callFrame: { url: string };
  children?: number[];
}

/** Milliseconds of samples with a frame of the extension anywhere on the stack. */
function ownTime(profile: { nodes: ProfileNode[]; samples?: number[]; timeDeltas?: number[] }, id: string): number {
  const own = new Set<number>();
  const nodes = new Map(profile.nodes.map((n) => [n.id, n]));
  const mark = (n: ProfileNode, inside: boolean): void => {
    const here = inside || n.callFrame.url.includes(id);
    if (here) own.add(n.id);
    for (const c of n.children ?? []) {
      const child = nodes.get(c);
      if (child !== undefined) mark(child, here);
    }
  };
  const root = profile.nodes[0];
  if (root !== undefined) mark(root, false);
  let us = 0;
  profile.samples?.forEach((s, i) => { if (own.has(s)) us += profile.timeDeltas?.[i + 1] ?? 0; });
  return us / 1000;
}

async function profiled(session: CDPSession, id: string, act: () => Promise<void>): Promise<number> {
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 100 });
  await session.send("Profiler.start");
  await act();
  const { profile } = await session.send("Profiler.stop");
  return ownTime(profile, id);
}

async function typeKeys(page: Page): Promise<void> {
  const text = body.slice(0, keys);
  await page.locator(".st-main [contenteditable='true']").click();
  for (const key of text) await page.keyboard.type(key);
  await page.waitForTimeout(700);
}

/** Main-thread time of a typed key, the page's own work included, in ms. */
async function keyTime(page: Page): Promise<number> {
  const session = await cdp(page);
  await session.send("Performance.enable");
  const now = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((m) => m.name === "TaskDuration")?.value ?? 0;
  };
  const start = await now();
  await typeKeys(page);
  return ((await now()) - start) * 1000 / keys;
}

async function content(browser: Browser): Promise<Row[]> {
  const page = await browser.stage({ chat: "harbour" });
  const session = await cdp(page);
  const loads: number[] = [];
  for (let i = 0; i < 5; i++) {
    loads.push(await profiled(session, browser.extensionId, async () => {
      await page.reload();
      await page.waitForSelector(".st-main [contenteditable='true']");
      await page.waitForTimeout(600);
    }));
  }
  const typed = await profiled(session, browser.extensionId, () => typeKeys(page));
  await page.close();
  return [
    { name: "content script, CPU at load", value: quantile(loads, 0.5), unit: "ms", budget: 10, at_most: true },
    { name: "content script, CPU per input event", value: typed / keys, unit: "ms", budget: 0.5, at_most: true },
  ];
}

/** Smallest of several turns taken in alternation: other load on the machine only adds. */
async function withAndWithout(browser: Browser): Promise<Row[]> {
  const bare = await Browser.start({ extension: null });
  try {
    const own: number[] = [];
    const plain: number[] = [];
    for (let i = 0; i < 4; i++) {
      for (const [b, times] of [[browser, own], [bare, plain]] as const) {
        const page = await b.stage({ chat: "harbour" });
        times.push(await keyTime(page));
        await page.close();
      }
    }
    const [a, b] = [Math.min(...own), Math.min(...plain)];
    return [
      { name: "main thread per typed key, with the extension", value: a, unit: "ms" },
      { name: "the same without it", value: b, unit: "ms" },
      { name: "with / without", value: a / b, unit: "x" },
    ];
  } finally {
    await bare.close();
  }
}

const browser = await Browser.start();
try {
  const rows = [...(await verdicts(browser)), ...(await content(browser)), ...(await withAndWithout(browser))].map((r) => ({ ...r, value: Math.round(r.value * 1000) / 1000 }));
  mkdirSync(join(paths.build, "bench"), { recursive: true });
  writeFileSync(join(paths.build, "bench", "extension.json"), `${JSON.stringify(rows, null, 2)}\n`);
  console.log(JSON.stringify(rows));
} finally {
  await browser.close();
}
