// The messages a chat page shows, read by its anchors.

import type { Attachment, Direction, Party } from "../../wire.ts";
import { dayOf, parseTime } from "../dates.ts";
import { mailStamp } from "../maildate.ts";
import { party } from "../party.ts";
import { first, plain, textOf } from "../text.ts";
import type { Row, RowKind, Stamp } from "../types.ts";
import type { Anchors } from "./anchors.ts";
import { dayNamed } from "./days.ts";

/** Attributes in which pages say when, best first: ISO 8601, seconds since 1970, words. */
const SAYS_WHEN = ["datetime", "data-timestamp", "data-time", "title", "aria-label"] as const;

export interface Reader {
  readonly at: Anchors;
  /** Attributes that hold the page's own id of a message, best first. */
  readonly ids: readonly string[];
  /** Words in which a message says when it was sent, where no anchor does. */
  when?(message: HTMLElement, body: string): string;
  /** Who sent it, where no anchor says it; "" where not known. */
  who?(message: HTMLElement, body: string): string;
}

/** The messages in pane, oldest first. contact: the other side where there is one. now: milliseconds since 1970. */
export function rows(page: Reader, pane: HTMLElement, contact: Party | null, now: number, limit = Infinity): Row[] {
  const { at } = page;
  const shown = elements(at, pane);
  const wanted = new Set(Number.isFinite(limit) ? shown.slice(-limit) : shown);
  const out: Row[] = [];
  let day = "";
  let last: Row | null = null;
  for (const element of inOrder(at, pane, shown)) {
    if (!shown.includes(element)) {
      day = dayNamed(plain(element.textContent), language(), now);
      last = null; // a name above the line says nothing of what is below it
      continue;
    }
    const row = read(page, element, day, last, contact, now);
    last = row;
    if (wanted.has(element)) out.push(row);
  }
  return out;
}

/** The messages' elements; the outermost where they are nested. */
export function elements(at: Anchors, pane: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of all(pane, at.message)) {
    if (!found.at(-1)?.contains(element)) found.push(element);
  }
  return found;
}

function inOrder(at: Anchors, pane: HTMLElement, messages: readonly HTMLElement[]): HTMLElement[] {
  if (at.day.length === 0) return [...messages];
  const known = new Set(messages);
  return all(pane, [...at.message, ...at.day]).filter(
    (element) => known.has(element) || (element.matches(at.day.join(",")) && !messages.some((message) => message.contains(element))),
  );
}

function all(scope: ParentNode, anchors: readonly string[]): HTMLElement[] {
  return anchors.length === 0 ? [] : [...scope.querySelectorAll<HTMLElement>(anchors.join(","))];
}

function read(page: Reader, element: HTMLElement, day: string, last: Row | null, contact: Party | null, now: number): Row {
  const { at } = page;
  const deleted = first(element, at.deleted) !== null || (at.deleted.length > 0 && element.matches(at.deleted.join(",")));
  const body = deleted ? "" : bodyOf(at, element);
  const attachments = deleted ? [] : filesOf(at, element);
  const direction = directionOf(at, element);
  return {
    id: idOf(page, element),
    element,
    direction,
    from: senderOf(page, element, { body, direction, last, contact }),
    at: stampOf(page, element, body, day, now),
    body,
    ...quoteOf(at, element),
    attachments,
    status: "",
    kind: kindOf(deleted, body, attachments),
    whole: first(element, at.part) === null,
  };
}

/** The words of the message alone: no quote, no time, no name. */
function bodyOf(at: Anchors, element: HTMLElement): string {
  const cut = [...at.cut, ...at.quote, '[aria-hidden="true"]'].join(",");
  const quote = at.quote.join(",");
  const roots: HTMLElement[] = [];
  for (const found of all(element, at.text)) {
    if ((quote && found.closest(quote)) || roots.some((root) => root.contains(found))) continue;
    roots.push(found);
  }
  return roots
    .map((root) => textOf(root, { cut, listMarks: true }).trim())
    .filter((text) => text !== "")
    .join("\n");
}

/** The message this one answers, as far as it is repeated. */
function quoteOf(at: Anchors, element: HTMLElement): Pick<Row, "quote"> {
  const found = first(element, at.quote);
  const text = found ? textOf(found).trim() : "";
  return text === "" ? {} : { quote: text };
}

/** A mark for one side and none for the other; else it is not known. */
function directionOf(at: Anchors, element: HTMLElement): Direction {
  const seen = (anchors: readonly string[]): boolean =>
    anchors.length > 0 && (element.closest(anchors.join(",")) !== null || first(element, anchors) !== null);
  const [out, into] = [seen(at.out), seen(at.in)];
  return out === into ? "unknown" : out ? "out" : "in";
}

/** Ids given to messages that have none of their own: good while their element is there. */
const given = new WeakMap<HTMLElement, string>();
let count = 0;

function idOf(page: Reader, element: HTMLElement): string {
  const own = page.ids.map((name) => element.getAttribute(name) ?? "").find((id) => id !== "") ?? given.get(element);
  if (own !== undefined) return own;
  count++;
  given.set(element, `given ${count}`);
  return `given ${count}`;
}

interface Around {
  body: string;
  direction: Direction;
  last: Row | null;
  contact: Party | null;
}

function senderOf(page: Reader, element: HTMLElement, { body, direction, last, contact }: Around): Party {
  const { at } = page;
  const quote = at.quote.join(",");
  const named = all(element, at.sender).find((found) => !quote || !found.closest(quote));
  const name = plain(named?.textContent) || plain(named?.getAttribute("aria-label")) || (page.who?.(element, body) ?? "");
  if (name) return party(name);
  if (direction === "in" && contact) return contact;
  return last && direction !== "unknown" && last.direction === direction ? last.from : { name: "", address: "" };
}

function stampOf(page: Reader, element: HTMLElement, body: string, day: string, now: number): Stamp {
  const own = page.at.time.find((anchor) => element.matches(anchor));
  const mark = own === undefined ? first(element, page.at.time) : element;
  const said = [
    ...(mark ? [...SAYS_WHEN.map((name) => mark.getAttribute(name) ?? ""), own === undefined ? mark.textContent : ""] : []),
    page.when?.(element, body) ?? "",
  ].map((text) => text.trim());
  let best: Stamp = { date: day, time: "", shown: "" };
  for (const text of said.filter((each) => each !== "")) {
    const stamp = stampIn(text, now);
    if (stamp.date && stamp.time) return { ...stamp, shown: plain(text) };
    if (stamp.time && !best.time) best = { date: best.date, time: stamp.time, shown: plain(text) };
  }
  return best;
}

/** ISO 8601, seconds since 1970, or printed words. */
function stampIn(text: string, now: number): Stamp {
  const seconds = /^1\d{9}$/.test(text) ? Number(text) * 1000 : /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(seconds)) {
    const at = new Date(seconds);
    return { date: dayOf(seconds), time: parseTime(`${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`), shown: text };
  }
  const stamp = mailStamp(text, language());
  return { ...stamp, date: stamp.date || dayNamed(text, language(), now) };
}

function language(): string {
  return document.documentElement.lang;
}

function filesOf(at: Anchors, element: HTMLElement): Attachment[] {
  const quote = at.quote.join(",");
  const has = (anchors: readonly string[]): boolean => all(element, anchors).some((found) => !quote || !found.closest(quote));
  const names = all(element, at.file).map((found) => plain(found.getAttribute("title")) || plain(found.textContent)).filter((name) => name !== "");
  if (names.length > 0) return [...new Set(names)].map((name) => ({ name, type: "", size: 0 }));
  if (has(at.voice)) return [{ name: "voice message", type: "audio/*", size: 0 }];
  return has(at.image) ? [{ name: "image", type: "image/*", size: 0 }] : [];
}

function kindOf(deleted: boolean, body: string, files: readonly Attachment[]): RowKind {
  if (deleted) return "deleted";
  const type = files[0]?.type;
  if (type === "audio/*") return "voice";
  if (type !== undefined) return type === "" ? "document" : "media";
  return body ? "text" : "other";
}
