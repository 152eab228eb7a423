import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import type { Capture, RecordSummary } from "../../wire.ts";
import type { Browser } from "../harness.ts";
import { ask } from "../harness-worker.ts";

/** What the page asks to keep, made by hand: for tests of what happens after the click. */
export function captureOf(body: string, subject = body.slice(0, 40)): Capture {
  const me = { name: "Dana Ellis", address: "dana.ellis@department.example" };
  return {
    channel: "whatsapp",
    chat: "Harbour flood desk",
    direction: "out",
    method: "verbatim",
    fields: {
      from: me, to: [{ name: "Amira Khan", address: "+447700900111" }], members_complete: true,
      date: "2026-11-22", time: "14:03", zone: "+00:00", zone_source: "device", precision: "minute", subject,
    },
    observed: {},
    messages: [{ direction: "out", from: me, at: "2026-11-22T14:03:00Z", body, context_only: false, attachments: [] }],
    clauses: ["uk-nccc-2023/UK-19"],
    verdict: { permission: "care", duty: "capture", digest: `sha256:${"0".repeat(64)}` },
    series: "to be filed",
  };
}

export const request = (): string => randomBytes(16).toString("hex");

export async function keepDirectly(browser: Browser, capture: Capture): Promise<{ ok: boolean; id: string; state: string; missing?: string[]; error?: string; trouble?: string }> {
  return ask(browser, { op: "keep", capture, request: request() });
}

export async function records(browser: Browser): Promise<RecordSummary[]> {
  return (await ask<{ records: RecordSummary[] }>(browser, { op: "records" })).records;
}

/** A folder of the browser's own file system under the key where a picked folder is stored. */
export async function giveFolder(page: Page, name: string): Promise<void> {
  await page.evaluate(async (folder) => {
    const dir = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
    const db = await new Promise<IDBDatabase>((ok, no) => {
      const open = indexedDB.open("hanaper");
      open.onsuccess = () => { ok(open.result); };
      open.onerror = () => { no(new Error("no outbox yet")); };
    });
    await new Promise<void>((ok, no) => {
      const t = db.transaction("places", "readwrite");
      t.objectStore("places").put(dir, "folder");
      t.oncomplete = () => { ok(); };
      t.onabort = () => { no(new Error("not stored")); };
    });
    db.close();
  }, name);
}

/** Names and texts of the files in that folder. */
export async function filesIn(page: Page, name: string): Promise<{ name: string; text: string }[]> {
  return page.evaluate(async (folder) => {
    const dir = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
    const out: { name: string; text: string }[] = [];
    for await (const [file, handle] of dir.entries()) {
      if (handle.kind === "file") out.push({ name: file, text: await (await handle.getFile()).text() });
    }
    return out;
  }, name);
}
