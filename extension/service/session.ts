// What was shown already, how far private chats have drifted (numbers only), and to whom
// was written. It lives in storage.session, which the browser keeps in memory and drops
// when it closes; of a chat or a person only the keyed hash is written.

import { isObject } from "../schema/validate.ts";
import type { Reason } from "../wire.ts";
import type { Area } from "./area.ts";
import { localTime } from "./clock.ts";

const KEY = "acknowledged";
const DRIFT = "drift";
const WRITTEN = "written";

/** Private chats that are watched at a time; of more, the one longest silent is forgotten. */
const MOST_CHATS = 200;
/** People remembered as written to; of more, those longest not written to are forgotten. */
const MOST_PEOPLE = 2000;

export class Session {
  #area: Area;
  #now: () => Date;
  #known: Promise<Record<string, string[]>> | undefined;
  #drift: Promise<Record<string, number[]>> | undefined;
  #written: Promise<string[]> | undefined;

  constructor(area: Area, now: () => Date = () => new Date()) {
    this.#area = area;
    this.#now = now;
  }

  /** Reasons ("pack/clause") that no longer act in this chat today. */
  async acknowledged(chatHash: string): Promise<string[]> {
    const all = await this.#load();
    return [...new Set([...(all["session"] ?? []), ...(all[this.#day(chatHash)] ?? [])])].sort();
  }

  async shown(chatHash: string, reasons: Pick<Reason, "pack" | "clause" | "once">[]): Promise<void> {
    const all = await this.#load();
    for (const { pack, clause, once } of reasons) {
      if (once === "") continue;
      const list = (all[once === "session" ? "session" : this.#day(chatHash)] ??= []);
      if (!list.includes(`${pack}/${clause}`)) list.push(`${pack}/${clause}`);
    }
    await this.#area.set({ [KEY]: all });
  }

  /** The core's numbers for a private chat; empty for one not seen in this session. */
  async drift(chatHash: string): Promise<number[]> {
    return (await this.#drifts())[chatHash] ?? [];
  }

  async drifted(chatHash: string, numbers: number[]): Promise<void> {
    const others = Object.entries(await this.#drifts()).filter(([hash]) => hash !== chatHash);
    const all = Object.fromEntries([...others.slice(1 - MOST_CHATS), [chatHash, numbers]]);
    this.#drift = Promise.resolve(all);
    await this.#area.set({ [DRIFT]: all });
  }

  /** How many of these people, by keyed hash, were not written to since the browser was started. */
  async unusual(people: readonly string[]): Promise<number> {
    const known = new Set(await this.#people());
    return people.filter((hash) => !known.has(hash)).length;
  }

  async written(people: readonly string[]): Promise<void> {
    if (people.length === 0) return;
    const fresh = new Set(people);
    const all = [...(await this.#people()).filter((hash) => !fresh.has(hash)), ...fresh].slice(-MOST_PEOPLE);
    this.#written = Promise.resolve(all);
    await this.#area.set({ [WRITTEN]: all });
  }

  #people(): Promise<string[]> {
    return (this.#written ??= this.#area.get(WRITTEN).then(({ [WRITTEN]: stored }) => (Array.isArray(stored) ? (stored as string[]) : [])));
  }

  #drifts(): Promise<Record<string, number[]>> {
    return (this.#drift ??= this.#area.get(DRIFT).then(({ [DRIFT]: stored }) =>
      isObject(stored) ? (stored as Record<string, number[]>) : {},
    ));
  }

  #day(chatHash: string): string {
    return `${chatHash} ${localTime(this.#now()).slice(0, 10)}`;
  }

  #load(): Promise<Record<string, string[]>> {
    return (this.#known ??= this.#area.get(KEY).then(({ [KEY]: stored }) =>
      isObject(stored) ? (stored as Record<string, string[]>) : {},
    ));
  }
}
