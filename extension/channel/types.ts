// What a channel reads from its page. A channel only reads: it never changes
// the page, and the only page control it presses is the send button.

import type { Attachment, Direction, Party } from "../wire.ts";

/** When a message was sent, as far as the page says. */
export interface Stamp {
  /** YYYY-MM-DD, "" where the page does not say it, or says it ambiguously. */
  date: string;
  /** HH:MM (24 hours) of the device's clock, "" where not known. */
  time: string;
  /** What the page shows, for a person to read: "[03/07/2026, 15:06]". */
  shown: string;
}

export type RowKind = "text" | "media" | "document" | "voice" | "deleted" | "other";
export type Status = "pending" | "sent" | "delivered" | "read" | "";

/** One sent message on the page. */
export interface Row {
  /** The page's own id of the message; stable while the message exists. */
  id: string;
  /** The outermost element that shows it. */
  element: HTMLElement;
  direction: Direction;
  from: Party;
  at: Stamp;
  body: string;
  /** What it answers, as far as the page repeats it: never part of body. */
  quote?: string;
  attachments: Attachment[];
  status: Status;
  kind: RowKind;
  /** False where the page shows a part only ("Read more", a virtualised shell). */
  whole: boolean;
  /** In mail: to whom this message went, and its subject; elsewhere the chat says it. */
  to?: Party[];
  subject?: string;
}

/** The chat that is open. */
export interface Chat {
  title: string;
  kind: "one" | "group" | "unknown";
  /** Everybody else who will see a message here, as far as shown. */
  members: Party[];
  membersComplete: boolean;
  timer: Timer;
  /** The page says that people here asked that nothing be taken out of the chat. */
  advancedPrivacy?: boolean;
}

/** Disappearing messages: seconds is 0 where the page does not say how long. */
export interface Timer {
  on: boolean;
  seconds: number;
}

/** A composer's content and where it would go: what a verdict is about. */
export interface Reading {
  channel: string;
  account: string;
  title: string;
  to: Party[];
  membersComplete: boolean;
  timerSeconds: number;
  subject: string;
  body: string;
  attachments: Attachment[];
}

/**
 * The answer of readDraft. "unknown" is never "empty": it says that something
 * is being written here that could not be read, and names the fact that failed.
 */
export type DraftState =
  | { state: "ready"; reading: Reading }
  | { state: "empty" }
  | { state: "unknown"; why: string };

/** One line of a channel's self-test. */
export interface Check {
  fact: string;
  ok: boolean;
}

export interface SelfTest {
  generation: string;
  /** False where a draft cannot be read or a send not be seen. */
  ok: boolean;
  checks: Check[];
}

/** A messenger's or mail program's page. One file a channel, selectors nowhere else. */
export interface Channel {
  readonly id: string;
  /** "enter": Enter sends. "ctrl+enter": only with Ctrl or Command, as in mail. */
  readonly sendKey: "enter" | "ctrl+enter";
  /** A key besides those that sends, such as Alt+S. */
  readonly shortcut?: (event: KeyboardEvent) => boolean;
  /** What the page's send button acts on: the click, or the mouse button's release before it. */
  readonly press: "click" | "mouse";
  /** Host names this channel is for. */
  readonly hosts: readonly string[];
  /** Which form of the page this is: "G1", ..., "none" with no chat open, or "unknown". */
  generation(): string;
  selfTest(): SelfTest;
  /** The open chat, or null where none is open or its title cannot be read. */
  chat(): Chat | null;
  /** The composer in use, or null. */
  composer(): HTMLElement | null;
  /** The composer that an event's target lies in, or null. */
  composerOf(target: Element): HTMLElement | null;
  /** True where target is an editor that looks like a composer but is not understood. */
  strangeComposer(target: Element): boolean;
  /** What docks go next to: the whole writing area, composer and buttons. */
  writingArea(box: HTMLElement): HTMLElement;
  readDraft(box: HTMLElement): DraftState;
  /** The send button that an event's target lies in, or null. */
  sendButtonOf(target: Element): HTMLElement | null;
  sendButton(box: HTMLElement): HTMLElement | null;
  /** The composer that a send button sends; null where it cannot be told. */
  composerOfButton(button: HTMLElement): HTMLElement | null;
  /**
   * Presses the page's own send control for this composer, once: the one the person
   * pressed (button, null for a key) if it still is there, or the same way of sending.
   * False where it is gone, as an entry of a menu that closed.
   */
  send(box: HTMLElement, button: HTMLElement | null): boolean;
  /** The address box is written from, "" where the page does not say it. Absent where accounts have none. */
  account?(box: HTMLElement): string;
  /** Whether what is written in box continues the messages shown. */
  answers(box: HTMLElement): boolean;
  /** The messages shown, oldest first. limit: only the last so many. */
  rows(limit?: number): Row[];
  /** The element of the message that target lies in, or null. Cheap. */
  rowElementOf(target: Element): HTMLElement | null;
  /** The drawn bubble of a message, and the pane it scrolls in. */
  bubbleOf(message: HTMLElement): HTMLElement;
  pane(): HTMLElement | null;
  /** Text the person selected on the page, the composer's own left out. */
  selection(): string;
  /** Files given to the page by a file dialogue, a drop or a paste; names only. */
  noteFiles(files: readonly Attachment[]): void;
}
