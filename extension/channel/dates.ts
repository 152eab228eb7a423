// Dates and times as pages print them, in the device's own time.
//
// "03/07/2026" is 3 July or 7 March: the order is never guessed from the
// language. It is settled by evidence on the page (another date whose day is
// above 12, messages that must run forwards and not lie in the future, a
// "Today" above the message), or the date is left unknown.

/** A date in the orders it can be read in: YYYY-MM-DD, "" where impossible. */
export interface Candidates {
  dmy: string;
  mdy: string;
  /** Set where the form leaves no choice: year first, or a dot between. */
  sure: string;
}

export interface ParsedStamp {
  /** HH:MM, 24 hours, "" where not understood. */
  time: string;
  date: Candidates;
}

export type Order = "dmy" | "mdy" | "unknown";

const DAY_ROLLS: Record<string, "am" | "pm"> = {
  // Chinese, Japanese, Korean
  上午: "am",
  下午: "pm",
  中午: "pm",
  晚上: "pm",
  早上: "am",
  凌晨: "am",
  午前: "am",
  午後: "pm",
  오전: "am",
  오후: "pm",
};

const TIME = /(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?/;

/** "8:05 pm", "20:05", "20.05", "20h05", "下午1:23" to HH:MM; "" if there is none. */
export function parseTime(text: string): string {
  const clean = text.replace(/[\u00a0\u202f]/g, " ");
  const match = TIME.exec(clean);
  if (!match) return "";
  let hour = Number(match[1]);
  const minute = Number(match[2]);
  const half = halfOfDay(clean);
  if (half === "pm" && hour < 12) hour += 12;
  if (half === "am" && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return "";
  return `${two(hour)}:${two(minute)}`;
}

function halfOfDay(text: string): "am" | "pm" | null {
  const latin = /(?:^|[\s\d])([ap])\.?\s?m\.?(?=$|[\s,\]])/i.exec(text);
  if (latin) return latin[1]?.toLowerCase() === "a" ? "am" : "pm";
  for (const [word, half] of Object.entries(DAY_ROLLS)) {
    if (text.includes(word)) return half;
  }
  return null;
}

/** The day in a text: "3/7/2026", "31.08.2026", "2026-08-31", "2026年9月18日". */
export function parseDate(text: string): Candidates | null {
  const yearFirst = /(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})/.exec(text);
  if (yearFirst) {
    const sure = iso(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
    return sure ? { dmy: sure, mdy: sure, sure } : null;
  }
  const match = /(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)/.exec(text);
  if (!match) return null;
  const year = fullYear(Number(match[4]));
  const [one, two] = [Number(match[1]), Number(match[3])];
  const dmy = iso(year, two, one);
  const mdy = iso(year, one, two);
  if (!dmy && !mdy) return null;
  // Dots stand between day, month and year only in day-first countries.
  const sure = match[2] === "." && dmy ? dmy : dmy === mdy || !mdy ? dmy : !dmy ? mdy : "";
  return { dmy, mdy, sure };
}

/**
 * Reads the head of data-pre-plain-text, "[15:06, 03/07/2026] Name: ", in
 * either order of time and date. Null where there is no such head.
 */
export function parsePrePlain(text: string): { stamp: ParsedStamp; shown: string; sender: string } | null {
  const match = /^\s*\[([^\]]+)\]\s?([\s\S]*)$/.exec(text.replace(/[\u200e\u200f\u202a-\u202e]/g, ""));
  if (!match) return null;
  const head = match[1] ?? "";
  const date = parseDate(head);
  const time = parseTime(date ? head.replace(dateText(head), " ") : head);
  const sender = (match[2] ?? "").replace(/:\s*$/, "").trim();
  return {
    stamp: { time, date: date ?? { dmy: "", mdy: "", sure: "" } },
    shown: head.trim(),
    sender,
  };
}

function dateText(head: string): string {
  const match = /\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}/.exec(head);
  return match ? match[0] : "";
}

/** A date as printed, and the day the page's own "Today" puts it on, "" if none. */
export interface Dated {
  date: Candidates;
  section: string;
}

/**
 * The order of day and month on a page, from all dates on it in the order
 * shown and today's date (YYYY-MM-DD, the device's).
 */
export function settleOrder(dates: readonly Dated[], today: string): Order {
  const seen = { dmy: 0, mdy: 0 };
  for (const { date, section } of dates) {
    if (date.dmy && (!date.mdy || (section === date.dmy && section !== date.mdy))) seen.dmy++;
    if (date.mdy && (!date.dmy || (section === date.mdy && section !== date.dmy))) seen.mdy++;
  }
  if (seen.dmy > 0 && seen.mdy > 0) return "unknown"; // the page mixes forms
  if (seen.dmy > 0) return "dmy";
  if (seen.mdy > 0) return "mdy";
  const dmy = runs(dates.map(({ date }) => date.dmy), today);
  const mdy = runs(dates.map(({ date }) => date.mdy), today);
  if (dmy !== mdy) return dmy ? "dmy" : "mdy";
  return "unknown";
}

/** True when the dates never go back and none lies after today. */
function runs(dates: readonly string[], today: string): boolean {
  let last = "";
  for (const date of dates) {
    if (!date) continue;
    if (date < last || date > today) return false;
    last = date;
  }
  return true;
}

/** The date in the settled order, "" where that does not settle it. */
export function inOrder(date: Candidates, order: Order): string {
  if (date.sure) return date.sure;
  return order === "unknown" ? "" : date[order];
}

/** YYYY-MM-DD of a device time in milliseconds since 1970. */
export function dayOf(ms: number): string {
  const at = new Date(ms);
  return iso(at.getFullYear(), at.getMonth() + 1, at.getDate());
}

/** The device's offset from UTC at a local date and time: "+01:00". */
export function zoneAt(date: string, time: string): string {
  const at = new Date(`${date}T${time || "12:00"}`);
  const minutes = Number.isNaN(at.getTime()) ? 0 : -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** RFC 3339 of a local date and time, "" unless both are known. */
export function rfc3339(date: string, time: string): string {
  if (!date || !time) return "";
  return `${date}T${time.length === 5 ? `${time}:00` : time}${zoneAt(date, time)}`;
}

function iso(year: number, month: number, day: number): string {
  const at = new Date(year, month - 1, day);
  const real = at.getFullYear() === year && at.getMonth() === month - 1 && at.getDate() === day;
  return real ? `${year}-${two(month)}-${two(day)}` : "";
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
