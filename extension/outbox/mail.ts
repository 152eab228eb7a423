// Reads a record back out of a mail file. Servers and programs rewrite headers,
// boundaries and encodings (ruling 7), so the file is parsed as any mail is.

import PostalMime from "postal-mime";
import { isObject } from "../schema/validate.ts";
import type { Signature } from "../wire.ts";

export interface Found {
  /** The record's JSON as it stood in the file. */
  record: string;
  signature: Signature | null;
}

/** Null where the file holds no record. */
export async function readMail(file: Uint8Array<ArrayBuffer>): Promise<Found | null> {
  const mail = await PostalMime.parse(file).catch(() => null);
  const part = (name: string) => {
    const found = mail?.attachments.find((a) => a.filename === name);
    if (!found) return null;
    return typeof found.content === "string" ? found.content : new TextDecoder().decode(found.content);
  };
  const record = part("record.json");
  return record === null ? null : { record, signature: readSignature(part("signature.json")) };
}

function readSignature(text: string | null): Signature | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    const whole = isObject(value) && ["algorithm", "public_key", "value"].every((m) => typeof value[m] === "string");
    return whole ? (value as unknown as Signature) : null;
  } catch {
    return null;
  }
}
