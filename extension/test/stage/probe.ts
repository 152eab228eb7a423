/**
 * What a curious page could learn: every key, input, composition, clipboard and
 * pointer event that reached it, and what it was made to send. Tests read both
 * through window.__events and window.__sent. Nothing is stored.
 */

export interface SeenEvent {
  readonly type: string;
  readonly key: string;
  readonly data: string;
  /** where it happened: tag, id and role of the target, as the page sees it */
  readonly target: string;
  readonly trusted: boolean;
}

export interface SentMessage {
  readonly chat: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly via: "enter" | "button";
  /** milliseconds since the page was opened */
  readonly at: number;
}

const types = [
  "keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "change",
  "compositionstart", "compositionupdate", "compositionend", "copy", "cut", "paste",
  "pointerdown", "mousedown", "pointerup", "mouseup", "click", "focusin", "focusout",
] as const;

const limit = 20_000;
export const events: SeenEvent[] = [];
export const sent: SentMessage[] = [];

function describe(target: EventTarget | null): string {
  if (!(target instanceof Element)) return target === window ? "window" : "document";
  const role = target.getAttribute("role");
  return target.tagName.toLowerCase() + (target.id === "" ? "" : `#${target.id}`) + (role === null ? "" : `[${role}]`);
}

function see(e: Event): void {
  if (events.length >= limit) events.shift();
  events.push({
    type: e.type,
    key: e instanceof KeyboardEvent ? e.key : "",
    data: e instanceof InputEvent || e instanceof CompositionEvent ? (e.data ?? "") : "",
    target: describe(e.composedPath()[0] ?? e.target),
    trusted: e.isTrusted,
  });
}

/** Listens first of everything in the page's own world. */
export function watch(): void {
  for (const type of types) window.addEventListener(type, see, { capture: true, passive: true });
}
