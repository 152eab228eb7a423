// What is asked to be kept: the five fields proposed from the messages chosen,
// what the person corrected, and the capture that goes to the worker.

import type { Attachment, Capture, Direction, Fields, Party, RecordMessage, Redaction, Verdict } from "../wire.ts";

/** A message that can be chosen. */
export interface Choice {
  id: string;
  direction: Direction;
  from: Party;
  /** In mail: to whom, and under which subject; elsewhere the chat says it. */
  to?: Party[];
  subject?: string;
  /** YYYY-MM-DD and HH:MM, "" where the page does not settle them. */
  date: string;
  time: string;
  /** The stamp as the page shows it. */
  shown: string;
  body: string;
  attachments: Attachment[];
  /** False where the page shows a part only. */
  whole: boolean;
  deleted: boolean;
  /** Where words were taken out of body, if any were. */
  redactions?: Redaction[];
}

export interface ChatFacts {
  channel: string;
  title: string;
  kind: "one" | "group" | "unknown";
  members: Party[];
  membersComplete: boolean;
}

/** What the record says of the judgement; for messages never judged here, unknown. */
export interface Judged {
  verdict: Verdict | null;
  /** What the person gave as reason when sending. */
  reason: string;
}

/** The device's offset from UTC at a local date and time. */
export type ZoneAt = (date: string, time: string) => string;

const SUBJECT_WORDS = 60;

/** The five fields as the page and the settings give them; "" and [] where they do not. */
export function propose(chosen: readonly Choice[], chat: ChatFacts, me: Party, zoneAt: ZoneAt): Fields {
  const first = chosen[0];
  const out = first?.direction === "out";
  const reader = shows(me) ? me : { name: out ? first.from.name : "", address: "" };
  const from = out ? reader : (first?.from ?? { name: "", address: "" });
  const others = chat.members.filter((member) => !same(member, from));
  const to = everyTo(chosen, from) ?? (out ? others : [...(shows(reader) ? [reader] : []), ...(chat.kind === "group" ? others : [])]);
  const date = first?.date ?? "";
  const time = first?.time ?? "";
  return {
    from,
    to: first ? to : [],
    members_complete: first?.to !== undefined || chat.kind === "one" || chat.membersComplete,
    date,
    time,
    zone: zoneAt(date, time),
    zone_source: "device",
    precision: "minute",
    subject: subject(chosen, chat.title),
  };
}

/** In mail each message says to whom it went: everybody the chosen ones reached but the first one's sender. null elsewhere. */
function everyTo(chosen: readonly Choice[], from: Party): Party[] | null {
  if (chosen[0]?.to === undefined) return null;
  const all = new Map<string, Party>();
  for (const one of chosen.flatMap((choice) => choice.to ?? [])) {
    const key = (one.address || one.name).toLowerCase();
    if (!all.has(key) && (one.address === "" || one.address !== from.address)) all.set(key, one);
  }
  return all.size > 0 ? [...all.values()] : chosen[0].to; // a mail to oneself
}

/** The chat's title and the first words, or the first file's name. */
export function subject(chosen: readonly Choice[], title: string): string {
  const body = chosen.find((choice) => choice.body !== "")?.body ?? "";
  const words = body.replace(/\s+/g, " ").trim();
  // A mail's subject may hold the very words that were taken out below it.
  const own = chosen.some((choice) => choice.redactions) ? "" : chosen.find((choice) => choice.subject)?.subject;
  if (own) return own;
  const file = chosen.flatMap((choice) => choice.attachments)[0]?.name ?? "";
  const head = words.length > SUBJECT_WORDS ? `${cut(words)}…` : words || file;
  return [title, head].filter((part) => part !== "").join(": ");
}

function cut(words: string): string {
  const space = words.lastIndexOf(" ", SUBJECT_WORDS);
  return words.slice(0, space > SUBJECT_WORDS / 2 ? space : SUBJECT_WORDS).toWellFormed().replace(/\ufffd$/, "");
}

/** "Ann Lee <ann@dept.example>" for reading and correcting. */
export function partyText(party: Party): string {
  if (!party.address || party.address === party.name) return party.name || party.address;
  return party.name ? `${party.name} <${party.address}>` : party.address;
}

export function partiesText(parties: readonly Party[]): string {
  return parties.map(partyText).join("; ");
}

/** The reverse of partyText: a bare address or number is both name and address. */
export function parseParty(text: string): Party {
  const match = /^(.*?)\s*<([^<>]*)>$/.exec(text.trim());
  if (match) return { name: (match[1] ?? "").trim(), address: (match[2] ?? "").trim() };
  const clean = text.trim();
  const address = /^\+[\d\s().-]{7,}$/.test(clean) ? `+${clean.replace(/\D/g, "")}` : clean.includes("@") ? clean : "";
  return { name: clean, address };
}

export function parseParties(text: string): Party[] {
  return text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(parseParty);
}

export const FIELD_NAMES = ["from", "to", "date", "time", "subject"] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** What stands in the form. */
export type Entered = Record<FieldName, string>;

export function entered(fields: Fields): Entered {
  return {
    from: partyText(fields.from),
    to: partiesText(fields.to),
    date: fields.date,
    time: fields.time,
    subject: fields.subject,
  };
}

export function missing(form: Entered): FieldName[] {
  return FIELD_NAMES.filter((name) => form[name].trim() === "");
}

/**
 * The fields as entered, and those that differ from the page with the page's
 * value. What was not touched keeps its exact parties.
 */
export function corrected(page: Fields, form: Entered, zoneAt: ZoneAt): { fields: Fields; observed: Partial<Fields> } {
  const shown = entered(page);
  const changed = (name: FieldName): boolean => form[name].trim() !== shown[name].trim();
  const fields: Fields = { ...page };
  const observed: Partial<Fields> = {};
  if (changed("from")) {
    fields.from = parseParty(form.from);
    observed.from = page.from;
  }
  if (changed("to")) {
    fields.to = parseParties(form.to);
    observed.to = page.to;
  }
  for (const name of ["date", "time", "subject"] as const) {
    if (!changed(name)) continue;
    fields[name] = form[name].trim();
    observed[name] = page[name];
  }
  fields.precision = fields.time.length > 5 ? "second" : "minute";
  fields.zone = zoneAt(fields.date, fields.time);
  return { fields, observed };
}

export interface CaptureParts {
  chat: ChatFacts;
  chosen: readonly Choice[];
  context: readonly Choice[];
  page: Fields;
  form: Entered;
  note: string;
  judged: Judged;
  method: Capture["method"];
  /** The note that stands in place of the words, "" where they are kept themselves. */
  substance: string;
}

/** The whole of what is kept, as the worker wants it. */
export function capture(parts: CaptureParts, zoneAt: ZoneAt): Capture {
  const { chat, chosen, judged, form, page } = parts;
  const { fields, observed } = corrected(page, form, zoneAt);
  const ways = new Set(chosen.map((choice) => choice.direction));
  const verdict = judged.verdict;
  const firstId = chosen[0]?.id;
  const note = parts.note.trim();
  const noted = parts.substance !== "";
  const whole = !noted && ![...chosen, ...parts.context].some((choice) => choice.redactions);
  if (!whole) delete observed.subject; // a mail's own may hold the very words
  return {
    channel: chat.channel,
    chat: chat.title,
    direction: ways.size > 1 || ways.has("unknown") ? "both" : ways.has("out") ? "out" : "in",
    method: noted ? "substance" : parts.method,
    fields,
    observed,
    messages: noted
      ? [substanceMessage(parts.substance, fields)]
      : [
          ...parts.context.map((choice) => recordMessage(choice, true, zoneAt)),
          ...chosen.map((choice) => recordMessage(choice.id === firstId ? dated(choice, fields) : choice, false, zoneAt)),
        ],
    clauses: verdict ? [...new Set(verdict.reasons.map((reason) => `${reason.pack}/${reason.clause}`))] : [],
    verdict: {
      permission: verdict?.permission ?? "unknown",
      duty: verdict?.duty ?? "unknown",
      digest: whole ? (verdict?.digest ?? "") : "", // words that are not kept could be guessed from their digest
    },
    series: "to be filed",
    ...(note && { note }),
  };
}

/** A message whose time the page did not settle has the one the person gave. */
function dated(choice: Choice, fields: Fields): Choice {
  return { ...choice, date: choice.date || fields.date, time: choice.time || fields.time.slice(0, 5) };
}

function substanceMessage(body: string, { from, date, time, zone }: Fields): RecordMessage {
  const at = date && time ? `${date}T${time.length > 5 ? time : `${time}:00`}${zone}` : "";
  return { direction: "unknown", from, at, body, context_only: false, attachments: [] };
}

function recordMessage(choice: Choice, contextOnly: boolean, zoneAt: ZoneAt): RecordMessage {
  const { date, time } = choice;
  return {
    direction: choice.direction,
    from: choice.from,
    at: date && time ? `${date}T${time}:00${zoneAt(date, time)}` : "",
    body: choice.body,
    context_only: contextOnly,
    attachments: choice.attachments.map((file) => ({ ...file, digest: "" })),
    ...(choice.redactions && { redactions: choice.redactions }),
  };
}

function shows(party: Party): boolean {
  return party.name !== "" || party.address !== "";
}

function same(a: Party, b: Party): boolean {
  return a.address !== "" && b.address !== "" ? a.address === b.address : a.name !== "" && a.name === b.name;
}
