// The side panel: what is open in this browser session. It draws what it is given
// and tells what the person chose.

import { formOf } from "../../form/registry.ts";
import type { SavedForm } from "../../form/form.ts";
import type { Earlier, Hold, Language, OpenItem, PackInfo, Settings } from "../../wire.ts";
import { h, icon } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { cite } from "./events.ts";
import { button, day, dayAndTime, section } from "./frame.ts";

/** A message of the list; title and tab where a page still remembers it. */
export interface ListedItem extends OpenItem {
  title: string | null;
  tab: number | null;
}

export interface SidePanelModel {
  language: Language;
  /** For their paragraphs. */
  packs: PackInfo[];
  items: ListedItem[];
  earlier: Earlier;
  /** Forms saved and not handed over. */
  unsent: SavedForm[];
  /** Records not delivered. */
  waiting: number;
  /** What filing them needs. */
  filing: "ready" | "renew" | "none" | "download";
  hold: Hold;
  /** YYYY-MM-DD, "" for never. */
  reviewed: string;
  /** A review is due: time is up, and something is open. */
  reviewDue: boolean;
  /** YYYY-MM-DD. */
  reviewNext: string;
  /** The last day in the post, where it is near; else "". */
  leaving: string;
  systems: Settings["systems"];
}

export interface SidePanelActions {
  show(item: ListedItem): void;
  decided(id: string): void;
  earlierDone(): void;
  file(): void;
  renew(): void;
  reviewed(): void;
  move(system: Settings["systems"][number]): void;
}

type Part = (t: PageTexts, model: SidePanelModel, actions: SidePanelActions) => HTMLElement | null;

const PARTS: Part[] = [leaving, undecided, pending, reports, hold, review, move, more];

export function sidePanel(t: PageTexts, model: SidePanelModel, actions: SidePanelActions): HTMLElement[] {
  return [
    h("header", { class: "top" }, h("p", { class: "brand" }, icon("hanaper"), t.product)),
    h("main", { id: "main" }, h("h1", {}, t.panel.title), ...PARTS.map((part) => part(t, model, actions))),
  ];
}

/** A link to one of our pages, which opens in a tab. */
function away(id: string, text: string, href: string, strong = false): HTMLElement {
  return h("a", { id, class: strong ? "act strong" : "act", href, target: "_blank" }, text);
}

function leaving(t: PageTexts, model: SidePanelModel): HTMLElement | null {
  if (!model.leaving) return null;
  return h("p", { class: "stated", id: "leaving" }, t.panel.leaving(day(model.language, model.leaving)));
}

function undecided(t: PageTexts, model: SidePanelModel, actions: SidePanelActions): HTMLElement {
  const p = t.panel;
  const { items, earlier } = model;
  const before =
    earlier.messages === 0
      ? null
      : h("div", { class: "box", id: "earlier" }, h("p", {}, p.earlier(earlier.messages, earlier.chats)), h("div", { class: "acts" }, button("earlier-done", p.earlierDone, () => actions.earlierDone())));
  const list = items.length === 0 ? h("p", { id: "undecided-none" }, p.none) : h("ul", { class: "records" }, ...items.map((item) => card(t, model, item, actions)));
  return section("undecided", p.undecided, items.length === 0 ? "" : `${p.undecidedWhy} ${p.intro}`, list, before);
}

function card(t: PageTexts, model: SidePanelModel, item: ListedItem, actions: SidePanelActions): HTMLElement {
  const p = t.panel;
  const when = dayAndTime(model.language, item.at);
  const sentAt = `${t.channels[item.channel] ?? item.channel}, ${when}`;
  const name = item.title ?? sentAt;
  const first = item.rules[0];
  const decide = (id: string, text: string) => button(`${id}-${item.id}`, text, () => actions.decided(item.id), { label: p.of(text, name) });
  return h(
    "li",
    { class: "record", id: `item-${item.id}` },
    h("div", { class: "head" }, h("h3", { dir: "auto" }, name), h("span", { class: "state", "data-tone": "warn" }, item.duty === "capture" ? p.must : p.may)),
    item.title === null ? null : h("p", { class: "when" }, sentAt),
    first === undefined ? null : h("p", { class: "hint" }, cite(t, model.packs, first, model.language === "fr")),
    item.tab === null ? h("p", { class: "hint" }, p.closed) : null,
    h(
      "div",
      { class: "acts" },
      item.tab === null ? null : button(`show-${item.id}`, p.show, () => actions.show(item), { strong: true, label: p.showOf(name) }),
      item.report ? away(`report-${item.id}`, p.report, `forms.html#new=exceptional-use&item=${item.id}`) : null,
      decide("elsewhere", p.elsewhere),
      decide("no-record", p.notNeeded),
    ),
  );
}

function pending(t: PageTexts, model: SidePanelModel, actions: SidePanelActions): HTMLElement {
  const p = t.panel;
  const act = {
    ready: () => button("file-all", p.fileAll, () => actions.file(), { strong: true }),
    renew: () => button("renew", p.renew, () => actions.renew(), { strong: true }),
    none: () => away("choose-place", p.choose, "options.html#where", true),
    download: () => away("save-them", p.saveThem, "stored.html", true),
  };
  if (model.waiting === 0) return section("pending", p.pending, "", h("p", {}, p.pendingNone));
  return section("pending", p.pending, "", h("p", {}, p.pendingSome(model.waiting)), h("div", { class: "acts" }, act[model.filing]()));
}

function reports(t: PageTexts, model: SidePanelModel): HTMLElement | null {
  if (model.unsent.length === 0) return null;
  const lines = model.unsent.map((form) => h("li", {}, h("a", { href: `forms.html#open=${form.id}`, target: "_blank" }, formOf(form.form).texts[model.language].title)));
  return section("reports", t.panel.reports, "", h("ul", { class: "lines" }, ...lines));
}

function hold(t: PageTexts, model: SidePanelModel): HTMLElement {
  const p = t.panel;
  const say = model.hold === "unknown" ? h("p", {}, h("a", { href: "options.html#hold", target: "_blank" }, p.holdSay)) : null;
  return section("hold", p.hold, "", h("p", { class: model.hold === "held" && "stated" }, p.holds[model.hold]), say);
}

function review(t: PageTexts, model: SidePanelModel, actions: SidePanelActions): HTMLElement {
  const p = t.panel;
  const last = model.reviewed ? ` ${p.reviewLast(day(model.language, model.reviewed))}` : "";
  const text = model.reviewDue ? p.reviewDue : p.reviewOK(day(model.language, model.reviewNext));
  return section(
    "review",
    p.review,
    "",
    h("p", { id: "review-text" }, text, last),
    model.reviewDue ? h("div", { class: "acts" }, button("reviewed", p.reviewDone, () => actions.reviewed(), { strong: true })) : null,
    h("p", {}, p.finalWhy),
    h("div", { class: "acts" }, away("final-review", p.final, "forms.html#new=final-review", model.leaving !== "")),
  );
}

function move(t: PageTexts, model: SidePanelModel, actions: SidePanelActions): HTMLElement | null {
  const p = t.panel;
  if (model.systems.length === 0) return null;
  const buttons = model.systems.map((system, i) => button(`move-${i}`, p.moveTo(system.name), () => actions.move(system)));
  return section("move", p.move, p.moveWhy, h("div", { class: "acts" }, ...buttons));
}

function more(t: PageTexts): HTMLElement {
  const pages = ["transcript", "forms", "training", "stored", "options", "welcome"] as const;
  return h("nav", { class: "contents", "aria-label": t.nav.label }, h("ul", {}, ...pages.map((id) => h("li", {}, h("a", { href: `${id}.html`, target: "_blank" }, t.nav[id])))));
}
