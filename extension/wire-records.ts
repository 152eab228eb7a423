// The shapes of records: what a page asks to keep, what the core makes of it, and
// what a list shows. Part of wire.ts, which gives them on.

import type { Attachment, Direction, Duty, Party, Permission, Problem } from "./wire.ts";

export type Method = "verbatim" | "screenshot" | "export" | "import" | "transcript" | "substance";

/** The five fields, and how well they are known. date YYYY-MM-DD, time HH:MM or HH:MM:SS, zone +01:00. */
export interface Fields {
  from: Party;
  to: Party[];
  members_complete: boolean;
  date: string;
  time: string;
  zone: string;
  zone_source: "device" | "page";
  precision: "minute" | "second";
  subject: string;
}

/** A message in a record. at is RFC 3339; context_only marks what was kept for understanding only. */
export interface RecordMessage {
  direction: Direction;
  from: Party;
  at: string;
  body: string;
  context_only: boolean;
  attachments: (Attachment & { digest: string })[];
  /** In the order of the body; absent where nothing was taken out. */
  redactions?: Redaction[];
}

/** Where words were taken out before keeping: five U+2588 stand at byte offset at; length in characters. */
export interface Redaction {
  at: number;
  length: number;
}

/** What a page asks to keep. The worker adds v, nonce and kept. */
export interface Capture {
  channel: string;
  chat: string;
  direction: "out" | "in" | "both";
  method: Method;
  fields: Fields;
  /** Only the members of fields that the person corrected, with the value the page showed. */
  observed: Partial<Fields>;
  messages: RecordMessage[];
  clauses: string[];
  verdict: { permission: Permission; duty: Duty; digest: string };
  /** Class in the file plan; "to be filed" where none was chosen. */
  series: string;
  note?: string;
}

/** A record as the core makes it: canonical JSON, id = "sha256:" + hex SHA-256 of it. */
export interface KeptRecord extends Capture {
  v: 1;
  nonce: string;
  kept: { by: string; at: string; tool: string };
}

/** Detached, over the bytes "hanaper record v1\n<id>". Keys and values are base64. */
export interface Signature {
  algorithm: "Ed25519";
  public_key: string;
  value: string;
}

/** kept: durable here. pending: handed over, not proven. delivered: read back and equal. */
export type RecordState = "kept" | "pending" | "delivered";

/** What a list shows of a record: no message text. */
export interface RecordSummary {
  id: string;
  state: RecordState;
  file_name: string;
  /** RFC 3339, when it was kept. */
  kept_at: string;
  /** Where it was filed or handed to, as words: a folder's name, "download", or "". */
  where: string;
  /** Why it is not delivered yet: a code of Trouble, or "". */
  trouble: Trouble | "";
  /** Whether the content is still here (it is purged some days after delivery). */
  content: boolean;
  /** Only told to extension pages. */
  channel?: string;
  subject?: string;
}

/** How things stand with the Hanaper program on this computer. */
export type DesktopState =
  | "paired" // records go to its vault
  | "asked" // it waits for the person's approval there
  | "not_allowed" // the browser has not been asked yet
  | "not_running" // it is not installed for this browser, or failed
  | "too_old"
  | "extension_too_old"
  | "no_vault"
  | "locked" // its vault does not open without the person
  | "faulty"; // it answered what makes no sense, or could not write

export interface DesktopAnswer {
  state: DesktopState;
  /** What the person compares and approves there; "" unless asked. */
  code: string;
  /** Of the program, "" where it did not say. */
  version: string;
}

export type Trouble =
  | "no_destination"
  | "permission" // the grant of the folder lapsed
  | "missing" // the folder is gone
  | "conflict" // another file has that name
  | "differs" // what was read back is not what was written
  | "write" // could not be written (disk full, ...)
  | "unsaved" // waits for the person to save it as a file
  | "not_running" // the program on this computer does not answer
  | "too_old" // it, or this extension
  | "not_paired" // the person has not approved this profile there
  | "locked" // it has no vault, or does not open it
  | "unproven"; // handed over; the person has to give it back

export interface CaptureAnswer {
  id: string;
  record: KeptRecord | null;
  missing: string[];
  error: string;
}

export interface RenderAnswer {
  eml: string;
  file_name: string;
  error: string;
}

export interface VerifyAnswer {
  ok: boolean;
  id: string;
  problems: Problem[];
}
