// The outbox: records kept on this device until their destination proved them.
//
// kept -> pending -> delivered, and never back. What is undelivered is never
// dropped. A delivered record's content may be, its receipt stays (see purge).

import type { Hold, KeptRecord, RecordState, RecordSummary, Signature, Trouble } from "../wire.ts";
import type { Row } from "./database.ts";
import { digest, openKeys, seal, unseal, type Keys } from "./keys.ts";
import { Store } from "./store.ts";

/** What a receipt still says after the content was dropped. */
export interface Head {
  file_name: string;
  subject: string;
  channel: string;
  /** Where it was filed or handed to: a folder's or file's name; "" until then. */
  where: string;
}

export interface Content {
  record: KeptRecord;
  signature: Signature;
  /** The file, as rendered when it was kept. */
  eml: string;
}

/** What keep is given: everything is made before anything is written. */
export interface Kept extends Content {
  id: string;
  request: string;
  file_name: string;
}

/** Refused: purging and emptying need a stated "no hold" (ruling 12). */
export class HoldError extends Error {}

const DAY = 86_400_000; // ms

export class Outbox {
  readonly store: Store;
  readonly keys: Keys;

  private constructor(store: Store, keys: Keys) {
    this.store = store;
    this.keys = keys;
  }

  static async open(): Promise<Outbox> {
    return Outbox.on(await Store.open());
  }

  static async on(store: Store): Promise<Outbox> {
    return new Outbox(store, await openKeys(store));
  }

  /** Stores a record; resolves when both databases have it on the disk. The same request again gives the first one's row. */
  async keep(kept: Kept): Promise<Row> {
    const { id, request, record, signature, eml, file_name } = kept;
    const head: Head = { file_name, subject: record.fields.subject, channel: record.channel, where: "" };
    const content: Content = { record, signature, eml };
    const row: Row = {
      id,
      request,
      state: "kept",
      kept_at: record.kept.at,
      delivered_at: "",
      trouble: "no_destination",
      destination: "",
      proof: "",
      identical: false,
      eml_digest: await digest(new TextEncoder().encode(eml)),
      head: await seal(this.keys, `head ${id}`, head),
      content: await seal(this.keys, `content ${id}`, content),
    };
    try {
      await this.store.write("records", (s) => s.add(row));
      return row;
    } catch (error) {
      // Of a write cut short by anything else the first database may hold a row that the copy lacks.
      const again = error instanceof Error && error.name === "ConstraintError";
      const first = again ? await this.byRequest(request) : undefined;
      if (first) return first;
      throw error;
    }
  }

  byRequest(request: string): Promise<Row | undefined> {
    return this.store.settled("records", (s) => s.index("request").get(request) as IDBRequest<Row | undefined>);
  }

  row(id: string): Promise<Row | undefined> {
    return this.store.read("records", (s) => s.get(id) as IDBRequest<Row | undefined>);
  }

  /** Every row, newest first. */
  async rows(): Promise<Row[]> {
    const all = await this.store.read("records", (s) => s.getAll() as IDBRequest<Row[]>);
    return all.sort((a, b) => Date.parse(b.kept_at) - Date.parse(a.kept_at) || (a.id < b.id ? -1 : 1));
  }

  /** How many are not delivered: the badge. */
  async undelivered(): Promise<number> {
    const count = (state: RecordState) =>
      this.store.read("records", (s) => s.index("state").count(state));
    return (await count("kept")) + (await count("pending"));
  }

  async head(row: Row): Promise<Head> {
    return (await unseal(this.keys, `head ${row.id}`, row.head)) as Head;
  }

  /** Null once purged. Rejects when the sealed bytes were changed or the key is gone. */
  async content(row: Row): Promise<Content | null> {
    return row.content && ((await unseal(this.keys, `content ${row.id}`, row.content)) as Content);
  }

  /** Never rejects: of a record whose sealed bytes do not open, what stands in the clear. */
  async summary(row: Row): Promise<RecordSummary> {
    const { id, state, kept_at, trouble } = row;
    const clear = { id, state, kept_at, trouble, content: row.content !== null };
    try {
      return { ...clear, ...(await this.head(row)) };
    } catch {
      return { ...clear, content: false, file_name: "", where: "" };
    }
  }

  /** Handed to a destination, not proven. A delivered record stays delivered. */
  async pending(id: string, destination: Row["destination"], trouble: Trouble | "", where?: string): Promise<void> {
    const head = where === undefined ? undefined : await this.#headWith(id, where);
    await this.store.change(id, (row) =>
      row.state === "delivered" ? null : { ...row, state: "pending", destination, trouble, head: head ?? row.head },
    );
  }

  /** Read back and equal: proof is the caller's, see filing.ts. */
  async delivered(id: string, proof: "folder" | "file" | "desktop", where: string, identical: boolean, at: string): Promise<void> {
    const head = await this.#headWith(id, where);
    await this.store.change(id, (row) =>
      row.state === "delivered" ? null : { ...row, state: "delivered", trouble: "", delivered_at: at, proof, identical, head },
    );
  }

  /** Drops the content of records delivered more than days ago; gives how many. */
  async purge(hold: Hold, days: number, now: Date): Promise<number> {
    if (hold !== "none") return 0;
    const old = (await this.rows()).filter(
      (row) => row.state === "delivered" && row.content && now.getTime() - Date.parse(row.delivered_at) > days * DAY,
    );
    for (const { id } of old) {
      await this.store.shed(id, (row) => (row.state === "delivered" ? { ...row, content: null } : null));
    }
    return old.length;
  }

  /** Removes every delivered record, receipts too; the rest stays. Rejects with a HoldError. */
  async empty(hold: Hold): Promise<number> {
    if (hold !== "none") throw new HoldError(`hold is ${hold}`);
    const filed = (await this.rows()).filter((row) => row.state === "delivered");
    for (const { id } of filed) await this.store.remove("records", id);
    return filed.length;
  }

  async #headWith(id: string, where: string) {
    const row = await this.row(id);
    if (!row) throw new Error("no such record");
    return seal(this.keys, `head ${id}`, { ...(await this.head(row)), where });
  }
}
