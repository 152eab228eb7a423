// The page "What is stored": reads the outbox and every storage area.

import { EVENTS_KEY, eventsCSV, readEvents } from "../events.ts";
import type { Row } from "../outbox/database.ts";
import { Download } from "../outbox/destination/download.ts";
import { file as fileTo } from "../outbox/filing.ts";
import { savedForms } from "../outbox/forms.ts";
import { Outbox } from "../outbox/outbox.ts";
import { savedFolder } from "../outbox/places.ts";
import { localTime } from "../service/clock.ts";
import { PACKS_KEY, storedPacks } from "../service/packs.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { storedPage, type AreaContent, type RecordDetails, type StoredActions, type StoredModel } from "../ui/pages/stored.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import type { PackInfo } from "../wire.ts";
import { ask } from "./pages/ask.ts";
import { offer } from "./pages/exit.ts";
import { allow, folderState } from "./pages/folder.ts";
import { start } from "./pages/start.ts";
import { alike, watch } from "./pages/watch.ts";

const MAX_FILE = 16 << 20; // bytes

async function details(outbox: Outbox, row: Row): Promise<RecordDetails> {
  const { identical, delivered_at, eml_digest, proof } = row;
  const summary = await outbox.summary(row);
  return { ...summary, identical, delivered_at, eml_digest, proof, unreadable: summary.file_name === "" };
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

async function areas(outbox: Outbox, rows: number, local: Record<string, unknown>): Promise<AreaContent[]> {
  const [session, managed, folder, forms] = await Promise.all([
    chrome.storage.session.get(null),
    chrome.storage.managed.get(null).catch(() => ({})),
    savedFolder(outbox.store),
    savedForms(outbox),
  ]);
  const { settings, [PACKS_KEY]: packs, [EVENTS_KEY]: events, ...other } = local;
  const entries = (value: object | undefined) => Object.keys(value ?? {}).length;
  return [
    { id: "records", entries: rows, raw: null },
    { id: "forms", entries: forms.length, raw: null },
    { id: "keys", entries: 2, raw: null },
    { id: "folder", entries: folder ? 1 : 0, raw: null },
    { id: "settings", entries: entries(settings as object | undefined), raw: settings ? json(settings) : null },
    { id: "packs", entries: storedPacks(packs).length, raw: packs ? json(packs) : null },
    { id: "events", entries: readEvents(events).length, raw: events ? json(events) : null },
    { id: "other", entries: entries(other), raw: json({ ...other, ...("chat_key" in other && { chat_key: "…" }) }) },
    { id: "session", entries: entries(session), raw: json(session) },
    { id: "managed", entries: entries(managed), raw: json(managed) },
  ];
}

/** Whether the browser may clear our data when the disk is nearly full. */
async function kept(): Promise<boolean> {
  const exempt = await chrome.permissions.contains({ permissions: ["unlimitedStorage"] });
  return exempt || (await navigator.storage.persisted());
}

async function load(outbox: Outbox, packs: PackInfo[], busy: boolean, given: string[]): Promise<StoredModel> {
  const rows = await outbox.rows();
  const [{ settings, hold, language }, local, folder, estimate, persisted] = await Promise.all([
    ask({ op: "settings" }),
    chrome.storage.local.get(null),
    folderState(outbox),
    navigator.storage.estimate(),
    kept(),
  ]);
  const filing = settings.destination.kind === "desktop" ? "ready" : settings.destination.kind !== "folder" || !folder ? "none" : folder.granted ? "ready" : "renew";
  const records = await Promise.all(rows.map((row) => details(outbox, row)));
  return { language, hold, records, events: readEvents(local[EVENTS_KEY]), packs, areas: await areas(outbox, rows.length, local), usage: estimate.usage ?? 0, persisted, filing, busy, given };
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

void start(async () => {
  await navigator.storage.persist().catch(() => false);
  const outbox = await Outbox.open();
  const packs = await ask({ op: "info" }).then((info) => info.packs, () => []); // a core that fails must not hide what is stored
  let model = await load(outbox, packs, false, []);
  const texts = () => pageTexts(model.language);
  const show = () => draw(document.body, model.language, `${texts().stored.title} - ${texts().product}`, storedPage(texts(), model, actions));
  const refresh = async () => {
    model = await load(outbox, packs, model.busy, model.given);
    show();
  };
  const say = (text: string, tone: "good" | "warn" = "good") => announce(document.body, text, tone);
  const attempt = (work: () => Promise<void>) => {
    if (model.busy) return;
    model.busy = true;
    show();
    void work()
      .catch(() => say(texts().notSaved, "warn"))
      .finally(() => {
        model.busy = false;
        void refresh();
      });
  };
  const fileAll = async () => {
    const { filed } = await ask({ op: "file" });
    say(filed ? texts().stored.filedNow(filed) : texts().stored.filedNone, filed ? "good" : "warn");
  };
  const actions: StoredActions = {
    fileAll: () => attempt(fileAll),
    renew: () =>
      attempt(async () => {
        const handle = await savedFolder(outbox.store);
        if (handle && (await allow(handle))) await fileAll();
        else say(texts().settings.folderDenied, "warn");
      }),
    save: (ids) => attempt(() => save(ids)),
    giveBack: (files) => attempt(() => giveBack(files)),
    empty: () =>
      attempt(async () => {
        const { removed, events } = await ask({ op: "empty" });
        say(texts().stored.emptied(removed, events));
      }),
    saveEvents: (form) => {
      const name = `hanaper-stops-${localTime(new Date()).slice(0, 10)}.${form}`;
      const text = form === "csv" ? eventsCSV(model.events) : json(model.events);
      offer("stops-list", name, new TextEncoder().encode(text), form === "csv" ? "text/csv" : "application/json");
      say(texts().stored.eventsSaved(name));
    },
  };
  const save = async (ids: string[]) => {
    const to = new Download((name, bytes) => offer("record-file", name, bytes));
    const { destination } = (await ask({ op: "settings" })).settings;
    for (const id of ids) {
      const row = await outbox.row(id);
      const content = row && (await outbox.content(row));
      if (!row || !content) continue;
      // Handed over is a state only where nothing better is coming: a folder still proves it.
      if (destination.kind === "folder" || destination.kind === "desktop" || row.state === "delivered") {
        await to.put((await outbox.head(row)).file_name, new TextEncoder().encode(content.eml));
      } else {
        await fileTo(outbox, id, to, () => Promise.reject(new Error("nothing is read back")), localTime(new Date()));
      }
    }
    say(`${texts().stored.offered(ids.length)} ${texts().stored.offeredThen}`);
  };
  const giveBack = async (files: File[]) => {
    const lines: string[] = [];
    let proven = 0;
    for (const file of files) {
      const s = texts().stored;
      if (file.size > MAX_FILE) lines.push(s.tooLarge(file.name));
      else {
        const { id } = await ask({ op: "give", name: file.name, data: await base64(file) });
        if (id) proven++;
        lines.push(id ? s.proven(file.name) : s.notProven(file.name));
      }
    }
    model.given = lines;
    say(lines.length === 1 ? lines.join("") : texts().stored.givenBack(proven, lines.length)); // each file has its line on the page
  };
  show();
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
  watch(
    () => load(outbox, packs, model.busy, model.given),
    (next) => model.busy || alike({ ...next, usage: 0 }, { ...model, usage: 0 }),
    (next) => {
      model = next;
      show();
    },
  );
});
