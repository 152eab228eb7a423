// Runs our script on the sites that were added by data and that the person allowed, and
// on no other. The browser keeps a registration until it is taken back.

import { patternsOf, siteFault } from "../sites.ts";
import type { Site } from "../wire.ts";

const PREFIX = "site-";

let running: Promise<unknown> = Promise.resolve();

/** Brings the registrations up to date; one at a time. */
export function registerSites(sites: () => Promise<readonly Site[]>): Promise<unknown> {
  running = running.then(async () => update(await sites())).catch(() => undefined); // tried again at the next start or change
  return running;
}

async function update(sites: readonly Site[]): Promise<void> {
  if (!(await chrome.permissions.contains({ permissions: ["scripting"] }))) return;
  const wanted = new Map<string, string[]>();
  for (const site of sites.filter((each) => siteFault(each) === "")) {
    const allowed = await Promise.all(patternsOf(site).map((pattern) => chrome.permissions.contains({ origins: [pattern] })));
    const matches = patternsOf(site).filter((_, i) => allowed[i]);
    if (matches.length > 0) wanted.set(`${PREFIX}${site.id}`, matches);
  }
  const there = (await chrome.scripting.getRegisteredContentScripts()).filter(({ id }) => id.startsWith(PREFIX));
  const same = (id: string, matches: readonly string[] = []): boolean => JSON.stringify([...(wanted.get(id) ?? [])].sort()) === JSON.stringify([...matches].sort());
  const old = there.filter(({ id, matches }) => !same(id, matches)).map(({ id }) => id);
  if (old.length > 0) await chrome.scripting.unregisterContentScripts({ ids: old });
  const kept = new Set(there.map(({ id }) => id).filter((id) => !old.includes(id)));
  const fresh = [...wanted].filter(([id]) => !kept.has(id)).map(([id, matches]) => ({ id, matches, js: ["content.js"], runAt: "document_start" as const, persistAcrossSessions: true }));
  if (fresh.length > 0) await chrome.scripting.registerContentScripts(fresh);
}
