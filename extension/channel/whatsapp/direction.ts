// Who sent a message. Since July 2026 no single mark says it on every row, so
// evidence is added up; too little or contradicting evidence is "unknown".

import type { Direction } from "../../wire.ts";
import { first, plain } from "../text.ts";
import { BUBBLE, IN, OUT, QUOTE, TAIL_IN, TAIL_OUT } from "./anchors.ts";
import { saysOther, saysYou } from "./labels.ts";
import type { Bare } from "./rows.ts";

const QUOTES = QUOTE.join(",");

/** Signed weights: above 0 speaks for "out". At least 2 must remain. */
const WEIGHT = {
  idPrefix: 4, // G1 "true_", "false_"
  className: 4, // G1, G2 message-out, message-in
  label: 3, // "You:" / "Asha Rao:"
  tail: 3, // on the first bubble of a run
  status: 3, // sent, delivered, read: own messages only
  sender: 3, // the head's sender is known to be the reader, or the other side
  place: 2, // the bubble's side of the pane
} as const;
const ENOUGH = 2;

/** Names known to be the reader's, or somebody else's. */
export interface Known {
  own: ReadonlySet<string>;
  others: ReadonlySet<string>;
}

/** What a row's own marks say: positive for out, negative for in. */
export function marks(row: Bare): number {
  const { element } = row;
  let sum = 0;
  if (row.id.startsWith("true_")) sum += WEIGHT.idPrefix;
  if (row.id.startsWith("false_")) sum -= WEIGHT.idPrefix;
  sum += has(element, OUT, IN) * WEIGHT.className;
  sum += has(element, TAIL_OUT, TAIL_IN) * WEIGHT.tail;
  sum += labelled(element) * WEIGHT.label;
  if (row.status) sum += WEIGHT.status;
  return sum;
}

/** The direction by all evidence; place is asked only when the rest is silent. */
export function direction(row: Bare, known: Known, place: () => number): Direction {
  let sum = marks(row);
  const sender = row.pre?.sender ?? "";
  if (sender && known.own.has(sender)) sum += WEIGHT.sender;
  else if (sender && known.others.has(sender)) sum -= WEIGHT.sender;
  if (Math.abs(sum) < ENOUGH) sum += place() * WEIGHT.place;
  if (sum >= ENOUGH) return "out";
  return sum <= -ENOUGH ? "in" : "unknown";
}

/** Names that rows with clear marks carry. A name on both sides is nobody's. */
export function names(rows: readonly Bare[], ownName: string, title: string): Known {
  const own = new Set<string>(ownName ? [ownName] : []);
  const others = new Set<string>();
  for (const row of rows) {
    const sender = row.pre?.sender;
    const sum = sender ? marks(row) : 0;
    if (sender && sum >= ENOUGH) own.add(sender);
    if (sender && sum <= -ENOUGH) others.add(sender);
  }
  if (title && !own.has(title)) others.add(title);
  for (const name of [...own]) {
    if (others.delete(name)) own.delete(name);
  }
  return { own, others };
}

/** 1 where the bubble is right of the pane's middle, -1 left, 0 where there is no layout. */
export function place(element: HTMLElement, pane: HTMLElement): number {
  const outer = pane.getBoundingClientRect();
  if (outer.width === 0) return 0;
  const inner = bubbleOf(element).getBoundingClientRect();
  const offset = (inner.left + inner.right - outer.left - outer.right) / 2;
  const clear = Math.abs(offset) > outer.width * 0.04 && inner.width > 0;
  if (!clear) return 0;
  const rtl = getComputedStyle(pane).direction === "rtl";
  return (offset > 0) === !rtl ? 1 : -1;
}

/** What is drawn around a message's text; the message's own element may be as wide as the pane. */
export function bubbleOf(element: HTMLElement): HTMLElement {
  return first(element, BUBBLE) ?? element;
}

function has(element: HTMLElement, out: readonly string[], into: readonly string[]): number {
  const seen = (anchors: readonly string[]): boolean =>
    element.matches(anchors.join(",")) || first(element, anchors) !== null;
  return Number(seen(out)) - Number(seen(into));
}

function labelled(element: HTMLElement): number {
  for (const found of element.querySelectorAll<HTMLElement>("[aria-label]")) {
    const label = plain(found.getAttribute("aria-label"));
    if (!label.endsWith(":") || found.closest(QUOTES)) continue;
    if (saysYou(label)) return 1;
    if (saysOther(label)) return -1;
  }
  return 0;
}
