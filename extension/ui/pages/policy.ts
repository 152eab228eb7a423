// The page of the settings in force, and the file for support. It draws what it is
// given and tells what the person chose.

import type { Settings, SettingsAnswer } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { button, frame, note, section } from "./frame.ts";

export interface PolicyModel {
  answer: SettingsAnswer;
  undelivered: number;
  /** The file for support, as it would be saved. */
  support: string;
}

export interface PolicyActions {
  save(): void;
}

export function policyPage(t: PageTexts, model: PolicyModel, actions: PolicyActions): HTMLElement[] {
  const p = t.policy;
  const { problems, sources } = model.answer;
  const set = Object.values(sources).filter((source) => source === "policy" || source === "preset").length;
  const faults = problems.map(({ path, text }) => h("li", {}, h("code", {}, path || "settings"), `: ${text}`));
  return frame(
    t,
    "policy",
    model.undelivered,
    h("h1", {}, p.title),
    h("p", { class: "lead" }, p.intro),
    faults.length ? note("warn", p.faults, h("p", {}, p.faultsWhy), h("ul", { lang: "en", id: "faults" }, ...faults)) : null,
    section("in-force", p.title, set === 0 ? p.none : p.some(set), table(t, model.answer)),
    section("support", p.support, p.supportWhy, h("pre", { id: "support-file", tabindex: 0, "aria-label": p.support }, model.support), h("div", { class: "acts" }, button("support-save", p.supportSave, () => actions.save(), { strong: true }))),
  );
}

function table(t: PageTexts, { settings, sources }: SettingsAnswer): HTMLElement {
  const p = t.policy;
  const names = Object.keys(settings) as (keyof Settings)[];
  const rows = names.map((name) =>
    h(
      "tr",
      { "data-source": sources[name] },
      h("th", { scope: "row" }, h("code", {}, name)),
      h("td", {}, sources[name] === "policy" ? h("strong", {}, p.sources.policy) : p.sources[sources[name]]),
      h("td", {}, value(t, name, settings)),
    ),
  );
  const head = h("tr", {}, ...(["name", "source", "value"] as const).map((column) => h("th", { scope: "col" }, p.columns[column])));
  return h("table", { class: "whole" }, h("caption", { class: "vh" }, p.caption), h("thead", {}, head), h("tbody", {}, ...rows));
}

/** Long values by their number only: packs are whole files, chats are codes. */
function value(t: PageTexts, name: keyof Settings, settings: Settings): HTMLElement {
  const one = settings[name];
  if (name === "chats") return h("span", {}, t.policy.sealed(Object.keys(settings.chats).length));
  if (name === "pack_files") return h("span", {}, t.policy.sealed(settings.pack_files.length));
  return h("code", {}, typeof one === "object" ? JSON.stringify(one) : String(one));
}
