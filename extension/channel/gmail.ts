// Gmail: windows and replies in which mail is written, and the open thread. Ctrl+Enter
// sends from any field; the button acts on the mouse's release.

import type { Attachment, Party } from "../wire.ts";
import { OnTheirWay } from "./files.ts";
import {
  body,
  composerBeside,
  composerOf,
  composers,
  draftFiles,
  frameOf,
  isSchedule,
  recipients,
  sendButton,
  sendButtonOf,
  strangeComposer,
  subject,
} from "./gmail/compose.ts";
import { account, correspondents, messageOf, pane, rows, threadSubject } from "./gmail/thread.ts";
import { pressMouse } from "./gestures.ts";
import { selectedText } from "./text.ts";
import type { Channel, Chat, Check, DraftState, SelfTest } from "./types.ts";

export const ID = "gmail";

export function gmail(): Channel {
  const use = new InUse();
  return {
    id: ID,
    sendKey: "ctrl+enter",
    press: "mouse",
    hosts: ["mail.google.com"],
    generation: () => (composers().length > 0 || pane() ? "2026" : "none"),
    selfTest: () => selfTest(use.box()),
    chat: () => chat(use.box()),
    composer: () => use.box(),
    composerOf: (target) => use.of(target),
    strangeComposer,
    writingArea: (box) => box.closest<HTMLElement>('[role="dialog"]') ?? frameOf(box) ?? box,
    readDraft: (box) => readDraft(box, (shown) => use.files(box, shown)),
    sendButtonOf,
    sendButton,
    composerOfButton: (button) => (isSchedule(button) ? use.box() : use.note(composerBeside(button))),
    send: (box, button) => {
      const control = button && isSchedule(button) ? button : sendButton(box);
      if (!control?.isConnected || control.getClientRects().length === 0) return false;
      pressMouse(control);
      return true;
    },
    answers: (box) => pane()?.contains(box) ?? false,
    rows,
    rowElementOf: messageOf,
    bubbleOf: (message) => message,
    pane,
    selection: () => selectedText(composerOf),
    noteFiles: (added) => {
      use.add(added);
    },
  };
}

/** The composer in use: where the focus was last, while it is there. Files are noted by composer. */
class InUse {
  private last: HTMLElement | null = null;
  private readonly noted = new WeakMap<HTMLElement, OnTheirWay>();

  /** As composerOf; typing on in the same text costs one look. */
  of(target: Element): HTMLElement | null {
    return this.last?.isConnected && this.last.contains(target) ? this.last : this.note(composerOf(target));
  }

  note(box: HTMLElement | null): HTMLElement | null {
    if (box) this.last = box;
    return box;
  }

  box(): HTMLElement | null {
    if (this.last?.isConnected && frameOf(this.last)) return this.last;
    const active = document.activeElement && composerOf(document.activeElement);
    this.last = active ?? composers().at(-1) ?? null;
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

function readDraft(box: HTMLElement, files: (shown: readonly Attachment[]) => Attachment[]): DraftState {
  const frame = box.isConnected ? frameOf(box) : null;
  if (!frame) return { state: "unknown", why: "composer" };
  const text = body(box);
  const title = subject(frame) || (pane()?.contains(box) ? threadSubject() : "");
  const attachments = files(draftFiles(frame));
  if (text.trim() === "" && attachments.length === 0 && subject(frame) === "") return { state: "empty" };
  const { to, complete } = recipients(frame);
  return {
    state: "ready",
    reading: {
      channel: ID,
      account: account(),
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

/** What stands for a chat in mail: its correspondents. */
function named(to: readonly Party[]): string {
  return to.map(({ address }) => address).join(", ");
}

function chat(box: HTMLElement | null): Chat | null {
  const frame = box && frameOf(box);
  if (frame) {
    const { to, complete } = recipients(frame);
    return { title: named(to), kind: kindOf(to), members: to, membersComplete: complete, timer: { on: false, seconds: 0 } };
  }
  const members = correspondents();
  if (members.length === 0) return null;
  return { title: named(members), kind: kindOf(members), members, membersComplete: false, timer: { on: false, seconds: 0 } };
}

function kindOf(to: readonly Party[]): Chat["kind"] {
  return to.length === 1 ? "one" : to.length > 1 ? "group" : "unknown";
}

function selfTest(box: HTMLElement | null): SelfTest {
  const found = rows();
  if (!box && found.length === 0) return { generation: "none", ok: true, checks: [] };
  const frame = box && frameOf(box);
  const checks: Check[] = [
    { fact: "composer", ok: !box || frame !== null },
    { fact: "send", ok: !box || sendButton(box) !== null },
    { fact: "account", ok: account() !== "" },
    { fact: "sender", ok: found.every((row) => row.from.address !== "") },
    { fact: "time", ok: found.every((row) => row.at.time !== "" && row.at.date !== "") },
  ];
  const needed = checks.filter(({ fact }) => fact === "composer" || fact === "send");
  return { generation: "2026", ok: needed.every((check) => check.ok), checks };
}
