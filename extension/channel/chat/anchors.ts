// What is said of a chat page as data: where each fact is, several selectors to a
// fact, best first. A page's own file, or a site that somebody added, gives them.

export interface Anchors {
  /** The open chat: head, messages and composer. Of several, the one around the composer in use counts. */
  readonly pane: readonly string[];
  /** The chat's name, inside the pane. */
  readonly title: readonly string[];
  /** Where a message is written: contenteditable or textarea. */
  readonly composer: readonly string[];
  /** Editors that are none: search, comments, posts. */
  readonly other: readonly string[];
  /** The send button, or something in it. */
  readonly send: readonly string[];
  /** A sent message; its outermost element. */
  readonly message: readonly string[];
  /** Its words. */
  readonly text: readonly string[];
  /** What stands among its words and is none: time, name, link cards. */
  readonly cut: readonly string[];
  /** The message it answers, repeated in it. */
  readonly quote: readonly string[];
  /** One's own and others' messages: on the message, around it or in it. */
  readonly out: readonly string[];
  readonly in: readonly string[];
  /** Who sent it; shown on the first of a run only. */
  readonly sender: readonly string[];
  /** When: an element whose attributes or text say it, the message itself included. */
  readonly time: readonly string[];
  /** A line between messages that names a day. */
  readonly day: readonly string[];
  /** A document's name. */
  readonly file: readonly string[];
  readonly image: readonly string[];
  readonly voice: readonly string[];
  /** A message that was taken back. */
  readonly deleted: readonly string[];
  /** Only a part is shown. */
  readonly part: readonly string[];
  /** One who takes part, in the pane. */
  readonly member: readonly string[];
  /** The chat is a group. */
  readonly group: readonly string[];
  /** Messages disappear here. */
  readonly timer: readonly string[];
  /** Files about to be sent, and their names. */
  readonly preview: readonly string[];
  readonly previewName: readonly string[];
}

export type Fact = keyof Anchors;

/** Facts without which a page is not understood. */
export const NEEDED = ["pane", "title", "composer", "message", "text"] as const satisfies readonly Fact[];

export const FACTS: readonly Fact[] = [
  ...NEEDED,
  ...(["other", "send", "cut", "quote", "out", "in", "sender", "time", "day", "file", "image", "voice", "deleted", "part", "member", "group", "timer", "preview", "previewName"] as const),
];

/** Anchors with nothing known but what is given. */
export function anchors(known: Partial<Anchors>): Anchors {
  const none = Object.fromEntries(FACTS.map((fact) => [fact, []])) as unknown as Anchors;
  return { ...none, ...known };
}
