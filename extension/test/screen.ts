import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Locator } from "playwright-core";
import { until } from "./harness.ts";

const run = promisify(execFile);

/** The first of these programs that is not installed; undefined when all are. */
export function missing(...programs: string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return programs.find((p) => !folders.some((f) => existsSync(join(f, p))));
}

/** A screen without a monitor, with a real mouse and keyboard: what the browser draws outside pages can be answered. */
export class Screen {
  private constructor(
    private readonly server: ChildProcess,
    private readonly display: string,
  ) {}

  /** Everything this process starts afterwards is shown there. */
  static async open(): Promise<Screen> {
    const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const number = await new Promise<string>((resolve, reject) => {
      server.stdio[3]?.once("data", (data: Buffer) => { resolve(data.toString().trim()); });
      server.once("exit", () => { reject(new Error("Xvfb did not start")); });
      server.once("error", reject);
    });
    const own = { DISPLAY: `:${number}`, DBUS_SESSION_BUS_ADDRESS: "disabled:", XDG_SESSION_TYPE: "x11", WAYLAND_DISPLAY: "", LC_ALL: "C.UTF-8" };
    Object.assign(process.env, own); // nothing is shown or asked on the desktop this may run on
    return new Screen(server, `:${number}`);
  }

  async xdotool(...args: string[]): Promise<string> {
    return (await run("xdotool", args, { env: { ...process.env, DISPLAY: this.display } })).stdout.trim();
  }

  /** Clicks as a person does: the pointer goes to the middle of the element, the button goes down and up. */
  async click(target: Locator): Promise<void> {
    const place = () => target.evaluate((element) => {
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: window.screenX + x + width / 2, y: window.screenY + window.outerHeight - window.innerHeight + y + height / 2 };
    });
    let at = await place();
    for (let last = { x: -1, y: -1 }; last.x !== at.x || last.y !== at.y; at = await place()) { // until the page stands still
      last = at;
      await target.page().waitForTimeout(400);
    }
    await this.clickAt(at.x, at.y);
  }

  /** The same at a place of the screen, in pixels from its upper left corner. */
  async clickAt(x: number, y: number): Promise<void> {
    await this.xdotool("mousemove", String(Math.round(x)), String(Math.round(y)), "sleep", "0.1", "click", "1");
  }

  async keys(...keys: string[]): Promise<void> {
    for (const key of keys) await this.xdotool("key", key, "sleep", "0.2");
  }

  type(text: string): Promise<string> {
    return this.xdotool("type", "--delay", "15", text);
  }

  /** The visible windows with such a title (a regular expression). */
  async windows(title: string): Promise<string[]> {
    const found = await this.xdotool("search", "--onlyvisible", "--name", title).catch(() => ""); // exit code 1: none
    return found.split("\n").filter(Boolean);
  }

  /** Answers GTK's folder dialogue: the path is typed, then "Open" is pressed by its letter. */
  async chooseFolder(title: string, path: string): Promise<void> {
    await until(`the dialogue "${title}"`, async () => (await this.windows(title)).length === 1, 15_000);
    await this.keys("ctrl+l");
    await this.type(path);
    await this.keys("alt+o");
    await until("the dialogue to close", async () => (await this.windows(title)).length === 0, 15_000);
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.server.once("exit", done));
    this.server.kill();
    await ended;
  }
}
