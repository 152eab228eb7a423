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

/** The screen's pixels, without the header and colours of their file (X11/XWDFile.h). */
function pixels(dir: string): Buffer {
  const file = readFileSync(join(dir, "Xvfb_screen0"));
  return file.subarray(file.readUInt32BE(0) + 12 * file.readUInt32BE(76));
}

/** A page was painted, and for a second nothing changed. */
async function still(dir: string, app: ChildProcess): Promise<void> {
  let before = Buffer.alloc(0);
  let same = 0;
  for (let i = 0; i < 150 && same < 5; i++) {
    await sleep(200);
    assert.equal(app.exitCode, null, "the program ended");
    const now = Buffer.from(pixels(dir));
    same = new Set(now).size > 60 && now.equals(before) ? same + 1 : 0; // a blank screen has a few values
    before = now;
  }
  assert.ok(same === 5, "the window shows no page");
}

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
    await still(dir, app);
    assert.equal(await listens(port), false, "the window opens a port for debuggers");
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
