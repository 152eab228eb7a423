// The page of what is covered: each paragraph of the rule books, and how far it is
// served. It is generated with the command line's (hanaper pack coverage).

import type { Language, PackInfo } from "../../wire.ts";
import { h, icon } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { radios } from "./controls.ts";
import { frame, section } from "./frame.ts";

/** A line of desktop/pack/coverage.json. */
export interface CoverageRow {
  id: string;
  /** "" for what concerns several rule books. */
  pack: string;
  para: string;
  status: "done" | "partial" | "organisation" | "later";
  served: string;
  remark: string;
}

export type Shown = CoverageRow["status"] | "all";

export interface CoverageModel {
  language: Language;
  rows: CoverageRow[];
  /** null where the worker gave no answer: then the paragraphs' words are missing. */
  packs: PackInfo[] | null;
  shown: Shown;
  undelivered: number;
}

export interface CoverageActions {
  show(which: Shown): void;
}

const STATUSES = ["done", "partial", "later", "organisation"] as const;

type Clause = PackInfo["clauses"][number] | undefined;

function words(t: PageTexts, language: Language, clause: Clause): HTMLElement[] {
  const s = t.coverage;
  const french = language === "fr" && clause?.text_fr;
  const said = clause ? h("blockquote", { lang: french ? "fr" : "en" }, french || clause.text) : h("p", { class: "hint" }, s.noWords);
  return [h("dt", {}, s.words), h("dd", {}, said)];
}

function line(t: PageTexts, model: CoverageModel, row: CoverageRow): HTMLElement {
  const s = t.coverage;
  const clause = model.packs?.find(({ id }) => id === row.pack)?.clauses.find(({ id }) => id === row.id);
  const french = model.language === "fr" && clause?.para_fr;
  const part = (name: string, text: string) => (text ? [h("dt", {}, name), h("dd", { lang: "en" }, text)] : []);
  return h(
    "li",
    {},
    h(
      "details",
      { id: `row-${row.id}` },
      h("summary", {}, icon("down"), h("span", { class: "para" }, h("strong", {}, row.id), " ", h("span", { lang: french ? "fr" : "en" }, french || row.para)), h("span", { class: "mark", "data-status": row.status }, s.status[row.status])),
      h("dl", { class: "told" }, ...words(t, model.language, clause), ...part(s.served, row.served), ...part(s.missing, row.remark)),
    ),
  );
}

export function coveragePage(t: PageTexts, model: CoverageModel, actions: CoverageActions): HTMLElement[] {
  const s = t.coverage;
  const number = (status: string) => model.rows.filter((row) => row.status === status).length;
  const options: [Shown, string, string?][] = [
    ["all", s.all(model.rows.length)],
    ...STATUSES.map((status): [Shown, string, string] => [status, `${s.status[status]} (${number(status)})`, s.statusWhy[status]]),
  ];
  const rows = model.rows.filter(({ status }) => model.shown === "all" || status === model.shown);
  const books = [...new Set(rows.map(({ pack }) => pack))];
  return frame(
    t,
    "coverage",
    model.undelivered,
    h("h1", {}, s.title),
    h("p", { class: "lead" }, s.intro),
    section("choice", s.show, "", radios<Shown>({ id: "shown", label: s.show, hideLabel: true, options, value: model.shown }, (which) => actions.show(which))),
    ...books.map((pack, i) => {
      const here = rows.filter((row) => row.pack === pack);
      const name = pack === "" ? s.several : (t.settings.packNames[pack] ?? pack);
      return section(`book-${i}`, name, s.count(here.length), h("ul", { class: "covered" }, ...here.map((row) => line(t, model, row))));
    }),
  );
}
