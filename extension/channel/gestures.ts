// What counts as sending: which events on the page are, or belong to, a
// person's or a script's wish to send what is in the composer.

import type { Channel } from "./types.ts";

/** Events of keys and pointers that can send, or lead up to it. */
export const FAMILY = [
  "keydown",
  "keypress",
  "keyup",
  "pointerdown",
  "mousedown",
  "touchstart",
  "pointerup",
  "mouseup",
  "touchend",
  "click",
  "dblclick",
  "auxclick",
] as const;

/** A send gesture: act is true for the event that makes the page send, false for its companions. */
export interface Gesture {
  box: HTMLElement;
  via: "key" | "button";
  act: boolean;
  /** The control that was pressed, null for a key in the composer. */
  button: HTMLElement | null;
  /** Enter alone, which a person may have set to mean a new line. */
  plainEnter: boolean;
}

/** Reads an event as part of sending, null for anything else. Synchronous and cheap. */
export function gestureOf(event: Event, channel: Channel): Gesture | null {
  const target = event.target;
  if (!(target instanceof Element)) return null;
  if (event instanceof KeyboardEvent) return keyGesture(event, target, channel);
  const button = otherButton(event) ? null : channel.sendButtonOf(target);
  const box = button && channel.composerOfButton(button);
  return box ? { box, button, via: "button", act: acts(event, channel), plainEnter: false } : null;
}

/** A press of another mouse button sends nothing. */
function otherButton(event: Event): boolean {
  return event instanceof MouseEvent && event.button > 0;
}

/** Where the page acts on the release, its button may be gone before the click. */
function acts(event: Event, channel: Channel): boolean {
  return event.type === "click" || (event.type === "mouseup" && channel.press === "mouse");
}

function keyGesture(event: KeyboardEvent, target: Element, channel: Channel): Gesture | null {
  if (channel.shortcut?.(event)) {
    const box = channel.composerOf(target);
    return box && { box, button: null, via: "key", act: event.type === "keydown", plainEnter: false };
  }
  const enter = event.key === "Enter" || event.code === "NumpadEnter";
  const space = event.key === " " || event.code === "Space";
  if (!enter && !space) return null;
  if (enter && sends(event)) {
    const plainEnter = !event.ctrlKey && !event.metaKey && !event.altKey;
    const box = plainEnter && channel.sendKey !== "enter" ? null : channel.composerOf(target);
    if (box) return { box, button: null, via: "key", act: event.type === "keydown", plainEnter };
  }
  const button = channel.sendButtonOf(target);
  const box = button && channel.composerOfButton(button);
  return box ? { box, button, via: "button", act: event.type === "keydown", plainEnter: false } : null;
}

/** Shift+Enter is a new line; Enter that ends an input method's composition is no Enter. */
function sends(event: KeyboardEvent): boolean {
  // Some input methods say so by the old code 229 only.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (event.isComposing || event.keyCode === 229) return false;
  return !event.shiftKey || event.ctrlKey || event.metaKey;
}

/** A cancelled touch would also lose the page's scrolling and our own click. */
export function cancels(event: Event): boolean {
  return !event.type.startsWith("touch");
}

/** A button pressed as pages hear it that act on the mouse, not on the click. */
export function pressMouse(button: HTMLElement): void {
  const init = { bubbles: true, cancelable: true, composed: true, button: 0 };
  for (const type of ["mousedown", "mouseup", "click"]) button.dispatchEvent(new MouseEvent(type, init));
}

/** Enter as a page hears it, for pages that show no send button. */
export function pressEnter(box: HTMLElement): void {
  const init = { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true, composed: true };
  for (const type of ["keydown", "keypress", "keyup"]) {
    box.dispatchEvent(new KeyboardEvent(type, init));
  }
}
