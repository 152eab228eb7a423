import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

declare const ROOT: string;

const work = mkdtempSync(join(tmpdir(), "hanaper-build-"));
after(() => rmSync(work, { recursive: true }));

interface Manifest {
  permissions: string[];
  host_permissions: string[];
  optional_permissions?: string[];
  optional_host_permissions?: string[];
  content_scripts: { matches: string[]; run_at: string; world: string }[];
  content_security_policy: { extension_pages: string };
  web_accessible_resources?: unknown;
  externally_connectable?: unknown;
  description: string;
}

function buildInto(name: string): Map<string, Buffer> {
  const out = join(work, name);
  const core = join(work, "core.wasm");
  writeFileSync(core, Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  execFileSync(process.execPath, [join(ROOT, "extension", "build.mjs"), "--out", out, "--core", core], { cwd: work });
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  return new Map(files.map((f) => [join(f.parentPath, f.name).slice(out.length + 1), readFileSync(join(f.parentPath, f.name))]));
}

describe("build", () => {
  const built = buildInto("a");
  const manifest = (browser: string) => JSON.parse(String(built.get(`extension-${browser}/manifest.json`))) as Manifest;

  it("gives the same bytes twice, from another directory", () => {
    const again = buildInto("b");
    assert.deepEqual([...again.keys()].sort(), [...built.keys()].sort());
    for (const [name, bytes] of built) assert.ok(again.get(name)?.equals(bytes), name);
  });

  it("asks for storage and the named hosts, and nothing else", () => {
    for (const browser of ["chromium", "firefox"]) {
      const m = manifest(browser);
      assert.deepEqual(m.permissions, ["storage", "unlimitedStorage", ...(browser === "chromium" ? ["sidePanel"] : [])]); // the last shows no prompt
      assert.deepEqual(m.host_permissions, [
        "https://web.whatsapp.com/*",
        "https://mail.google.com/*",
        ...["live.com", "office.com", "office365.com"].map((host) => `https://outlook.${host}/*`),
        "https://outlook.cloud.microsoft/*",
        ...["messages.google.com", "web.telegram.org", "www.linkedin.com", "www.messenger.com", "www.facebook.com"].map((host) => `https://${host}/*`),
      ]);
      assert.deepEqual(m.content_scripts.map((s) => [s.matches, s.run_at, s.world]), [[m.host_permissions, "document_start", "ISOLATED"]]);
      // For sites added by data only, and asked for by a click.
      assert.deepEqual([m.optional_permissions, m.optional_host_permissions], [["nativeMessaging", "scripting"], ["https://*/*"]]);
      assert.deepEqual([m.web_accessible_resources, m.externally_connectable], [undefined, undefined]);
      const csp = m.content_security_policy.extension_pages;
      assert.match(csp, /connect-src 'self'(;|$)/);
      assert.match(csp, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
      assert.equal(/https?:|\*|unsafe-inline|'unsafe-eval'/.test(csp), false);
    }
  });

  it("holds no address the code could reach, and no eval", () => {
    for (const [name, bytes] of built) {
      if (!name.endsWith(".js")) continue;
      const code = String(bytes);
      assert.equal(/\beval\(|new Function\(|importScripts\(|XMLHttpRequest|sendBeacon|WebSocket|RTCPeerConnection/.test(code), false, name);
      assert.equal((code.match(/\bfetch\(/g) ?? []).length, name.endsWith("worker.js") ? 1 : 0, name);
    }
  });

  it("its texts are in both languages and short enough for the stores", () => {
    const [en, fr] = ["en", "fr"].map((language) => JSON.parse(String(built.get(`extension-chromium/_locales/${language}/messages.json`))) as Record<string, { message: string }>);
    assert.deepEqual(Object.keys(en ?? {}), Object.keys(fr ?? {}));
    for (const texts of [en, fr]) assert.ok((texts?.["description"]?.message.length ?? 999) <= 132, texts?.["description"]?.message);
  });

  it("managed policy's schema has every setting twice and only what Chromium reads", () => {
    const schema = JSON.parse(String(built.get("extension-chromium/managed.schema.json"))) as { properties: Record<string, { properties: object }> };
    const settings = JSON.parse(readFileSync(join(ROOT, "extension/schema/settings.schema.json"), "utf8")) as { properties: object };
    for (const half of ["enforced", "defaults"]) {
      assert.deepEqual(Object.keys(schema.properties[half]?.properties ?? {}), Object.keys(settings.properties));
    }
    assert.equal(/"(default|pattern|const|propertyNames|required|minLength|maxLength)":/.test(JSON.stringify(schema)), false);
  });
});
