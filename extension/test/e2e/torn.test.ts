import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser } from "../harness.ts";
import { captureOf, keepDirectly, records } from "./captures.ts";

/** Where in a profile the extension's two databases are: the origin's own, and the storage bucket's. */
const places = [["the first", "IndexedDB", "chrome-extension"], ["the second", "WebStorage", "indexeddb"]] as const;

/** Leaves the log as a kill between the two writes of one entry does: a header (CRC, length, "whole") without its data. */
function tear(folder: string, part: string): void {
  const logs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((f) => f.includes(part) && f.endsWith(".log"));
  assert.equal(logs.length, 1, `one log under ${folder}: ${logs.join(" ")}`);
  const header = Buffer.alloc(7);
  header.writeUInt32LE(0x12345678, 0);
  header.writeUInt16LE(2000, 4);
  header[6] = 1;
  appendFileSync(join(folder, logs[0] ?? ""), header);
}

for (const [name, folder, sign] of places) {
  test(`a kill tore the log of ${name} database: nothing kept before or after is lost`, async () => {
    const profile = mkdtempSync(join(tmpdir(), "hanaper-torn-"));
    const kept: string[] = [];
    let browser: Browser | null = null;
    try {
      for (const part of ["before", "after", "later", "last"]) {
        browser = await Browser.start({ profile, ...(part !== "before" && { settings: null }) });
        assert.deepEqual((await records(browser)).map((r) => [r.id, r.content]).sort(), kept.map((id) => [id, true]).sort(), part);
        for (let i = 0; i < 2 && part !== "last"; i++) {
          const answer = await keepDirectly(browser, captureOf(`Agreed: ${part} ${i}`));
          assert.equal(answer.ok, true, answer.error);
          kept.push(answer.id);
        }
        if (part === "last") break;
        await browser.kill();
        if (part === "before") tear(join(profile, "Default", folder), sign);
      }
      assert.equal(kept.length, 6);
    } finally {
      await browser?.close().catch(() => undefined); // killed already
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
