// Packs from outside: files the person loaded or the organisation's policy gives.
// They are verified here, installed in the core once for each state of the
// settings, and listed. An unsigned one can only tighten; the core sees to that.

import type { Guest } from "../host/guest.ts";
import { digest } from "../outbox/keys.ts";
import { isObject } from "../schema/validate.ts";
import type { OwnPack } from "../wire.ts";
import type { Area } from "./area.ts";
import { openPack } from "./packfile.ts";
import type { Current, Preferences } from "./preferences.ts";

/** Files the person loaded, in storage.local. */
export const PACKS_KEY = "packs";

/** As many as the core installs. */
export const MAX_PACKS = 16;

/** Characters of one file: the core's limit for a pack, and its signature. */
export const MAX_PACK_FILE = (1 << 20) + 4096;

/**
 * Bytes of all packs together, as one request of the core carries them: it takes
 * 8 MiB (core.MaxRequest), the words around them included. What is over is left
 * out and named, since a request refused would leave every draft unjudged.
 */
export const MAX_PACKS_SIZE = (8 << 20) - 4096;

/** A file the person loaded. key: digest of its text. */
export interface StoredPack {
  key: string;
  name: string;
  text: string;
}

/** What storage.local holds, as far as it has the form. */
export function storedPacks(value: unknown): StoredPack[] {
  if (!Array.isArray(value)) return [];
  const whole = (v: unknown): v is StoredPack =>
    isObject(v) && typeof v["key"] === "string" && typeof v["name"] === "string" && typeof v["text"] === "string";
  return value.filter(whole).slice(0, MAX_PACKS);
}

interface Installed {
  packs: { index: number; id: string; version: string; title: string; overlay: string; trust: OwnPack["trust"]; signer: string }[];
  problems: { index: number; text: string }[];
  error: string;
}

export class Packs {
  #guest: Guest;
  #preferences: Preferences;
  #local: Area;
  #generation = -1;
  #ready: Promise<OwnPack[]> | undefined;
  #any = false;
  #writes: Promise<unknown> = Promise.resolve();

  constructor(guest: Guest, preferences: Preferences, local: Area) {
    this.#guest = guest;
    this.#preferences = preferences;
    this.#local = local;
  }

  /** Installs what the settings hold, once for each generation; costs nothing after that. */
  installed(current: Current): Promise<OwnPack[]> {
    if (this.#ready && this.#generation === current.generation) return this.#ready;
    this.#generation = current.generation;
    const ready = this.#install(current);
    this.#ready = ready;
    ready.catch(() => {
      if (this.#ready === ready) this.#ready = undefined; // the next one tries again
    });
    return ready;
  }

  /** For the page where a pack can be removed: what keeps the core from installing any is each one's fault. */
  async list(): Promise<OwnPack[]> {
    const current = await this.#preferences.current();
    try {
      return await this.installed(current);
    } catch (error) {
      const { list } = await openAll(current);
      return list.map((pack) => ({ ...pack, fault: pack.fault || reason(error) }));
    }
  }

  /** Keeps a file the person chose. Rejects where it is no pack or cannot be installed, with the reason. */
  load(name: string, text: string): Promise<OwnPack[]> {
    return this.#change(async (stored) => {
      const key = await digest(new TextEncoder().encode(text));
      if (stored.some((pack) => pack.key === key)) return this.list();
      if (stored.length >= MAX_PACKS) throw new Error(`there are ${MAX_PACKS} already: remove one first`);
      await this.#keep([...stored, { key, name, text }]);
      try {
        const list = await this.installed(await this.#preferences.current());
        const fault = list.find((pack) => pack.key === key)?.fault;
        if (fault) throw new Error(fault);
        return list;
      } catch (error) {
        await this.#keep(stored);
        throw error;
      }
    });
  }

  remove(key: string): Promise<OwnPack[]> {
    return this.#change(async (stored) => {
      await this.#keep(stored.filter((pack) => pack.key !== key));
      return this.list();
    });
  }

  /** Changes what is stored; changes never interleave. */
  #change(work: (stored: StoredPack[]) => Promise<OwnPack[]>): Promise<OwnPack[]> {
    const run = this.#writes.then(async () => work(await this.#stored()));
    this.#writes = run.catch(() => undefined);
    return run;
  }

  async #stored(): Promise<StoredPack[]> {
    return storedPacks((await this.#local.get(PACKS_KEY))[PACKS_KEY]);
  }

  async #keep(packs: StoredPack[]): Promise<void> {
    await this.#local.set({ [PACKS_KEY]: packs });
    this.#preferences.stale();
  }

  async #install(current: Current): Promise<OwnPack[]> {
    const { list, install, places } = await openAll(current);
    const now = await this.#preferences.current();
    if (now.generation !== current.generation) return this.installed(now); // or an older state would take a newer one's place
    if (install.length === 0 && !this.#any) return list;
    this.#any = true;
    const answer = (await this.#guest.install({ packs: install })) as Installed;
    if (answer.error) throw new Error(answer.error);
    for (const { index, text } of answer.problems) at(list, places[index]).fault = text;
    for (const { index, id, version, title, overlay, trust, signer } of answer.packs) {
      Object.assign(at(list, places[index]), { id, version, title, overlay, trust, signer });
    }
    return list;
  }
}

interface Opened {
  list: OwnPack[];
  /** What the core is asked to install, and the place of each in list. */
  install: { json: string; trust: string; signer: string }[];
  places: number[];
}

/** The policy's packs, then the person's, each verified or with its fault. */
async function openAll({ settings: { pack_files, trusted_keys }, packs }: Current): Promise<Opened> {
  const policy = pack_files.map((text, i) => ({ key: `policy-${i}`, name: "", text, from: "policy" as const }));
  const own = packs.map((pack) => ({ ...pack, from: "person" as const }));
  const opened: Opened = { list: [], install: [], places: [] };
  let left = MAX_PACKS_SIZE;
  for (const { key, name, text, from } of [...policy, ...own]) {
    const pack: OwnPack = { key, file: name, from, id: "", version: "", title: "", overlay: "", trust: "unsigned", signer: "", fault: "" };
    const place = opened.list.push(pack) - 1;
    try {
      const { json, key: signedBy } = await openPack(text);
      const trusted = signedBy && trusted_keys.find((k) => k.key === signedBy && k.may.includes("pack"));
      const [trust, signer] = trusted ? ["signed", trusted.name || signedBy] : ["unsigned", ""];
      const one = { json, trust, signer };
      const size = new TextEncoder().encode(JSON.stringify(one)).length + 1; // and a comma
      if (size > left) throw new Error("all rule books together are too large: remove one first");
      left -= size;
      opened.install.push(one);
      opened.places.push(place);
    } catch (error) {
      pack.fault = reason(error);
    }
  }
  return opened;
}

const reason = (error: unknown) => (error instanceof Error ? error.message : "it cannot be read");

function at(list: OwnPack[], place: number | undefined): OwnPack {
  const pack = place === undefined ? undefined : list[place];
  if (!pack) throw new Error("the core named a pack it was not given");
  return pack;
}
