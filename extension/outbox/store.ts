// The outbox's two databases. Chromium deletes a database whose log it cannot
// read, and a kill in the middle of a write can leave such a log: the next start
// writes on behind the torn end, the one after it finds nonsense there (LevelDB,
// google/leveldb#1287). So everything is written twice, into two storage buckets
// that have a log each, one after the other: a kill tears one of them at most.
// What one has lost comes back from the other at the next opening.

import { openDatabase, transact, type FormRow, type Row, type StoreName } from "./database.ts";

/** Keys first: a row without its key is no use. */
const STORES: readonly StoreName[] = ["keys", "places", "records", "forms"];

const BUCKET = "hanaper-copy"; // Storage Buckets API: lower case, digits, - and _

/** Runs one piece of work at a time across worker and pages. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

export class Store {
  readonly #db: IDBDatabase;
  readonly #copy: IDBDatabase | null;
  readonly #exclusive: Exclusive;
  #closed = false;

  private constructor(db: IDBDatabase, copy: IDBDatabase | null, exclusive: Exclusive) {
    this.#db = db;
    this.#copy = copy;
    this.#exclusive = exclusive;
    for (const each of [db, copy]) each?.addEventListener("close", () => (this.#closed = true));
  }

  /** Rejects with the browser's reason when one of the two cannot be opened. */
  static async open(): Promise<Store> {
    const bucket = await navigator.storageBuckets?.open(BUCKET, { durability: "strict", persisted: true });
    // Firefox has no buckets and keeps its databases in SQLite, which survives a torn write.
    const [db, copy] = [await openDatabase(), bucket ? await openDatabase(bucket.indexedDB) : null];
    return Store.on(db, copy, (work) => navigator.locks.request("hanaper outbox", work));
  }

  /** Two databases that openDatabase opened; copy is null where there is only one. */
  static async on(db: IDBDatabase, copy: IDBDatabase | null, exclusive: Exclusive): Promise<Store> {
    if (copy) await exclusive(() => heal(db, copy));
    return new Store(db, copy, exclusive);
  }

  /** By the browser (a full or failing disk) or after half a write: it must be opened anew, which heals it. */
  get closed(): boolean {
    return this.#closed;
  }

  read<T>(name: StoreName, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return transact(this.#db, name, "readonly", work);
  }

  /** The same after the writes under way: what it finds stands in both. */
  settled<T>(name: StoreName, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return this.#exclusive(() => this.read(name, work));
  }

  /** Adds or puts in both; resolves when both are on the disk. */
  write<T>(name: StoreName, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return this.#exclusive(() => this.#both([this.#db, this.#copy], (db) => transact(db, name, "readwrite", work)));
  }

  /** Changes a row in both; null leaves it. Gives the row afterwards. */
  change(id: string, how: (row: Row) => Row | null): Promise<Row | undefined> {
    return this.#change([this.#db, this.#copy], id, how);
  }

  // What goes, goes from the copy first: cut short, it is still there and goes next time.

  /** The same for a change that drops content. */
  shed(id: string, how: (row: Row) => Row | null): Promise<Row | undefined> {
    return this.#change([this.#copy, this.#db], id, how);
  }

  remove(name: StoreName, key: string): Promise<void> {
    const order = [this.#copy, this.#db];
    return this.#exclusive(() => this.#both(order, (db) => transact(db, name, "readwrite", (s) => s.delete(key))));
  }

  /** One new row, made of the first database's, for both: made of each one's own they could stay apart. */
  #change(order: (IDBDatabase | null)[], id: string, how: (row: Row) => Row | null): Promise<Row | undefined> {
    return this.#exclusive(async () => {
      const row = await this.read("records", (s) => s.get(id) as IDBRequest<Row | undefined>);
      const changed = row && how(row);
      if (!changed) return row;
      await this.#both(order, (db) => transact(db, "records", "readwrite", (s) => s.put(changed)));
      return changed;
    });
  }

  /** Gives what work gave on the last. Once they differ nothing more is done with them: see closed. */
  async #both<T>(order: (IDBDatabase | null)[], work: (db: IDBDatabase) => Promise<T>): Promise<T> {
    let done: Promise<T> | undefined;
    let written = 0;
    try {
      for (const db of order) {
        if (!db) continue;
        await (done = work(db));
        written++;
      }
    } catch (error) {
      if (written > 0) this.#close();
      throw error;
    }
    return done as Promise<T>;
  }

  #close(): void {
    this.#closed = true;
    for (const db of [this.#db, this.#copy]) db?.close();
  }
}

/** A record's content was dropped, in this one at least. */
const PURGED = "purged";

/**
 * Gives each database what only the other has, and the copy what the first has
 * otherwise; but what was purged from one stays in neither. Cut short, the next
 * opening goes on with it.
 */
async function heal(db: IDBDatabase, copy: IDBDatabase): Promise<void> {
  for (const name of STORES) {
    const [own, other] = await Promise.all([marksOf(db, name), marksOf(copy, name)]);
    for (const [key, mark] of other) {
      if (!own.has(key) || (mark === PURGED && own.get(key) !== PURGED)) await carry(name, key, copy, db);
    }
    for (const [key, mark] of own) {
      if (other.get(key) !== mark && other.get(key) !== PURGED) await carry(name, key, db, copy);
    }
  }
}

/** What the two are compared by: a record's state or PURGED, when a form was saved; of the rest only whether it is there. */
async function marksOf(db: IDBDatabase, name: StoreName): Promise<Map<IDBValidKey, string>> {
  if (name === "forms") {
    const rows = await transact(db, name, "readonly", (s) => s.getAll() as IDBRequest<FormRow[]>);
    return new Map(rows.map((row) => [row.id, row.saved_at]));
  }
  if (name !== "records") {
    const keys = await transact(db, name, "readonly", (s) => s.getAllKeys());
    return new Map(keys.map((key) => [key, ""]));
  }
  const marks = new Map<IDBValidKey, string>();
  // One at a time: the contents, all of them at once, are not wanted here.
  await transact(db, name, "readonly", (s) => {
    const rows = s.openCursor();
    rows.onsuccess = () => {
      const row = rows.result?.value as Row | undefined;
      if (row) marks.set(row.id, row.content ? row.state : PURGED);
      rows.result?.continue();
    };
    return rows;
  });
  return marks;
}

async function carry(name: StoreName, key: IDBValidKey, from: IDBDatabase, to: IDBDatabase): Promise<void> {
  const value = await transact(from, name, "readonly", (s) => s.get(key) as IDBRequest<unknown>);
  await transact(to, name, "readwrite", (s) => (s.keyPath === null ? s.put(value, key) : s.put(value)));
}
