import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { Browser, ready, until } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { missing, Screen } from "../screen.ts";
import { captureOf, keepDirectly, records } from "./captures.ts";

const absent = missing("Xvfb", "xdotool") ?? (existsSync(paths.hanaper) ? undefined : paths.hanaper);

const WINDOW = ["--window-position=0,0", "--window-size=1200,860"];

/** The browser draws its questions outside the page, where only time tells that they are there; they take no answer in their first half second. */
const question = (page: Page) => page.waitForTimeout(1500);

const granted = (page: Page) => page.locator(".folder[data-tone=good]").count().then((n) => n === 1);

/** On a loaded machine a question may come after the key that was to answer it: then it is asked again. */
async function patiently(page: Page, allow: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await allow();
    if (await until("the grant", () => granted(page), 4000).catch(() => false)) return;
  }
  assert.fail("the browser's question was not answered");
}

/** The bubble under the address takes no focus without a window manager: the mouse goes down it to the first button, "Allow this time". */
async function allowInBubble(screen: Screen, page: Page): Promise<void> {
  for (let y = 150; y < 300 && !(await granted(page)); y += 25) {
    await screen.clickAt(280, y);
    await page.waitForTimeout(700); // a second click sooner counts as a slip and is ignored
  }
}

test("a person picks a folder in the system's dialogue, allows it, and records are filed there; asked again after a restart", { skip: absent !== undefined && `${absent} is not here` }, async () => {
  const base = mkdtempSync(join(tmpdir(), "hanaper-dialogue-"));
  const [profile, folder] = [join(base, "profile"), join(base, "Registry")];
  mkdirSync(folder);
  const screen = await Screen.open();
  const options = { profile, headed: true, args: WINDOW };
  let browser = await Browser.start({ ...options, settings: { ...ready, destination: { kind: "folder" } } });
  try {
    const page = await browser.own("options.html");
    await page.waitForSelector("#pick");
    await patiently(page, async () => {
      await screen.click(page.locator("#pick"));
      await screen.chooseFolder("Select where this site can save changes", folder);
      await question(page);
      await screen.keys("Tab", "space"); // from "Don't allow" to "Allow"
    });
    assert.match((await page.textContent(".folder")) ?? "", /Registry/);
    const first = await keepDirectly(browser, captureOf("Agreed: the quay closes at noon 🌊"));
    assert.equal(first.state, "delivered", first.trouble);
    await browser.close();

    browser = await Browser.start({ ...options, settings: null });
    const second = await keepDirectly(browser, captureOf("Agreed: the quay opens at nine"));
    assert.deepEqual([second.state, second.trouble], ["pending", "permission"]);
    const again = await browser.own("options.html");
    await again.waitForSelector("#renew");
    await patiently(again, async () => {
      await screen.click(again.locator("#renew"));
      await question(again);
      await allowInBubble(screen, again);
    });
    await until("what waited to be filed", async () => (await records(browser)).every((r) => r.state === "delivered"));

    const files = readdirSync(folder).map((f) => join(folder, f));
    assert.equal(files.length, 2);
    const { status, stdout, stderr } = spawnSync(paths.hanaper, ["verify", ...files], { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  } finally {
    await browser.close().catch(() => undefined);
    await screen.close();
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
});
