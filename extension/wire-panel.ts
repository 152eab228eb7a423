// What the side panel lists. Part of wire.ts.

/**
 * A message that went and of which nobody has decided yet whether it is kept. It
 * lives in storage.session; no word of the message, its title or its people.
 */
export interface OpenItem {
  /** 32 hexadecimal digits, made by the page for each message sent. */
  id: string;
  /** RFC 3339, to the minute. */
  at: string;
  channel: string;
  /** Keyed hash of channel and chat. */
  chat: string;
  duty: "capture" | "consider";
  /** What it rests on, "pack/clause". */
  rules: string[];
  /** A report is due (UK guidance, 10a) that nobody has begun to write. */
  report: boolean;
}

/** What was open when earlier sessions ended: counts only. */
export interface Earlier {
  messages: number;
  chats: number;
}

/** Asked of the pages by the panel (tabs.sendMessage): which of its messages a page remembers. */
export type PageAsk = { op: "which" } | { op: "show"; item: string };

/** A page's answer to "which": titles are in its memory only, and in the panel's while it shows them. */
export interface Remembered {
  item: string;
  title: string;
}
