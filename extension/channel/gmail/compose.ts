// What is being written in Gmail: a window, or a reply below a thread. Several may
// be open; the one in use is the one that had the focus last.

import type { Attachment, Party } from "../../wire.ts";
import { bytesShown } from "../files.ts";
import { first, plain, textOf } from "../text.ts";
import * as at from "./anchors.ts";

const BODY = at.BODY.join(",");

/** Found frames: they are asked for at every key, and change only with their window. */
const frames = new WeakMap<Element, HTMLElement>();

/** The frame of what is written around box: window or reply, with its send button. */
export function frameOf(box: Element): HTMLElement | null {
  const known = frames.get(box);
  if (known?.isConnected && known.contains(box) && sendIn(known)) return known;
  const found = findFrame(box);
  if (found) frames.set(box, found);
  return found;
}

function findFrame(box: Element): HTMLElement | null {
  for (let up = box.parentElement; up && up !== document.body; up = up.parentElement) {
    if (sendIn(up)) return widest(up);
    if (up.matches(at.MAIN.join(","))) return null;
  }
  return null;
}

/** A window's head with its recipients may lie outside the part that has the send button. */
function widest(frame: HTMLElement): HTMLElement {
  const outer = frame.closest<HTMLElement>(at.COMPOSE.join(","));
  const boxes = outer?.querySelectorAll(BODY).length ?? 0;
  return outer && boxes === 1 ? outer : frame;
}

/** The composer that target lies in, its subject and recipients included. */
export function composerOf(target: Element): HTMLElement | null {
  const own = target.closest<HTMLElement>(BODY);
  if (own && frameOf(own)) return own;
  const frame = target.closest<HTMLElement>(at.COMPOSE.join(","));
  const boxes = frame?.querySelectorAll<HTMLElement>(BODY) ?? [];
  const box = boxes.length === 1 ? boxes[0] : undefined;
  return box && frameOf(box) ? box : null;
}

/** Every composer on the page. */
export function composers(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(BODY)].filter((box) => frameOf(box) !== null);
}

/** An editor as large as a mail without a send button we know. */
export function strangeComposer(target: Element): boolean {
  const box = target.closest<HTMLElement>('[contenteditable="true"]');
  return box !== null && box.matches(BODY) && frameOf(box) === null;
}

export function isSchedule(button: Element): boolean {
  return button.matches(at.SCHEDULE.join(","));
}

export function sendButtonOf(target: Element): HTMLElement | null {
  const menu = target.closest<HTMLElement>(at.SCHEDULE.join(","));
  if (menu) return menu;
  const known = target.closest<HTMLElement>(at.SEND.join(","));
  if (known) return known;
  const button = target.closest<HTMLElement>('[role="button"],button');
  return button && saysSend(button) && button.closest(at.COMPOSE.join(",")) ? button : null;
}

function saysSend(button: Element): boolean {
  return ["data-tooltip", "aria-label"].some((name) => at.SEND_WORDS.test(plain(button.getAttribute(name))));
}

function sendIn(frame: Element): HTMLElement | null {
  const known = first(frame, at.SEND);
  if (known) return known;
  for (const button of frame.querySelectorAll<HTMLElement>('[role="button"],button')) {
    if (saysSend(button)) return button;
  }
  return null;
}

/** The send button of a composer: the page's main one, not the menu's. */
export function sendButton(box: HTMLElement): HTMLElement | null {
  const frame = frameOf(box);
  return frame && sendIn(frame);
}

/** The composer a send button stands by; of a menu, none can be told. */
export function composerBeside(button: Element): HTMLElement | null {
  for (let up = button.parentElement; up && up !== document.body; up = up.parentElement) {
    const boxes = up.querySelectorAll<HTMLElement>(BODY);
    if (boxes.length > 1) return null;
    if (boxes[0]) return boxes[0];
  }
  return null;
}

/** Recipients, and whether all of them are known. */
export function recipients(frame: Element): { to: Party[]; complete: boolean } {
  const found = new Map<string, Party>();
  let nameless = false;
  for (const chip of frame.querySelectorAll<HTMLElement>(at.RECIPIENT.join(","))) {
    const party = partyOf(chip);
    if (!party) nameless = true;
    else if (!found.has(party.address) || found.get(party.address)?.name === "") found.set(party.address, party);
  }
  for (const input of frame.querySelectorAll<HTMLInputElement>(at.TYPED_RECIPIENT.join(","))) {
    const typed = input.value.trim();
    if (typed.includes("@")) found.set(typed.toLowerCase(), { name: "", address: typed.toLowerCase() });
    else if (typed !== "") nameless = true;
  }
  return { to: [...found.values()], complete: found.size > 0 && !nameless };
}

function partyOf(chip: HTMLElement): Party | null {
  const address = ["email", "data-hovercard-id"].map((name) => plain(chip.getAttribute(name))).find((text) => text.includes("@"));
  if (address === undefined) return null;
  const name = plain(chip.getAttribute("data-name") ?? chip.getAttribute("name") ?? chip.textContent);
  return { name: name.includes("@") ? "" : name, address: address.toLowerCase() };
}

export function subject(frame: Element): string {
  for (const anchor of at.SUBJECT) {
    const value = frame.querySelector<HTMLInputElement>(anchor)?.value ?? "";
    if (value.trim() !== "") return value.trim();
  }
  return "";
}

export function body(box: HTMLElement): string {
  return textOf(box, { cut: at.QUOTE.join(","), listMarks: true });
}

/** Files the draft shows, by name. */
export function draftFiles(frame: Element): Attachment[] {
  return [...frame.querySelectorAll<HTMLElement>(at.DRAFT_FILE.join(","))]
    .map((chip) => ({
      name: plain(first(chip, at.DRAFT_FILE_NAME)?.textContent ?? chip.getAttribute("aria-label")?.replace(/^[^:]*:\s*/, "").replace(/\.\s.*$/, "")),
      type: "",
      size: bytesShown(first(chip, at.DRAFT_FILE_SIZE)?.textContent ?? ""),
    }))
    .filter((file) => file.name !== "");
}
