// The day of each message. Only text messages carry a date; the page puts a
// notice ("Today", "Monday", "3/7/2026") wherever the day changes, so messages
// with no notice between them were sent on one day.

import {
  type Candidates,
  type Dated,
  type Order,
  dayOf,
  inOrder,
  parseDate,
  parsePrePlain,
  settleOrder,
} from "../dates.ts";
import { plain } from "../text.ts";
import { PRE_PLAIN } from "./anchors.ts";
import { TODAY, YESTERDAY } from "./labels.ts";

const DAY_MS = 86_400_000;

/** A message or a notice, in the order shown. */
interface Item {
  element: HTMLElement;
  /** The run of messages it stands in: notices raise it. */
  run: number;
  section: string;
  date: Candidates | null;
}

/**
 * The day of each message element, YYYY-MM-DD, absent where the page does not
 * settle it. now: milliseconds since 1970, for "Today".
 */
export function days(pane: HTMLElement, messages: readonly HTMLElement[], now: number): Map<HTMLElement, string> {
  const items = collect(pane, messages, now);
  const dated: Dated[] = [];
  for (const { date, section } of items) if (date) dated.push({ date, section });
  const order = settleOrder(dated, dayOf(now));
  const byRun = new Map<number, string>();
  for (const item of items) {
    const day = dayOfItem(item, order);
    if (day) byRun.set(item.run, byRun.has(item.run) && byRun.get(item.run) !== day ? "" : day);
  }
  const out = new Map<HTMLElement, string>();
  for (const item of items) {
    const day = dayOfItem(item, order) || byRun.get(item.run);
    if (day) out.set(item.element, day);
  }
  return out;
}

function dayOfItem(item: Item, order: Order): string {
  if (!item.date) return item.section;
  const settled = inOrder(item.date, order);
  if (settled) return settled;
  const { section, date } = item;
  return section && (section === date.dmy || section === date.mdy) ? section : "";
}

function collect(pane: HTMLElement, messages: readonly HTMLElement[], now: number): Item[] {
  const known = new Set(messages);
  const items: Item[] = [];
  let run = 0;
  let section = "";
  let row: Element | null = null;
  const walk = [...pane.querySelectorAll<HTMLElement>('[role="row"], [data-id], [data-testid^="conv-msg-"]')];
  for (const element of walk) {
    if (known.has(element)) {
      items.push({ element, run, section, date: dateIn(element) });
    } else if (element.getAttribute("role") === "row" && !row?.contains(element)) {
      row = element;
      if (messages.some((message) => element.contains(message))) continue;
      run++;
      section = sectionOf(plain(element.textContent), now);
    }
  }
  return items;
}

function sectionOf(text: string, now: number): string {
  const lower = text.toLowerCase();
  if (TODAY.has(lower)) return dayOf(now);
  if (YESTERDAY.has(lower)) return dayOf(now - DAY_MS);
  return text.length <= 12 ? (parseDate(text)?.sure ?? "") : "";
}

function dateIn(element: HTMLElement): Candidates | null {
  const selector = PRE_PLAIN.join(",");
  const head = element.matches(selector) ? element : element.querySelector(selector);
  const pre = parsePrePlain(head?.getAttribute("data-pre-plain-text") ?? "");
  return pre && (pre.stamp.date.dmy || pre.stamp.date.mdy) ? pre.stamp.date : null;
}
