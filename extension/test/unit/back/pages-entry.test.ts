// The pages as they start, with a worker and storage areas made up for them.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { Window } from "happy-dom";
import { defaults } from "../../../settings.ts";
import type { OwnPack } from "../../../wire.ts";
import { until } from "../page/dom.ts";

const OWN: OwnPack = { key: "k", file: "dx.json", from: "person", id: "", version: "", title: "", overlay: "", trust: "unsigned", signer: "", fault: "too large" };
const EVENT = { at: "2026-11-22T14:03:00Z", channel: "gmail", action: "block", rules: [], way: "edited" };

const window = new Window({ url: "https://extension.example/options.html" });
/** What the worker answers; an operation that is not here is refused. */
let worker: Record<string, unknown> = {};
let asked: string[] = [];
let reads: unknown[] = [];
const local: Record<string, unknown> = { packs: [{ key: "k", name: "dx.json", text: "{}" }], generation: { number: 3 }, events: { v: 1, list: [EVENT] } };

const chrome = {
  runtime: { sendMessage: ({ op }: { op: string }) => (asked.push(op), Promise.resolve(worker[op] ?? { error: "the core stopped" })), getURL: (path: string) => path },
  storage: {
    local: { get: (key: unknown) => (reads.push(key), Promise.resolve(local)) },
    session: { get: () => Promise.resolve({}) },
    managed: { get: () => Promise.resolve({}) },
    onChanged: { addListener: () => undefined },
  },
  permissions: { contains: () => Promise.resolve(true) },
  i18n: { getUILanguage: () => "en" },
};

before(() => {
  const queue = { request: (_: string, work: () => Promise<unknown>) => work() };
  const storage = { persist: () => Promise.resolve(true), persisted: () => Promise.resolve(true), estimate: () => Promise.resolve({ usage: 0 }) };
  const globals = { window, chrome, location: window.location, indexedDB: new IDBFactory(), requestAnimationFrame: (f: () => void) => setTimeout(f, 0), navigator: { locks: queue, storage } };
  const names = ["document", "HTMLElement", "HTMLInputElement", "HTMLTextAreaElement", "Node", "CSS"] as const;
  for (const [name, value] of [...Object.entries(globals), ...names.map((name) => [name, window[name]] as const)]) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
});

after(() => window.happyDOM.abort());

const settings = { settings: { ...defaults(), destination: { kind: "none" } }, problems: [], locked: [], generation: 1, language: "en", hold: "none", ready: true };
const text = (selector: string) => document.querySelector(selector)?.textContent ?? "";

describe("the pages as they start", () => {
  it("the settings open where the core does not answer; a file is removed there, and the rule books are asked for again", async () => {
    worker = { settings, packs: { packs: [OWN] }, remove_pack: { packs: [] } };
    await import("../../../entry/options.ts");
    await until(() => text("#own-list").includes("too large"));
    assert.match(text("#packs"), /gave no answer/);
    asked = [];
    worker = { ...worker, info: { packs: [{ id: "uk-nccc-2023", title: "T", published: "", review_by: "", clauses: [], logging: { events: "optional" } }] }, packs: { packs: [] } };
    document.getElementById("own-remove-0")?.click();
    await until(() => document.getElementById("pack-uk-nccc-2023") !== null);
    assert.ok(asked.includes("info"));
    assert.equal(document.getElementById("own-list"), null);
  });

  it("what is stored: loaded files are an area of their own, and storage.local is read once", async () => {
    worker = { settings };
    document.body.replaceChildren();
    reads = [];
    await import("../../../entry/stored.ts");
    await until(() => document.getElementById("raw-packs") !== null);
    assert.match(text("#raw-packs pre"), /dx\.json/);
    assert.deepEqual(JSON.parse(text("#raw-other pre")), { generation: { number: 3 } });
    assert.match(text("#events tbody"), /Gmail/);
    assert.deepEqual(reads, [null]);
  });
});
