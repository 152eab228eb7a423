// The side panel: asks the worker and the open messengers, draws, tells them.

import { Outbox } from "../outbox/outbox.ts";
import { savedForms } from "../outbox/forms.ts";
import { savedFolder } from "../outbox/places.ts";
import { localTime } from "../service/clock.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { sidePanel, type ListedItem, type SidePanelActions, type SidePanelModel } from "../ui/pages/sidepanel.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import type { OpenItem, PackInfo, PageAsk, Remembered, Settings } from "../wire.ts";
import { ask } from "./pages/ask.ts";
import { openSystem } from "./pages/exit.ts";
import { allow, folderState } from "./pages/folder.ts";
import { start } from "./pages/start.ts";
import { alike, watch } from "./pages/watch.ts";
import { nextReview } from "../review.ts";

const pages = (chrome.runtime.getManifest().content_scripts ?? []).flatMap(({ matches }) => matches ?? []);

/** Asks every open messenger which messages it remembers; a tab without our script gives none. */
async function remembered(): Promise<Map<string, { title: string; tab: number }>> {
  const found = new Map<string, { title: string; tab: number }>();
  const which: PageAsk = { op: "which" };
  const ids = (await chrome.tabs.query({ url: pages })).flatMap(({ id }) => id ?? []);
  await Promise.all(
    ids.map(async (tab) => {
      const list = await chrome.tabs.sendMessage<PageAsk, Remembered[] | undefined>(tab, which).catch(() => undefined);
      for (const { item, title } of list ?? []) found.set(item, { title, tab });
    }),
  );
  return found;
}

async function listed(items: OpenItem[]): Promise<ListedItem[]> {
  const known = items.length > 0 ? await remembered() : new Map<string, { title: string; tab: number }>();
  return items.map((item) => ({ ...item, title: known.get(item.id)?.title ?? null, tab: known.get(item.id)?.tab ?? null })).reverse();
}

async function load(outbox: Outbox, packs: PackInfo[]): Promise<SidePanelModel> {
  const [{ settings, hold, language }, { items, earlier }, waiting, folder, forms] = await Promise.all([
    ask({ op: "settings" }),
    ask({ op: "open_items" }),
    outbox.undelivered(),
    folderState(outbox),
    savedForms(outbox),
  ]);
  const { kind } = settings.destination;
  const filing = kind === "download" ? "download" : kind === "desktop" ? "ready" : kind === "folder" && folder ? (folder.granted ? "ready" : "renew") : "none";
  const open = items.length + earlier.messages + waiting;
  const { due, next, leaving } = nextReview(settings, open, localTime(new Date()).slice(0, 10));
  return { language, packs, items: await listed(items.map((item) => ({ ...item, report: item.report && !forms.some((form) => form.item === item.id) }))), unsent: forms.filter(({ handed_at }) => !handed_at), earlier, waiting, filing, hold, reviewed: settings.reviewed, reviewDue: due, reviewNext: next, leaving, systems: settings.systems };
}

/** Brings a tab to the front and has its page open Keep for the message. */
async function show(tab: number, item: string): Promise<void> {
  const { windowId } = await chrome.tabs.update(tab, { active: true }) ?? {};
  if (windowId !== undefined) await chrome.windows.update(windowId, { focused: true });
  await chrome.tabs.sendMessage<PageAsk>(tab, { op: "show", item });
}

void start(async () => {
  const outbox = await Outbox.open();
  const packs = await ask({ op: "info" }).then((info) => info.packs, () => []);
  let model = await load(outbox, packs);
  const texts = () => pageTexts(model.language);
  const redraw = () => draw(document.body, model.language, `${texts().panel.title} - ${texts().product}`, sidePanel(texts(), model, actions));
  const refresh = async () => {
    model = await load(outbox, packs);
    redraw();
  };
  const say = (text: string, tone: "good" | "warn" = "good") => announce(document.body, text, tone);
  const attempt = (work: () => Promise<unknown>, failed = () => texts().notSaved) => {
    void work()
      .then(refresh)
      .catch(() => say(failed(), "warn"));
  };
  const file = async () => {
    const { filed } = await ask({ op: "file" });
    say(filed ? texts().stored.filedNow(filed) : texts().stored.filedNone, filed ? "good" : "warn");
  };
  const actions: SidePanelActions = {
    show: ({ tab, id }) => attempt(async () => tab !== null && (await show(tab, id)), () => texts().panel.notShown),
    decided: (id) => attempt(async () => {
      await ask({ op: "decided", items: [id] });
      say(texts().panel.decided);
    }),
    earlierDone: () => attempt(() => ask({ op: "earlier_done" })),
    file: () => attempt(file),
    renew: () => attempt(async () => {
      const handle = await savedFolder(outbox.store);
      if (handle && (await allow(handle))) await file();
      else say(texts().settings.folderDenied, "warn");
    }),
    reviewed: () => attempt(async () => {
      const changes: Partial<Settings> = { reviewed: localTime(new Date()).slice(0, 10) };
      await ask({ op: "save", changes });
      say(texts().panel.reviewSaved);
    }),
    move: ({ url }) => attempt(() => openSystem("system-link", url.replace("{text}", ""))),
  };
  redraw();
  watch(
    () => load(outbox, packs),
    (next) => alike(next, model),
    (next) => {
      model = next;
      redraw();
    },
  );
  chrome.tabs.onUpdated.addListener((_, { status }) => {
    if (status === "complete") void refresh(); // a messenger was reloaded: it remembers nothing any more
  });
});
