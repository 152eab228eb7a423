// What the worker does, without the browser's own API: that is handed in by
// entry/worker.ts, so that everything here runs in a test.

import { Guest } from "../host/guest.ts";
import { file, fileAll, giveBack, type Verify } from "../outbox/filing.ts";
import { Bridge, type Connect } from "../outbox/destination/bridge.ts";
import { Desktop } from "../outbox/destination/desktop.ts";
import type { Destination } from "../outbox/destination/destination.ts";
import { Folder } from "../outbox/destination/folder.ts";
import { proveKey, publicKey } from "../outbox/keys.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Row } from "../outbox/database.ts";
import { effective, spoken } from "../settings.ts";
import { siteOf } from "../sites.ts";
import type { Answer, Ask, Info, Op, PageName, Settings, SettingsAnswer, VerifyAnswer } from "../wire.ts";
import type { Areas } from "./area.ts";
import { localTime } from "./clock.ts";
import { Events, noteStop } from "./events.ts";
import { judge, parties } from "./judge.ts";
import { keep } from "./keep.ts";
import { Packs } from "./packs.ts";
import { Preferences, type Current } from "./preferences.ts";
import { OpenItems } from "./openitems.ts";
import type { Sender } from "./router.ts";
import { Session } from "./session.ts";

export interface Surroundings {
  areas: Areas;
  module: () => Promise<WebAssembly.Module>;
  browserLanguage: string;
  version: string;
  /** tab: the one whose page asked, where a page did; the side panel opens beside it. */
  openPage: (page: PageName, hash: string, tab?: number) => void;
  /** Shows how many records are undelivered; told after every change. */
  badge: (undelivered: number) => void;
  /** Runs one filing at a time across worker and pages (Web Locks). */
  exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  openOutbox: () => Promise<Outbox>;
  /** The folder the person picked, null where none. */
  folder: (outbox: Outbox) => Promise<FileSystemDirectoryHandle | null>;
  /** Starts the program on this computer. */
  connect?: Connect;
  now?: () => Date;
}

/** Longest wait for the folder before the answer says "pending"; filing goes on. In ms. */
const FILING_WAIT = 2000;

type Handlers = { [K in Op]: (ask: Ask<K>, sender?: Sender) => Promise<Answer<K>> };

export class Service {
  readonly guest: Guest;
  readonly preferences: Preferences;
  readonly packs: Packs;
  readonly #my: Surroundings;
  readonly #session: Session;
  readonly #events: Events;
  readonly #open: OpenItems;
  readonly #bridge: Bridge;
  readonly #now: () => Date;
  #outbox: Promise<Outbox> | undefined;

  constructor(surroundings: Surroundings) {
    this.#my = surroundings;
    this.#now = surroundings.now ?? (() => new Date());
    this.guest = new Guest(surroundings.module);
    this.preferences = new Preferences(surroundings.areas, surroundings.version, this.#now);
    this.packs = new Packs(this.guest, this.preferences, surroundings.areas.local);
    this.#session = new Session(surroundings.areas.session, this.#now);
    this.#events = new Events(surroundings.areas.local, this.#now);
    this.#bridge = new Bridge(surroundings.connect ?? (() => null), {
      key: async () => publicKey((await this.outbox()).keys),
      prove: async (challenge) => proveKey((await this.outbox()).keys, challenge),
      version: surroundings.version,
    });
    this.#open = new OpenItems(surroundings.areas, this.#now);
  }

  readonly handlers: Handlers = {
    judge: ({ draft }) => judge({ ...this.#parts(), session: this.#session, packs: this.packs }, draft),
    warm: async () => {
      const [current] = await Promise.all([this.preferences.current(), this.guest.warm()]);
      await this.packs.installed(current);
      return { settings_generation: current.generation };
    },
    settings: () => this.settings(),
    keep: ({ capture, request }) =>
      keep({ ...this.#parts(), outbox: this.outbox, file: this.#fileSoon, version: this.#my.version }, capture, request).catch(
        (error: unknown) => ({ ok: false as const, missing: [], error: error instanceof Error ? error.message : "it was not kept" }),
      ),
    records: async ({ ids }) => {
      const outbox = await this.outbox();
      const rows = (await outbox.rows()).filter((row) => !ids || ids.includes(row.id));
      const records = await Promise.all(rows.map((row) => outbox.summary(row)));
      return { records, undelivered: await outbox.undelivered() };
    },
    chat: async ({ channel, chat, scope }) => {
      await this.preferences.setScope({ channel, chat }, scope);
      return { settings_generation: (await this.preferences.current()).generation };
    },
    shown: async ({ channel, chat, reasons, drift, to }) => {
      const hash = await this.preferences.chatHash({ channel, chat });
      await this.#session.shown(hash, reasons);
      await this.#session.written(await this.preferences.personHashes(parties(to)));
      if (drift?.length) await this.#session.drifted(hash, drift);
      return { ok: true };
    },
    sent: async ({ channel, chat, id, duty, rules, report }) => {
      if ((await this.preferences.scope({ channel, chat })) === "personal") return { noted: false };
      const hash = await this.preferences.chatHash({ channel, chat });
      await this.#open.add({ id, channel, chat: hash, duty, rules, report });
      return { noted: true };
    },
    decided: ({ items }) => this.#open.decided(items).then(() => ({ ok: true })),
    open_items: () => this.#open.list(),
    earlier_done: () => this.#open.earlierDone().then(() => ({ ok: true })),
    event: (ask) => noteStop({ ...this.#parts(), events: this.#events, info: () => this.handlers.info({ op: "info" }) }, ask),
    info: async ({ language }) => {
      const current = await this.preferences.current();
      await this.packs.installed(current);
      return (await this.guest.call("info", { language: language ?? "en", packs: current.settings.packs })) as Info;
    },
    site: async ({ host }) => ({ site: siteOf(host, (await this.preferences.current()).settings.sites) }),
    packs: async () => ({ packs: await this.packs.list() }),
    load_pack: async ({ name, text }) => ({ packs: await this.packs.load(name, text) }),
    remove_pack: async ({ key }) => ({ packs: await this.packs.remove(key) }),
    save: async ({ changes }) => {
      const [fault] = effective(changes, undefined).problems;
      if (fault) throw new Error(`${fault.path} ${fault.text}`); // the document never holds what would not be read
      await this.preferences.change((document) => Object.assign(document, changes));
      return this.settings();
    },
    file: async () => {
      const outbox = await this.outbox();
      const before = await outbox.undelivered();
      await this.resume();
      const undelivered = await outbox.undelivered();
      return { filed: Math.max(0, before - undelivered), undelivered };
    },
    desktop: () => this.#bridge.state(),
    give: async ({ name, data }) => {
      const outbox = await this.outbox();
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      const given = await giveBack(outbox, name, bytes, this.verify, localTime(this.#now()));
      await this.#showBadge(outbox);
      return given;
    },
    empty: async () => {
      const { hold } = await this.preferences.current();
      const removed = await (await this.outbox()).empty(hold);
      return { removed, events: await this.#events.empty(hold) };
    },
    open: ({ page, hash }, sender) => {
      this.#my.openPage(page, hash ?? "", sender?.tab?.id);
      return Promise.resolve({ ok: true });
    },
  };

  /** Opened once; anew after the browser closed it, as it does when the disk was full. */
  readonly outbox = async (): Promise<Outbox> => {
    const opening = (this.#outbox ??= this.#my.openOutbox());
    const forget = () => {
      if (this.#outbox === opening) this.#outbox = undefined;
    };
    const outbox = await opening.catch((error: unknown) => {
      forget();
      throw error;
    });
    if (!outbox.store.closed) return outbox;
    forget();
    return this.outbox();
  };

  /** The core's check of a record, given its JSON as found. */
  readonly verify: Verify = async (json) =>
    JSON.parse(await this.guest.text("verify", `{"record":${json},"signature":null,"attachments":[]}`)) as VerifyAnswer;

  async settings(): Promise<SettingsAnswer> {
    const current = await this.preferences.current();
    const { settings, problems, locked, sources, generation, hold, ready } = current;
    return { settings, problems, locked, sources, generation, hold, ready, language: this.#language(current) };
  }

  /** Files what waits, drops what may be dropped, shows the badge. Run at every start; safe to repeat. */
  async resume(): Promise<void> {
    const outbox = await this.outbox();
    const { hold, settings } = await this.preferences.current();
    const to = await this.#destination(settings, outbox);
    if (to) {
      const filing = this.#my.exclusive(() => fileAll(outbox, to, this.verify, localTime(this.#now())));
      await filing.catch(() => undefined); // the storage page shows which record does not open
    }
    await outbox.purge(hold, settings.purge_days, this.#now());
    await this.#showBadge(outbox);
    await this.#events.trim(hold);
  }

  #parts() {
    return { guest: this.guest, preferences: this.preferences, now: this.#now, language: this.#language };
  }

  readonly #language = (current: Current) => spoken(current.settings.language, this.#my.browserLanguage);

  /** Where records go by themselves; null where the person has to do something first. */
  async #destination(settings: Settings, outbox: Outbox): Promise<Destination | null> {
    if (settings.destination.kind === "desktop") return new Desktop(this.#bridge);
    if (settings.destination.kind !== "folder") return null;
    const handle = await this.#my.folder(outbox);
    return handle && new Folder(handle);
  }

  readonly #fileSoon = async (row: Row): Promise<Row> => {
    const outbox = await this.outbox();
    const filing = this.#fileOne(outbox, row).finally(() => this.#showBadge(outbox));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = new Promise<void>((resolve) => (timer = setTimeout(resolve, FILING_WAIT)));
    await Promise.race([filing.catch(() => undefined), wait]); // failed: the record is safe, resume files it
    clearTimeout(timer);
    return (await outbox.row(row.id)) ?? row;
  };

  async #fileOne(outbox: Outbox, row: Row): Promise<void> {
    const { settings } = await this.preferences.current();
    const to = await this.#destination(settings, outbox);
    if (to) {
      await this.#my.exclusive(() => file(outbox, row.id, to, this.verify, localTime(this.#now())));
    } else if (settings.destination.kind !== "none") {
      const trouble = settings.destination.kind === "folder" ? "no_destination" : "unsaved";
      await outbox.pending(row.id, settings.destination.kind, trouble);
    }
  }

  async #showBadge(outbox: Outbox): Promise<void> {
    this.#my.badge(await outbox.undelivered());
  }
}
