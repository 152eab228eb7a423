// Messages that went and of which nobody has decided yet: for the side panel. The
// list lives in storage.session; when the browser closes, only how many were open
// in each chat stays, under the chat's keyed hash (ruling 13).

import { isObject } from "../schema/validate.ts";
import type { Answer, OpenItem } from "../wire.ts";
import type { Area, Areas } from "./area.ts";
import { localTime } from "./clock.ts";

/** The list, in storage.session. */
const ITEMS = "open_items";
/** Counts by chat hash in storage.local: of this session, and of those before. */
export const COUNTS_KEY = "open_counts";
/** More than a week's worth; of more, the oldest is forgotten. */
export const ITEMS_MOST = 500;

type Counts = Record<string, number>;

export class OpenItems {
  readonly #session: Area;
  readonly #local: Area;
  readonly #now: () => Date;
  #writes: Promise<unknown> = Promise.resolve();

  constructor(areas: Pick<Areas, "session" | "local">, now: () => Date) {
    this.#session = areas.session;
    this.#local = areas.local;
    this.#now = now;
  }

  /** Lists a message; the same id again changes nothing. */
  add(item: Omit<OpenItem, "at">): Promise<void> {
    return this.#change((items) => {
      if (items.some(({ id }) => id === item.id)) return items;
      const at = localTime(this.#now());
      return [...items, { ...item, at: `${at.slice(0, 17)}00${at.slice(19)}` }].slice(-ITEMS_MOST);
    });
  }

  decided(ids: string[]): Promise<void> {
    return this.#change((items) => items.filter(({ id }) => !ids.includes(id)));
  }

  async list(): Promise<Answer<"open_items">> {
    await this.#change((items) => items); // the first of a session counts what was left
    const { earlier } = await this.#counts();
    const counts = Object.values(earlier);
    return { items: await this.#items(), earlier: { messages: counts.reduce((sum, n) => sum + n, 0), chats: counts.length } };
  }

  /** The person went through what earlier sessions left open. */
  earlierDone(): Promise<void> {
    return this.#queued(async () => {
      const { now } = await this.#counts();
      await this.#local.set({ [COUNTS_KEY]: { now, earlier: {} } });
    });
  }

  #change(edit: (items: OpenItem[]) => OpenItem[]): Promise<void> {
    return this.#queued(async () => {
      const stored = (await this.#session.get(ITEMS))[ITEMS];
      const before = await this.#items();
      const items = edit(before);
      if (stored !== undefined && items === before) return;
      const counts = await this.#counts();
      const earlier = stored === undefined ? sum(counts.earlier, counts.now) : counts.earlier;
      const now: Counts = {};
      for (const { chat } of items) now[chat] = (now[chat] ?? 0) + 1;
      await this.#local.set({ [COUNTS_KEY]: { now, earlier } }); // first: cut short, it is counted again, never lost
      await this.#session.set({ [ITEMS]: items });
    });
  }

  #queued(work: () => Promise<void>): Promise<void> {
    const run = this.#writes.then(work);
    this.#writes = run.catch(() => undefined);
    return run;
  }

  async #items(): Promise<OpenItem[]> {
    const stored = (await this.#session.get(ITEMS))[ITEMS];
    return Array.isArray(stored) ? (stored as OpenItem[]) : [];
  }

  async #counts(): Promise<{ now: Counts; earlier: Counts }> {
    const stored = (await this.#local.get(COUNTS_KEY))[COUNTS_KEY];
    const of = (name: string) => (isObject(stored) && isObject(stored[name]) ? (stored[name] as Counts) : {});
    return { now: of("now"), earlier: of("earlier") };
  }
}

function sum(a: Counts, b: Counts): Counts {
  const out = { ...a };
  for (const [chat, n] of Object.entries(b)) out[chat] = (out[chat] ?? 0) + n;
  return out;
}
