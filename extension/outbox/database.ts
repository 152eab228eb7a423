// The outbox's IndexedDB. Everything that could quote a message is sealed; in the
// clear are only the record's id, its state and its times.

import type { RecordState, Trouble } from "../wire.ts";

const NAME = "hanaper";
const VERSION = 2; // 2: forms

/** AES-GCM: 12-byte IV, data with its 16-byte tag; bound to the record's id and part. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** One record as it is stored. */
export interface Row {
  id: string;
  /** The click that made it: see Requests.keep. */
  request: string;
  state: RecordState;
  /** RFC 3339. */
  kept_at: string;
  /** RFC 3339, "" until then. */
  delivered_at: string;
  trouble: Trouble | "";
  /** Kind of the destination tried last, "" for none. */
  destination: "" | "folder" | "download" | "desktop";
  /** How it was proven: read back in a folder or from the vault, or given back as a file; "" until then. */
  proof: "" | "folder" | "file" | "desktop";
  /** Whether the bytes read back were those written; a proof by id alone leaves it false. */
  identical: boolean;
  /** "sha256:" and hex, of the EML file's bytes. */
  eml_digest: string;
  /** Head (sealed JSON): file name, subject, channel, place. Kept as the receipt. */
  head: Sealed;
  /** Content (sealed JSON): record, signature, EML. Null once purged. */
  content: Sealed | null;
}

/** A filled form as it is stored. */
export interface FormRow {
  id: string;
  /** RFC 3339; tells which of two copies is which. */
  saved_at: string;
  /** Sealed JSON: which form, what stands in it, to whom. */
  sealed: Sealed;
}

export type StoreName = "records" | "keys" | "places" | "forms";

/** Opens the database; rejects with the browser's reason (disk full, profile unreadable). */
export function openDatabase(factory: IDBFactory = indexedDB): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const open = factory.open(NAME, VERSION);
    open.onupgradeneeded = ({ oldVersion }) => {
      open.result.createObjectStore("forms", { keyPath: "id" });
      if (oldVersion > 0) return; // of version 1: it has the others
      const records = open.result.createObjectStore("records", { keyPath: "id" });
      records.createIndex("request", "request", { unique: true });
      records.createIndex("state", "state");
      open.result.createObjectStore("keys");
      open.result.createObjectStore("places");
    };
    open.onsuccess = () => {
      open.result.onversionchange = () => open.result.close();
      resolve(open.result);
    };
    open.onerror = () => reject(asError(open.error));
    open.onblocked = () => reject(new Error("another page of an older version holds the outbox open"));
  });
}

/**
 * Runs work in one transaction and gives its result after "complete". Writes use
 * strict durability: by then they are on the disk, not only in a cache.
 */
export function transact<T>(
  db: IDBDatabase,
  store: StoreName,
  mode: "readonly" | "readwrite",
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode, { durability: mode === "readwrite" ? "strict" : "relaxed" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(asError(transaction.error ?? request.error));
  });
}

/** Reads a row and writes what change makes of it, in one transaction; null leaves it. */
export function update(db: IDBDatabase, id: string, change: (row: Row) => Row | null): Promise<Row | undefined> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction("records", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("records");
    const read = store.get(id) as IDBRequest<Row | undefined>;
    let result: Row | undefined;
    read.onsuccess = () => {
      result = read.result;
      const changed = result && change(result);
      if (!changed) return;
      result = changed;
      store.put(changed);
    };
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(asError(transaction.error));
  });
}

function asError(error: DOMException | null): Error {
  return error ?? new Error("the outbox could not be read or written");
}
