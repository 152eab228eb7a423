// The composer of WhatsApp Web: where a person types, what they typed, and the
// control that sends it.

import { first, closest, plain, textOf } from "../text.ts";
import {
  BUTTON,
  CAPTION,
  COMPOSER,
  FILE_NAME,
  MESSAGE,
  NOT_A_COMPOSER,
  PANE,
  PREVIEW,
  SEND_BUTTON,
} from "./anchors.ts";
import { SEND, readComposeLabel } from "./labels.ts";

const EDITABLE = '[contenteditable="true"]';

export function pane(): HTMLElement | null {
  return first(document, PANE);
}

/** The composer in use: the caption of a file about to be sent goes before the message box. */
export function composer(): HTMLElement | null {
  return caption() ?? first(pane(), COMPOSER);
}

/** The caption box of a file about to be sent, told by its label. */
export function caption(): HTMLElement | null {
  for (const box of document.querySelectorAll<HTMLElement>(CAPTION.join(","))) {
    if (isCaption(box)) return box;
  }
  return null;
}

function isCaption(box: Element): boolean {
  if (box.closest('[data-testid="media-caption-input-container"]')) return true;
  return labels(box).some((label) => readComposeLabel(label)?.use === "caption");
}

function labels(box: Element): string[] {
  return ["aria-label", "aria-placeholder", "title"]
    .map((name) => box.getAttribute(name) ?? "")
    .filter((label) => label !== "");
}

/** What the composer's label says of the chat: its kind and name, as far as told. */
export function toldByLabel(box: Element): { kind: "one" | "group" | "unknown"; name: string } {
  for (const label of labels(box)) {
    const told = readComposeLabel(label);
    if (told?.use === "message") return { kind: told.kind, name: told.name };
  }
  return { kind: "unknown", name: "" };
}

/** The composer that target lies in: message box, caption, or the box that edits a sent message. */
export function composerOf(target: Element): HTMLElement | null {
  const box = outermostEditable(target);
  if (!box || closest(box, NOT_A_COMPOSER)) return null;
  if (box.closest("footer") && closest(box, PANE)) return box;
  if (box.matches('[data-testid="conversation-compose-box-input"]')) return box;
  return isCaption(box) || labels(box).some((label) => readComposeLabel(label)) ? box : null;
}

/** An editor in the chat that is none of the above, or any on a page without a known pane. */
export function strangeComposer(target: Element): boolean {
  const box = outermostEditable(target);
  if (!box || closest(box, NOT_A_COMPOSER) || composerOf(target)) return false;
  return closest(box, PANE) !== null || pane() === null;
}

function outermostEditable(target: Element): HTMLElement | null {
  let box = target.closest<HTMLElement>(EDITABLE);
  while (box?.parentElement?.closest(EDITABLE)) {
    box = box.parentElement.closest<HTMLElement>(EDITABLE);
  }
  return box;
}

/** The text in a composer, as it would be sent. */
export function readComposer(box: HTMLElement): string {
  return textOf(box);
}

/** The area of composer and buttons: the pane's footer, or the caption's surroundings. */
export function writingArea(box: HTMLElement): HTMLElement {
  const footer = box.closest<HTMLElement>("footer");
  if (footer) return footer;
  let area = box;
  for (let up = box.parentElement; up && up !== document.body; up = up.parentElement) {
    if (up.offsetHeight > 160) break;
    area = up;
  }
  return area;
}

/** Whether files are about to be sent with this composer's text. */
export function hasPreview(): boolean {
  return caption() !== null || first(document, PREVIEW) !== null;
}

/** Names of documents in the preview, as far as it shows them. */
export function previewNames(): string[] {
  for (let area = first(document, PREVIEW) ?? caption(); area; area = area.parentElement) {
    if (area.querySelector(MESSAGE.join(","))) return []; // as wide as the chat itself
    const names = [...area.querySelectorAll<HTMLElement>(FILE_NAME.join(","))]
      .map((element) => plain(element.getAttribute("title") ?? element.textContent))
      .filter((name) => /\.[\p{L}\p{N}]{1,8}$/u.test(name));
    if (names.length > 0) return [...new Set(names)];
    if (area.getAttribute("role") === "dialog") return [];
  }
  return [];
}

/** The send control that target lies in: told by its label, its icon or its place. */
export function sendButtonOf(target: Element): HTMLElement | null {
  const button = closest(target, BUTTON) ?? closest(target, SEND_BUTTON);
  if (!button || closest(button, NOT_A_COMPOSER)) return null;
  return isSend(button) ? button : null;
}

function isSend(button: HTMLElement): boolean {
  if (button.matches(SEND_BUTTON.join(",")) || first(button, SEND_BUTTON)) return true;
  if (!SEND.has(plain(button.getAttribute("aria-label")).toLowerCase())) return false;
  // "Send" is also said elsewhere (a poll, a contact card): beside a composer it is ours.
  return button.closest("footer") !== null || hasPreview() || inDialogWithBox(button);
}

function inDialogWithBox(button: HTMLElement): boolean {
  const dialog = button.closest('[role="dialog"]');
  const box = dialog?.querySelector<HTMLElement>(EDITABLE);
  return box ? composerOf(box) !== null : false;
}

/** The send control of a composer, or null while the page shows none. */
export function sendButton(box: HTMLElement): HTMLElement | null {
  const areas = box.closest("footer") ? [box.closest("footer")] : [box.closest('[role="dialog"]'), document];
  for (const area of areas) {
    for (const button of area?.querySelectorAll<HTMLElement>(BUTTON.join(",")) ?? []) {
      if (!closest(button, NOT_A_COMPOSER) && isSend(button)) return button;
    }
  }
  return null;
}
