// A chat page as a channel, told by anchors: the pages of messengers that have a
// file of their own, and sites that somebody added. Only reads.

import type { Party } from "../wire.ts";
import type { Anchors } from "./chat/anchors.ts";
import { type Reader, elements, rows } from "./chat/rows.ts";
import { InPreview } from "./files.ts";
import { pressEnter, pressMouse } from "./gestures.ts";
import { party } from "./party.ts";
import { closest, first, plain, selectedText, textOf } from "./text.ts";
import type { Channel, Chat, Check, DraftState, SelfTest } from "./types.ts";

/** What one chat page's own file says of it. */
export interface ChatPage extends Reader {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly sendKey: Channel["sendKey"];
  /** Which form of the page is open; "" where none that is known. */
  form(): string;
  /** True where the page is nothing but chats: an editor outside every pane is then one we do not know. */
  readonly only: boolean;
  /** What only a chat's editor or a form much like it stands in, where the anchors may be gone. */
  readonly suspect?: string;
  /** True where the chat's head may stand beside its pane. */
  readonly headBeside?: boolean;
  /** Whether the address is one of chats, on a host that has other pages too; absent: every page is. */
  here?(): boolean;
}

const EDITABLE = 'textarea, [contenteditable="true"], [contenteditable="plaintext-only"], [contenteditable=""]';
const BUTTON = 'button, [role="button"]';

/** Rows in which a self-test wants directions and times to be known. */
const SAMPLE = 20;

export function chatChannel(page: ChatPage, now: () => number = Date.now): Channel {
  const open = new OpenChat(page);
  const files = new InPreview(() => open.previewNames());
  return {
    get id() {
      return page.id;
    },
    get sendKey() {
      return page.sendKey;
    },
    press: "click",
    hosts: page.hosts,
    generation: () => generation(page, open),
    selfTest: () => selfTest(page, open, now()),
    chat: () => open.chat(),
    composer: () => open.box(),
    composerOf: (target) => open.of(target),
    strangeComposer: (target) => open.strange(target),
    writingArea: (box) => open.area(box),
    readDraft: (box) => readDraft(page, open, box, files),
    sendButtonOf: (target) => open.sendButtonOf(target),
    sendButton: (box) => open.sendButton(box),
    composerOfButton: (button) => open.beside(button),
    send: (box) => {
      const button = open.sendButton(box);
      if (button) pressMouse(button);
      else pressEnter(box);
      return true;
    },
    answers: () => true,
    rows: (limit) => {
      const pane = open.pane();
      return pane ? rows(page, pane, open.contact(), now(), limit) : [];
    },
    rowElementOf: (target) => {
      const found = page.at.message.length > 0 ? closest(target, page.at.message) : null;
      const pane = found && open.pane();
      return pane?.contains(found) ? (elements(page.at, pane).find((element) => element.contains(found)) ?? null) : null;
    },
    bubbleOf: (message) => first(message, page.at.text) ?? message,
    pane: () => open.pane(),
    selection: () => selectedText((target) => open.of(target)),
    noteFiles: (added) => {
      files.note(added, open.preview() !== null);
    },
  };
}

/** What a composer holds, as it would be sent. */
function written(box: HTMLElement): string {
  return box instanceof HTMLTextAreaElement ? box.value : textOf(box);
}

/** The chat that is open: where the focus was last, while it is there. */
class OpenChat {
  private last: HTMLElement | null = null;

  constructor(private readonly page: ChatPage) {}

  private get at(): Anchors {
    return this.page.at;
  }

  private get composers(): string {
    return this.at.composer.join(",") || ":not(*)";
  }

  private here(): boolean {
    return this.page.here?.() ?? true;
  }

  /** The composer that target lies in, or null. */
  of(target: Element): HTMLElement | null {
    if (!this.here()) return null;
    if (this.last?.isConnected && this.last.contains(target)) return this.last;
    const box = target.closest<HTMLElement>(this.composers);
    if (!box || !this.is(box)) return null;
    this.last = box;
    return box;
  }

  private is(box: HTMLElement): boolean {
    return !closest(box, this.none());
  }

  private none(): readonly string[] {
    return this.at.other.length > 0 ? this.at.other : [":not(*)"];
  }

  box(): HTMLElement | null {
    if (!this.here()) return null;
    if (this.last?.isConnected) return this.last;
    for (const anchor of this.at.composer) {
      this.last = [...document.querySelectorAll<HTMLElement>(anchor)].findLast((box) => this.is(box)) ?? null;
      if (this.last) return this.last;
    }
    return null;
  }

  strange(target: Element): boolean {
    const box = target.closest<HTMLElement>(EDITABLE);
    if (!box || !this.here() || !this.is(box) || this.of(box)) return false;
    if (this.paneAround(box) !== null || (this.page.suspect !== undefined && box.closest(this.page.suspect) !== null)) return true;
    return (this.page.only || this.page.here !== undefined) && this.pane() === null;
  }

  /** The pane around the composer in use. Without one, the first; a host that is nothing but chats may draw a caption's editor outside it. */
  pane(): HTMLElement | null {
    if (!this.here()) return null;
    const box = this.box();
    const around = box && this.paneAround(box);
    return around || (box && !this.page.only) ? around : first(document, this.at.pane);
  }

  private paneAround(element: Element): HTMLElement | null {
    return this.at.pane.length > 0 ? closest(element, this.at.pane) : null;
  }

  /** Composer and buttons: as far up as the send button, but not as wide as the messages. */
  area(box: HTMLElement): HTMLElement {
    let area = box;
    for (let up = box.parentElement; up && up !== document.body; up = up.parentElement) {
      if (first(up, this.at.message) || first(up, this.at.title) || up.matches(this.at.pane.join(","))) break;
      area = up;
    }
    return area;
  }

  sendButtonOf(target: Element): HTMLElement | null {
    if (this.at.send.length === 0 || !this.here()) return null;
    const known = closest(target, this.at.send);
    if (known) return known.closest<HTMLElement>(BUTTON) ?? known;
    const button = target.closest<HTMLElement>(BUTTON);
    return button && first(button, this.at.send) ? button : null;
  }

  /** The nearest send control. */
  sendButton(box: HTMLElement): HTMLElement | null {
    for (let up = box.parentElement; up; up = up.parentElement) {
      const found = first(up, this.at.send);
      if (found) return found.closest<HTMLElement>(BUTTON) ?? found;
      if (up.matches(this.at.pane.join(","))) return null;
    }
    return null;
  }

  /** The composer a send control stands by, or null where it cannot be told. */
  beside(button: HTMLElement): HTMLElement | null {
    for (let up = button.parentElement; up; up = up.parentElement) {
      const boxes = [...up.querySelectorAll<HTMLElement>(this.composers)].filter((box) => this.is(box));
      if (boxes.length > 1) return this.last && boxes.includes(this.last) ? this.last : null;
      if (boxes[0]) return (this.last = boxes[0]);
    }
    return null;
  }

  chat(): Chat | null {
    const pane = this.pane();
    const title = pane ? this.title(pane) : "";
    if (!pane || !title) return null;
    const members = this.members(pane, title);
    const group = first(pane, this.at.group) !== null || members.length > 1;
    const named = party(title);
    // No mark of a group is no proof of a chat between two; a number for a name is.
    const one = !group && named.address !== "";
    return {
      title,
      kind: group ? "group" : one ? "one" : "unknown",
      members: members.length > 1 ? members : [named], // of a group that lists nobody, its name
      membersComplete: one,
      timer: { on: first(pane, this.at.timer) !== null, seconds: 0 },
    };
  }

  /** Who messages without a name are from, where nothing says that this is a group. */
  contact(): Party | null {
    const chat = this.chat();
    return chat && chat.kind !== "group" && this.at.group.length > 0 ? (chat.members[0] ?? null) : null;
  }

  private title(pane: HTMLElement): string {
    return this.titleIn(pane) || (this.page.headBeside ? this.titleIn(document) : "");
  }

  private titleIn(scope: ParentNode): string {
    for (const anchor of this.at.title) {
      for (const element of scope.querySelectorAll<HTMLElement>(anchor)) {
        if (this.at.message.some((message) => element.closest(message))) continue;
        const text = plain(element.textContent) || plain(element.getAttribute("title"));
        if (text) return text;
      }
    }
    return "";
  }

  private members(pane: HTMLElement, title: string): Party[] {
    const names = new Set<string>();
    for (const anchor of this.at.member) {
      for (const element of pane.querySelectorAll<HTMLElement>(anchor)) {
        const name = plain(element.textContent);
        if (name && name !== title) names.add(name);
      }
    }
    return [...names].map(party);
  }

  preview(): HTMLElement | null {
    return first(document, this.at.preview);
  }

  previewNames(): string[] {
    const area = this.preview();
    const found = area && this.at.previewName.length > 0 ? [...area.querySelectorAll<HTMLElement>(this.at.previewName.join(","))] : [];
    return [...new Set(found.map((element) => plain(element.getAttribute("title")) || plain(element.textContent)).filter((name) => name !== ""))];
  }
}

function generation(page: ChatPage, open: OpenChat): string {
  const form = page.form();
  const pane = open.pane();
  if (!pane) return form === "" && page.only ? "unknown" : "none";
  return form === "" || (!open.box() && elements(page.at, pane).length === 0) ? "unknown" : form;
}

function readDraft(page: ChatPage, open: OpenChat, box: HTMLElement, files: InPreview): DraftState {
  if (!box.isConnected) return { state: "unknown", why: "composer" };
  const body = written(box);
  const attachments = files.current(open.preview() !== null);
  if (body.trim() === "" && attachments.length === 0) return { state: "empty" };
  const chat = open.chat();
  if (!chat) return { state: "unknown", why: "title" };
  return {
    state: "ready",
    reading: {
      channel: page.id,
      account: "", // such pages do not show whose account it is
      title: chat.title,
      to: chat.members,
      membersComplete: chat.membersComplete,
      timerSeconds: chat.timer.seconds,
      subject: "",
      body,
      attachments,
    },
  };
}

function selfTest(page: ChatPage, open: OpenChat, now: number): SelfTest {
  const found = generation(page, open);
  const pane = open.pane();
  if (found === "none" || !pane) return { generation: found, ok: found === "none", checks: [] };
  const sample = rows(page, pane, open.contact(), now, SAMPLE).filter((row) => row.kind !== "other");
  const checks: Check[] = [
    { fact: "generation", ok: found !== "unknown" },
    { fact: "composer", ok: open.box() !== null },
    { fact: "title", ok: open.chat() !== null },
    { fact: "direction", ok: sample.filter((row) => row.direction !== "unknown").length * 2 >= sample.length },
    { fact: "time", ok: sample.every((row) => row.at.time !== "") },
  ];
  const needed = checks.filter(({ fact }) => fact === "composer" || fact === "title");
  return { generation: found, ok: needed.every(({ ok }) => ok), checks };
}
