/** What the address of the stand-in asks for: ?gen=g3&lang=en&theme=dark&chat=harbour&clock=24&ticks=fast */

/** The three shapes of the page's DOM known from public code (see README.md). */
export type Generation = "g1" | "g2" | "g3" | "none";
export type Language = "en" | "fr" | "pt" | "it";

export interface StageOptions {
  /** "none" is a page nobody has described: every anchor has another name. */
  readonly gen: Generation;
  readonly lang: Language;
  readonly theme: "light" | "dark";
  /** key of the chat opened at the start, "" for none */
  readonly chat: string;
  /** 12 gives `[8:19 PM, 6/13/2026]`, 24 gives `[20:19, 13/06/2026]` */
  readonly clock: 12 | 24;
  /** milliseconds between two delivery states of a message just sent */
  readonly tick: number;
}

function pick<T extends string>(value: string | null, allowed: readonly T[], fallback: T): T {
  return allowed.find((a) => a === value) ?? fallback;
}

export function readOptions(search: string): StageOptions {
  const q = new URLSearchParams(search);
  return {
    gen: pick(q.get("gen"), ["g1", "g2", "g3", "none"], "g3"),
    lang: pick(q.get("lang"), ["en", "fr", "pt", "it"], "en"),
    theme: pick(q.get("theme"), ["light", "dark"], "light"),
    chat: q.get("chat") ?? "",
    clock: q.get("clock") === "12" ? 12 : 24,
    tick: q.get("ticks") === "slow" ? 4000 : 120,
  };
}

export const options = readOptions(location.search);

/** The value for this generation: `by("a", "b", "c")` reads G1, G2, G3. */
export function by<T>(g1: T, g2: T, g3: T): T | undefined {
  switch (options.gen) {
    case "g1":
      return g1;
    case "g2":
      return g2;
    case "g3":
      return g3;
    case "none":
      return undefined;
  }
}
