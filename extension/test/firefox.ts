import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import puppeteer, { type Browser as Puppeteer, type ElementHandle, type Page as FoxPage } from "puppeteer-core";
import type { Settings } from "../wire.ts";
import { type Browser, ready, stageUrl, type StageQuery, until } from "./harness.ts";
import { paths } from "./harness-paths.ts";
import { answerStage } from "./stage/serve.ts";

/**
 * Firefox with the built extension on the stand-ins, driven over BiDi, behind the few
 * calls of Playwright's that the stand-ins' descriptions make.
 */

const firefox = process.env["HANAPER_FIREFOX"] ?? "/usr/bin/firefox";
/** What is missing to run, undefined where nothing is. */
export const missing = [firefox, paths.firefox].find((path) => !existsSync(path));
const ID = "11111111-2222-4333-8444-555555555555";

/**
 * The harness's own little extension: content scripts of Firefox may look into closed
 * shadow roots, pages may not. It tells what stands there and where; presses are real.
 */
const PEEK = `
document.addEventListener("peek", () => {
  const out = [];
  const within = (root) => {
    for (const e of root.querySelectorAll("h1,h2,h3,button,[role],input,textarea,select")) {
      const box = e.getBoundingClientRect();
      const label = e.getAttribute("aria-label") || [...(e.labels || [])].map((l) => l.textContent).join(" ") || e.textContent;
      if (e.checkVisibility() && box.width > 0) out.push({ tag: e.localName, role: e.getAttribute("role") || "", name: label.replace(/\\s+/g, " ").trim(), value: e.value || "", x: box.x + box.width / 2, y: box.y + box.height / 2 });
    }
    for (const e of root.querySelectorAll("*")) if (e.openOrClosedShadowRoot) within(e.openOrClosedShadowRoot);
  };
  for (const e of document.querySelectorAll("*")) if (e.openOrClosedShadowRoot) within(e.openOrClosedShadowRoot);
  document.documentElement.setAttribute("data-peek", JSON.stringify(out));
});`;

export interface Peeked {
  tag: string;
  role: string;
  name: string;
  value: string;
  x: number;
  y: number;
}

export class Firefox {
  private constructor(
    private readonly browser: Puppeteer,
    private readonly folder: string,
    private readonly id: string,
  ) {}

  static async start(settings: Partial<Settings> = {}): Promise<Firefox> {
    const folder = mkdtempSync(join(tmpdir(), "hanaper-peek-"));
    const everywhere = { matches: ["https://*/*"], js: ["peek.js"] };
    writeFileSync(join(folder, "peek.js"), PEEK);
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({
      manifest_version: 2, name: "Peek", version: "1", content_scripts: [everywhere], browser_specific_settings: { gecko: { id: "peek@hanaper.example" } },
    }));
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: firefox,
      defaultViewport: { width: 1180, height: 780 },
      args: ["--remote-allow-system-access"], // else moz-extension pages cannot be driven
      extraPrefsFirefox: { "extensions.webextensions.uuids": JSON.stringify({ "hanaper@hanaper.example": ID }) },
    });
    await browser.installExtension(folder);
    const made = new Firefox(browser, folder, await browser.installExtension(paths.firefox));
    await made.save({ ...ready, ...settings });
    return made;
  }

  /** The settings, as the settings page saves them. */
  async save(settings: Partial<Settings>): Promise<void> {
    const page = await this.own("options.html");
    await page.evaluate((document) => chrome.storage.local.set({ settings: document }), settings);
    await page.evaluate(() => chrome.runtime.sendMessage({ op: "warm" }));
    await page.close();
  }

  /** One of the extension's pages; goto never resolves for such addresses. */
  async own(path: string): Promise<FoxPage> {
    const page = await this.browser.newPage();
    page.goto(`moz-extension://${ID}/${path}`).catch(() => undefined);
    await until(`${path} to be drawn`, () => page.evaluate((p) => location.pathname === `/${p}` && document.querySelector("main h1") !== null, path).catch(() => false), 20_000);
    return page;
  }

  /** As the stand-ins' descriptions know a browser. */
  playwright(): Browser {
    const newPage = async (): Promise<Page> => (await this.page()) as unknown as Page;
    const stage = async (query: StageQuery): Promise<Page> => {
      const page = await this.page();
      await page.goto(stageUrl(query));
      await page.waitForSelector(".st-main [contenteditable='true']");
      return page as unknown as Page;
    };
    return { context: { newPage }, stage } as unknown as Browser;
  }

  private async page(): Promise<FirefoxPage> {
    const page = await this.browser.newPage();
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      void answerStage(paths.stage, request.url()).then(({ status, headers, body }) => request.respond({ status, headers: { ...headers }, body })).catch(() => undefined);
    });
    return new FirefoxPage(page);
  }

  /** Takes the extension away: its scripts on open pages are orphans from then on. */
  async uninstall(): Promise<void> {
    await this.browser.uninstallExtension(this.id);
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The part of Playwright's page that descriptions and tests use. */
export class FirefoxPage {
  constructor(readonly fox: FoxPage) {}

  readonly keyboard = {
    type: (text: string): Promise<void> => this.fox.keyboard.type(text),
    press: async (keys: string): Promise<void> => {
      const all = keys.split("+") as Parameters<FoxPage["keyboard"]["down"]>[0][];
      const last = all.pop();
      for (const key of all) await this.fox.keyboard.down(key);
      if (last !== undefined) await this.fox.keyboard.press(last);
      for (const key of all.reverse()) await this.fox.keyboard.up(key);
    },
  };

  async goto(url: string): Promise<void> {
    await this.fox.goto(url, { waitUntil: "load" });
  }

  async waitForSelector(selector: string): Promise<void> {
    await this.find(selector);
  }

  waitForTimeout(ms: number): Promise<void> {
    return new Promise((done) => { setTimeout(done, ms); });
  }

  evaluate<T, A extends unknown[]>(f: (...args: A) => T, ...args: A): Promise<T> {
    return this.fox.evaluate(f as never, ...(args as unknown as never[]));
  }

  locator(selector: string): { click: () => Promise<void>; hover: () => Promise<void>; focus: () => Promise<void>; evaluate: <T>(f: (e: Element) => T) => Promise<T> } {
    const on = <T>(act: (e: ElementHandle) => Promise<T>) => async (): Promise<T> => act(await this.find(selector));
    return {
      click: on((e) => e.click()),
      hover: on((e) => e.hover()),
      focus: on((e) => e.focus()),
      evaluate: async (f) => (await this.find(selector)).evaluate(f as never),
    };
  }

  /** "CSS >> nth=N": the N-th of all, N from 0. */
  private find(selector: string): Promise<ElementHandle> {
    const [css = "", nth = "0"] = selector.split(" >> nth=");
    return until(selector, async () => (await this.fox.$$(css))[Number(nth)]);
  }

  /** What the extension shows. */
  async ui(): Promise<Peeked[]> {
    const told = await this.fox.evaluate(() => {
      document.dispatchEvent(new CustomEvent("peek"));
      return document.documentElement.getAttribute("data-peek");
    });
    return JSON.parse(told ?? "[]") as Peeked[];
  }

  /** Waits for what has this name; the last one of several. */
  async shown(name: string, tags = ["button"]): Promise<Peeked> {
    return until(`"${name}"`, async () => (await this.ui()).findLast((e) => tags.includes(e.tag) && e.name.startsWith(name)));
  }

  async press(name: string): Promise<void> {
    await this.shown(name);
    await this.waitForTimeout(400); // what has just appeared takes no press yet
    const { x, y } = await this.shown(name);
    await this.fox.mouse.click(x, y);
  }

  close(): Promise<void> {
    return this.fox.close();
  }
}
