// From a filled form to what the person sends: the document, a mail draft as a
// file, a link for the mail program.

import type { Language } from "../wire.ts";
import type { Form, SavedForm, Values } from "./form.ts";

export interface Document {
  subject: string;
  /** Lines end with \n. */
  text: string;
}

/** What goes, exactly: shown before it does. Fields of the kind "ticked" only where their own tick is set. */
export function documentOf(form: Form, values: Values, language: Language): Document {
  const texts = form.texts[language];
  const colon = colonOf(language);
  const lines = form.fields.flatMap(({ id, kind, ticked }) => {
    const value = values[id]?.trim() ?? "";
    const named = texts.fields[id];
    if (!value || !named || kind === "file" || (ticked && values[tickOf(id)] !== "yes")) return [];
    if (kind === "tick") return [`${named.label}.`];
    const shown = named.options?.[value] ?? value;
    return [shown.includes("\n") || kind === "text" ? `${named.label}${colon}\n${shown}` : `${named.label}${colon} ${shown}`];
  });
  const closing = (form.closing?.(values, texts) ?? []).filter((line) => line.trim() !== "");
  return { subject: texts.subject, text: [texts.opening, lines.join("\n"), closing.join("\n")].filter(Boolean).join("\n\n") + "\n" };
}

/** French writes a space before it, one that does not break. */
export function colonOf(language: Language): string {
  return language === "fr" ? "\u00a0:" : ":";
}

/** The value that says a ticked field goes along. */
export function tickOf(field: string): string {
  return `${field}_in`;
}

/** Characters of a link that every mail program takes; Windows cuts near 2,000. */
export const LINK_MOST = 1900;

/** A mailto link; text only where it is given. Null where it would be too long. */
export function mailLink(to: string[], { subject, text }: Document, withText: boolean): string | null {
  const parts = [`subject=${encodeURIComponent(subject)}`];
  if (withText) parts.push(`body=${encodeURIComponent(text.replace(/\n/g, "\r\n"))}`);
  const link = `mailto:${to.map((address) => encodeURIComponent(address).replace("%40", "@")).join(",")}?${parts.join("&")}`;
  return link.length > LINK_MOST ? null : link;
}

/** The addresses of a form, in the order of its roles. */
export function addressesOf(form: Form, saved: SavedForm, settings: Parameters<Form["to"]>[0]): string[] {
  return form.to(settings).map((role) => saved.to[role]?.trim() ?? "").filter(Boolean);
}

const utf8 = new TextEncoder();

/**
 * A mail that opens as a draft (X-Unsent is what Outlook goes by). An original goes
 * along as message/rfc822 with its bytes as they are, whatever its lines end with.
 */
export function mailFile(to: string[], { subject, text }: Document, boundarySeed: string, original?: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [`To: ${to.map((address) => address.replace(/[\r\n]/g, "")).join(", ")}`, `Subject: ${word(subject)}`, "X-Unsent: 1", "MIME-Version: 1.0"];
  const body = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", base64Lines(utf8.encode(text.replace(/\n/g, "\r\n")))];
  if (!original) return utf8.encode([...head, ...body, ""].join("\r\n"));
  const boundary = freeBoundary(boundarySeed, original);
  const before = [...head, `Content-Type: multipart/mixed; boundary="${boundary}"`, "", `--${boundary}`, ...body, `--${boundary}`, "Content-Type: message/rfc822", 'Content-Disposition: attachment; filename="original.eml"', `Content-Transfer-Encoding: ${encodingOf(original)}`, "", ""].join("\r\n");
  return join(utf8.encode(before), original, utf8.encode(`\r\n--${boundary}--\r\n`));
}

/** RFC 2045: 7bit and 8bit have lines of at most 998 bytes that end with CR LF. */
function encodingOf(original: Uint8Array): "7bit" | "8bit" | "binary" {
  const lines = latin1(original).split("\r\n");
  if (lines.some((line) => line.length > 998 || /[\r\n\0]/.test(line))) return "binary";
  return original.some((byte) => byte > 127) ? "8bit" : "7bit";
}

/** A boundary that does not stand in the original. */
function freeBoundary(seed: string, original: Uint8Array): string {
  const text = latin1(original);
  for (let n = 0; ; n++) {
    const boundary = `hanaper-${seed}-${n}`;
    if (!text.includes(boundary)) return boundary;
  }
}

/** RFC 2047 where there is more than ASCII. */
function word(text: string): string {
  const line = text.replace(/[\r\n]+/g, " ");
   
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  const out: string[] = [];
  let part = "";
  for (const char of line) {
    if (utf8.encode(part + char).length > 45) { // 45 bytes are 60 of base64: the word stays under 75
      out.push(part);
      part = "";
    }
    part += char;
  }
  return [...out, part].map((one) => `=?UTF-8?B?${btoa(latin1(utf8.encode(one)))}?=`).join("\r\n ");
}

function base64Lines(bytes: Uint8Array): string {
  return btoa(latin1(bytes)).replace(/.{76}(?=.)/g, "$&\r\n");
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
