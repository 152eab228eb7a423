// Who may ask the worker what. A message's sender is told by the browser, not by
// the message, so it can be relied on.

import { isObject } from "../schema/validate.ts";
import { siteOf } from "../sites.ts";
import type { Op, Refusal, Site } from "../wire.ts";
import { MAX_PACK_FILE } from "./packs.ts";
import type { Service } from "./service.ts";

/** As runtime.onMessage gives it. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

export interface Own {
  id: string;
  /** The origin of our own pages, with a closing slash. */
  base: string;
  /** Origins our content scripts run on; sites that were added are told by the settings. */
  origins: string[];
}

/** What a page of another origin may ask through our content script. */
const FOR_CHANNELS: readonly Op[] = ["judge", "warm", "settings", "keep", "records", "chat", "shown", "event", "sent", "decided", "info", "site", "open"];

/** own page, channel page, or nobody we know. */
export function place(sender: Sender, own: Own, sites: readonly Site[]): "own" | "channel" | "stranger" {
  if (sender.id !== own.id || !sender.url) return "stranger";
  if (sender.url.startsWith(own.base)) return "own";
  const url = URL.canParse(sender.url) ? new URL(sender.url) : null;
  if (!url || (sender.frameId ?? 0) !== 0) return "stranger";
  return own.origins.includes(url.origin) || (url.protocol === "https:" && siteOf(url.host, sites)) ? "channel" : "stranger";
}

/** Answers a message; never rejects. What is refused or fails answers {error}. */
export async function answer(service: Service, own: Own, message: unknown, sender: Sender): Promise<unknown> {
  const sites = await service.preferences.current().then(({ settings }) => settings.sites, () => []);
  const from = place(sender, own, sites);
  const fault = refuse(message, from);
  if (fault) return { error: fault } satisfies Refusal;
  const ask = message as { op: Op };
  try {
    const handler = service.handlers[ask.op] as (ask: unknown, sender: Sender) => Promise<unknown>;
    const reply = await handler(ask, sender);
    return from === "own" ? reply : withhold(ask.op, reply);
  } catch (error) {
    return { error: error instanceof Error ? error.message : "it did not work" } satisfies Refusal;
  }
}

function refuse(message: unknown, from: ReturnType<typeof place>): string {
  if (from === "stranger") return "the sender is not part of this extension";
  if (!isObject(message) || typeof message["op"] !== "string") return "a message is an object with op";
  const op = message["op"] as Op;
  if (!Object.hasOwn(SHAPES, op)) return `no operation ${op}`;
  if (from === "channel" && !FOR_CHANNELS.includes(op)) return `${op} is for the extension's own pages`;
  const bad = Object.entries(SHAPES[op]).find(([name, fits]) => !fits(message[name]));
  return bad ? `${op}: ${bad[0]} is missing or of the wrong kind` : "";
}

/** Characters of base64: a record has 4 MiB at most, its file three times that. */
const MAX_FILE = 24 << 20;

type Fits = (v: unknown) => boolean;
const text: Fits = (v) => typeof v === "string" && v.length <= 4096;
const optional = (fits: Fits): Fits => (v) => v === undefined || fits(v);
const oneOf = (...values: string[]): Fits => (v) => typeof v === "string" && values.includes(v);
const many = (fits: Fits): Fits => (v) => Array.isArray(v) && v.length <= 10_000 && v.every(fits);

const rule: Fits = (v) => typeof v === "string" && /^[a-z0-9-]{1,64}\/[A-Z][A-Za-z0-9.-]{0,31}$/.test(v);
const hex: Fits = (v) => typeof v === "string" && /^[0-9a-f]{32}$/.test(v);
const flag: Fits = (v) => typeof v === "boolean";
const few = (fits: Fits): Fits => (v) => Array.isArray(v) && v.length <= 8 && v.every(fits);

/** What each message must hold; the core and the settings' schema look further inside. */
const SHAPES: Record<Op, Record<string, Fits>> = {
  judge: { draft: isObject },
  warm: {},
  settings: {},
  keep: { capture: isObject, request: text },
  records: { ids: optional(many(text)) },
  chat: { channel: text, chat: text, scope: oneOf("work", "mixed", "personal", "unset") },
  shown: {
    channel: text,
    chat: text,
    reasons: many((v) => isObject(v) && text(v["pack"]) && text(v["clause"]) && oneOf("", "session", "chat_day")(v["once"])),
    drift: optional(few(Number.isSafeInteger)),
    to: optional(many(isObject)),
  },
  event: {
    channel: text,
    chat: text,
    action: oneOf("warn", "justify", "block"),
    way: oneOf("edited", "not_what_it_looks", "not_significant", "justified", "sent_anyway"),
    rules: many(text),
    request: hex,
  },
  sent: { channel: text, chat: text, id: hex, duty: oneOf("capture", "consider"), rules: many(rule), report: flag },
  decided: { items: many(hex) },
  open_items: {},
  earlier_done: {},
  info: { language: optional(oneOf("en", "fr")) },
  site: { host: text },
  save: { changes: isObject },
  packs: {},
  load_pack: { name: text, text: (v) => typeof v === "string" && v.length <= MAX_PACK_FILE },
  remove_pack: { key: text },
  file: {},
  desktop: {},
  give: { name: text, data: (v) => typeof v === "string" && v.length <= MAX_FILE },
  empty: {},
  open: { page: oneOf("options", "stored", "welcome", "panel", "forms", "training", "policy"), hash: optional(text) },
};

/** A channel's page is told no more than it needs: no chats, no subjects. */
function withhold(op: Op, reply: unknown): unknown {
  if (!isObject(reply)) return reply;
  if (op === "settings" && isObject(reply["settings"])) {
    return { ...reply, settings: { ...reply["settings"], chats: {}, pack_files: [], trusted_keys: [], sites: [], contacts: [], systems: [] } };
  }
  if (op === "records" && Array.isArray(reply["records"])) {
    const records = (reply["records"] as Record<string, unknown>[]).map((r) => ({ ...r, subject: undefined, file_name: "" }));
    return { ...reply, records };
  }
  return reply;
}
