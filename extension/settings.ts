// The settings: one JSON document under the key "settings" of storage.local, read
// by extension/schema/settings.schema.json and merged with managed policy.

import schemaJSON from "./schema/settings.schema.json";
import { isObject, validate, withDefaults, type Schema } from "./schema/validate.ts";
import type { Hold, Language, Problem, Settings, Source } from "./wire.ts";

/** The key of the document in storage.local. */
export const SETTINGS_KEY = "settings";

/** A statement that no hold exists counts this long (ruling 12). */
export const HOLD_DAYS = 30;
const DAY = 86_400_000; // ms

/** Members that only managed policy may set (rulings 2 and 4). */
const POLICY_ONLY = ["fail_mode", "block_patterns", "final_blocks", "high_risk", "pack_files", "trusted_keys", "allowed_destinations", "allowed_domains", "alerts"] as const;

const schema = schemaJSON as unknown as Schema;
type Partials = Partial<Record<keyof Settings, unknown>>;

/** The settings in force, and how they came about. */
export interface Effective {
  settings: Settings;
  problems: Problem[];
  locked: (keyof Settings)[];
  sources: Record<keyof Settings, Source>;
}

/** The defaults alone. */
export function defaults(): Settings {
  return withDefaults(schema, {}) as Settings;
}

/**
 * Merges what the person chose with managed policy: enforced wins and locks, the
 * person's own choice comes next, then the policy's defaults, then ours. A member
 * that does not validate is named in problems and the next source is used. Never fails.
 */
export function effective(local: unknown, managed: unknown): Effective {
  const problems: Problem[] = [];
  const policy = isObject(managed) ? managed : {};
  const enforced = read(policy["enforced"], "enforced", problems);
  const preset = read(policy["defaults"], "defaults", problems);
  const own = read(local, "", problems);
  for (const name of POLICY_ONLY) {
    if (own[name] === undefined) continue;
    problems.push({ path: name, text: "may only be set by the organisation's policy" });
    delete own[name];
  }
  const settings = withDefaults(schema, { ...preset, ...own, ...enforced }) as Settings;
  const { allowed_destinations: allowed, destination } = settings;
  if (allowed.length > 0 && destination.kind !== "none" && !allowed.includes(destination.kind)) {
    problems.push({ path: "destination", text: `must be one your organisation allows: ${allowed.join(", ")}` });
    settings.destination = { kind: "none" };
  }
  const fixed = new Set([...Object.keys(enforced), ...POLICY_ONLY]);
  const locked = Object.keys(settings).filter((name) => fixed.has(name)) as (keyof Settings)[];
  const source = (name: keyof Settings): Source => (name in enforced ? "policy" : name in own ? "person" : name in preset ? "preset" : "usual");
  const sources = Object.fromEntries((Object.keys(settings) as (keyof Settings)[]).map((name) => [name, source(name)])) as Effective["sources"];
  return { settings, problems, locked, sources };
}

function read(value: unknown, path: string, problems: Problem[]): Partials {
  if (value === undefined || value === null) return {};
  return (validate(schema, value, path, problems) as Partials | undefined) ?? {};
}

/**
 * The hold in force at a time (ms since 1970): a person's "none" counts for
 * HOLD_DAYS after it was stated, a policy's always; nothing said is "unknown".
 */
export function holdAt(effective: Effective, now: number): Hold {
  const { state, stated_at } = effective.settings.hold;
  if (state !== "none" || effective.locked.includes("hold")) return state;
  const age = now - Date.parse(stated_at);
  return age >= 0 && age <= HOLD_DAYS * DAY ? "none" : "unknown"; // NaN is unknown
}

/** The language to speak: the person's choice, else the browser's, else English. */
export function spoken(choice: Settings["language"], browser: string): Language {
  if (choice !== "auto") return choice;
  return /^fr\b/i.test(browser) ? "fr" : "en";
}
