// How stops ended, as a table a person can read; on the page "What is stored".

import type { PackInfo, StopEvent } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { channelName } from "./channels.ts";
import { button, dayAndTime, section } from "./frame.ts";
import type { StoredActions, StoredModel } from "./stored.ts";

/** Rows drawn; the saved list has all. */
const SHOWN = 100;

export function events(t: PageTexts, model: StoredModel, actions: StoredActions): HTMLElement {
  const s = t.stored;
  const n = model.events.length;
  const settings = h("p", {}, h("a", { href: "options.html#events" }, s.eventsSettings));
  if (n === 0) return section("events", s.events, s.eventsWhy, h("p", {}, s.eventsNone), settings);
  const newest = model.events.slice(-SHOWN).reverse();
  return section(
    "events",
    s.events,
    s.eventsWhy,
    h("div", { class: "wide", role: "region", tabindex: 0, "aria-labelledby": "events-caption" }, table(t, model, newest)),
    n > SHOWN ? h("p", { class: "hint" }, s.eventsLatest(SHOWN, n)) : null,
    h("div", { class: "acts" }, button("events-csv", s.eventsCSV(n), () => actions.saveEvents("csv")), button("events-json", s.eventsJSON(n), () => actions.saveEvents("json"))),
    settings,
  );
}

function table(t: PageTexts, { language, packs }: StoredModel, list: StopEvent[]): HTMLElement {
  const s = t.stored;
  const columns = ["at", "channel", "action", "rules", "way"] as const;
  const head = h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, s.eventsColumns[name])));
  const rows = list.map((event) =>
    h(
      "tr",
      {},
      h("td", {}, dayAndTime(language, event.at)),
      h("td", {}, channelName(event.channel)),
      h("td", {}, s.eventsActions[event.action]),
      h("td", {}, ...event.rules.map((rule) => h("div", {}, cite(t, packs, rule, language === "fr")))),
      h("td", {}, s.ways[event.way]),
    ),
  );
  return h("table", {}, h("caption", { id: "events-caption" }, s.eventsTable), h("thead", {}, head), h("tbody", {}, ...rows));
}

/** "uk-nccc-2023/UK-11" as the person knows it; the id itself where the pack is gone. */
export function cite(t: PageTexts, packs: PackInfo[], rule: string, french: boolean): string {
  const [id, clause] = rule.split("/");
  const pack = packs.find((one) => one.id === id);
  const found = pack?.clauses.find((one) => one.id === clause);
  if (!pack || !found) return rule;
  const para = (french && found.para_fr) || found.para;
  return `${para.charAt(0).toUpperCase()}${para.slice(1)}, ${t.settings.packNames[pack.id] ?? pack.title}`;
}
