// The outbox's two databases. Chromium deletes a database whose log it cannot
// read, and a kill in the middle of a write can leave such a log: the next start
// writes on behind the torn end, the one after it finds nonsense there (LevelDB,
// google/leveldb#1287). So everything is written twice, into two storage buckets
// that have a log each, one after the other: a kill tears one of them at most.
// What one has lost comes back from the other at the next opening.

import { openDatabase, transact, update, type Row, type StoreName } from "./database.ts";

/** Keys first: a row without its key is no use. */
const STORES: readonly StoreName[] = ["keys", "places", "records"];

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

  /** Whether the browser closed it (a full or failing disk): it must be opened anew. */
  get closed(): boolean {
    return this.#closed;
  }

  read<T>(name: StoreName, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return transact(this.#db, name, "readonly", work);
  }

  /** Adds or puts in both; resolves when both are on the disk. */
  write<T>(name: StoreName, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return this.#both([this.#db, this.#copy], (db) => transact(db, name, "readwrite", work));
  }

  /** Changes a row in both; null leaves it. Gives the row afterwards. */
  change(id: string, how: (row: Row) => Row | null): Promise<Row | undefined> {
    return this.#both([this.#db, this.#copy], (db) => update(db, id, how));
  }

  // What goes, goes from the copy first: cut short, it is still there and goes next time.

  /** The same for a change that drops content. */
  shed(id: string, how: (row: Row) => Row | null): Promise<Row | undefined> {
    return this.#both([this.#copy, this.#db], (db) => update(db, id, how));
  }

  remove(name: StoreName, key: string): Promise<void> {
    return this.#both([this.#copy, this.#db], (db) => transact(db, name, "readwrite", (s) => s.delete(key)));
  }

  /** Gives what work gave on the last. */
  #both<T>(order: (IDBDatabase | null)[], work: (db: IDBDatabase) => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      let done: Promise<T> | undefined;
      for (const db of order) if (db) await (done = work(db));
      return done as Promise<T>;
    });
  }
}

/** Gives each database what only the other has. Cut short, the next opening goes on with it. */
async function heal(db: IDBDatabase, copy: IDBDatabase): Promise<void> {
  for (const name of STORES) {
    const [own, other] = await Promise.all([keysOf(db, name), keysOf(copy, name)]);
    for (const key of other) if (!own.has(key)) await carry(name, key, copy, db);
    for (const key of own) if (!other.has(key)) await carry(name, key, db, copy);
  }
}

async function keysOf(db: IDBDatabase, name: StoreName): Promise<Set<IDBValidKey>> {
  return new Set(await transact(db, name, "readonly", (s) => s.getAllKeys()));
}

async function carry(name: StoreName, key: IDBValidKey, from: IDBDatabase, to: IDBDatabase): Promise<void> {
  const value = await transact(from, name, "readonly", (s) => s.get(key) as IDBRequest<unknown>);
  await transact(to, name, "readwrite", (s) => (s.keyPath === null ? s.put(value, key) : s.put(value)));
}
