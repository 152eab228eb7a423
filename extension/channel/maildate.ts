// Dates as mail programs print them: "Fri, Sep 11, 2026, 9:04 AM", "ven. 11 sept.
// 2026, 09:04", "Sat 09/19/2026 09:51 AM". Month names come from the browser, in the
// page's language; a date in figures whose order is open is settled by the weekday
// beside it, or left unknown.

import { parseDate, parseTime } from "./dates.ts";
import { remember } from "./remember.ts";
import type { Stamp } from "./types.ts";

const names = new Map<string, string[][]>();

/** The stamp of a printed date and time. language: of the page, BCP 47. */
export function mailStamp(shown: string, language: string): Stamp {
  return { ...stampOf(shown, language) };
}

/** Dates printed on a page. */
const MOST_DATES = 500;
const stampOf = remember(MOST_DATES, (shown: string, language: string): Stamp => {
  const text = shown.replace(/[\u00a0\u202f\u200e\u200f\u202a-\u202e]/g, " ").replace(/(\d)\s?h\s?(\d\d)(?!\d)/, "$1:$2").trim();
  const date = named(text, language) || inFigures(text, language);
  const time = parseTime(text.replace(/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/, " "));
  return { date, time, shown: text };
});

/** YYYY-MM-DD of a date in figures: the one order it can have, or the one its weekday agrees with. */
function inFigures(text: string, language: string): string {
  const date = parseDate(text);
  if (!date || date.sure !== "") return date?.sure ?? "";
  const words: string[] = text.toLowerCase().match(/[\p{L}]{2,}/gu) ?? [];
  const fits = [date.dmy, date.mdy].filter((day) => day !== "" && weekday(day, language).some((name) => words.includes(name)));
  return fits.length === 1 ? (fits[0] ?? "") : "";
}

/** The forms of a day's weekday, in a language and in English. */
function weekday(day: string, language: string): string[] {
  const at = new Date(`${day}T12:00:00Z`);
  return [language, "en"].flatMap((tag) => (["long", "short"] as const).map((form) => printed(at, tag, { weekday: form }).replace(/\.$/, "")));
}

function printed(at: Date, language: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return at.toLocaleDateString(language, { ...options, timeZone: "UTC" }).toLowerCase();
  } catch {
    return at.toLocaleDateString("en", { ...options, timeZone: "UTC" }).toLowerCase(); // the page names no language
  }
}

/** YYYY-MM-DD of a date with a month's name, a day and a year, "" where one is missing. */
function named(text: string, language: string): string {
  const words = text.toLowerCase().match(/[\p{L}]{3,}/gu) ?? [];
  const year = /(?<!\d)(\d{4})(?!\d)/.exec(text)?.[1];
  const day = /(?<![\d:.])(\d{1,2})(?![\d:])/.exec(text.replace(/\d{1,2}:\d{2}/g, " "))?.[1];
  if (year === undefined || day === undefined) return "";
  const month = monthIn(words, language);
  if (month === 0 || Number(day) < 1 || Number(day) > 31) return "";
  return `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** The month, 1 to 12, that one of words (lower case) names, 0 for none. */
export function monthIn(words: readonly string[], language: string): number {
  for (const table of [months(language), months("en")]) {
    const month = table.findIndex((forms) => words.some((word) => forms.includes(word)));
    if (month >= 0) return month + 1;
  }
  return 0;
}

/** The forms of each month's name in a language. */
function months(language: string): string[][] {
  const known = names.get(language);
  if (known) return known;
  const made = Array.from({ length: 12 }, (_, month) => forms(month, language));
  names.set(language, made);
  return made;
}

function forms(month: number, language: string): string[] {
  const at = new Date(Date.UTC(2026, month, 15));
  const out = new Set<string>();
  for (const options of [{ month: "long" }, { month: "short" }, { month: "long", day: "numeric" }] as const) {
    for (const word of printed(at, language, options).match(/[\p{L}]{3,}/gu) ?? []) out.add(word);
  }
  return [...out];
}
