// Notes how stops ended: ids, a way out, a channel and a minute, nothing else
// (rulings 4, 13 and 14). Bounded, and under a hold nothing is dropped (ruling 12).

import { EVENTS_KEY, eventLog, fits, readEvents } from "../events.ts";
import { HoldError } from "../outbox/outbox.ts";
import { isObject } from "../schema/validate.ts";
import type { Answer, Ask, Hold, Info, StopEvent } from "../wire.ts";
import type { Area } from "./area.ts";
import { localTime } from "./clock.ts";
import type { Preferences } from "./preferences.ts";

/** Events kept: four stops on every working day of a year. The oldest go first. */
export const EVENTS_MOST = 1000;
/** Days an event is kept: a year and some weeks, for a yearly look back. */
export const EVENTS_DAYS = 400;
/** Under a hold, or where none is stated, none is dropped; beyond so many none is added: 2 MB, years of stops. */
export const EVENTS_HELD = 10_000;

const DAY = 86_400_000; // ms

/** The document in storage.local. All writes are the worker's and wait for each other. */
export class Events {
  readonly #area: Area;
  readonly #now: () => Date;
  #writes: Promise<unknown> = Promise.resolve();

  constructor(area: Area, now: () => Date) {
    this.#area = area;
    this.#now = now;
  }

  /** Stores an event; a request seen last is there already. Rejects when it could not be stored. */
  add(event: StopEvent, request: string, hold: Hold): Promise<void> {
    return this.#change((list, last) => {
      if (last === request) return null;
      const kept = this.#trimmed(list, hold);
      if (hold === "none") return { last: request, list: [...kept.slice(1 - EVENTS_MOST), event] };
      if (kept.length >= EVENTS_HELD) throw new Error("the list of events is full, and nothing is dropped under a hold");
      return { last: request, list: [...kept, event] };
    });
  }

  /** Drops what is too old or too much; nothing unless it is stated that there is no hold. */
  trim(hold: Hold): Promise<void> {
    return this.#change((list, last) => {
      const kept = this.#trimmed(list, hold);
      return kept.length === list.length ? null : { last, list: kept };
    });
  }

  /** Removes all; gives how many. Rejects with a HoldError. */
  async empty(hold: Hold): Promise<number> {
    if (hold !== "none") throw new HoldError(`hold is ${hold}`);
    let removed = 0;
    await this.#change((list, last) => {
      removed = list.length;
      return removed === 0 ? null : { last, list: [] };
    });
    return removed;
  }

  #trimmed(list: StopEvent[], hold: Hold): StopEvent[] {
    if (hold !== "none") return list;
    const since = this.#now().getTime() - EVENTS_DAYS * DAY;
    return list.filter(({ at }) => Date.parse(at) >= since).slice(-EVENTS_MOST);
  }

  #change(edit: (list: StopEvent[], last: string) => { list: StopEvent[]; last: string } | null): Promise<void> {
    const run = this.#writes.then(async () => {
      const stored = (await this.#area.get(EVENTS_KEY))[EVENTS_KEY];
      const last = isObject(stored) && typeof stored["last"] === "string" ? stored["last"] : "";
      const next = edit(readEvents(stored), last);
      if (next) await this.#area.set({ [EVENTS_KEY]: { v: 1, ...next } });
    });
    this.#writes = run.catch(() => undefined);
    return run;
  }
}

export interface Noter {
  /** The service's own, so that packs from outside are installed and listed. */
  info: () => Promise<Info>;
  preferences: Preferences;
  events: Events;
  now: () => Date;
}

/**
 * Notes a stop's end where packs and settings want it; never in a personal chat
 * (UK-18.1). Of what the page gave only ids that the core knows are stored.
 */
export async function noteStop(my: Noter, ask: Ask<"event">): Promise<Answer<"event">> {
  const { channel, chat, action, way, request } = ask;
  const [{ settings, hold }, scope] = await Promise.all([my.preferences.current(), my.preferences.scope({ channel, chat })]);
  if (scope === "personal") return { noted: false };
  const info = await my.info();
  if (!eventLog(settings, info.packs).on) return { noted: false };
  const clauses = new Set(info.packs.flatMap((pack) => pack.clauses.map(({ id }) => `${pack.id}/${id}`)));
  const event: StopEvent = {
    at: minute(localTime(my.now())),
    channel: info.channels.some(({ id }) => id === channel) ? channel : "unknown",
    action,
    rules: [...new Set(ask.rules)].filter((rule) => clauses.has(rule)),
    way,
  };
  if (!fits(event)) throw new Error("not an event");
  await my.events.add(event, request, hold);
  return { noted: true };
}

/** 2026-11-22T14:03:05+01:00 -> 2026-11-22T14:03:00+01:00. */
function minute(at: string): string {
  return `${at.slice(0, 17)}00${at.slice(19)}`;
}
