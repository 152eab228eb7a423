import type { Page } from "playwright-core";
import { cdp, until, type Browser } from "./harness.ts";

interface Versions {
  versions: { runningStatus: string }[];
}

/** Ends the extension's service worker, as the browser does after 30 s of rest. */
export async function killWorker(browser: Browser): Promise<void> {
  const session = await (await browser.back()).context().newCDPSession(await browser.back());
  let [asked, ended] = [false, false]; // a message that waits starts it again at once
  session.on("ServiceWorker.workerVersionUpdated" as never, ((e: Versions) => {
    ended ||= asked && e.versions.some((version) => version.runningStatus === "stopped");
  }) as never);
  await session.send("ServiceWorker.enable");
  asked = true;
  await session.send("ServiceWorker.stopAllWorkers");
  await until("the worker's end", () => ended, 5000);
  await session.detach();
}

/** Loads the extension anew, as an update does: the scripts on open pages are orphaned. */
export async function reloadExtension(browser: Browser): Promise<void> {
  await browser.inside(() => { chrome.runtime.reload(); }, undefined).catch(() => undefined);
}

/** Asks the worker as a page of the extension does. */
export async function ask<T>(browser: Browser, message: object): Promise<T> {
  return browser.inside<T, object>((m) => chrome.runtime.sendMessage(m), message);
}

/** What the extension holds in all its storages, as one text (binary as latin-1). */
export async function stored(browser: Browser): Promise<string> {
  return browser.inside(async () => {
    const parts: string[] = [];
    for (const area of ["local", "session", "sync"] as const) {
      parts.push(`${area}: ${JSON.stringify(await chrome.storage[area].get(null))}`);
    }
    const show = (v: unknown): string => {
      if (v instanceof Uint8Array || v instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(v));
      if (typeof v === "object" && v !== null) return Object.entries(v).map(([k, x]) => `${k}=${show(x)}`).join(";");
      return String(v);
    };
    const buckets = navigator.storageBuckets as unknown as { keys(): Promise<string[]>; open(name: string): Promise<{ indexedDB: IDBFactory }> };
    const factories = [indexedDB, ...(await Promise.all((await buckets.keys()).map(async (key) => (await buckets.open(key)).indexedDB)))];
    const databases = await Promise.all(factories.map(async (factory) => (await factory.databases()).map(({ name }) => ({ factory, name }))));
    for (const { factory, name } of databases.flat()) {
      const db = await new Promise<IDBDatabase>((ok, no) => {
        const open = factory.open(name ?? "");
        open.onsuccess = () => { ok(open.result); };
        open.onerror = () => { no(new Error(`cannot open ${name ?? ""}`)); };
      });
      for (const store of db.objectStoreNames) {
        const all = await new Promise<unknown[]>((ok) => {
          const get = db.transaction(store).objectStore(store).getAll();
          get.onsuccess = () => { ok(get.result as unknown[]); };
        });
        parts.push(`${name ?? ""}/${store}: ${all.map(show).join("\n")}`);
      }
      db.close();
    }
    parts.push(`localStorage: ${JSON.stringify(Object.entries(localStorage))}`, `caches: ${JSON.stringify(await caches.keys())}`);
    return parts.join("\n");
  }, undefined);
}

/** Requests the whole browser made, less those that Chromium makes by itself. */
export function strangers(browser: Browser): string[] {
  const own = /(^|[/.])(googleapis\.com|google\.com|gvt1\.com|gstatic\.com|web\.whatsapp\.com)(:|\/|$)/;
  return browser.sink.wanted.filter((w) => !own.test(w.split(" ")[1] ?? ""));
}

/** Hooks for what a page asks of the harness while it types. */
export async function typeFast(page: Page, text: string): Promise<void> {
  await (await cdp(page)).send("Input.insertText", { text });
}
