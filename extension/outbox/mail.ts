// Reads a record back out of a mail file. Servers and programs rewrite headers,
// boundaries and encodings (ruling 7), so the file is read as any MIME message:
// RFC 2045 to 2047 and 2231, as much as finding two named JSON parts needs.
// A mail library would be two thirds of the worker's code.

import { isObject } from "../schema/validate.ts";
import type { Signature } from "../wire.ts";

export interface Found {
  /** The record's JSON as it stood in the file. */
  record: string;
  signature: Signature | null;
}

const MAX_DEPTH = 20; // a record may have been forwarded as an attachment, several times
const MAX_PARTS = 2000;

/** One header or body part; text holds one byte a character (Latin-1). */
interface Part {
  headers: Map<string, string>;
  body: string;
}

/** Null where the file holds no record. Never rejects. */
export function readMail(file: Uint8Array): Found | null {
  const parts: Part[] = [];
  collect(latin1(file), 0, parts);
  const named = (name: string) => {
    const part = parts.find((p) => fileName(p) === name);
    return part ? decode(part) : null;
  };
  const record = named("record.json");
  return record === null ? null : { record, signature: readSignature(named("signature.json")) };
}

/** The leaves of a message, in order. */
function collect(text: string, depth: number, into: Part[]): void {
  if (depth > MAX_DEPTH || into.length > MAX_PARTS) return;
  const part = split(text);
  const type = (part.headers.get("content-type") ?? "text/plain").toLowerCase();
  if (type.startsWith("message/rfc822")) {
    collect(bodyBytes(part), depth + 1, into);
    return;
  }
  const boundary = type.startsWith("multipart/") ? parameter(part, "content-type", "boundary") : "";
  if (!boundary) {
    into.push(part);
    return;
  }
  for (const inner of between(part.body, boundary)) collect(inner, depth + 1, into);
}

/** Headers, unfolded and by lower-case name (the first of each), and what follows the empty line. */
function split(text: string): Part {
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : "" };
}

/** What lies between delimiter lines "--boundary"; a missing last one is let pass. */
function between(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let current: string[] | undefined;
  const end = (lines: string[]) => parts.push(lines.join("\n").replace(/\r$/, "")); // that line end is the delimiter's
  for (const line of body.split("\n")) {
    const bare = line.trimEnd();
    if (bare === `--${boundary}` || bare === `--${boundary}--`) {
      if (current) end(current);
      current = bare.endsWith(`${boundary}--`) ? undefined : [];
      if (!current) return parts;
    } else {
      current?.push(line);
    }
  }
  if (current) end(current);
  return parts;
}

function fileName(part: Part): string {
  return parameter(part, "content-disposition", "filename") || parameter(part, "content-type", "name");
}

/** A parameter: plain, quoted, or RFC 2231 (charset''percent-encoded, in pieces name*0, name*1). */
function parameter(part: Part, header: string, name: string): string {
  const found = new Map<string, string>();
  const pattern = /;\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g;
  for (const [, key, value] of (part.headers.get(header) ?? "").matchAll(pattern)) {
    if (key !== undefined && value !== undefined) found.set(key.toLowerCase(), unquote(value.trim()));
  }
  const whole = found.get(name);
  if (whole !== undefined) return whole;
  const extended = found.get(`${name}*`);
  if (extended !== undefined) return percent(extended);
  let pieces = "";
  for (let i = 0; ; i++) {
    const encoded = found.get(`${name}*${i}*`);
    const piece = encoded === undefined ? found.get(`${name}*${i}`) : percent(encoded);
    if (piece === undefined) return pieces;
    pieces += piece;
  }
}

const unquote = (value: string) => (value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value);

function percent(value: string): string {
  try {
    return decodeURIComponent(value.replace(/^[^']*'[^']*'/, ""));
  } catch {
    return value;
  }
}

/** The body as UTF-8 text. */
function decode(part: Part): string {
  return new TextDecoder().decode(Uint8Array.from(bodyBytes(part), (c) => c.charCodeAt(0)));
}

/** The body with its transfer encoding undone, one byte a character. */
function bodyBytes(part: Part): string {
  const encoding = (part.headers.get("content-transfer-encoding") ?? "7bit").toLowerCase();
  if (encoding === "base64") {
    try {
      return atob(part.body.replace(/[^A-Za-z0-9+/]/g, ""));
    } catch {
      return "";
    }
  }
  if (encoding !== "quoted-printable") return part.body;
  return part.body
    .replace(/[ \t]+(?=\r?\n|$)/g, "")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
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
