// The thread that is open in Gmail: its messages, as far as they are unfolded.

import type { Attachment, Party } from "../../wire.ts";
import { bytesShown } from "../files.ts";
import { addressIn, agreed } from "../mail/account.ts";
import { mailStamp } from "../maildate.ts";
import { first, plain, textOf } from "../text.ts";
import type { Row } from "../types.ts";
import * as at from "./anchors.ts";

const MESSAGE = at.MESSAGE.join(",");

export function pane(): HTMLElement | null {
  return first(document, at.MAIN);
}

export function threadSubject(): string {
  return plain(first(pane(), at.THREAD_SUBJECT)?.textContent);
}

export function messageOf(target: Element): HTMLElement | null {
  return target.closest<HTMLElement>(MESSAGE);
}

/** The address this mailbox belongs to, "" where the page does not say it, or names two. */
export function mailbox(): string {
  const labels = [...document.querySelectorAll(at.ACCOUNT.join(","))].map((button) => addressIn(button.getAttribute("aria-label")));
  const title = / - (\S+@\S+) - [^-]+$/.exec(document.title)?.[1];
  return agreed([...labels, addressIn(title)]);
}

export function rows(limit = Infinity): Row[] {
  const shown = [...(pane()?.querySelectorAll<HTMLElement>(MESSAGE) ?? [])];
  const own = mailbox();
  const subject = threadSubject();
  return (Number.isFinite(limit) ? shown.slice(-limit) : shown).map((element) => read(element, own, subject));
}

/** Everybody else in the thread, without reading a message. */
export function correspondents(): Party[] {
  const own = mailbox();
  const seen = new Map<string, Party>();
  for (const element of pane()?.querySelectorAll<HTMLElement>([...at.SENDER, ...at.TO].join(",")) ?? []) {
    const one = party(element);
    if (one.address !== "" && one.address !== own) seen.set(one.address, one);
  }
  return [...seen.values()];
}

function read(element: HTMLElement, own: string, subject: string): Row {
  const from = party(first(element, at.SENDER));
  const text = first(element, at.TEXT);
  const files = [...element.querySelectorAll<HTMLElement>(at.FILE.join(","))].map(fileOf).filter((file) => file.name !== "");
  return {
    id: element.getAttribute("data-message-id") ?? element.getAttribute("data-legacy-message-id") ?? "",
    element,
    direction: own === "" || from.address === "" ? "unknown" : from.address === own ? "out" : "in",
    from,
    to: [...element.querySelectorAll<HTMLElement>(at.TO.join(","))].map(party).filter((one) => one.address !== ""),
    subject,
    at: mailStamp(first(element, at.DATE)?.getAttribute("title") ?? "", document.documentElement.lang),
    body: text ? textOf(text, { cut: [...at.QUOTE, ...at.CLIPPED].join(","), listMarks: true }).trim() : "",
    attachments: files,
    status: "",
    kind: text ? "text" : "other",
    whole: text !== null && first(element, at.CLIPPED) === null,
  };
}

function party(element: HTMLElement | null): Party {
  const address = plain(element?.getAttribute("email")).toLowerCase();
  const name = plain(element?.getAttribute("name") ?? element?.textContent);
  return { name: name.includes("@") ? "" : name, address };
}

function fileOf(chip: HTMLElement): Attachment {
  return { name: plain(first(chip, at.FILE_NAME)?.textContent), type: "", size: bytesShown(first(chip, at.FILE_SIZE)?.textContent ?? "") };
}
