// Lines between messages that name a day: "Today", "Monday", "Nov 20", in the page's
// language and in English. Day names come from the browser.

import { dayOf, parseDate } from "../dates.ts";
import { mailStamp, monthIn } from "../maildate.ts";
import { remember } from "../remember.ts";

const DAY_MS = 86_400_000;
const TIME = /\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?/gi;

/** YYYY-MM-DD of what shown names, "" where it names no day or leaves it open. now: milliseconds since 1970. */
export function dayNamed(shown: string, language: string, now: number): string {
  return named(shown, language, dayOf(now));
}

/** Dates printed on a page. */
const MOST_DATES = 500;
const named = remember(MOST_DATES, (shown: string, language: string, today: string): string => {
  const now = new Date(`${today}T12:00`).getTime();
  const text = shown.replace(/[\u00a0\u202f]/g, " ").replace(/’/g, "'").replace(TIME, " ").toLowerCase().trim();
  const full = mailStamp(text, language).date || (parseDate(text)?.sure ?? "");
  if (full) return full;
  for (const tongue of [language, "en"]) {
    for (const [name, ago] of relative(tongue)) {
      if (text === name || text.startsWith(`${name} `) || text.startsWith(`${name},`)) return dayOf(now - ago * DAY_MS);
    }
  }
  return withoutYear(text, language, now) || weekday(text, language, now);
});

/** "20 november", "nov 20": the last such day, today included. */
function withoutYear(text: string, language: string, now: number): string {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  const month = monthIn(words, language);
  const day = /(?<!\d)(\d{1,2})(?!\d)/.exec(text)?.[1];
  if (month === 0 || day === undefined || /\d{3,}/.test(text)) return "";
  const year = new Date(now).getFullYear();
  for (const each of [year, year - 1]) {
    const at = new Date(each, month - 1, Number(day), 12);
    if (at.getMonth() === month - 1 && dayOf(at.getTime()) <= dayOf(now)) return dayOf(at.getTime());
  }
  return "";
}

/** A weekday alone is one of the last six days. */
function weekday(text: string, language: string, now: number): string {
  const words: string[] = text.match(/\p{L}{2,}/gu) ?? [];
  for (let ago = 1; ago < 7; ago++) {
    const at = new Date(now - ago * DAY_MS);
    for (const tongue of [language, "en"]) {
      for (const style of ["long", "short"] as const) {
        const name = inLanguage(tongue, (known) => at.toLocaleDateString(known, { weekday: style })).toLowerCase().replace(/\.$/, "");
        if (words.includes(name)) return dayOf(at.getTime());
      }
    }
  }
  return "";
}

function relative(language: string): [string, number][] {
  return [0, 1].map((ago) => {
    const name = inLanguage(language, (known) => new Intl.RelativeTimeFormat(known, { numeric: "auto" }).format(-ago, "day"));
    return [name.toLowerCase().replace(/’/g, "'"), ago];
  });
}

/** A page may name no language, or one that there is not. */
function inLanguage(language: string, make: (known: string) => string): string {
  try {
    return make(language || "en");
  } catch {
    return make("en");
  }
}
