import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { paths } from "../harness-paths.ts";

const REQUEST = { v: 1, kind: "access", reference: "A-2026-0042", issued: "2026-11-20T09:00:00Z", issuer: { name: "Ada Reyes" }, terms: ["lease"] };
const TALK = "Transcript: Team North\nChannel: signal\nTo: Ann Example; Bob\n\n2024-04-25 21:15 Ann Example: I approve the lease for the depot.\n";

test("the page in a package checks it with no network, and names what was changed", async (t) => {
  if (!existsSync(paths.hanaper)) {
    t.skip(`${paths.hanaper} is missing: ./task hanaper`);
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), "hanaper-package-"));
  const at = (name: string) => join(dir, name);
  const hanaper = (...args: string[]) =>
    execFileSync(paths.hanaper, args, { cwd: dir, stdio: "pipe", env: { ...process.env, HANAPER_VAULT: at("vault"), HANAPER_PASSPHRASE: "four words of mine" } });
  writeFileSync(at("talk.txt"), TALK);
  writeFileSync(at("ask.json"), JSON.stringify(REQUEST));
  hanaper("vault", "init");
  hanaper("import", "--keep", "--choose", "all", "--by", "Ann Example", "--me", "Ann Example", "talk.txt");
  hanaper("request", "run", "ask.json", "--by", "Ann Example", "--out", "answer.zip");
  const whole = readFileSync(at("answer.zip"));
  const changed = Buffer.from(whole);
  changed[changed.indexOf("I approve the lease")] = 0x4a; // J for I, in the record's readable text
  writeFileSync(at("changed.zip"), changed);
  writeFileSync(at("verify.html"), readFileSync(join(paths.root, "desktop/request/verify.html")));
  const browser = await chromium.launch({ executablePath: paths.chromium, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(at("verify.html")).href);
    const check = async (file: string) => {
      await page.locator("#result").evaluate((e) => { e.textContent = ""; });
      await page.locator("#file").setInputFiles(at(file));
      await page.locator("#result p").first().waitFor();
      return page.locator("#result").innerText();
    };
    assert.match(await check("answer.zip"), /✓ Whole[^]*A-2026-0042: 1 records/);
    assert.match(await check("changed.zip"), /✗ Not whole[^]*records\/[0-9a-f]{64}\.eml: changed/);
    assert.match(await check("ask.json"), /✗ this is no ZIP file/);
    assert.deepEqual(asked.filter((url) => !url.startsWith("file:")), []);
    const axe = readFileSync(createRequire(join(paths.root, "package.json")).resolve("axe-core/axe.min.js"), "utf8");
    assert.deepEqual(await page.evaluate(`${axe}; axe.run().then((r) => r.violations.map((v) => v.id))`), []);
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
