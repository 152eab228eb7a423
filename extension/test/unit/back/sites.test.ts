import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { effective } from "../../../settings.ts";
import { patternsOf, readSite, siteFault, siteOf } from "../../../sites.ts";
import type { Site } from "../../../wire.ts";

declare const ROOT: string;

const text = readFileSync(join(ROOT, "testdata", "sites", "departmentchat.json"), "utf8");
const site = JSON.parse(text) as Site;
const any = () => true;

describe("sites added by data", () => {
  it("a file is read, and the settings take what was read", () => {
    const read = readSite(text, any);
    assert.deepEqual(patternsOf(read), ["https://chat.department.example/*"]);
    assert.deepEqual(effective({ v: 1, sites: [read] }, undefined).problems, []);
    assert.deepEqual(effective({ v: 1 }, { enforced: { sites: [read] } }).locked.includes("sites"), true);
    assert.equal(siteOf("chat.department.example", [read])?.id, "departmentchat");
    assert.equal(siteOf("a.chat.department.example", [read]), null);
  });

  it("the document shows the file that the tests use", () => {
    const shown = /```json\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs", "sites.md"), "utf8"))?.[1] ?? "";
    assert.deepEqual(JSON.parse(shown), site);
  });

  it("what is wrong is named with its place", () => {
    const told = (changes: object, selects = any) => {
      try {
        readSite(JSON.stringify({ ...site, ...changes }), selects);
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(told({}), "");
    assert.equal(told({ id: "gmail" }), "id gmail is a channel already");
    assert.equal(told({ hosts: ["mail.google.com"] }), "hosts: mail.google.com has a channel already");
    for (const host of ["*", "*.example", "chat.example/x", "chat.example:8443", "http://chat.example", "localhost", "<all_urls>"]) {
      assert.match(told({ hosts: [host] }), /^hosts\[0\]/, host);
    }
    assert.match(told({ anchors: { ...site.anchors, pane: [] } }), /^anchors\.pane is missing/);
    assert.match(told({ anchors: { ...site.anchors, script: ["x"] } }), /^anchors\.script is no member/);
    assert.match(told({ anchors: { ...site.anchors, text: ["x".repeat(201)] } }), /^anchors\.text\[0\]/);
    assert.match(told({}, () => false), /is no selector/);
    assert.match(told({ ids: ["on click"] }), /^ids\[0\]/);
    assert.throws(() => readSite("{", any), /not JSON/);
    assert.throws(() => readSite(" ".repeat(70_000), any), /at most/);
  });

  it("2,000 mutations are read as a site without fault, or refused in words", () => {
    let state = 7;
    const random = (n: number) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % n;
    let read = 0;
    for (let i = 0; i < 2000; i++) {
      const letters = Array.from(text);
      for (let k = random(3); k >= 0; k--) letters.splice(random(letters.length), random(3), String.fromCharCode(32 + random(95)));
      try {
        assert.equal(siteFault(readSite(letters.join(""), any)), "");
        read++;
      } catch (error) {
        assert.ok(error instanceof Error && error.message !== "" && error.name === "Error", String(error));
      }
    }
    assert.ok(read > 20, `${read} were read`);
  });
});
