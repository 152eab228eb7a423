// The open chat: its name, who takes part, and its disappearing-message timer.

import type { Party } from "../../wire.ts";
import { party } from "../party.ts";
import type { Chat, Timer } from "../types.ts";
import { first, plain } from "../text.ts";
import { HEADER, MESSAGE, PANE, SUBTITLE, TIMER_ON, TITLE } from "./anchors.ts";
import { advancedPrivacy, disappearing, durationIn, isYou } from "./labels.ts";
import { composer, toldByLabel } from "./composer.ts";

/** Text of an icon font: "wds-ic-disappearing-messages", "default-contact-refreshed". */
const LIGATURE = /^(wds-ic-|ic-|default-)[a-z0-9-]+/;

export function chat(): Chat | null {
  const pane = first(document, PANE);
  const header = first(pane, HEADER);
  const box = first(pane, ["footer"]) ? composer() : null;
  const told = box ? toldByLabel(box) : { kind: "unknown" as const, name: "" };
  const title = titleOf(header) || told.name;
  if (!pane || !title) return null;
  const listed = membersIn(header, title);
  const kind = told.kind !== "unknown" ? told.kind : listed ? "group" : kindByIds(pane);
  return {
    title,
    kind,
    ...membersOf(kind, title, listed, pane),
    timer: timerOf(pane, header),
    ...(privacyOf(pane) && { advancedPrivacy: true }),
  };
}

function titleOf(header: HTMLElement | null): string {
  for (const anchor of TITLE) {
    for (const element of header?.querySelectorAll<HTMLElement>(anchor) ?? []) {
      const text = nameOf(element);
      if (text) return text;
    }
  }
  return "";
}

/** The name an element shows; icon ligatures, the members' list and tooltips of controls are none. */
function nameOf(element: HTMLElement): string {
  if (element.querySelector("button") || element.closest(SUBTITLE.join(","))) return "";
  const parts = [...element.childNodes]
    .map((node) => (node.nodeName === "IMG" ? ((node as Element).getAttribute("alt") ?? "") : (node.textContent ?? "")))
    .filter((text) => !LIGATURE.test(text.trim()));
  const shown = plain(parts.join(""));
  return LIGATURE.test(shown) ? "" : shown;
}

/** The members named under the title, without the reader; null where no list is shown. */
function membersIn(header: HTMLElement | null, title: string): { names: string[]; all: boolean } | null {
  for (const anchor of SUBTITLE) {
    for (const element of header?.querySelectorAll<HTMLElement>(anchor) ?? []) {
      const text = plain(element.getAttribute("title") ?? element.textContent);
      if (text === title) continue;
      const names = text.split(/\s*[,،、]\s*/).filter((name) => name !== "");
      const last = names[names.length - 1] ?? "";
      // "Last seen Monday, 14:03" has a comma too: a list of members ends with the reader.
      if (!isYou(last)) continue;
      return { names: names.slice(0, -1), all: true };
    }
  }
  return null;
}

function membersOf(
  kind: Chat["kind"],
  title: string,
  listed: { names: string[]; all: boolean } | null,
  pane: HTMLElement,
): { members: Party[]; membersComplete: boolean } {
  if (listed) return { members: listed.names.map(party), membersComplete: listed.all };
  if (kind === "group") return { members: [], membersComplete: false };
  const contact = party(title);
  if (!contact.address) contact.address = numberById(pane);
  return { members: [contact], membersComplete: kind === "one" };
}

/** G1: "false_447700900123@c.us_..." and "...@g.us_..." tell the kind of chat. */
function kindByIds(pane: HTMLElement): Chat["kind"] {
  const id = chatId(pane);
  if (id.endsWith("@g.us")) return "group";
  return /@(c\.us|lid|s\.whatsapp\.net)$/.test(id) ? "one" : "unknown";
}

function numberById(pane: HTMLElement): string {
  const match = /^(\d{7,15})@c\.us$/.exec(chatId(pane));
  return match ? `+${match[1]}` : "";
}

function chatId(pane: HTMLElement): string {
  const id = first(pane, MESSAGE)?.getAttribute("data-id") ?? "";
  return /^(?:true|false)_([^_]+)_/.exec(id)?.[1] ?? "";
}

/** On by the header's icon or by the last notice in view; its length only if a notice says it. */
function timerOf(pane: HTMLElement, header: HTMLElement | null): Timer {
  const timer: Timer = { on: first(header, TIMER_ON) !== null, seconds: 0 };
  for (const text of notices(pane)) {
    const state = disappearing(text);
    if (state === "on") Object.assign(timer, { on: true, seconds: durationIn(text) || timer.seconds });
    if (state === "off") Object.assign(timer, { on: false, seconds: 0 });
  }
  return timer;
}

/** As the last notice in view says; a notice that is not in view is not known. */
function privacyOf(pane: HTMLElement): boolean {
  return notices(pane).map(advancedPrivacy).findLast((state) => state !== null) === "on";
}

/** The page's own lines between messages. */
function notices(pane: HTMLElement): string[] {
  const rows = [...pane.querySelectorAll<HTMLElement>('[role="row"]')];
  return rows.filter((row) => !row.querySelector(MESSAGE.join(","))).map((row) => row.textContent);
}
