// Reads a value by a JSON Schema: as much of 2020-12 as our own schemas use. A
// member that does not fit is named and its default taken; the rest counts.
// Nothing is evaluated and no schema is fetched.

import type { Problem } from "../wire.ts";

export interface Schema {
  type?: "object" | "array" | "string" | "integer" | "boolean";
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  propertyNames?: { pattern: string };
  additionalProperties?: boolean | Schema;
  required?: string[];
}

type Fields = Record<string, unknown>;

/** Whether v is an object with members, not null and not a list. */
export function isObject(v: unknown): v is Fields {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

/**
 * The value as far as it validates, or undefined where nothing of it does. What
 * was left out is added to problems, with its path ("authorisations[0].date").
 * Defaults are not filled in: see withDefaults.
 */
export function validate(schema: Schema, value: unknown, path: string, problems: Problem[]): unknown {
  const why = fault(schema, value);
  if (why) {
    problems.push({ path, text: why });
    return undefined;
  }
  if (schema.type === "array") return items(schema, value as unknown[], path, problems);
  if (schema.type === "object") return members(schema, value as Fields, path, problems);
  return value;
}

function items(schema: Schema, list: unknown[], path: string, problems: Problem[]): unknown {
  const element = schema.items ?? {};
  const out = list.map((v, i) => validate(element, v, `${path}[${i}]`, problems)).filter((v) => v !== undefined);
  return out.length < (schema.minItems ?? 0) ? undefined : out;
}

function members(schema: Schema, value: Fields, path: string, problems: Problem[]): unknown {
  const out: Fields = {};
  const before = problems.length;
  const at = (name: string) => (path ? `${path}.${name}` : name);
  for (const [name, member] of Object.entries(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const inner = known ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined);
    if (!inner || (schema.propertyNames && !new RegExp(schema.propertyNames.pattern).test(name))) {
      problems.push({ path: at(name), text: "is no member of this form" });
      continue;
    }
    const read = validate(inner, member, at(name), problems);
    if (read !== undefined) out[name] = read;
  }
  const absent = (schema.required ?? []).filter((name) => !(name in out));
  if (absent.length === 0) return out;
  if (problems.length === before) problems.push({ path: at(absent[0] ?? ""), text: "is missing" });
  return undefined;
}

/** Fills in what is absent, at every level; gives every member in the schema's order. */
export function withDefaults(schema: Schema, value: unknown): unknown {
  if (value === undefined) return structuredClone(schema.default);
  if (schema.type === "array" && Array.isArray(value)) {
    return value.map((v) => withDefaults(schema.items ?? {}, v));
  }
  if (schema.type !== "object" || !isObject(value)) return value;
  const out: Fields = {};
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const filled = withDefaults(inner, value[name]);
    if (filled !== undefined) out[name] = filled;
  }
  const inner = schema.additionalProperties;
  if (typeof inner === "object") {
    for (const name of Object.keys(value).sort()) out[name] ??= withDefaults(inner, value[name]);
  }
  return out;
}

/** What is wrong with the value itself, "" for nothing; members are looked at elsewhere. */
function fault(schema: Schema, value: unknown): string {
  const type = schema.type;
  if (type && !hasType(type, value)) return `must be ${type === "integer" ? "a whole number" : `of type ${type}`}`;
  if ("const" in schema && value !== schema.const) return `must be ${JSON.stringify(schema.const)}`;
  if (schema.enum && !schema.enum.includes(value)) return `must be one of ${schema.enum.map(String).join(", ")}`;
  if (typeof value === "string") return stringFault(schema, value);
  if (typeof value === "number") {
    if (value < (schema.minimum ?? value)) return `must be ${schema.minimum} or more`;
    if (value > (schema.maximum ?? value)) return `must be ${schema.maximum} or less`;
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return `must have ${schema.minItems} or more`;
    if (value.length > (schema.maxItems ?? value.length)) return `must have ${schema.maxItems} or fewer`;
  }
  return "";
}

function stringFault(schema: Schema, value: string): string {
  if (value.length < (schema.minLength ?? 0)) return "must not be empty";
  if (value.length > (schema.maxLength ?? value.length)) return `must have ${schema.maxLength} characters or fewer`;
  if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) return "does not have the form asked for";
  return "";
}

function hasType(type: NonNullable<Schema["type"]>, value: unknown): boolean {
  if (type === "object") return isObject(value);
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isSafeInteger(value);
  return typeof value === type;
}
