// What a page's session needs of the browser; content.ts gives the real one.

import type { Answer, Ask, Op, PageAsk, Remembered } from "../../wire.ts";

export interface Port {
  /** Asks the worker. Rejects when it cannot be reached or refuses. */
  ask: <K extends Op>(request: Ask<K>) => Promise<Answer<K>>;
  /** False once an update of the extension orphaned this script. */
  alive: () => boolean;
  /** Settings, packs or holds changed. */
  onChanged: (listener: () => void) => void;
  /** The side panel asks; what is answered stays in memory. */
  onAsked: (answer: (ask: PageAsk) => Remembered[] | null) => void;
  /** The browser's language, "en-GB". */
  language: string;
}
