// Events: how stops ended, without content. One document under the key "events"
// of storage.local; what may stand in it is said by schema/event.schema.json.

import schemaJSON from "./schema/event.schema.json";
import { isObject, validate, type Schema } from "./schema/validate.ts";
import type { LogLevel, PackInfo, Settings, StopEvent } from "./wire.ts";

/** The key of the document in storage.local: {v, last, list}. */
export const EVENTS_KEY = "events";

const schema = schemaJSON as unknown as Schema;

/** Our own ids only: what does not fit the schema is left out, so that nothing else can be stored or shown. */
export function readEvents(stored: unknown): StopEvent[] {
  const list = isObject(stored) && Array.isArray(stored["list"]) ? stored["list"] : [];
  return list.filter((event) => fits(event));
}

/** Whether a value has exactly the members of an event, and their forms. */
export function fits(event: unknown): event is StopEvent {
  const problems: { path: string; text: string }[] = [];
  validate(schema, event, "", problems);
  return problems.length === 0;
}

/** Whether stops are noted, and whose word that is. */
export interface EventLog {
  on: boolean;
  /** The lowest ceiling of the packs in force: a pack may lower it, never raise it. */
  level: LogLevel;
  /** The pack that sets level. */
  by: PackInfo | undefined;
  /** A pack that requires events, where another or the settings switch them off: an error to show (ruling 13). */
  lowered: PackInfo | undefined;
}

/** The core's own rule books: each counts where the settings name it, while a loaded one always does (core/shelf.go). */
export const BUNDLED: readonly string[] = ["uk-nccc-2023", "ca-im-protocol", "us-nc-030319"];

/** As the core's info gives it. overlay: the rule book it adds to, "" where it is one itself. */
type Known = PackInfo & { overlay?: string };

/** Of the packs that info gave those in force: rule books, and overlays upon them. */
function inForce(named: string[], known: Known[]): Known[] {
  const books = known.filter(({ id, overlay }) => !overlay && (named.includes(id) || !BUNDLED.includes(id)));
  return [...books, ...known.filter(({ overlay }) => books.some(({ id }) => id === overlay))];
}

const LEVELS: readonly LogLevel[] = ["off", "optional", "required"];

export function eventLog({ packs, events }: Pick<Settings, "packs" | "events">, known: Known[]): EventLog {
  const active = inForce(packs, known);
  const level = LEVELS.find((one) => active.some(({ logging }) => logging.events === one)) ?? "off";
  const by = active.find(({ logging }) => logging.events === level);
  const on = level === "required" || (level === "optional" && events);
  return { on, level, by, lowered: on ? undefined : active.find(({ logging }) => logging.events === "required") };
}

/** RFC 4180; every value is an id or a time of ours, so that nothing needs quoting. */
export function eventsCSV(list: StopEvent[]): string {
  const rows = list.map(({ at, channel, action, rules, way }) => [at, channel, action, rules.join(" "), way].join(","));
  return ["at,channel,action,rules,way", ...rows, ""].join("\r\n");
}
