// The settings in force, kept up to date: the document of storage.local, managed
// policy, the generation number, and what the person said each chat is for.

import { effective, holdAt, SETTINGS_KEY, type Effective } from "../settings.ts";
import { isObject } from "../schema/validate.ts";
import type { Chat, ChatScope, Hold, Party } from "../wire.ts";
import type { Area, Areas } from "./area.ts";
import { localTime } from "./clock.ts";
import { PACKS_KEY, storedPacks, type StoredPack } from "./packs.ts";

/** {number, digest}: the generation and what it stands for. */
export const GENERATION_KEY = "generation";
/** The policy seen last: the browser may take seconds to read it after its start. */
export const POLICY_KEY = "policy";

/** Longest wait for the policy, then the one seen last counts. Measured at a browser's start: 2.6 to 4.5 s. In ms. */
const POLICY_WAIT = 100;

/** The key of the chats' keyed hash, base64. */
export const CHAT_KEY = "chat_key";

/** Of a longer list nobody was picked by mistake, and each costs a hash at every judgement. */
const MOST_PEOPLE = 40;

export interface Current extends Effective {
  hold: Hold;
  generation: number;
  /** Packs the person loaded; the policy's are among the settings. */
  packs: StoredPack[];
  /** The person answered the first-run questions, or policy did. */
  ready: boolean;
}

export class Preferences {
  #areas: Areas;
  #now: () => Date;
  #build: string;
  #read: Promise<{ local: unknown; managed: unknown; packs: StoredPack[] }> | undefined;
  #current: Current | undefined;
  #hmac: Promise<CryptoKey> | undefined;
  #writes: Promise<unknown> = Promise.resolve();

  /** build changes whenever the bundled packs may: it takes part in the generation. */
  constructor(areas: Areas, build: string, now: () => Date = () => new Date()) {
    this.#areas = areas;
    this.#build = build;
    this.#now = now;
  }

  /** Forgets what was read: called when any storage area changed. */
  stale(): void {
    this.#read = undefined;
    this.#current = undefined;
  }

  async current(): Promise<Current> {
    const now = this.#now().getTime();
    const known = this.#current;
    if (known && known.hold === holdAt(known, now)) return known;
    const read = (this.#read ??= this.#load());
    const { local, managed, packs } = await read;
    const merged = effective(local, managed);
    const hold = holdAt(merged, now);
    const generation = await this.#generation(JSON.stringify([merged.settings, hold, this.#build, packs.map(({ key }) => key)]));
    const ready = local !== undefined || merged.locked.includes("device");
    const current = { ...merged, hold, generation, ready, packs };
    if (this.#read === read) this.#current = current; // not when it went stale meanwhile
    return current;
  }

  /** The scope the person gave a chat, else the default. */
  async scope(chat: Chat): Promise<ChatScope> {
    const { settings } = await this.current();
    return settings.chats[await this.chatHash(chat)]?.scope ?? settings.default_scope;
  }

  async setScope(chat: Chat, scope: ChatScope): Promise<void> {
    const hash = await this.chatHash(chat);
    const at = localTime(this.#now());
    await this.change((document) => {
      const chats = isObject(document["chats"]) ? document["chats"] : {};
      document["chats"] = { ...chats, [hash]: { scope, at } };
    });
  }

  /** Changes the person's document; changes never interleave. */
  async change(edit: (document: Record<string, unknown>) => void): Promise<void> {
    const run = this.#writes.then(async () => {
      const stored = (await this.#areas.local.get(SETTINGS_KEY))[SETTINGS_KEY];
      const document = isObject(stored) ? stored : {};
      edit(document);
      await this.#areas.local.set({ [SETTINGS_KEY]: { ...document, v: 1 } });
      this.stale();
    });
    this.#writes = run.catch(() => undefined);
    await run;
  }

  /** 32 hexadecimal digits of an HMAC: across sessions a chat is known by this only. */
  async chatHash({ channel, chat }: Chat): Promise<string> {
    const key = await (this.#hmac ??= this.#chatKey());
    const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${channel}\n${chat}`));
    return Array.from(new Uint8Array(mac, 0, 16), (b) => b.toString(16).padStart(2, "0")).join("");
  }

  /** The keyed hash of each person, by address or else by name; of many, the first. */
  async personHashes(people: readonly Party[]): Promise<string[]> {
    const names = new Set(people.map(({ address, name }) => (address || name).trim().toLowerCase()).filter((name) => name !== ""));
    return Promise.all([...names].slice(0, MOST_PEOPLE).map((chat) => this.chatHash({ channel: "", chat })));
  }

  async #load() {
    const { local } = this.#areas;
    const [stored, packs, policy] = await Promise.all([local.get(SETTINGS_KEY), local.get(PACKS_KEY), this.#policy()]);
    return { local: stored[SETTINGS_KEY], managed: policy, packs: storedPacks(packs[PACKS_KEY]) };
  }

  /** The organisation's policy, or the one seen last while the browser still reads it. */
  async #policy(): Promise<unknown> {
    const { local, managed } = this.#areas;
    const read = managed().catch(() => ({})); // Firefox rejects where there is none
    const last = (await local.get(POLICY_KEY))[POLICY_KEY] ?? {};
    const seen = read.then(async (policy) => {
      if (sorted(policy) === sorted(last)) return policy;
      await local.set({ [POLICY_KEY]: policy });
      this.stale(); // what was answered meanwhile rested on the last one
      return policy;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = new Promise((resolve) => (timer = setTimeout(resolve, POLICY_WAIT, last)));
    return Promise.race([seen.catch(() => last), wait]).finally(() => clearTimeout(timer));
  }

  async #generation(meaning: string): Promise<number> {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(meaning));
    const digest = base64(new Uint8Array(bytes));
    const stored = (await this.#areas.local.get(GENERATION_KEY))[GENERATION_KEY];
    const last = isObject(stored) && Number.isSafeInteger(stored["number"]) ? (stored["number"] as number) : 0;
    if (isObject(stored) && stored["digest"] === digest) return last;
    await this.#areas.local.set({ [GENERATION_KEY]: { number: last + 1, digest } });
    return last + 1;
  }

  async #chatKey(): Promise<CryptoKey> {
    const raw = await chatKeyBytes(this.#areas.local);
    return crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  }
}

async function chatKeyBytes(local: Area): Promise<Uint8Array<ArrayBuffer>> {
  const stored = (await local.get(CHAT_KEY))[CHAT_KEY];
  if (typeof stored === "string") return Uint8Array.from(atob(stored), (c) => c.charCodeAt(0));
  const fresh = crypto.getRandomValues(new Uint8Array(32));
  await local.set({ [CHAT_KEY]: base64(fresh) });
  return fresh;
}

/** JSON with the members of every object in order, for comparing. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (isObject(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
