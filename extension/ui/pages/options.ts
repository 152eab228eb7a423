// The settings page. It draws what it is given and tells what the person chose.

import type { Authorisation, ChatScope, Contact, Device, Hold, OwnPack, PackInfo, Role, Settings, SettingsAnswer } from "../../wire.ts";
import { BUNDLED, eventLog } from "../../events.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { authorisations } from "./authorisations.ts";
import { checkbox, fault, field, radios, select } from "./controls.ts";
import { contacts } from "./contacts.ts";
import { button, day, frame, note, section } from "./frame.ts";
import { ownPacks, type OwnPackActions } from "./ownpacks.ts";
import { sites, type SiteActions, type SiteState } from "./sites.ts";
import { siteTexts } from "../strings/sites.ts";
import { asPair, place, type PlaceActions, type PlaceModel } from "./place.ts";

export interface OptionsModel {
  answer: SettingsAnswer;
  /** null where the worker gave no answer: the page opens all the same, so that what is in the way can be removed. */
  packs: PackInfo[] | null;
  own: OwnPack[] | null;
  place: PlaceModel;
  /** Ids of the channels there are. */
  channels: string[];
  sites: SiteState[];
  undelivered: number;
  /** ms since 1970. */
  now: number;
}

export interface OptionsActions extends PlaceActions, OwnPackActions, SiteActions {
  /** Saves members; redraw is false while the person may be typing. */
  save(changes: Partial<Settings>, redraw: boolean): void;
  stateHold(state: Hold): void;
}

type Part = (t: PageTexts, model: OptionsModel, actions: OptionsActions) => HTMLElement | null;

/** Every section, in order. */
const PARTS: Part[] = [packs, own, device, you, organisation, channels, chats, otherSites, where, hold, review, reporting, auth, events, language];

export function optionsPage(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement[] {
  const sections = PARTS.map((part) => part(t, model, actions)).filter((part) => part !== null);
  const contents = sections.map((s) => h("li", {}, h("a", { href: `#${s.id}` }, s.querySelector("h2")?.textContent ?? "")));
  return frame(
    t,
    "options",
    model.undelivered,
    h("h1", {}, t.settings.title),
    h("p", { class: "lead" }, t.settings.intro),
    problems(t, model),
    h("nav", { class: "contents", "aria-label": t.settings.contents }, h("ul", {}, ...contents)),
    ...sections,
    h("p", { class: "hint" }, h("a", { href: "policy.html" }, t.policy.link)),
  );
}

/** Members that did not validate, named by path. */
function problems(t: PageTexts, { answer }: OptionsModel): HTMLElement | null {
  if (answer.problems.length === 0) return null;
  const list = answer.problems.map(({ path, text }) => h("li", {}, h("code", {}, path || "settings"), `: ${text}`));
  return note("warn", t.settings.problems, h("p", {}, t.settings.problemsWhy), h("ul", { lang: "en" }, ...list));
}

function locked(model: OptionsModel, name: keyof Settings): boolean {
  return model.answer.locked.includes(name);
}

function policy(t: PageTexts, model: OptionsModel, name: keyof Settings): HTMLElement | null {
  return locked(model, name) ? h("p", { class: "policy" }, t.byPolicy) : null;
}

/** For a control among others: it says itself who set it. */
function lock(t: PageTexts, model: OptionsModel, name: keyof Settings): { policy?: string } {
  return locked(model, name) ? { policy: t.byPolicy } : {};
}

function packs(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const active = model.answer.settings.packs;
  const today = new Date(model.now).toISOString().slice(0, 10);
  // Only these can be named in the settings; a rule book from outside is listed below and counts anyway.
  const boxes = model.packs?.filter(({ id }) => BUNDLED.includes(id)).map((pack) => {
    const hint: (Node | string)[] = [h("cite", { lang: "en" }, pack.title), ". ", pack.published ? s.published(day(model.answer.language, pack.published)) : s.undated];
    if (pack.review_by && pack.review_by < today) hint.push(" ", h("strong", {}, s.overdue(day(model.answer.language, pack.review_by))));
    const props = { id: `pack-${pack.id}`, label: s.packNames[pack.id] ?? pack.title, checked: active.includes(pack.id), disabled: locked(model, "packs"), hint };
    return checkbox(props, (checked) => {
      const next = checked ? [...active, pack.id] : active.filter((id) => id !== pack.id);
      actions.save({ packs: next }, true); // none at all is refused: the answer names it and the usual one counts
    });
  });
  return section("packs", s.packs, s.packsWhy, policy(t, model, "packs"), ...(boxes ?? [h("p", { class: "over" }, t.noWorker)]), active.length === 1 ? h("p", { class: "hint" }, s.packsOne) : null,
    h("p", { class: "hint" }, h("a", { href: "coverage.html" }, t.coverage.link)));
}

function own(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  return section("own-packs", t.settings.own, t.settings.ownWhy, ownPacks(t, model.own, actions));
}

function device(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  return section("device", s.device, s.deviceWhy, policy(t, model, "device"), deviceRadios(t, model.answer.settings.device, locked(model, "device"), (value) => actions.save({ device: value }, true)));
}

/** Also on the welcome page. */
export function deviceRadios(t: PageTexts, value: Device | null, disabled: boolean, chosen: (device: Device) => void, invalid = false): HTMLElement {
  const devices = ["managed", "byod_managed", "unmanaged", "unknown"] as const;
  const options = devices.map((d) => [d, ...asPair(t.settings.devices[d])] as const);
  return radios<Device | "">({ id: "device-kind", label: t.settings.device, hideLabel: true, value: value ?? "", disabled, options, invalid }, (v) => v && chosen(v));
}

function you(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const { role, name, address } = model.answer.settings;
  return section(
    "you",
    s.you,
    s.youWhy,
    select({ id: "role", label: s.role, value: role, ...lock(t, model, "role"), options: Object.entries(s.roles) as [Role, string][] }, (v) => actions.save({ role: v }, false)),
    field({ id: "name", label: s.name, value: name, ...lock(t, model, "name"), autocomplete: "name" }, (v) => actions.save({ name: v.trim().slice(0, 200) }, false)),
    field({ id: "address", label: s.address, value: address, type: "email", ...lock(t, model, "address"), autocomplete: "email" }, (v, input) => {
      const good = /^([^\s@<>]+@[^\s@<>]+)?$/.test(v.trim()) && v.length <= 254;
      fault(input, good ? "" : s.addressBad);
      if (good) actions.save({ address: v.trim() }, false);
    }),
    field({ id: "leaver-date", label: s.leaverDate, value: model.answer.settings.leaver_date, type: "date", hint: s.leaverHint, ...lock(t, model, "leaver_date") }, (v) => actions.save({ leaver_date: v }, false)),
  );
}

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/;

function organisation(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const now = { ...model.answer.settings.organisation };
  const disabled = locked(model, "organisation");
  return section(
    "organisation",
    s.organisation,
    s.organisationWhy,
    policy(t, model, "organisation"),
    field({ id: "organisation-name", label: s.organisationName, value: now.name, disabled, autocomplete: "organization" }, (v) => {
      now.name = v.trim().slice(0, 200);
      actions.save({ organisation: { ...now } }, false);
    }),
    field({ id: "organisation-domains", label: s.domains, value: now.domains.join("\n"), lines: 3, hint: s.domainsHint, disabled }, (v, input) => {
      const lines = v.toLowerCase().split(/[\s,;]+/).map((line) => line.replace(/^@/, "")).filter(Boolean);
      const bad = lines.filter((line) => !DOMAIN.test(line));
      fault(input, bad.length ? s.domainsBad(bad.join(", ")) : "");
      if (bad.length) return;
      now.domains = [...new Set(lines)].slice(0, 100);
      actions.save({ organisation: { ...now } }, false);
    }),
  );
}

function chats(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const { default_scope, watch_drift, context_messages, chats: known } = model.answer.settings;
  const count = Object.values(known).filter((chat) => chat.scope !== "unset").length;
  return section(
    "chats",
    s.chats,
    s.chatsWhy,
    select({ id: "default-scope", label: s.defaultScope, value: default_scope, ...lock(t, model, "default_scope"), options: Object.entries(s.scopes) as [ChatScope, string][] }, (v) => actions.save({ default_scope: v }, false)),
    checkbox({ id: "watch-drift", label: s.watchDrift, checked: watch_drift, ...lock(t, model, "watch_drift"), hint: [s.watchDriftHint] }, (v) => actions.save({ watch_drift: v }, false)),
    h("p", {}, s.known(count), " ", s.knownHow),
    policy(t, model, "chats") ?? (count > 0 ? button("forget-chats", s.forget, () => actions.save({ chats: {} }, true)) : null),
    field({ id: "context", label: s.context, value: String(context_messages), type: "number", min: 0, max: 20, ...lock(t, model, "context_messages") }, (v, input) => {
      const n = Math.min(20, Math.max(0, Math.round(Number(v) || 0)));
      input.value = String(n);
      actions.save({ context_messages: n }, false);
    }),
  );
}

function otherSites(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = siteTexts(model.answer.language);
  return section("sites", s.title, s.why, policy(t, model, "sites"), sites(t, s, model.sites, locked(model, "sites"), actions));
}

function where(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const days = field({ id: "purge", label: s.purge, value: String(model.answer.settings.purge_days), type: "number", min: 1, max: 3650, hint: s.purgeHint, ...lock(t, model, "purge_days") }, (v, input) => {
    const n = Math.min(3650, Math.max(1, Math.round(Number(v) || 30)));
    input.value = String(n);
    actions.save({ purge_days: n }, false);
  });
  // Under a hold nothing here speaks of dropping anything (invariant 7).
  return section("where", s.where, s.whereWhy, policy(t, model, "destination"), place(t, model.place, actions), model.answer.hold === "held" ? null : days);
}

function review(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const { review_days } = model.answer.settings;
  const days = field({ id: "review-days", label: s.reviewDays, value: String(review_days), type: "number", min: 1, max: 90, ...lock(t, model, "review_days") }, (v, input) => {
    const n = Math.min(90, Math.max(1, Math.round(Number(v) || 7)));
    input.value = String(n);
    actions.save({ review_days: n }, false);
  });
  return section("review", s.review, s.reviewWhy, days);
}

function channels(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const { channels: now } = model.answer.settings;
  const boxes = model.channels.map((id) =>
    checkbox({ id: `channel-${id}`, label: t.channels[id] ?? id, checked: now[id] !== false, disabled: locked(model, "channels") }, (on) => actions.save({ channels: { ...now, [id]: on } }, true)),
  );
  return section("channels", s.channels, s.channelsWhy, policy(t, model, "channels"), ...boxes);
}

function reporting(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const save = (list: Contact[]) => actions.save({ contacts: list }, true);
  return section("contacts", t.settings.contacts, t.settings.contactsWhy, policy(t, model, "contacts"), contacts(t, model.answer.settings.contacts, locked(model, "contacts"), save));
}

const DAY = 86_400_000; // ms

function hold(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const { state, stated_at } = model.answer.settings.hold;
  const lock = locked(model, "hold");
  const say = (iso: string) => day(model.answer.language, iso);
  const at = Date.parse(stated_at);
  let stated = "";
  if (!lock && state === "held" && stated_at) stated = s.holdSince(say(stated_at));
  if (!lock && state === "none" && Number.isFinite(at)) {
    stated = model.answer.hold === "none" ? s.holdUntil(say(stated_at), say(new Date(at + 30 * DAY).toISOString())) : s.holdOver(say(stated_at));
  }
  const states = ["none", "held", "unknown"] as const;
  // A statement that ran out is not shown as chosen, so that choosing it again is one click.
  const shown = state === "none" && model.answer.hold !== "none" ? "unknown" : state;
  return section(
    "hold",
    s.hold,
    s.holdWhy,
    policy(t, model, "hold"),
    radios({ id: "hold-state", label: s.hold, hideLabel: true, value: shown, disabled: lock, options: states.map((v) => [v, ...asPair(s.holds[v])] as const) }, (v) => actions.stateHold(v)),
    stated ? h("p", { class: "stated" }, stated) : null,
  );
}

function auth(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement | null {
  const { packs: active, authorisations: list } = model.answer.settings;
  if (!active.includes("us-nc-030319")) return null;
  const save = (next: Authorisation[]) => actions.save({ authorisations: next }, true);
  return section("authorisations", t.settings.auth, t.settings.authWhy, policy(t, model, "authorisations"), authorisations(t, model.answer.language, list, model.now, locked(model, "authorisations"), save));
}

function events(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement | null {
  if (!model.packs) return null; // nobody knows whether they are noted
  const s = t.settings;
  const log = eventLog(model.answer.settings, model.packs);
  const cite = (pack: PackInfo): [string, string] => {
    const clause = pack.clauses.find(({ id }) => id === pack.logging.clause);
    return [s.packNames[pack.id] ?? pack.title, (model.answer.language === "fr" && clause?.para_fr) || (clause?.para ?? "")];
  };
  const hint: string[] = [];
  if (log.by && log.level === "required") hint.push(s.eventsRequired(...cite(log.by)));
  if (log.by && log.level === "off") hint.push(s.eventsOff(...cite(log.by)));
  return section(
    "events",
    s.events,
    s.eventsWhy,
    policy(t, model, "events"),
    checkbox({ id: "note-events", label: s.eventsLabel, checked: log.on, disabled: locked(model, "events") || log.level !== "optional", ...(hint.length > 0 && { hint }) }, (on) => actions.save({ events: on }, true)),
    log.lowered ? note("warn", s.eventsLowered(cite(log.lowered)[0])) : null,
  );
}

function language(t: PageTexts, model: OptionsModel, actions: OptionsActions): HTMLElement {
  const s = t.settings;
  const choices = (["auto", "en", "fr"] as const).map((v) => [v, s.languages[v]] as const);
  return section("language", s.language, s.languageWhy, policy(t, model, "language"), radios({ id: "language-choice", label: s.language, hideLabel: true, value: model.answer.settings.language, disabled: locked(model, "language"), options: choices }, (v) => actions.save({ language: v }, true)));
}
