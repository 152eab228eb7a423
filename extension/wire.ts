// The shapes that cross a boundary: page, worker, extension pages and core.
// Draft, Verdict and Settings are the Go types of core/message and core/policy
// in JSON; a Go test compares them. Fields may be added, never changed.
// Positions are byte offsets into the UTF-8 form of the named field, [start,end).

import type { Settings, Site } from "./wire-settings.ts";
import type { Capture, DesktopAnswer, RecordState, RecordSummary, Trouble } from "./wire-records.ts";
import type { Earlier, OpenItem } from "./wire-panel.ts";
export type * from "./wire-records.ts";
export type * from "./wire-panel.ts";

export type Device = "managed" | "byod_managed" | "unmanaged" | "unknown";
export type ChatScope = "work" | "mixed" | "personal" | "unset";
export type Hold = "none" | "held" | "unknown";
export type Permission =
  | "permitted" | "permitted_with_regard" | "care" | "exceptional_only" | "prohibited" | "unknown";
export type Duty = "none" | "transitory" | "consider" | "capture" | "unknown";
export type Action = "allow" | "notice" | "warn" | "justify" | "block" | "unknown";
export type Direction = "in" | "out" | "unknown";
export type Language = "en" | "fr";

/** A sender or recipient. address is an e-mail address, a number in E.164 form, or "". */
export interface Party {
  name: string;
  address: string;
}

/** A file of a message, by name only. size in bytes, 0 where not known. */
export interface Attachment {
  name: string;
  type: string;
  size: number;
}

/** An earlier message of the chat. at is RFC 3339 or "". */
export interface Message {
  direction: Direction;
  from: string;
  at: string;
  body: string;
}

/** A message being written. Only body is required by the core; a channel fills what it can read. */
export interface Draft {
  v: 1;
  id: string;
  channel: string;
  account: string;
  device: Device;
  chat_scope: ChatScope;
  to: Party[];
  members_complete: boolean;
  title: string;
  subject: string;
  body: string;
  attachments: Attachment[];
  timer_s: number;
  context: Message[];
  hold: Hold;
  at: string;
}

/**
 * What a page sends: the draft less what only the worker knows. The worker sets
 * device, chat_scope, hold and at; what a page wrote there is overwritten.
 */
export type PageDraft = Omit<Draft, "device" | "chat_scope" | "hold" | "at"> & Partial<Draft> & {
  /** People of the messages that are answered. The worker counts with it; the core does not see it. */
  met?: Party[];
};

/** A stretch of a field: body, subject, title or attachments[i].name. */
export interface Span {
  field: string;
  start: number;
  end: number;
}

export interface Reason {
  pack: string;
  clause: string;
  /** The row's further clauses: UK-8, UK-19. */
  also: string[];
  para: string;
  text_id: string;
  text: string;
  action: Action;
  detector: string;
  spans: Span[];
  confidence: number;
  once: "" | "session" | "chat_day";
  override: "" | "click" | "reason" | "not_significant";
}

export interface Obligation {
  kind: string;
  to: string;
  by: string;
}

export interface Advice {
  kind: string;
  text_id: string;
  text: string;
  /** Of a hint: without these words the draft is not stopped. Else empty. */
  spans: Span[];
}

export interface PackRef {
  id: string;
  version: string;
  overdue: boolean;
  /** "Your department extends this rule here", where the pack is applied beyond its words; else "". */
  extended: string;
  /** What happens where no answer comes: open or closed. */
  fail_mode: string;
  superseded_by: string;
  /** bundled, signed (by a key the organisation trusts) or unsigned (it can only tighten). */
  trust: "bundled" | "signed" | "unsigned";
  /** Who signed it, as the organisation names the key, or "". */
  signer: string;
}

export interface Warning {
  field: string;
  text: string;
}

export interface Verdict {
  v: 1;
  id: string;
  permission: Permission;
  duty: Duty;
  action: Action;
  scope: { class: "business" | "personal" | "political" | "unclear"; probability: number };
  significance: { probability: number; significant: boolean; limbs: string[]; acts: string[] };
  marking: string;
  reasons: Reason[];
  obligations: Obligation[];
  advice: Advice[];
  digest: string;
  /** The chat's drift state once this message is sent: opaque integers; empty where the chat is not watched. */
  drift: number[];
  packs: PackRef[];
  core: string;
  warnings: Warning[];
  error: string;
}

// Core answers.

export interface Clause {
  id: string;
  para: string;
  para_fr: string;
  text: string;
  text_fr: string;
}

export interface PackInfo {
  id: string;
  version: string;
  title: string;
  url: string;
  published: string;
  review_by: string;
  languages: string[];
  clauses: Clause[];
  /** The ceiling for each log, and the clause it rests on. */
  logging: { content: string; events: LogLevel; evidence: string; clause: string };
}

export type LogLevel = "off" | "optional" | "required";
/** A pack from outside: in force, or with the fault that keeps it out. */
export interface OwnPack {
  key: string;
  /** The file's name, "" for one of the policy's. */
  file: string;
  from: "policy" | "person";
  id: string;
  version: string;
  title: string;
  /** The rule book it adds to, or "" where it is one itself. */
  overlay: string;
  trust: PackRef["trust"];
  signer: string;
  fault: string;
}

export interface Info {
  core: string;
  packs: PackInfo[];
  channels: { id: string; kind: string; end_to_end: boolean }[];
}

// Events: how a stop ended, without content (rulings 4, 13 and 14).

/** edited: the text was not sent as it was. The others let it go. */
export type WayOut = "edited" | "not_what_it_looks" | "not_significant" | "justified" | "sent_anyway";

/** One stop and its end: all that is stored of it (extension/schema/event.schema.json). */
export interface StopEvent {
  /** RFC 3339, to the minute. */
  at: string;
  channel: string;
  action: "warn" | "justify" | "block";
  /** What stopped it, "pack/clause". */
  rules: string[];
  way: WayOut;
}

export type * from "./wire-settings.ts";

/** Whose word a member of the settings is: enforced, the person's, the policy's default, or ours. */
export type Source = "policy" | "person" | "preset" | "usual";

export type Problem = { path: string; text: string };

/** The settings in force, for a page. */
export interface SettingsAnswer {
  settings: Settings;
  /** Members that did not validate; their defaults are used. */
  problems: Problem[];
  /** Top-level members set by the organisation: shown, not changeable. */
  locked: (keyof Settings)[];
  sources: Record<keyof Settings, Source>;
  /** Raised at every change of settings, packs or holds. */
  generation: number;
  /** The language to speak, "auto" resolved. */
  language: Language;
  /** The hold state in force: a statement of "none" older than 30 days is "unknown". */
  hold: Hold;
  /** True once the person answered the first-run questions, or policy did. */
  ready: boolean;
}

// Messages to the worker (runtime.sendMessage): one answer each, {error} where refused or failed.

/** A chat as the page names it; the worker stores only a keyed hash of it. */
export interface Chat {
  channel: string;
  chat: string;
}

export interface Requests {
  /** Never fails: a failed engine answers a verdict "unknown" with error set. */
  judge: {
    ask: { draft: PageDraft };
    answer: { verdict: Verdict; settings_generation: number; scope: ChatScope };
  };
  /** Starts worker and core, so that the first verdict is quick. */
  warm: { ask: object; answer: { settings_generation: number } };
  settings: { ask: object; answer: SettingsAnswer };
  /** Durable in the outbox before the answer. missing names empty fields of the five. */
  keep: {
    /**
     * request: 32 random hexadecimal digits, one for each click. Asking again with
     * the same (no answer came) gives the record already made, never a second one.
     */
    ask: { capture: Capture; request: string };
    answer:
      | { ok: true; id: string; state: RecordState; where: string; trouble: Trouble | "" }
      | { ok: false; missing: string[]; error: string };
  };
  /** ids: only these; absent: all. No message text. */
  records: { ask: { ids?: string[] }; answer: { records: RecordSummary[]; undelivered: number } };
  chat: { ask: Chat & { scope: ChatScope }; answer: { settings_generation: number } };
  /**
   * Told when a message went. reasons: those whose once was shown; they no longer act in
   * this session, or this chat today. drift: the verdict's, kept for the chat's next message.
   * to: who was written to; keyed hashes of them are kept until the browser closes.
   */
  shown: {
    ask: Chat & { reasons: Pick<Reason, "pack" | "clause" | "once">[]; drift?: number[]; to?: Party[] };
    answer: { ok: true };
  };
  /**
   * How a stop ended. The chat is named for its scope only and not stored. noted is
   * false in a personal chat, and where packs or settings switch events off. request:
   * as for keep; asking again with it notes nothing twice.
   */
  event: { ask: Chat & Omit<StopEvent, "at"> & { request: string }; answer: { noted: boolean } };
  /**
   * A message went that may have to be kept: listed until the person decides, in
   * storage.session and without a word of it. noted is false in a personal chat.
   */
  sent: { ask: Chat & Omit<OpenItem, "at">; answer: { noted: boolean } };
  /** It was kept, or needs no record. */
  decided: { ask: { items: string[] }; answer: { ok: true } };
  /** Only our own pages may ask these two. earlier: what was left open when the browser was closed. */
  open_items: { ask: object; answer: { items: OpenItem[]; earlier: Earlier } };
  earlier_done: { ask: object; answer: { ok: true } };
  info: { ask: { language?: Language }; answer: Info };
  /** What is known of the chat page at this host, null where nothing is. */
  site: { ask: { host: string }; answer: { site: Site | null } };
  /** Changes members of the person's document. Only our own pages may ask. */
  save: { ask: { changes: Partial<Settings> }; answer: SettingsAnswer };
  /** Packs from outside, in force or at fault; only our own pages may ask these three. */
  packs: { ask: object; answer: { packs: OwnPack[] } };
  /** text: the file's; refused with the reason where it is no pack. */
  load_pack: { ask: { name: string; text: string }; answer: { packs: OwnPack[] } };
  remove_pack: { ask: { key: string }; answer: { packs: OwnPack[] } };
  /** Files everything that waits; only our own pages may ask. filed: how many arrived. */
  file: { ask: object; answer: { filed: number; undelivered: number } };
  /** How things stand with the program on this computer; only our own pages may ask. */
  desktop: { ask: object; answer: DesktopAnswer };
  /** A file the person gave back, base64. id is "" where it proves no record of ours. */
  give: { ask: { name: string; data: string }; answer: { name: string; id: string } };
  /** Removes what is delivered, and all events; refused unless it is stated that there is no hold. */
  empty: { ask: object; answer: { removed: number; events: number } };
  /** Opens one of our own pages in a tab. */
  open: { ask: { page: PageName; hash?: string }; answer: { ok: true } };
}

export type PageName = "options" | "stored" | "welcome" | "panel" | "forms" | "training" | "policy";
export type Op = keyof Requests;
export type Request = { [K in Op]: { op: K } & Requests[K]["ask"] }[Op];
export type Ask<K extends Op> = { op: K } & Requests[K]["ask"];
export type Answer<K extends Op> = Requests[K]["answer"];
export type Refusal = { error: string };

/** Told to the pages (tabs.sendMessage) when settings, packs or holds changed. */
export interface Changed {
  op: "changed";
  settings_generation: number;
}
