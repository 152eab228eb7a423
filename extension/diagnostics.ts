// A file for support, free of content by construction: settings are described by
// their schema, which says what can hold words. Of a text only whether there is one.

import schemaJSON from "./schema/settings.schema.json";
import { isObject, type Schema } from "./schema/validate.ts";
import type { OwnPack, PackInfo, RecordState, SettingsAnswer } from "./wire.ts";

export interface Facts {
  /** RFC 3339, to the day. */
  date: string;
  version: string;
  browser: string;
  manifest: { permissions: string[]; hosts: string[]; csp: string };
  /** The core's version. */
  core: string;
  packs: PackInfo[];
  own: OwnPack[];
  answer: SettingsAnswer;
  records: Record<RecordState, number>;
  forms: number;
  openItems: number;
  events: number;
  /** Bytes, as the browser estimates them. */
  usage: number;
  persisted: boolean;
}

export function diagnostics(facts: Facts): object {
  const { answer, packs, own, ...rest } = facts;
  return {
    hanaper_diagnostics: 1,
    ...rest,
    packs: packs.filter(({ id }) => !own.some((pack) => pack.id === id)).map(({ id, version, review_by }) => ({ id, version, review_by })),
    own_packs: own.map(({ from, trust, fault }) => ({ from, trust, at_fault: fault !== "" })),
    hold: answer.hold,
    generation: answer.generation,
    settings: wordless(schemaJSON as unknown as Schema, answer.settings),
    sources: answer.sources,
    problems: answer.problems.map(({ path }) => known(path)),
  };
}

/** A value without words: numbers, switches and our own ids stay; of the rest whether there is something, and how much. */
export function wordless(schema: Schema, value: unknown): unknown {
  if (schema.enum || schema.type === "boolean" || schema.type === "integer") return value;
  if (schema.type === "string") return value === "" || value === undefined ? "" : "set";
  if (schema.type === "array" && Array.isArray(value)) {
    return schema.items?.enum ? value : { entries: value.length };
  }
  if (schema.type !== "object" || !isObject(value)) return "set";
  if (typeof schema.additionalProperties === "object") return { entries: Object.keys(value).length };
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, wordless(inner, value[name])]));
}

/** A path as far as our schema knows it: what somebody misspelt may be a word of theirs. */
function known(path: string): string {
  const [first = "", second = ""] = path.split(/[.[]/);
  const properties = (schemaJSON as unknown as Schema).properties ?? {};
  if (first === "enforced" || first === "defaults") return second in properties ? `${first}.${second}` : first;
  return first in properties ? first : "(not known)";
}
