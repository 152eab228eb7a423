import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser, until } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { captureOf, keepDirectly, records } from "./captures.ts";

/** A copy of the extension that has the permission: no dialogue can be answered without a screen. */
function allowed(base: string): string {
  const copy = join(base, "extension");
  cpSync(paths.extension, copy, { recursive: true });
  const file = join(copy, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { permissions: string[]; optional_permissions?: string[] };
  const optional = manifest.optional_permissions ?? [];
  assert.ok(optional.includes("nativeMessaging"), "asked for only when it is wanted");
  manifest.optional_permissions = optional.filter((name) => name !== "nativeMessaging");
  manifest.permissions.push("nativeMessaging");
  writeFileSync(file, JSON.stringify(manifest));
  return copy;
}

test("records go into the vault of the real program: approved once, read back, delivered; nothing before", async (t) => {
  if (!existsSync(paths.hanaper)) {
    t.skip("build/hanaper is missing: ./task hanaper builds it");
    return;
  }
  const base = mkdtempSync(join(tmpdir(), "hanaper-desktop-"));
  const profile = join(base, "profile");
  const env = { HANAPER_VAULT: join(base, "vault"), HANAPER_PASSPHRASE: "correct horse battery staple", XDG_CONFIG_HOME: join(base, "config") };
  const before = { ...process.env };
  Object.assign(process.env, env); // the browser hands them on to the program
  const hanaper = (...args: string[]) => execFileSync(paths.hanaper, args, { encoding: "utf8" });
  const browser = await Browser.start({ profile, extension: allowed(base), settings: { destination: { kind: "desktop" } } });
  try {
    const early = await keepDirectly(browser, captureOf("Before the program was installed"));
    assert.deepEqual([early.ok, early.state], [true, "pending"]);
    await until("the trouble to be known", async () => (await records(browser))[0]?.trouble === "not_running");

    hanaper("bridge", "install", "--dir", join(profile, "NativeMessagingHosts"), "chromium");
    const page = await browser.own("options.html");
    const state = () => page.getAttribute(".desktop [data-state]", "data-state");
    await page.click("#connect-desktop");
    await until("the program to wait for approval", async () => (await state()) === "asked");
    const code = (await page.textContent(".desktop .code")) ?? "";
    assert.match(hanaper("bridge", "status"), new RegExp(`^${code} waits since`, "m"), "the same code on both sides");

    hanaper("bridge", "approve", code);
    await page.click("#connect-desktop");
    await until("that there is no vault", async () => (await state()) === "no_vault");
    hanaper("vault", "init");
    await page.click("#connect-desktop");
    await until("the connection", async () => (await state()) === "paired");
    await until("what waited to be delivered", async () => (await records(browser))[0]?.state === "delivered");

    const long = await keepDirectly(browser, captureOf(`Agreed: the quay closes at noon 🌊 ${"é".repeat(400_000)}`, "The quay"));
    await until("the long one to be delivered", async () => (await records(browser)).find((r) => r.id === long.id)?.state === "delivered");
    const found = hanaper("search", "--json", "quay").trim().split("\n").map((line) => (JSON.parse(line) as { id: string }).id);
    assert.deepEqual(found, [long.id]);
    assert.match(hanaper("vault", "check", "--signatures"), /2/);

    hanaper("bridge", "revoke", code);
    await page.click("#connect-desktop");
    await until("that it asks anew", async () => (await state()) === "asked");
    const late = await keepDirectly(browser, captureOf("After it was revoked"));
    await until("the refusal", async () => (await records(browser)).find((r) => r.id === late.id)?.trouble === "not_paired");
  } finally {
    await browser.close();
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
});
