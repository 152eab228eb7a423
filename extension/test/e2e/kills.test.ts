import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser, until } from "../harness.ts";
import { killWorker } from "../harness-worker.ts";
import { captureOf, keepDirectly, records, request } from "./captures.ts";
import { dropFolder, grant } from "./folder.ts";

/** How often the browser is killed in each of the tests. */
const kills = Number(process.env["HANAPER_KILLS"] ?? (process.env["HANAPER_NIGHTLY"] === "1" ? 200 : 4));

const BURST = 25; // clicks on Keep one after another, more than fit between two kills

const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));

interface Click {
  op: "keep";
  capture: ReturnType<typeof captureOf>;
  request: string;
}

const burstOf = (round: number): Click[] =>
  Array.from({ length: BURST }, (_, i) => ({ op: "keep", capture: captureOf(`Round ${round}, number ${i}: agreed`), request: request() }));

/** Every click that was answered, with the record it gave. */
type Answered = Map<string, string>;

/** Begins to click on Keep; a click without an answer, as when the worker was ended, is made again, as a person would. */
async function keepOn(browser: Browser, burst: Click[], answered: Answered): Promise<void> {
  const page = await browser.back();
  await page.exposeFunction("acknowledge", (request: string, id: string) => { answered.set(request, id); });
  const clicking = page.evaluate(async (clicks) => {
    const page = globalThis as unknown as { acknowledge(request: string, id: string): Promise<void> };
    for (const click of clicks) {
      for (let tries = 0; tries < 20; tries++) {
        const answer = await chrome.runtime.sendMessage<unknown, { ok: boolean; id: string } | undefined>(click).catch(() => undefined);
        if (answer?.ok !== true) continue;
        await page.acknowledge(click.request, answer.id);
        break;
      }
    }
  }, burst);
  clicking.catch(() => undefined); // the browser's end
}

/** Nothing that was answered is missing, and what is called delivered is in the folder. */
async function check(browser: Browser, answered: Answered, folder: string | null, round: number): Promise<void> {
  const there = new Map((await records(browser)).map((r) => [r.id, r]));
  const lost = [...answered.values()].filter((id) => !there.has(id));
  assert.deepEqual(lost, [], `round ${round}: ${lost.length} of ${answered.size} that were answered as kept are gone, ${there.size} are there`);
  for (const r of there.values()) {
    assert.equal(r.content, true, `round ${round}: ${r.id} does not open`);
    if (r.state === "delivered") assert.ok(folder !== null && statSync(join(folder, r.file_name)).size > 500, `${r.file_name} is called delivered`);
  }
}

/** A loss leaves the profile behind, to be looked into. */
async function inProfile(f: (base: string, profile: string) => Promise<void>): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), "hanaper-kills-"));
  try {
    await f(base, join(base, "profile"));
  } catch (error) {
    throw new Error(`the profile is kept in ${base}`, { cause: error });
  }
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}

async function killed(profile: string, folder: string | null): Promise<void> {
  const answered: Answered = new Map();
  let workers = 0;
  for (let round = 0; round <= kills; round++) {
    const browser = await Browser.start({ profile, settings: null });
    await check(browser, answered, folder, round);
    if (round === kills) {
      if (folder !== null) {
        await until("everything to be filed", async () => (await records(browser)).every((r) => r.state === "delivered"), 60_000);
        assert.ok(readdirSync(folder).filter((f) => f.endsWith(".eml")).length >= answered.size);
      }
      await browser.close();
      break;
    }
    const before = answered.size;
    await keepOn(browser, burstOf(round), answered);
    if (round % 4 === 1) {
      await pause(Math.random() * 400);
      await killWorker(browser).then(() => workers++, () => undefined); // it had just ended by itself
    }
    // Every other time while the first record is being written, else at any time.
    if (round % 2 === 0) await until("a first answer", () => answered.size > before, 20_000);
    await pause(Math.random() * (round % 2 === 0 ? 60 : 1200));
    await browser.kill();
  }
  assert.ok(answered.size >= kills / 2, `${answered.size} were answered before a kill`);
  if (kills > 1) assert.ok(workers > 0, "the worker was ended, too");
}

test(`the browser killed ${kills} times while keeping: what was answered as kept is there`, () =>
  inProfile(async (_, profile) => {
    await (await Browser.start({ profile })).close();
    await killed(profile, null);
  }));

test(`the browser killed ${kills} times while keeping and filing: what was answered as kept is there and is filed`, () =>
  inProfile(async (base, profile) => {
    const folder = join(base, "Registry");
    mkdirSync(folder);
    const first = await Browser.start({ profile });
    await dropFolder(await first.own("options.html"), folder);
    await first.close();
    grant(profile, first.extensionId, folder);
    await killed(profile, folder);
  }));

const starts = Math.max(2, Math.round(kills / 10));

test(`killed ${starts} times during the very first start, while keys and databases are made`, async () => {
  for (let i = 0; i < starts; i++) {
    await inProfile(async (_, profile) => {
      const answered: Answered = new Map();
      const browser = await Browser.start({ profile, settings: null });
      if (i % 3 > 0) await keepOn(browser, burstOf(i), answered);
      if (i % 3 === 1) await until("a first answer", () => answered.size > 0, 20_000);
      await pause(Math.random() * 600);
      await browser.kill();
      const second = await Browser.start({ profile, settings: null });
      await check(second, answered, null, i);
      const next = await keepDirectly(second, captureOf("Agreed, afterwards"));
      assert.equal(next.ok, true, next.error);
      await second.close();
    });
  }
});
