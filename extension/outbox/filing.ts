// From the outbox to a destination, and the proof that it arrived. Every step can
// be cut short by the browser: what was not yet written down is simply done again.

import type { VerifyAnswer } from "../wire.ts";
import type { Row } from "./database.ts";
import { DestinationError, equal, type Destination } from "./destination/destination.ts";
import { verifySignature } from "./keys.ts";
import { readMail } from "./mail.ts";
import type { Outbox } from "./outbox.ts";

/** The core's verify; takes the record's JSON as it was found. */
export type Verify = (recordJSON: string) => Promise<VerifyAnswer>;

/** The id of the record in a mail file, "" where there is none or it was changed. */
export async function provenId(file: Uint8Array<ArrayBuffer>, verify: Verify): Promise<string> {
  const found = await readMail(file);
  if (!found?.signature) return ""; // every record of ours is signed
  const answer = await verify(found.record);
  return answer.ok && (await verifySignature(answer.id, found.signature)) ? answer.id : "";
}

/** Files one record; gives its row afterwards. Rejects only when the outbox itself fails. */
export async function file(my: Outbox, id: string, to: Destination, verify: Verify, at: string): Promise<Row | undefined> {
  const row = await my.row(id);
  const content = row && (await my.content(row));
  if (!row || !content || row.state === "delivered") return row;
  await my.pending(id, to.kind, "");
  try {
    const bytes = new TextEncoder().encode(content.eml);
    const { file_name } = await my.head(row);
    const read = await to.put(file_name, bytes, id);
    if (read === null) {
      await my.pending(id, to.kind, "unproven", to.where);
    } else if ((await provenId(read, verify)) !== id) {
      throw new DestinationError("differs");
    } else {
      await my.delivered(id, to.kind === "desktop" ? "desktop" : "folder", to.where, equal(read, bytes), at);
    }
  } catch (error) {
    await my.pending(id, to.kind, error instanceof DestinationError ? error.trouble : "write");
  }
  return my.row(id);
}

/**
 * Files everything that waits, oldest first, into a place that can be read back.
 * One record that cannot be opened does not keep the others waiting; rejects with
 * its error at the end.
 */
export async function fileAll(my: Outbox, to: Destination, verify: Verify, at: string): Promise<void> {
  let failed: unknown;
  for (const row of (await my.rows()).reverse()) {
    if (row.state === "delivered" || !to.readback) continue;
    await file(my, row.id, to, verify, at).catch((error: unknown) => (failed = error));
  }
  if (failed) throw failed instanceof Error ? failed : new Error("a record could not be opened");
}

export interface GivenBack {
  name: string;
  /** "" where the file holds none of our undelivered or delivered records unchanged. */
  id: string;
}

/** A file the person gave back: proves the record it holds, if it is one of ours. */
export async function giveBack(my: Outbox, name: string, bytes: Uint8Array<ArrayBuffer>, verify: Verify, at: string): Promise<GivenBack> {
  const id = await provenId(bytes, verify);
  const row = id ? await my.row(id) : undefined;
  if (!row) return { name, id: "" };
  const content = await my.content(row);
  const identical = content !== null && equal(bytes, new TextEncoder().encode(content.eml));
  await my.delivered(id, "file", name, identical, at);
  return { name, id };
}
