// The packs' own words, fetched once from the worker and kept in memory.

import type { Quote, QuoteTable } from "../../ui/panel.ts";
import type { Clause, Language, PackInfo, Reason } from "../../wire.ts";
import type { Port } from "./port.ts";

/** Packs whose authoritative text is English; their French is a courtesy gloss (ruling 20). */
const QUOTED_IN = "en";

export class Clauses {
  packs: PackInfo[] = [];

  constructor(
    private readonly port: Port,
    private readonly language: () => Language,
  ) {}

  async load(): Promise<void> {
    const info = await this.port.ask({ op: "info", language: this.language() }).catch(() => null);
    if (info) this.packs = info.packs;
  }

  title(pack: string): string {
    return this.packs.find(({ id }) => id === pack)?.title ?? pack;
  }

  quote(reason: Reason): Quote | null {
    const pack = this.packs.find(({ id }) => id === reason.pack);
    const clause = pack?.clauses.find(({ id }) => id === reason.clause);
    if (!pack || !clause || clause.text === "") return null;
    const cited = [reason.clause, ...reason.also];
    return {
      text: clause.text,
      gloss: clause.text_fr,
      language: QUOTED_IN,
      table: table(pack.clauses, cited, (c) => [c.para, c.text]),
      tableGloss: table(pack.clauses, cited, (c) => [c.para_fr, c.text_fr]),
    };
  }
}

/** The place of a clause that is a cell: "table: ROW, COLUMN". */
const CELL = /^(?:table|tableau)\s?: (.*), ([^,]*)$/;

/**
 * The rule book's summary table, made of the clauses that are its cells; null where
 * no cell is cited, or the words are missing in this language.
 */
export function table(clauses: Clause[], cited: string[], words: (clause: Clause) => [string, string]): QuoteTable | null {
  const out: QuoteTable = { columns: [], rows: [] };
  for (const clause of clauses) {
    const [place, text] = words(clause);
    const [, title, column] = CELL.exec(place) ?? [];
    if (!title || !column || text === "") continue;
    if (!out.columns.includes(column)) out.columns.push(column);
    let row = out.rows.find((r) => r.title === title);
    if (!row) out.rows.push((row = { title, cells: [] }));
    row.cells.push({ text, here: cited.includes(clause.id) });
  }
  return out.rows.some(({ cells }) => cells.some(({ here }) => here)) ? out : null;
}
