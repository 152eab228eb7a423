// The program as it is released, in WebKitGTK under Xvfb. Building it takes minutes and
// GTK, so it runs by night: ./task window, then HANAPER_NIGHTLY=1.

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { paths } from "../../../extension/test/harness-paths.ts";
import { WORDS } from "./served.ts";

const program = join(paths.build, "hanaper-window");
const nightly = process.env["HANAPER_NIGHTLY"] === "1";

async function until(what: string, is: () => boolean): Promise<void> {
  for (let i = 0; i < 150; i++) {
    if (is()) return;
    await sleep(200);
  }
  assert.fail(`waited in vain for ${what}`);
}

const ended = (child: ChildProcess) => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.on("exit", resolve) : resolve(null)));

/** Whether somebody listens on a port of this computer. */
const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

/** How many values the bytes of the screen have: a blank one has a few. */
const shades = (dir: string) => new Set(readFileSync(join(dir, "Xvfb_screen0"))).size;

test("the released program opens its window, makes a vault, opens no port for debuggers, and ends when told", { skip: nightly ? false : "HANAPER_NIGHTLY is not 1: it needs ./task window" }, async () => {
  assert.ok(existsSync(program), "build/hanaper-window is missing: ./task window");
  const dir = mkdtempSync(join(tmpdir(), "hanaper-release-"));
  const screen = `:${90 + (process.pid % 400)}`;
  const port = 20000 + (process.pid % 20000);
  const xvfb = spawn("Xvfb", [screen, "-screen", "0", "1180x820x24", "-fbdir", dir], { stdio: "ignore" });
  const env = {
    ...process.env, DISPLAY: screen, HOME: dir, XDG_RUNTIME_DIR: dir, HANAPER_VAULT: join(dir, "vault"), HANAPER_CONFIG: join(dir, "config"),
    WEBKIT_INSPECTOR_SERVER: `127.0.0.1:${port}`,
  };
  const xdotool = (...args: string[]) => execFileSync("xdotool", args, { env, stdio: ["ignore", "pipe", "ignore"] }).toString();
  mkdirSync(join(dir, "config"));
  await until("the screen", () => existsSync(join(dir, "Xvfb_screen0")));
  const app = spawn(program, [], { env, stdio: "ignore" });
  try {
    await until("the window's page", () => app.exitCode === null && shades(dir) > 60);
    assert.equal(await listens(port), false, "the window opens a port for debuggers");
    await sleep(1000);
    xdotool("mousemove", "500", "519", "click", "1"); // the passphrase
    await sleep(300);
    xdotool("type", "--delay", "15", WORDS);
    xdotool("key", "Tab");
    xdotool("type", "--delay", "15", WORDS);
    xdotool("key", "Return");
    await until("the vault", () => existsSync(join(dir, "vault", "vault.key")));
    app.kill("SIGTERM");
    await ended(app);
  } finally {
    app.kill("SIGKILL");
    xvfb.kill();
    await ended(xvfb);
    rmSync(dir, { recursive: true, force: true });
  }
});
