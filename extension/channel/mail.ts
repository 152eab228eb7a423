// A mail page as a channel: windows and replies in which mail is written, and the
// open thread. What the pages differ in is given by each of them.

import type { Attachment, Party } from "../wire.ts";
import { OnTheirWay } from "./files.ts";
import { sender } from "./mail/account.ts";
import type { Composers } from "./mail/composers.ts";
import { pressMouse } from "./gestures.ts";
import { selectedText } from "./text.ts";
import type { Channel, Chat, Check, DraftState, Row, SelfTest } from "./types.ts";

/** What one mail page's own files say of it. */
export interface MailPage {
  readonly id: string;
  readonly hosts: readonly string[];
  /** The form of the page its anchors are for. */
  readonly generation: string;
  readonly press: Channel["press"];
  /** Keys that send besides Ctrl+Enter. */
  readonly shortcut?: (event: KeyboardEvent) => boolean;
  readonly composers: Composers;
  /** The text being written, and what is quoted in it of others. */
  body(box: HTMLElement): { own: string; quoted: string };
  /** null where no field for it is found. */
  subject(frame: HTMLElement): string | null;
  recipients(frame: HTMLElement, box: HTMLElement): { to: Party[]; complete: boolean };
  files(frame: HTMLElement, box: HTMLElement): Attachment[];
  /** The address a draft names as its sender, "" where it shows none. */
  from(frame: HTMLElement): string;
  /** The address this mailbox belongs to, "" where the page does not say it. */
  mailbox(): string;
  pane(): HTMLElement | null;
  threadSubject(): string;
  rows(limit?: number): Row[];
  /** Everybody else in the thread, without reading a message. */
  correspondents(): Party[];
  messageOf(target: Element): HTMLElement | null;
}

const NO_TIMER = { on: false, seconds: 0 };

export function mailChannel(page: MailPage): Channel {
  const { composers } = page;
  const use = new InUse(composers);
  const quotes = new Quotes();
  return {
    id: page.id,
    sendKey: "ctrl+enter",
    ...(page.shortcut && { shortcut: page.shortcut }),
    press: page.press,
    hosts: page.hosts,
    generation: () => (composers.all().length > 0 || page.pane() ? page.generation : "none"),
    selfTest: () => selfTest(page, use.box()),
    chat: () => chat(page, use.box()),
    composer: () => use.box(),
    composerOf: (target) => use.of(target),
    strangeComposer: (target) => composers.strange(target),
    writingArea: (box) => box.closest<HTMLElement>('[role="dialog"]') ?? composers.frameOf(box) ?? box,
    readDraft: (box) => readDraft(page, box, (shown) => use.files(box, shown), quotes),
    sendButtonOf: (target) => composers.sendButtonOf(target),
    sendButton: (box) => composers.sendButton(box),
    composerOfButton: (button) => (composers.isSchedule(button) ? use.box() : use.note(composers.beside(button))),
    send: (box, button) => {
      const control = button && composers.isSchedule(button) ? button : composers.sendButton(box);
      if (!control?.isConnected || control.getClientRects().length === 0) return false;
      if (page.press === "mouse") pressMouse(control);
      else control.click();
      return true;
    },
    account: (box) => accountOf(page, box),
    answers: (box) => page.pane()?.contains(box) ?? false,
    rows: (limit) => page.rows(limit),
    rowElementOf: (target) => page.messageOf(target),
    bubbleOf: (message) => message,
    pane: () => page.pane(),
    selection: () => selectedText((target) => composers.of(target)),
    noteFiles: (added) => {
      use.add(added);
    },
  };
}

/** The composer in use: where the focus was last, while it is there. Files are noted by composer. */
class InUse {
  private last: HTMLElement | null = null;
  private readonly noted = new WeakMap<HTMLElement, OnTheirWay>();

  constructor(private readonly composers: Composers) {}

  /** As Composers.of; typing on in the same text costs one look. */
  of(target: Element): HTMLElement | null {
    return this.last?.isConnected && this.last.contains(target) ? this.last : this.note(this.composers.of(target));
  }

  note(box: HTMLElement | null): HTMLElement | null {
    if (box) this.last = box;
    return box;
  }

  box(): HTMLElement | null {
    if (this.last?.isConnected && this.composers.frameOf(this.last)) return this.last;
    const active = document.activeElement && this.composers.of(document.activeElement);
    this.last = active ?? this.composers.all().at(-1) ?? null;
    return this.last;
  }

  files(box: HTMLElement, shown: readonly Attachment[]): Attachment[] {
    return this.noted.get(box)?.with(shown) ?? [...shown];
  }

  add(files: readonly Attachment[]): void {
    const box = this.box();
    if (!box) return;
    const noted = this.noted.get(box) ?? new OnTheirWay();
    noted.add(files);
    this.noted.set(box, noted);
  }
}

/** What each draft quoted when it was first seen: answers written into a quote are the writer's. */
class Quotes {
  private readonly seen = new WeakMap<HTMLElement, string>();

  /** The writer's text: without the quote, unless somebody wrote into it. */
  text(box: HTMLElement, { own, quoted }: { own: string; quoted: string }): string {
    const before = this.seen.get(box);
    if (before === undefined && quoted !== "") this.seen.set(box, quoted);
    return before === undefined || quoted === "" || quoted === before ? own : `${own}\n${quoted}`;
  }
}

function readDraft(page: MailPage, box: HTMLElement, files: (shown: readonly Attachment[]) => Attachment[], quotes: Quotes): DraftState {
  const frame = box.isConnected ? page.composers.frameOf(box) : null;
  if (!frame) return { state: "unknown", why: "composer" };
  const text = quotes.text(box, page.body(box));
  const own = page.subject(frame);
  const title = own === null || own === "" ? (page.pane()?.contains(box) ? page.threadSubject() : "") : own;
  if (own === null && title === "") return { state: "unknown", why: "subject" };
  const attachments = files(page.files(frame, box));
  if (text.trim() === "" && attachments.length === 0 && (own ?? "") === "") return { state: "empty" };
  const { to, complete } = page.recipients(frame, box);
  return {
    state: "ready",
    reading: {
      channel: page.id,
      account: accountOf(page, box),
      title: named(to),
      to,
      membersComplete: complete,
      timerSeconds: 0,
      subject: title,
      body: text,
      attachments,
    },
  };
}

function accountOf(page: MailPage, box: HTMLElement): string {
  const frame = page.composers.frameOf(box);
  return sender(page.mailbox(), frame ? page.from(frame) : "");
}

/** What stands for a chat in mail: its correspondents. */
function named(to: readonly Party[]): string {
  return to.map(({ address, name }) => address || name).join(", ");
}

function chat(page: MailPage, box: HTMLElement | null): Chat | null {
  const frame = box && page.composers.frameOf(box);
  if (frame) {
    const { to, complete } = page.recipients(frame, box);
    return { title: named(to), kind: kindOf(to), members: to, membersComplete: complete, timer: NO_TIMER };
  }
  const members = page.correspondents();
  if (members.length === 0) return null;
  return { title: named(members), kind: kindOf(members), members, membersComplete: false, timer: NO_TIMER };
}

function kindOf(to: readonly Party[]): Chat["kind"] {
  return to.length === 1 ? "one" : to.length > 1 ? "group" : "unknown";
}

function selfTest(page: MailPage, box: HTMLElement | null): SelfTest {
  const found = page.rows();
  if (!box && found.length === 0) return { generation: "none", ok: true, checks: [] };
  const frame = box && page.composers.frameOf(box);
  const checks: Check[] = [
    { fact: "composer", ok: !box || frame !== null },
    { fact: "send", ok: !box || page.composers.sendButton(box) !== null },
    { fact: "account", ok: page.mailbox() !== "" },
    { fact: "sender", ok: found.every((row) => row.from.address !== "" || row.from.name !== "") },
    { fact: "time", ok: found.every((row) => row.at.time !== "" && row.at.date !== "") },
  ];
  const needed = checks.filter(({ fact }) => fact === "composer" || fact === "send");
  return { generation: page.generation, ok: needed.every((check) => check.ok), checks };
}
