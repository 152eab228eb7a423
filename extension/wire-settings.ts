// Settings: one document under the key "settings" of storage.local. Part of wire.ts.

import type { ChatScope, Device, Hold, Language } from "./wire.ts";

export type Role = "official" | "minister" | "special_adviser" | "contractor" | "board_member" | "expert";

export interface Authorisation {
  pack: string;
  kind: "assessment" | "deviation";
  by: string;
  date: string;
  expires: string;
  scope: string;
  /** Channel ids and device profiles it covers; all where empty. */
  channels: string[];
  devices: string[];
}

/** Training on a pack that the person completed. */
export interface Briefing {
  pack: string;
  version: string;
  date: string;
}

export interface ApprovedChannel {
  channel: string;
  security_approver: string;
  technical_approver: string;
  date: string;
  expires: string;
  authentication: boolean;
  authorization: boolean;
  non_repudiation: boolean;
  end_to_end: boolean;
  approved_algorithms: boolean;
  algorithms_reference: string;
}

/** Whom a report may go to. */
export type ContactRole = "records" | "head" | "security" | "privacy" | "access" | "administrator" | "abuse" | "private_office";

export interface Contact {
  role: ContactRole;
  name: string;
  address: string;
}

/** A chat page added by data. anchors: CSS selectors by fact, best first. */
export interface Site {
  id: string;
  name: string;
  hosts: string[];
  enter: "sends" | "ctrl";
  /** Attributes that hold a message's id. */
  ids: string[];
  anchors: Record<"pane" | "title" | "composer" | "message" | "text", string[]> & Record<string, string[] | undefined>;
}

export interface Settings {
  v: 1;
  packs: string[];
  device: Device;
  role: Role;
  language: "auto" | Language;
  name: string;
  address: string;
  /** channels: those the organisation permits; empty where it has not said. */
  organisation: { name: string; domains: string[]; channels: string[] };
  /** By keyed hash of channel and chat; never the chat's name. */
  chats: Record<string, { scope: ChatScope; at: string }>;
  default_scope: ChatScope;
  /** Whether a private chat is watched for turning to business, by counts and scores only. */
  watch_drift: boolean;
  authorisations: Authorisation[];
  approved_channels: ApprovedChannel[];
  destination: { kind: "none" | "folder" | "download" | "desktop" };
  /** stated_at: RFC 3339; "none" counts for 30 days after it. */
  hold: { state: Hold; stated_at: string };
  fail_mode: "open" | "closed";
  /** Messages before the kept one that are offered as context. */
  context_messages: number;
  channels: Record<string, boolean>;
  /** Chat pages added by data; none runs without the person's permission for its host. */
  sites: Site[];
  block_patterns: boolean;
  /** A prevented send cannot be released; managed policy only. */
  final_blocks: boolean;
  /** The person's last day in the post, YYYY-MM-DD or "". */
  leaver_date: string;
  /** The organisation says the person attracts hostile actors. */
  high_risk: boolean;
  briefings: Briefing[];
  /** Note, without content, how stops ended; counts where the packs leave it open. */
  events: boolean;
  /** Files of packs the organisation gives (desktop/pack/sign.go); managed policy only. */
  pack_files: string[];
  /** Keys whose signatures count, and for what; managed policy only. key: base64. */
  trusted_keys: { key: string; name: string; may: ("pack" | "hold" | "request" | "release")[] }[];
  /** Kinds of destination that may be chosen, all where empty; managed policy only. */
  allowed_destinations: Exclude<Settings["destination"]["kind"], "none">[];
  /** Domains that drafts may be addressed to, all where empty; managed policy only. */
  allowed_domains: string[];
  contacts: Contact[];
  /** The organisation's own systems; {text} in url stands where ticked words go. */
  systems: { name: string; url: string }[];
  /** Which stops are told to whom, as drafts; managed policy only. */
  alerts: { to: ContactRole[]; on: ("warn" | "justify" | "block")[] };
  /** Days between reviews of what is open. */
  review_days: number;
  /** When the person last did one, YYYY-MM-DD or "". */
  reviewed: string;
  /** Days after delivery until a record's content is dropped here (its receipt stays). */
  purge_days: number;
}
