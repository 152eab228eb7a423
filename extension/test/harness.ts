import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type CDPSession, type Page, type Worker } from "playwright-core";
import type { Settings } from "../wire.ts";
import { paths } from "./harness-paths.ts";
import { openSink, type Sink } from "./harness-sink.ts";
import { answerStage, stageOrigin, stageOrigins } from "./stage/serve.ts";

export interface StageQuery {
  gen?: "g1" | "g2" | "g3" | "none";
  lang?: "en" | "fr" | "pt" | "it";
  theme?: "light" | "dark";
  chat?: string;
  clock?: "12" | "24";
  ticks?: "slow";
}

export interface Options {
  /** Folder of the unpacked extension; null starts a browser without it. */
  extension?: string | null;
  /** Profile folder to use again; a fresh one, removed at the end, when absent. */
  profile?: string;
  headed?: boolean;
  /** Written before the first page is opened; on top of `ready`. null leaves a first run. */
  settings?: Partial<Settings> | null;
  width?: number;
  height?: number;
  args?: string[];
}

/** A person who answered the first questions: the official of the stand-in on a managed device. */
export const ready: Partial<Settings> = {
  v: 1,
  packs: ["uk-nccc-2023"],
  device: "managed",
  role: "official",
  language: "en",
  name: "Dana Ellis",
  address: "dana.ellis@department.example",
  default_scope: "work",
  destination: { kind: "none" },
};

/** One browser with the built extension, its shipped manifest, and the stand-in at the real address. */
export class Browser {
  private helper: Page | null = null;

  private constructor(
    readonly context: BrowserContext,
    readonly profile: string,
    readonly sink: Sink,
    /** "" when no extension was loaded */
    readonly extensionId: string,
    private readonly ownProfile: boolean,
  ) {}

  static async start(options: Options = {}): Promise<Browser> {
    const profile = options.profile ?? mkdtempSync(join(tmpdir(), "hanaper-e2e-"));
    prepare(profile);
    const extension = options.extension === undefined ? paths.extension : options.extension;
    const sink = await openSink();
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: paths.chromium,
      headless: options.headed !== true,
      ignoreDefaultArgs: ["--disable-extensions"],
      viewport: options.headed === true ? null : { width: options.width ?? 1180, height: options.height ?? 780 },
      proxy: { server: `http://127.0.0.1:${sink.port}` },
      acceptDownloads: true,
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        ...(extension === null ? [] : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]),
        ...(options.args ?? []),
      ],
    });
    for (const origin of Object.keys(stageOrigins)) {
      await context.route(`${origin}/**`, async (route) => {
        const { status, headers, body } = await answerStage(paths.stage, route.request().url());
        await route.fulfill({ status, headers: { ...headers }, body });
      });
    }
    const id = extension === null ? "" : await extensionId(context);
    const browser = new Browser(context, profile, sink, id, options.profile === undefined);
    if (extension !== null && options.settings !== null) {
      await browser.settings({ ...ready, ...options.settings });
      // A loaded machine may take longer than the guard waits to start the core the first time.
      await browser.inside(() => chrome.runtime.sendMessage({ op: "warm" }), undefined).catch(() => undefined);
    }
    return browser;
  }

  /** Opens the stand-in and waits until it stands. */
  async stage(query: StageQuery = {}): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(stageUrl(query));
    await page.waitForSelector(query.chat === undefined ? ".st-side" : ".st-main [contenteditable='true']");
    return page;
  }

  /** Opens one of the extension's own pages: "pages/options.html". */
  async own(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.extensionId}/${path}`);
    return page;
  }

  /** A page of the extension's origin without any code, opened once: it takes no focus from the others. */
  async back(): Promise<Page> {
    if (this.helper === null || this.helper.isClosed()) this.helper = await this.own("manifest.json");
    return this.helper;
  }

  /** Runs f in one of the extension's pages. */
  async inside<T, A>(f: (arg: A) => T | Promise<T>, arg: A): Promise<T> {
    return (await (await this.back()).evaluate(f as (arg: unknown) => unknown, arg)) as T;
  }

  /** Writes the settings document as an administrator or a test may. */
  async settings(settings: Partial<Settings>): Promise<void> {
    await this.inside((s) => chrome.storage.local.set({ settings: s }), settings);
  }

  worker(): Worker | undefined {
    return this.context.serviceWorkers().find((w) => w.url().startsWith(`chrome-extension://${this.extensionId}/`));
  }

  /** The browser process, from the lock it keeps in its profile. */
  pid(): number {
    return Number(readlinkSync(join(this.profile, "SingletonLock")).split("-").at(-1));
  }

  /** Ends the browser as a power cut would; only the process this harness started. */
  async kill(): Promise<void> {
    const closed = new Promise<void>((done) => this.context.once("close", () => { done(); }));
    process.kill(this.pid(), "SIGKILL");
    await closed;
    await this.sink.close();
    rmSync(join(this.profile, "SingletonLock"), { force: true });
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.sink.close();
    if (this.ownProfile) rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function stageUrl(query: StageQuery): string {
  return `${stageOrigin}/?${new URLSearchParams(query as Record<string, string>).toString()}`;
}

/** Developer mode, without which Chromium does not reload an unpacked extension. */
function prepare(profile: string): void {
  const file = join(profile, "Default", "Preferences");
  if (existsSync(file)) return;
  mkdirSync(join(profile, "Default"), { recursive: true });
  writeFileSync(file, JSON.stringify({ extensions: { ui: { developer_mode: true } } }));
}

async function extensionId(context: BrowserContext): Promise<string> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker", { timeout: 15_000 }));
  return new URL(worker.url()).host;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** The DevTools session of a page, made once. */
export function cdp(page: Page): Promise<CDPSession> {
  let session = sessions.get(page);
  if (session === undefined) {
    session = page.context().newCDPSession(page);
    sessions.set(page, session);
  }
  return session;
}

/** Waits until f gives something other than undefined, false or null; fails with what. */
export async function until<T>(what: string, f: () => Promise<T | undefined | false | null> | T | undefined | false | null, ms = 8000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const got = await f();
    if (got !== undefined && got !== false && got !== null) return got;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((r) => setTimeout(r, 25));
  }
}
