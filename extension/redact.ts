// Words taken out of a message before it is kept (ruling 10): where, and how many
// characters. The words themselves are in nothing that is kept.

import type { Redaction } from "./wire.ts";

/** Stands in a body for words taken out, however many: RedactionMark of core/record. */
export const MARK = "█████";

/** A stretch of the text as the page showed it, UTF-16 offsets, [start,end). */
export type Cut = readonly [start: number, end: number];

export interface Redacted {
  body: string;
  redactions: Redaction[];
}

/** The body with marks in place of the cuts, which are in order and apart (see add). */
export function redact(text: string, cuts: readonly Cut[]): Redacted {
  const utf8 = new TextEncoder();
  const redactions: Redaction[] = [];
  let body = "";
  let done = 0;
  for (const [start, end] of cuts) {
    body += text.slice(done, start);
    redactions.push({ at: utf8.encode(body).length, length: Array.from(text.slice(start, end)).length });
    body += MARK;
    done = end;
  }
  return { body: body + text.slice(done), redactions };
}

/**
 * Adds what was selected in the redacted body (UTF-16 offsets) to the cuts. A mark
 * that is touched goes whole, cuts that meet become one, no character is cut in two.
 */
export function add(text: string, cuts: readonly Cut[], from: number, to: number): Cut[] {
  if (from >= to) return [...cuts];
  let start = original(cuts, from, "start");
  let end = original(cuts, to, "end");
  if (low(text, start)) start--;
  if (low(text, end)) end++;
  const apart = cuts.filter(([a, b]) => b < start || a > end);
  const met = cuts.filter(([a, b]) => b >= start && a <= end);
  const whole: Cut = [Math.min(start, ...met.map(([a]) => a)), Math.max(end, ...met.map(([, b]) => b))];
  return [...apart, whole].sort(([a], [b]) => a - b);
}

/** A position in the redacted body as one in the text; inside a mark, its edge. */
function original(cuts: readonly Cut[], at: number, edge: "start" | "end"): number {
  let shift = 0; // text minus body, behind the cuts passed so far
  for (const [start, end] of cuts) {
    const mark = start - shift;
    if (at <= mark) break;
    if (at < mark + MARK.length) return edge === "start" ? start : end;
    shift = end - (mark + MARK.length);
  }
  return at + shift;
}

/** Whether the second half of a surrogate pair stands at i. */
function low(text: string, i: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(i)) && /[\ud800-\udbff]/.test(text.charAt(i - 1));
}
