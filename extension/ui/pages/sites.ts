// Sites added by data: a list, the browser's permission for each, and a way to add one.

import type { Site } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import type { SiteStrings } from "../strings/sites.ts";
import { button } from "./frame.ts";

export interface SiteState {
  site: Site;
  /** The browser lets us run there. */
  allowed: boolean;
  /** What keeps it from being used, "" for nothing. */
  fault: string;
}

export interface SiteActions {
  addSite(file: File): void;
  /** Asks the browser; must be called within the press. */
  allowSite(site: Site): void;
  removeSite(site: Site): void;
}

export function sites(t: PageTexts, s: SiteStrings, list: readonly SiteState[], locked: boolean, actions: SiteActions): HTMLElement {
  const lines = list.map(({ site, allowed, fault }) =>
    h(
      "li",
      {},
      h("span", {}, h("strong", {}, site.name), ` ${s.hosts(site.hosts.join(", "))} (${allowed ? s.allowed : s.waiting})`),
      fault ? h("p", { class: "over", lang: "en" }, s.fault(fault)) : null,
      allowed || fault ? null : button(`site-allow-${site.id}`, s.allow(site.name), () => actions.allowSite(site)),
      locked ? null : button(`site-remove-${site.id}`, t.remove, () => actions.removeSite(site), { label: `${t.remove}: ${site.name}` }),
    ),
  );
  const input = h("input", { type: "file", id: "site-file", accept: ".json,application/json", "aria-describedby": "site-how" });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) actions.addSite(file);
    input.value = "";
  });
  const add = h("div", { class: "field" }, h("label", { for: "site-file" }, s.add), input, h("p", { class: "hint", id: "site-how" }, s.how));
  return h("div", {}, lines.length > 0 ? h("ul", { class: "lines", id: "site-list" }, ...lines) : h("p", {}, s.none), locked ? null : add);
}
