// The window's page in Chromium, with the real App behind it.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { paths } from "../../../extension/test/harness-paths.ts";

const axe = readFileSync(createRequire(join(paths.root, "package.json")).resolve("axe-core/axe.min.js"), "utf8");

export const WORDS = "copper kettle on the quay";

export class Served {
  /** What the page wrote to its console, and faults of its script. */
  readonly troubles: string[] = [];

  private constructor(
    readonly dir: string,
    private readonly app: ChildProcessWithoutNullStreams,
    private readonly browser: Browser,
    readonly page: Page,
    readonly url: string,
  ) {
    page.on("pageerror", (error) => this.troubles.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) this.troubles.push(message.text());
    });
  }

  static async start(): Promise<Served> {
    const dir = mkdtempSync(join(tmpdir(), "hanaper-window-"));
    const env = { ...process.env, HANAPER_WINDOW_SERVE: dir };
    const app = spawn(join(paths.build, "test", "window.test"), ["-test.run", "^TestServe$"], { cwd: join(paths.root, "desktop", "window"), env });
    app.stderr.pipe(process.stderr);
    const url = await new Promise<string>((resolve, reject) => {
      let said = "";
      app.stdout.on("data", (data: Buffer) => {
        said += data.toString();
        const at = /serving (\S+)/.exec(said)?.[1];
        if (at) resolve(at);
      });
      app.on("exit", (code) => {
        reject(new Error(`the App ended with ${code ?? "a signal"}: ${said}`));
      });
    });
    const browser = await chromium.launch({ executablePath: paths.chromium, args: ["--no-sandbox"] });
    const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
    await page.addInitScript(bind);
    const served = new Served(dir, app, browser, page, url);
    await page.goto(url);
    await page.waitForSelector("h1");
    return served;
  }

  /** Makes the vault as a person would, and goes to the home view. */
  async begin(): Promise<void> {
    const { page } = this;
    await page.fill("#passphrase", WORDS);
    await page.fill("#again", WORDS);
    await page.click("#go");
    await page.check("#wrote");
    await page.click("#start");
    await page.waitForSelector("#empty");
  }

  /** What the system's next dialogs answer. */
  async desk(...files: string[]): Promise<void> {
    await fetch(`${this.url}/desk`, { method: "POST", body: JSON.stringify(files) });
  }

  /** What axe finds wrong, a line each. */
  async faults(): Promise<string[]> {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const run = `axe.run(document, {runOnly: {type: "tag", values: ${JSON.stringify(tags)}}}).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target).join(", ")))`;
    return this.page.evaluate(`${axe}; ${run}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.app.stdin.end();
    await new Promise((resolve) => (this.app.exitCode === null ? this.app.on("exit", resolve) : resolve(null)));
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Runs in the page before its script: what Wails binds, over HTTP. */
function bind(): void {
  const call = (name: string) => async (...args: unknown[]) => {
    const answer = await fetch(`/call/${name}`, { method: "POST", body: JSON.stringify(args) });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    return (await answer.json()) as unknown;
  };
  const App = new Proxy({}, { get: (_, name) => call(String(name)) });
  Object.assign(window, { go: { window: { App } } });
}
