// The words a reason is about, cut out of the text with a little around them.

import type { Span } from "../wire.ts";

/** A run of text; marked: these are the words. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Characters kept on either side of the words. */
const AROUND = 60;

/** UTF-16 offsets of UTF-8 byte offsets; an offset inside a character moves to its start. */
export function fromBytes(text: string, offsets: readonly number[]): number[] {
  const wanted = [...offsets].sort((a, b) => a - b);
  const found = new Map<number, number>();
  let bytes = 0;
  let units = 0;
  let next = 0;
  for (const character of text) {
    const size = utf8Size(character.codePointAt(0) ?? 0);
    while (next < wanted.length && (wanted[next] ?? 0) < bytes + size) found.set(wanted[next++] ?? 0, units);
    if (next === wanted.length) break;
    bytes += size;
    units += character.length;
  }
  while (next < wanted.length) found.set(wanted[next++] ?? 0, units);
  return offsets.map((offset) => found.get(offset) ?? 0);
}

function utf8Size(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** The marked words of one field with their surroundings, runs in order; [] where nothing is marked. */
export function excerpt(text: string, spans: readonly Span[], around = AROUND): Piece[] {
  const ends = fromBytes(text, spans.flatMap((span) => [span.start, span.end]));
  const ranges = merge(spans.map((_, i) => [ends[2 * i] ?? 0, ends[2 * i + 1] ?? 0]));
  const pieces: Piece[] = [];
  let shown = 0;
  ranges.forEach(([start, end], i) => {
    const from = Math.max(shown, edge(text, start - around, 1));
    if (from > shown) pieces.push({ text: i === 0 ? "… " : " … ", marked: false });
    pieces.push({ text: text.slice(from, start), marked: false }, { text: text.slice(start, end), marked: true });
    shown = end;
    const next = ranges[i + 1]?.[0] ?? text.length;
    const to = Math.min(next, edge(text, end + around, -1));
    pieces.push({ text: text.slice(end, Math.max(end, to)), marked: false });
    shown = Math.max(end, to);
  });
  if (ranges.length > 0 && shown < text.length) pieces.push({ text: " …", marked: false });
  return pieces.filter((piece) => piece.text !== "");
}

/** Sorted, without empty ranges, touching ones joined. */
function merge(ranges: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [start, end] of ranges.filter(([a, b]) => b > a).sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/** The nearest word boundary from at, outwards text edges included. */
function edge(text: string, at: number, step: 1 | -1): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  for (let i = at, left = 12; left > 0 && i > 0 && i < text.length; i += step, left--) {
    if (/\s/.test(text[step === 1 ? i - 1 : i] ?? "")) return i;
  }
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at; // not through a character
}
