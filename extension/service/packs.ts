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

  async list(): Promise<OwnPack[]> {
    return this.installed(await this.#preferences.current());
  }

  /** Keeps a file the person chose. Rejects where it is no pack, with the reason. */
  async load(name: string, text: string): Promise<OwnPack[]> {
    const key = await digest(new TextEncoder().encode(text));
    const stored = await this.#stored();
    if (stored.some((pack) => pack.key === key)) return this.list();
    if (stored.length >= MAX_PACKS) throw new Error(`there are ${MAX_PACKS} already: remove one first`);
    await this.#keep([...stored, { key, name, text }]);
    const list = await this.list();
    const fault = list.find((pack) => pack.key === key)?.fault;
    if (!fault) return list;
    await this.#keep(stored);
    throw new Error(fault);
  }

  async remove(key: string): Promise<OwnPack[]> {
    await this.#keep((await this.#stored()).filter((pack) => pack.key !== key));
    return this.list();
  }

  async #stored(): Promise<StoredPack[]> {
    return storedPacks((await this.#local.get(PACKS_KEY))[PACKS_KEY]);
  }

  async #keep(packs: StoredPack[]): Promise<void> {
    await this.#local.set({ [PACKS_KEY]: packs });
    this.#preferences.stale();
  }

  async #install(current: Current): Promise<OwnPack[]> {
    const { pack_files, trusted_keys } = current.settings;
    const policy = pack_files.map((text, i) => ({ key: `policy-${i}`, name: "", text, from: "policy" as const }));
    const own = current.packs.map((pack) => ({ ...pack, from: "person" as const }));
    const list: OwnPack[] = [];
    const install: { json: string; trust: string; signer: string }[] = [];
    const places: number[] = [];
    for (const { key, name, text, from } of [...policy, ...own]) {
      const pack: OwnPack = { key, file: name, from, id: "", version: "", title: "", overlay: "", trust: "unsigned", signer: "", fault: "" };
      list.push(pack);
      try {
        const { json, key: signedBy } = await openPack(text);
        const trusted = signedBy && trusted_keys.find((k) => k.key === signedBy && k.may.includes("pack"));
        const [trust, signer] = trusted ? ["signed", trusted.name || signedBy] : ["unsigned", ""];
        places.push(list.length - 1);
        install.push({ json, trust, signer });
      } catch (error) {
        pack.fault = error instanceof Error ? error.message : "it cannot be read";
      }
    }
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

function at(list: OwnPack[], place: number | undefined): OwnPack {
  const pack = place === undefined ? undefined : list[place];
  if (!pack) throw new Error("the core named a pack it was not given");
  return pack;
}
