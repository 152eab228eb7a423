// Service worker (Chromium) and event page (Firefox): the browser's API, handed
// to the service. Listeners are set at once, so that none is missed on a wake-up.

import type { Pipe } from "../outbox/destination/bridge.ts";
import { Outbox } from "../outbox/outbox.ts";
import { savedFolder } from "../outbox/places.ts";
import { patternsOf } from "../sites.ts";
import { answer, type Own } from "../service/router.ts";
import { Service } from "../service/service.ts";
import type { Changed } from "../wire.ts";
import { registerSites } from "./registered.ts";

const manifest = chrome.runtime.getManifest();
const matches = (manifest.content_scripts ?? []).flatMap((script) => script.matches ?? []);
const own: Own = {
  id: chrome.runtime.id,
  base: chrome.runtime.getURL(""),
  origins: matches.map((pattern) => new URL(pattern.replace("*", "")).origin),
};

/** The Hanaper program on this computer. Until the person allowed it the browser has no such call. */
function nativeProgram(): Pipe | null {
  const connect = (chrome.runtime as Partial<typeof chrome.runtime>).connectNative;
  if (!connect) return null;
  const port = connect.call(chrome.runtime, "hanaper");
  return {
    send: (message) => port.postMessage(message),
    onMessage: (heard) => port.onMessage.addListener(heard),
    onClose: (closed) =>
      port.onDisconnect.addListener(() => {
        closed(chrome.runtime.lastError?.message ?? ""); // read, or the browser reports it as unhandled
      }),
    close: () => port.disconnect(),
  };
}

const service = new Service({
  areas: {
    local: chrome.storage.local,
    session: chrome.storage.session,
    managed: () => chrome.storage.managed.get(null),
  },
  module: () => WebAssembly.compileStreaming(fetch(chrome.runtime.getURL("core.wasm"))),
  browserLanguage: chrome.i18n.getUILanguage(),
  version: VERSION,
  openPage: (page, hash, tab) => {
    const inTab = () => chrome.tabs.create({ url: chrome.runtime.getURL(`${page}.html${hash && `#${hash}`}`) });
    // Within the click that asked for it; Firefox opens its sidebar from our own button only.
    if (page === "panel" && tab !== undefined && BROWSER === "chromium") chrome.sidePanel.open({ tabId: tab }).catch(inTab);
    else void inTab();
  },
  badge: (undelivered) => {
    void chrome.action.setBadgeText({ text: undelivered > 0 ? String(undelivered) : "" });
  },
  openOutbox: () => Outbox.open(),
  folder: (outbox) => savedFolder(outbox.store),
  connect: nativeProgram,
  exclusive: (work) => navigator.locks.request("hanaper filing", work),
});

chrome.runtime.onMessage.addListener((message: unknown, sender, reply) => {
  void answer(service, own, message, sender).then(reply);
  return true; // the answer comes later
});

chrome.storage.onChanged.addListener((changes, area) => {
  if (area !== "managed" && !("settings" in changes) && !("policy" in changes) && !("packs" in changes)) return;
  service.preferences.stale();
  void announce();
  void registerSites(sites);
});

const sites = async () => (await service.preferences.current()).settings.sites;
chrome.permissions.onAdded.addListener(() => void registerSites(sites));
chrome.permissions.onRemoved.addListener(() => void registerSites(sites));

// The toolbar button opens the panel beside the page.
if (BROWSER === "chromium") void chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
else chrome.action.onClicked.addListener(() => void browser.sidebarAction.toggle());

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void welcome();
});

chrome.runtime.onStartup.addListener(() => undefined); // wakes the worker, which resumes

/** Tells the pages that a verdict may have changed. */
async function announce(): Promise<void> {
  const { generation, settings } = await service.preferences.current();
  const changed: Changed = { op: "changed", settings_generation: generation };
  for (const tab of await chrome.tabs.query({ url: [...matches, ...settings.sites.flatMap(patternsOf)] })) {
    if (tab.id !== undefined) chrome.tabs.sendMessage(tab.id, changed).catch(() => undefined); // no script there yet
  }
}

/** The first run asks; where a test or policy preset the settings there is nothing to ask. */
async function welcome(): Promise<void> {
  if (!(await service.settings()).ready) {
    await chrome.tabs.create({ url: chrome.runtime.getURL("welcome.html") });
  }
}

// Scripts on messengers' pages ask the worker; they have no business in the storage itself.
void (chrome.storage.local as Partial<typeof chrome.storage.local>).setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
void chrome.action.setBadgeBackgroundColor({ color: "#7a4a00" });

/** Leaves a first verdict, which may be what woke the worker, its turn. In ms. */
const RESUME_AFTER = 500;
setTimeout(() => void registerSites(sites), RESUME_AFTER);
setTimeout(() => void service.resume().catch(() => undefined), RESUME_AFTER); // failed: the next start tries again
