// The file of a pack (desktop/pack/sign.go): its canonical JSON on the first line;
// where it is signed, the signature on the second.

import { isObject } from "../schema/validate.ts";

/** Signed are these bytes and the first line without its line feed. */
const PREFIX = "hanaper pack v1\n";

/** What a file holds. key: the public key that signed it, base64, or "". */
export interface PackFile {
  json: string;
  key: string;
}

/** Reads a file; rejects where a signature is there and does not fit. */
export async function openPack(file: string): Promise<PackFile> {
  const end = file.indexOf("\n");
  const first = end < 0 ? file : file.slice(0, end);
  const signature = end < 0 ? null : parse(file.slice(end + 1));
  if (!signature) return { json: file, key: "" }; // JSON alone, on one line or several
  const { algorithm, public_key, value } = signature;
  if (algorithm !== "Ed25519" || typeof public_key !== "string" || typeof value !== "string") {
    throw new Error("the signature names no Ed25519 key");
  }
  if (!(await fits(public_key, value, PREFIX + first))) {
    throw new Error("the signature does not fit: the file was changed after it was signed");
  }
  return { json: first, key: public_key };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && "value" in value ? value : null;
  } catch {
    return null;
  }
}

async function fits(publicKey: string, value: string, signed: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", bytes(publicKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, bytes(value), new TextEncoder().encode(signed));
  } catch {
    return false; // no key, or no base64
  }
}

const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
