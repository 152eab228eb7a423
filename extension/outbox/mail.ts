// Reads a record back out of a mail file. Servers and programs rewrite headers,
// boundaries and encodings (ruling 7), so the file is read as any MIME message.

import PostalMime from "postal-mime";
import { isObject } from "../schema/validate.ts";
import type { Signature } from "../wire.ts";

export interface Found {
  /** The record's JSON as it stood in the file. */
  record: string;
  signature: Signature | null;
}

const MAX_DEPTH = 20; // a record may have been forwarded as an attachment, several times

/** Null where the file holds no record. Never rejects. */
export async function readMail(file: Uint8Array<ArrayBuffer>): Promise<Found | null> {
  try {
    const { attachments } = await PostalMime.parse(file, {
      attachmentEncoding: "utf8", forceRfc822Attachments: false, maxNestingDepth: MAX_DEPTH,
    });
    const named = (name: string) => {
      const content = attachments.find((part) => part.filename === name)?.content;
      return typeof content === "string" ? content.trim() : null;
    };
    const record = named("record.json");
    return record === null ? null : { record, signature: readSignature(named("signature.json")) };
  } catch {
    return null; // no mail, or nested beyond MAX_DEPTH
  }
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
