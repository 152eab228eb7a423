// The thread that is open in Outlook: its messages, as far as they are unfolded.

import type { Party } from "../../wire.ts";
import { addressIn, agreed } from "../mail/account.ts";
import { mailStamp } from "../maildate.ts";
import { first, plain, textOf } from "../text.ts";
import type { Row } from "../types.ts";
import * as at from "./anchors.ts";
import { files, partiesOf, partyOf } from "./compose.ts";

const MESSAGE = at.MESSAGE.join(",");

/** Ancestors looked at from a text to its message. */
const MOST_STEPS = 24;

export function pane(): HTMLElement | null {
  return first(document, at.PANE);
}

export function threadSubject(): string {
  return plain(first(pane(), at.THREAD_SUBJECT)?.textContent);
}

/** The message that target lies in: by its label, else what holds its text and no other. */
export function messageOf(target: Element): HTMLElement | null {
  const labelled = target.closest<HTMLElement>(MESSAGE);
  if (labelled) return labelled;
  const within = pane();
  if (!within?.contains(target)) return null;
  let up: Element | null = target;
  for (let steps = 0; up && up !== within && steps < MOST_STEPS; steps++, up = up.parentElement) {
    const texts = up.matches(at.TEXT) ? 1 : up.querySelectorAll(at.TEXT).length;
    if (texts > 1) return null;
    if (texts === 1) return widest(up, within);
  }
  return null;
}

/** The highest ancestor, below the pane, that holds no second text: headers stand beside the text. */
function widest(inner: Element, within: Element): HTMLElement {
  let found = inner;
  for (let up = inner.parentElement; up && up !== within && up.querySelectorAll(at.TEXT).length === 1; up = up.parentElement) found = up;
  return found as HTMLElement;
}

/** The address this mailbox belongs to, "" where the page does not say it, or names two. */
export function mailbox(): string {
  const named = [...document.querySelectorAll<HTMLElement>(at.ACCOUNT.join(","))].map((element) => partyOf(element).address);
  const path = /^\/mail\/([^/]+@[^/]+)\//.exec(document.location.pathname)?.[1]; // a mailbox opened beside one's own; not checked
  return agreed([...named, addressIn(decodeURIComponent(path ?? ""))]);
}

function messages(): HTMLElement[] {
  const texts = [...(pane()?.querySelectorAll(at.TEXT) ?? [])].filter((text) => text.getAttribute("contenteditable") !== "true");
  return [...new Set(texts.map(messageOf).filter((message) => message !== null))];
}

export function rows(limit = Infinity): Row[] {
  const shown = messages();
  const own = mailbox();
  const subject = threadSubject();
  const seen = new Map<string, number>();
  const read = (Number.isFinite(limit) ? shown.slice(-limit) : shown).map((element) => rowOf(element, own, subject));
  for (const row of read) { // two of one minute
    const times = seen.get(row.id) ?? 0;
    seen.set(row.id, times + 1);
    if (times > 0) row.id += `#${times}`;
  }
  return read;
}

/** Everybody else in the thread, without reading a message. */
export function correspondents(): Party[] {
  const own = mailbox();
  const seen = new Map<string, Party>();
  for (const element of pane()?.querySelectorAll<HTMLElement>([...at.SENDER, ...at.TO].join(",")) ?? []) {
    for (const one of partiesOf(element)) if (one.address === "" || one.address !== own) seen.set(one.address || one.name, one);
  }
  return [...seen.values()];
}

function rowOf(element: HTMLElement, own: string, subject: string): Row {
  const from = first(element, at.SENDER);
  const sender = from ? partyOf(from) : { name: "", address: "" };
  const text = element.querySelector<HTMLElement>(at.TEXT);
  const shown = plain(first(element, at.DATE)?.textContent);
  return {
    id: `${sender.address || sender.name} ${shown}`,
    element,
    direction: own === "" || sender.address === "" ? "unknown" : sender.address === own ? "out" : "in",
    from: sender,
    to: [...element.querySelectorAll<HTMLElement>(at.TO.join(","))].flatMap(partiesOf),
    subject,
    at: mailStamp(shown, document.documentElement.lang),
    body: text ? textOf(text, { cut: at.QUOTE.join(","), until: at.QUOTE_FROM.join(","), listMarks: true }).trim() : "",
    attachments: files(element, text),
    status: "",
    kind: text ? "text" : "other",
    whole: text !== null,
  };
}
