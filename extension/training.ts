// Training on rule books: when it is due, and when a quiz is passed (GC protocol,
// institutions 4; UK guidance, 26; 030319, training).

import type { Briefing, PackInfo } from "./wire.ts";

/** Of the questions of a rule book, this share has to be right. */
export const PASS = 0.8;
/** Canada's and North Carolina's packs say a year; the UK's says none, and a year is kept there too. */
export const PERIOD_DAYS = 365;
const DAY = 86_400_000; // ms

export interface Training {
  /** When the last one was, YYYY-MM-DD, "" for never. */
  last: string;
  state: "never" | "current" | "old" | "changed";
}

/** today: YYYY-MM-DD. */
export function trainingOf({ id, version }: Pick<PackInfo, "id" | "version">, briefings: Briefing[], today: string): Training {
  const own = briefings.filter(({ pack }) => pack === id).sort((a, b) => (a.date < b.date ? -1 : 1));
  const last = own.at(-1);
  if (!last) return { last: "", state: "never" };
  if (last.version !== version) return { last: last.date, state: "changed" };
  const age = (Date.parse(today) - Date.parse(last.date)) / DAY;
  return { last: last.date, state: age > PERIOD_DAYS ? "old" : "current" };
}

export function passed(right: number, questions: number): boolean {
  return questions > 0 && right / questions >= PASS;
}
