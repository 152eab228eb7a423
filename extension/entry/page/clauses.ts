// The packs' own words, fetched once from the worker and kept in memory.

import type { Quote } from "../../ui/panel.ts";
import type { Language, PackInfo, Reason } from "../../wire.ts";
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
    return { text: clause.text, gloss: clause.text_fr, language: QUOTED_IN };
  }
}
