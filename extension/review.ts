// When the person should go through what is open (UK guidance, paragraphs 23 and 27).

import type { Settings } from "./wire.ts";

/** Days before the last day in the post from which the final review is due; as in the rule book's own reminder. */
export const LEAVING_DAYS = 14;
const DAY = 86_400_000; // ms

export interface NextReview {
  /** The time is up and something is open; never where nothing is. */
  due: boolean;
  /** YYYY-MM-DD. */
  next: string;
  /** The last day in the post where it is near or past, else "". */
  leaving: string;
}

/** open: how many things are undecided or not filed. today: YYYY-MM-DD. */
export function nextReview({ reviewed, review_days, leaver_date }: Pick<Settings, "reviewed" | "review_days" | "leaver_date">, open: number, today: string): NextReview {
  const next = reviewed ? plus(reviewed, review_days) : today;
  const leaving = leaver_date && today >= plus(leaver_date, -LEAVING_DAYS) ? leaver_date : "";
  return { due: open > 0 && next <= today, next: next < today ? today : next, leaving };
}

function plus(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
