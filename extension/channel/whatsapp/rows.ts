// The messages that WhatsApp Web shows, read one row at a time.

import type { Attachment, Party } from "../../wire.ts";
import type { RowKind, Stamp, Status } from "../types.ts";
import { closest, first, plain, textOf } from "../text.ts";
import { parsePrePlain, parseTime } from "../dates.ts";
import { party, phone } from "../party.ts";
import {
  ALBUM,
  AUTHOR,
  AUTHOR_PHONE,
  DOCUMENT,
  IMAGE,
  MESSAGE,
  META,
  PRE_PLAIN,
  QUOTE,
  READ_MORE,
  RECALLED,
  STATUS_ICON,
  TEXT,
  VIDEO,
  VIRTUAL,
  VOICE,
} from "./anchors.ts";
import { DELETED, MAYBE, MORE, saysOther, statusOf } from "./labels.ts";
import { pane } from "./composer.ts";

/** What one row says by itself; direction and date need its neighbours too. */
export interface Bare {
  id: string;
  element: HTMLElement;
  pre: ReturnType<typeof parsePrePlain>;
  time: string;
  author: Party | null;
  body: string;
  /** The message it answers, as far as it is repeated: kept apart from body. */
  quote: string;
  attachments: Attachment[];
  status: Status;
  kind: RowKind;
  whole: boolean;
}

const QUOTES = QUOTE.join(",");
const MESSAGES = MESSAGE.join(",");
const CUT = [QUOTES, '[aria-hidden="true"]', ...META, "button", ".preview-card"].join(",");

/** Ids of messages: G1's prefixed form, or bare hexadecimal of 16 to 40 digits. */
const MESSAGE_ID = /^(?:(?:true|false)_[^_]+_|[0-9A-F]{16,40}$)/i;

/** The messages' elements, oldest first; the outermost where they are nested. */
export function elements(): HTMLElement[] {
  const found: HTMLElement[] = [];
  let last: HTMLElement | null = null;
  for (const element of pane()?.querySelectorAll<HTMLElement>(MESSAGES) ?? []) {
    if (last?.contains(element) || !isMessage(element)) continue;
    found.push(element);
    last = element;
  }
  return found;
}

export function elementOf(target: Element): HTMLElement | null {
  let found = closest(target, MESSAGE);
  if (!found) found = first(target.closest('[role="row"]'), MESSAGE);
  while (found && !isMessage(found)) found = found.parentElement && closest(found.parentElement, MESSAGE);
  for (let up = found; up; up = up.parentElement && closest(up.parentElement, MESSAGE)) {
    if (isMessage(up)) found = up;
  }
  return found && pane()?.contains(found) ? found : null;
}

export function idOf(element: Element): string {
  const test = element.getAttribute("data-testid") ?? "";
  return element.getAttribute("data-id") ?? test.replace(/^conv-msg-/, "");
}

function isMessage(element: Element): boolean {
  if (element.getAttribute("data-testid")?.startsWith("conv-msg-")) return true;
  return MESSAGE_ID.test(element.getAttribute("data-id") ?? "");
}

export function read(element: HTMLElement): Bare {
  const head = outsideQuote(element, PRE_PLAIN);
  const pre = parsePrePlain(head?.getAttribute("data-pre-plain-text") ?? "");
  const deleted = first(element, RECALLED) !== null || startsDeleted(element);
  const attachments = deleted ? [] : attachmentsOf(element);
  const body = deleted ? "" : bodyOf(element);
  return {
    id: idOf(element),
    element,
    pre,
    time: pre?.stamp.time || timeOf(element),
    author: authorOf(element),
    body,
    quote: deleted ? "" : quoteOf(element),
    attachments,
    status: statusIn(element),
    kind: kindOf(element, deleted, body, attachments),
    whole: isWhole(element),
  };
}

/** The first match that is not inside a quoted message. */
function outsideQuote(element: HTMLElement, anchors: readonly string[]): HTMLElement | null {
  for (const anchor of anchors) {
    for (const found of element.querySelectorAll<HTMLElement>(anchor)) {
      if (!found.closest(QUOTES)) return found;
    }
  }
  return element.matches(anchors.join(",")) ? element : null;
}

/** The words of the message alone: no quote, no time, no name, no link preview. */
function bodyOf(element: HTMLElement): string {
  const roots: HTMLElement[] = [];
  for (const found of element.querySelectorAll<HTMLElement>(TEXT.join(","))) {
    if (found.closest(QUOTES) || roots.some((root) => root.contains(found))) continue;
    roots.push(found);
  }
  const texts = roots.map((root) => textOf(root, { cut: CUT, listMarks: true }).trim());
  if (texts.length > 0) return texts.filter((text) => text !== "").join("\n");
  const copyable = outsideQuote(element, [".copyable-text"]);
  return copyable ? textOf(copyable, { cut: CUT, listMarks: true }).trim() : "";
}

function quoteOf(element: HTMLElement): string {
  const quoted = first(element, QUOTE);
  if (!quoted) return "";
  const parts: HTMLElement[] = []; // its sender and its words, side by side
  for (const part of quoted.querySelectorAll<HTMLElement>(['[dir="auto"]', ".quoted-mention", ...TEXT].join(","))) {
    if (!parts.some((known) => known.contains(part))) parts.push(part);
  }
  return (parts.length > 0 ? parts : [quoted]).map((part) => textOf(part).trim()).join("\n");
}

function startsDeleted(element: HTMLElement): boolean {
  if (outsideQuote(element, TEXT)) return false; // a person may write these words
  const text = plain(element.textContent).toLowerCase();
  return DELETED.some((start) => text.startsWith(start));
}

function timeOf(element: HTMLElement): string {
  for (const anchor of META) {
    const metas = [...element.querySelectorAll<HTMLElement>(anchor)].filter((meta) => !meta.closest(QUOTES));
    const time = parseTime(plain(metas[metas.length - 1]?.textContent));
    if (time) return time;
  }
  return bareTime(element);
}

/** G2's media rows have no named foot: the last words that are a time and nothing else. */
function bareTime(element: HTMLElement): string {
  for (const part of [...element.querySelectorAll<HTMLElement>('span[dir="auto"]')].reverse()) {
    const text = plain(part.textContent);
    if (/^\d/.test(text) && text.length <= 12 && !part.closest(QUOTES) && !isWritten(part)) {
      const time = parseTime(text);
      if (time) return time;
    }
  }
  return "";
}

/** Words that a person wrote, which may be a time too. */
function isWritten(part: HTMLElement): boolean {
  return part.closest(TEXT.join(",")) !== null;
}

function authorOf(element: HTMLElement): Party | null {
  for (const anchor of AUTHOR) {
    for (const found of element.querySelectorAll<HTMLElement>(anchor)) {
      const label = found.getAttribute("aria-label") ?? "";
      if (found.closest(QUOTES) || found.closest(PRE_PLAIN.join(","))) continue;
      const named = found.querySelector<HTMLElement>('span[dir="auto"]') ?? found;
      const name = withoutMaybe(plain(named.textContent)) || withoutMaybe(plain(label));
      if (!name || /^[\d:.\s]+([ap]\.?m\.?)?$/i.test(name)) continue; // a time
      const shown = party(name);
      return { name: shown.name, address: shown.address || phoneBeside(element, found) };
    }
  }
  for (const found of element.querySelectorAll<HTMLElement>("[aria-label]")) {
    const label = found.getAttribute("aria-label") ?? "";
    if (!found.closest(QUOTES) && saysOther(label)) return party(withoutMaybe(plain(label).slice(0, -1)));
  }
  return null;
}

/** The number shown with a name: in its own element, or anywhere in the author's line. */
function phoneBeside(element: HTMLElement, author: HTMLElement): string {
  const shown = outsideQuote(element, AUTHOR_PHONE);
  if (shown) return phone(plain(shown.textContent));
  return phone(/\+[\d\s().-]{7,24}\d/.exec(plain(author.textContent))?.[0] ?? "");
}

function withoutMaybe(name: string): string {
  const lower = name.toLowerCase();
  const head = MAYBE.find((word) => lower.startsWith(word));
  return head ? name.slice(head.length) : name;
}

function attachmentsOf(element: HTMLElement): Attachment[] {
  const files: Attachment[] = [];
  for (const name of documentNames(element)) files.push({ name, type: "", size: 0 });
  if (files.length > 0) return files;
  const has = (anchors: readonly string[]): boolean => outsideQuote(element, anchors) !== null;
  if (has(ALBUM)) return [{ name: "album", type: "", size: 0 }];
  if (has(VIDEO)) return [{ name: "video", type: "video/*", size: 0 }];
  if (has(VOICE)) return [{ name: "voice message", type: "audio/*", size: 0 }];
  if (has(IMAGE)) return [{ name: "image", type: "image/*", size: 0 }];
  return [];
}

function documentNames(element: HTMLElement): string[] {
  const names = new Set<string>();
  for (const part of element.querySelectorAll<HTMLElement>(DOCUMENT.join(","))) {
    if (part.closest(QUOTES)) continue;
    const scope = part.matches("[data-icon]") ? closest(part, ['[role="button"]', "button"]) : part;
    const shown = scope?.querySelector<HTMLElement>("span[title], span[dir='auto']");
    const name = plain(shown?.getAttribute("title") ?? shown?.textContent);
    if (name) names.add(name);
  }
  return [...names];
}

/** Delivery state: own messages only, so it also tells the direction. */
function statusIn(element: HTMLElement): Status {
  for (const anchor of META) {
    for (const meta of element.querySelectorAll<HTMLElement>(anchor)) {
      if (meta.closest(QUOTES)) continue;
      for (const part of [meta, ...meta.querySelectorAll<HTMLElement>("[aria-label]")]) {
        const status = statusOf(part.getAttribute("aria-label") ?? "");
        if (status) return status;
      }
      const title = plain(meta.querySelector("svg > title")?.textContent);
      const status = statusByIcon(title);
      if (status) return status;
    }
  }
  return statusByIcon(outsideQuote(element, STATUS_ICON)?.getAttribute("data-icon") ?? "");
}

function statusByIcon(icon: string): Status {
  if (/(^|-)(read|dblcheck-ack)$|ic-read/.test(icon)) return "read";
  if (/dblcheck|ic-delivered|ic-dblcheck/.test(icon)) return "delivered";
  if (/^(msg|status)-check|ic-sent|ic-check/.test(icon)) return "sent";
  return /^(msg|status)-time|ic-pending|ic-clock/.test(icon) ? "pending" : "";
}

function kindOf(element: HTMLElement, deleted: boolean, body: string, files: Attachment[]): RowKind {
  if (deleted) return "deleted";
  if (files.some((file) => file.type === "audio/*")) return "voice";
  if (files.some((file) => file.type === "")) return files[0]?.name === "album" ? "media" : "document";
  if (files.length > 0) return "media";
  if (body) return "text";
  return first(element, VIRTUAL) ? "text" : "other";
}

function isWhole(element: HTMLElement): boolean {
  if (element.matches(VIRTUAL.join(","))) return element.textContent !== "";
  if (first(element, READ_MORE)) return false;
  const buttons = [...element.querySelectorAll<HTMLElement>('[role="button"], button')];
  return !buttons.some((button) => !button.closest(QUOTES) && MORE.has(plain(button.textContent).toLowerCase()));
}

/** The stamp before its date is settled. */
export function stampOf(bare: Bare, date: string): Stamp {
  const shown = bare.pre?.shown ?? bare.time;
  return { date, time: bare.time, shown };
}
