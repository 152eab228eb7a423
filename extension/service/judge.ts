// A page's draft -> the core's verdict. Nothing of the draft is stored or logged.

import type { Guest } from "../host/guest.ts";
import { isObject } from "../schema/validate.ts";
import type { Answer, Attachment, Draft, Message, PageDraft, Party, Settings, Verdict } from "../wire.ts";
import { localTime } from "./clock.ts";
import type { Current, Preferences } from "./preferences.ts";
import type { Packs } from "./packs.ts";
import type { Session } from "./session.ts";

/** The members of a draft, as the page gave them; what is not text becomes "". */
export function cleanDraft(page: PageDraft): Draft {
  return {
    v: 1,
    id: text(page.id),
    channel: text(page.channel),
    account: text(page.account),
    device: "unknown",
    chat_scope: "unset",
    to: parties(page.to),
    members_complete: flag(page.members_complete),
    title: text(page.title),
    subject: text(page.subject),
    body: text(page.body),
    attachments: list<Attachment>(page.attachments).map((a) => ({
      name: text(a.name),
      type: text(a.type),
      size: number(a.size),
    })),
    timer_s: number(page.timer_s),
    context: list<Message>(page.context).map((m) => ({
      direction: m.direction,
      from: text(m.from),
      at: text(m.at),
      body: text(m.body),
    })),
    hold: "unknown",
    at: "",
  };
}

export function parties(of: unknown): Party[] {
  return list<Party>(of).map((p) => ({ name: text(p.name), address: text(p.address) }));
}

/** A lone surrogate becomes U+FFFD: three bytes either way, so that spans still fit. */
const text = (v: unknown) => (typeof v === "string" ? v.toWellFormed() : "");
const flag = (v: unknown) => v === true;
const number = (v: unknown) => (Number.isSafeInteger(v) ? (v as number) : 0);
const list = <T>(v: unknown) => (Array.isArray(v) ? v.filter(isObject) : []) as unknown as T[];

/** The verdict when there is none: it never looks like "fine" (invariant 4). */
export function unknown(id: string, error: string): Verdict {
  return {
    v: 1,
    id,
    permission: "unknown",
    duty: "unknown",
    action: "unknown",
    scope: { class: "unclear", probability: 0 },
    significance: { probability: 0, significant: false, limbs: [], acts: [] },
    marking: "",
    reasons: [],
    obligations: [],
    advice: [],
    digest: "",
    drift: [],
    packs: [],
    core: "",
    warnings: [],
    error,
  };
}

/** The part of the settings the judgement reads (core/policy, type Settings). */
export function judgementSettings(settings: Settings, language: string, generation: number, acknowledged: string[]) {
  const { packs, role, organisation, authorisations, approved_channels, block_patterns, leaver_date, high_risk, briefings } = settings;
  const rules = { packs, authorisations, approved_channels, block_patterns, briefings };
  const official_accounts = settings.address ? [settings.address] : [];
  return { ...rules, role, language, generation, organisation, official_accounts, leaver_date, high_risk, acknowledged };
}

export interface Judge {
  guest: Guest;
  preferences: Preferences;
  session: Session;
  packs: Packs;
  language: (current: Current) => string;
  now: () => Date;
}

/** Judges a draft. Never rejects: whatever fails answers a verdict "unknown". */
export async function judge(my: Judge, page: PageDraft): Promise<Answer<"judge">> {
  const draft = cleanDraft(page);
  let generation = 0;
  try {
    const current = await my.preferences.current();
    generation = current.generation;
    await my.packs.installed(current);
    const chat = { channel: draft.channel, chat: draft.title };
    const scope = await my.preferences.scope(chat);
    const hash = await my.preferences.chatHash(chat);
    const acknowledged = await my.session.acknowledged(hash);
    const watched = scope === "personal" && current.settings.watch_drift;
    const drift = watched ? { drift: await my.session.drift(hash) } : {};
    const at = localTime(my.now());
    Object.assign(draft, { device: current.settings.device, chat_scope: scope, hold: current.hold, at });
    const unusual_parties = await unusual(my, draft.to, parties(page.met));
    const settings = { ...judgementSettings(current.settings, my.language(current), generation, acknowledged), ...drift, unusual_parties };
    const verdict = (await my.guest.call("evaluate", { draft, settings, at })) as Verdict;
    return { verdict, settings_generation: generation, scope };
  } catch (error) {
    const why = error instanceof Error ? error.message : "the core gave no answer";
    return { verdict: unknown(draft.id, why), settings_generation: generation, scope: "unset" };
  }
}

/** How many people were neither written to in this session nor are being answered (NC-G1b). */
async function unusual(my: Judge, to: readonly Party[], met: readonly Party[]): Promise<number> {
  const either = met.flatMap(({ name, address }) => [{ name, address: "" }, { name: "", address }]); // a message may show a name where the chat has a number
  const known = new Set(await my.preferences.personHashes(either));
  const people = await my.preferences.personHashes(to);
  return my.session.unusual(people.filter((hash) => !known.has(hash)));
}
