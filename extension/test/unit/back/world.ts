// A service with everything around it in memory, and a way to end it at any step:
// after that nothing it still tries has an effect, as when the browser is killed.

import { IDBFactory } from "fake-indexeddb";
import { Service } from "../../../service/service.ts";
import { Outbox } from "../../../outbox/outbox.ts";
import { openDatabase } from "../../../outbox/database.ts";
import { Store, type Exclusive } from "../../../outbox/store.ts";
import type { Area } from "../../../service/area.ts";
import type { Answer, Capture, Settings } from "../../../wire.ts";
import { memoryArea } from "./memory.ts";
import { coreModule } from "./core.ts";
import { Disk } from "./disk.ts";

/** Counts steps; at the limit the world ends: every later step hangs or throws. */
export class Life {
  steps = 0;
  readonly died: Promise<void>;
  readonly #limit: number;
  #dead = false;
  #end: () => void = () => undefined;

  constructor(limit = Infinity) {
    this.#limit = limit;
    this.died = new Promise((resolve) => (this.#end = resolve));
  }

  get dead(): boolean {
    if (!this.#dead && this.steps > this.#limit) {
      this.#dead = true;
      this.#end();
    }
    return this.#dead;
  }

  /** A moment at which the browser may be killed; hangs for ever once it was. */
  readonly step = async (): Promise<void> => {
    this.steps++;
    if (this.dead) await new Promise(() => undefined);
  };

  /** The same where nothing can be awaited. */
  tick(): void {
    this.steps++;
    if (this.dead) throw new Error("killed");
  }
}

/** What survives a kill: the disk, the database and storage.local. */
export class Machine {
  readonly disk = new Disk();
  readonly local = memoryArea();
  factory = new IDBFactory();
  copy = new IDBFactory();
  managed: Record<string, unknown> = {};
  /** The picked folder, as the database would hold it. */
  folder: FileSystemDirectoryHandle | null = null;
  now = new Date("2026-11-22T14:03:00Z");

  constructor(settings?: Partial<Settings>) {
    if (settings) this.local.items["settings"] = { v: 1, ...settings };
    if (settings?.destination?.kind === "folder") this.folder = this.disk.handle();
  }

  /** Starts the browser. */
  start(life = new Life()): Session {
    return new Session(this, life);
  }

  /** The outbox as a test sees it, outside any session. */
  async outbox(life = new Life()): Promise<Outbox> {
    return Outbox.on(await Store.on(...(await this.databases(life)), oneByOne()));
  }

  async databases(life: Life): Promise<[IDBDatabase, IDBDatabase]> {
    return [mortalDatabase(await openDatabase(this.factory), life), mortalDatabase(await openDatabase(this.copy), life)];
  }
}

export class Session {
  readonly service: Service;
  /** What the browser forgets when it closes. */
  readonly memory = memoryArea();
  /** Those opened last. */
  databases: IDBDatabase[] = [];
  readonly life: Life;
  readonly opened: string[] = [];
  badge = -1;

  constructor(machine: Machine, life: Life) {
    this.life = life;
    machine.disk.step = life.step;
    this.service = new Service({
      areas: { local: mortalArea(machine.local, life), session: this.memory, managed: () => Promise.resolve(machine.managed) },
      module: coreModule,
      browserLanguage: "en-GB",
      version: "0.0.0",
      openPage: (page, hash) => this.opened.push(`${page}#${hash}`),
      badge: (undelivered) => (this.badge = undelivered),
      exclusive: oneByOne(),
      openOutbox: async () => {
        const [db, copy] = await machine.databases(life);
        this.databases = [db, copy];
        return Outbox.on(await Store.on(db, copy, oneByOne()));
      },
      folder: () => Promise.resolve(machine.folder),
      now: () => machine.now,
    });
  }

  /** Asks to keep; undefined when the browser died first. */
  async keep(capture: Capture, request: string): Promise<Answer<"keep"> | undefined> {
    const asked = this.service.handlers.keep({ op: "keep", capture, request }).catch((error: unknown) => {
      if (!this.life.dead) throw error;
    });
    const answer = await Promise.race([asked, this.life.died]);
    return this.life.dead ? undefined : (answer ?? undefined);
  }
}

/** In place of the browser's locks. */
function oneByOne(): Exclusive {
  let queue: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>) => {
    const run = queue.then(work);
    queue = run.catch(() => undefined);
    return run;
  };
}

function mortalArea(area: Area, life: Life): Area {
  return {
    get: (key) => area.get(key),
    set: async (items) => {
      await life.step();
      await area.set(items);
    },
    remove: (key) => area.remove(key),
  };
}

/** A transaction is all or nothing, so the moments to die are before and after it. */
function mortalDatabase(db: IDBDatabase, life: Life): IDBDatabase {
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        if (name === "transaction") life.tick();
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

let count = 0;

/** 32 hexadecimal digits, another each time. */
export function request(): string {
  return (++count).toString(16).padStart(32, "0");
}

/** A message to keep, of synthetic people. */
export function capture(change: Partial<Capture> = {}, body = "Agreed: the pilot starts on Monday."): Capture {
  const from = { name: "Ada Okafor", address: "+447700900101" };
  const to = [{ name: "Ben Lindqvist", address: "+447700900102" }];
  const fields = {
    from, to, members_complete: true, date: "2026-11-22", time: "14:02", zone: "+00:00",
    zone_source: "device" as const, precision: "minute" as const, subject: "Pilot starts Monday",
  };
  const message = { direction: "out" as const, from, at: "2026-11-22T14:02:00Z", body, context_only: false, attachments: [] };
  return {
    channel: "whatsapp", chat: "Ben Lindqvist", direction: "out", method: "verbatim", fields, observed: {}, messages: [message],
    clauses: ["uk-nccc-2023/UK-19"], verdict: { permission: "care", duty: "capture", digest: "" }, series: "to be filed", ...change,
  };
}
