import { options } from "./options";

const two = (n: number): string => String(n).padStart(2, "0");

/** The time as the page shows it in a bubble: 20:19 or 8:19 PM. */
export function clock(at: Date): string {
  if (options.clock === 24) return `${two(at.getHours())}:${two(at.getMinutes())}`;
  const h = at.getHours() % 12 === 0 ? 12 : at.getHours() % 12;
  return `${h}:${two(at.getMinutes())} ${at.getHours() < 12 ? "AM" : "PM"}`;
}

/** The prefix of a text row: `[20:19, 13/06/2026] Name: ` in the page's own order. */
export function prePlainText(at: Date, name: string): string {
  const [d, m, y] = [at.getDate(), at.getMonth() + 1, at.getFullYear()];
  const date = options.clock === 12 ? `${m}/${d}/${y}` : `${two(d)}/${two(m)}/${y}`;
  return `[${clock(at)}, ${date}] ${name}: `;
}

/** The notice above a day's first message: Today, Yesterday, or the date in the page's order. */
export function dayNotice(at: Date, now: Date, labels: { readonly today: string; readonly yesterday: string }): string {
  const day = (d: Date): number => Math.floor((d.getTime() - d.getTimezoneOffset() * 60_000) / 86_400_000);
  const apart = day(now) - day(at);
  if (apart <= 0) return labels.today;
  if (apart === 1) return labels.yesterday;
  const [d, m, y] = [at.getDate(), at.getMonth() + 1, at.getFullYear()];
  return options.clock === 12 ? `${m}/${d}/${y}` : `${two(d)}/${two(m)}/${y}`;
}
