import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it } from "node:test";

declare const ROOT: string;

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

interface Manifest {
  permissions: string[];
  optional_permissions?: string[];
  host_permissions: string[];
}

describe("what the stores are told", () => {
  it("gives a reason for every permission asked for, and for no other", async () => {
    const { manifest } = (await import(pathToFileURL(join(ROOT, "extension/manifest.mjs")).href)) as { manifest: (browser: string, version: string) => Manifest };
    const asked = new Set(["chromium", "firefox"].flatMap((browser) => {
      const { permissions, optional_permissions, host_permissions } = manifest(browser, "0.0.0");
      return [...permissions, ...(optional_permissions ?? []), ...host_permissions];
    }));
    const told = [...read("docs/store/permissions.md").matchAll(/^\| `([^`]+)` \| \S.{8,}\|$/gm)].map(([, name]) => name ?? "");
    assert.deepEqual(told.sort(), [...asked].sort());
  });

  it("has the summary of the package in both languages", () => {
    for (const language of ["en", "fr"]) {
      const { description } = JSON.parse(read(`extension/_locales/${language}/messages.json`)) as { description: { message: string } };
      assert.ok(read(`docs/store/listing.${language}.md`).includes(description.message), language);
    }
  });
});
