// Finding what is being written on a mail page: windows, and replies below a thread.
// Several may be open; each has one text and one send button of its own.

import { first, plain } from "../text.ts";

/** Where a mail page keeps what is being written; selectors best first. */
export interface ComposerAnchors {
  /** The text of a mail. */
  readonly body: readonly string[];
  /** Windows and inline replies, from the inside out. */
  readonly frame: readonly string[];
  readonly send: readonly string[];
  /** How a send button's tooltip or name begins, where its anchors are gone. */
  readonly sendWords: RegExp;
  /** "Schedule send" in a menu, which stands outside the window. */
  readonly schedule: readonly string[];
  /** How such an entry's name or text begins, where its anchors are gone. */
  readonly scheduleWords: RegExp;
  /** What holds the thread: no frame reaches beyond it. */
  readonly pane: readonly string[];
}

const BUTTON = '[role="button"],button';

export class Composers {
  private readonly body: string;
  private readonly frame: string;
  /** Found frames: they are asked for at every key, and change only with their window. */
  private readonly known = new WeakMap<Element, HTMLElement>();

  constructor(private readonly at: ComposerAnchors) {
    this.body = at.body.join(",");
    this.frame = at.frame.join(",");
  }

  /** The frame of what is written around box: window or reply, with its send button and no other text. */
  frameOf(box: Element): HTMLElement | null {
    const known = this.known.get(box);
    if (known?.isConnected && known.contains(box) && this.alone(known) && this.sendIn(known)) return known;
    const found = this.find(box);
    if (found) this.known.set(box, found);
    return found;
  }

  /** The composer that target lies in, its subject and recipients included. */
  of(target: Element): HTMLElement | null {
    const own = target.closest<HTMLElement>(this.body);
    if (own && this.frameOf(own)) return own;
    const frame = target.closest<HTMLElement>(this.frame);
    const boxes = frame?.querySelectorAll<HTMLElement>(this.body) ?? [];
    const box = boxes.length === 1 ? boxes[0] : undefined;
    return box && this.frameOf(box) ? box : null;
  }

  /** Every composer on the page. */
  all(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(this.body)].filter((box) => this.frameOf(box) !== null);
  }

  /** An editor that is a mail's text without a send button we know, or beside one and no text we know. */
  strange(target: Element): boolean {
    const box = target.closest<HTMLElement>('[contenteditable="true"]');
    return box !== null && this.of(box) === null && (box.matches(this.body) || this.nearSend(box));
  }

  isSchedule(button: Element): boolean {
    if (button.matches(this.at.schedule.join(","))) return true;
    return button.matches('[role="menuitem"]') && this.says(button, this.at.scheduleWords);
  }

  sendButtonOf(target: Element): HTMLElement | null {
    const entry = target.closest<HTMLElement>([...this.at.schedule, '[role="menuitem"]'].join(","));
    if (entry && this.isSchedule(entry)) return entry;
    const known = target.closest<HTMLElement>(this.at.send.join(","));
    if (known) return known;
    const button = target.closest<HTMLElement>(BUTTON);
    const box = button && this.says(button, this.at.sendWords) ? this.beside(button) : null;
    return box && this.frameOf(box)?.contains(button) ? button : null;
  }

  /** The send button of a composer: the page's main one, not the menu's. */
  sendButton(box: HTMLElement): HTMLElement | null {
    const frame = this.frameOf(box);
    return frame && this.sendIn(frame);
  }

  /** The composer a send button stands by; of a menu, none can be told. */
  beside(button: Element): HTMLElement | null {
    for (let up = button.parentElement; up && up !== document.body; up = up.parentElement) {
      const boxes = up.querySelectorAll<HTMLElement>(this.body);
      if (boxes.length > 1) return null;
      if (boxes[0]) return boxes[0];
    }
    return null;
  }

  private find(box: Element): HTMLElement | null {
    for (let up = box.parentElement; up && up !== document.body; up = up.parentElement) {
      if (!this.alone(up)) return null; // the next button outward is another mail's
      if (this.sendIn(up)) return this.widest(up);
      if (up.matches(this.at.pane.join(","))) return null;
    }
    return null;
  }

  private nearSend(box: Element): boolean {
    for (let up = box.parentElement; up && up !== document.body; up = up.parentElement) {
      if (this.sendIn(up)) return true;
      if (up.matches(this.at.pane.join(","))) return false;
    }
    return false;
  }

  private alone(frame: Element): boolean {
    return frame.querySelectorAll(this.body).length === 1;
  }

  /** A window's head with its recipients may lie outside the part that has the send button. */
  private widest(frame: HTMLElement): HTMLElement {
    const outer = frame.closest<HTMLElement>(this.frame);
    return outer && this.alone(outer) ? outer : frame;
  }

  private sendIn(frame: Element): HTMLElement | null {
    const known = first(frame, this.at.send);
    if (known) return known;
    for (const button of frame.querySelectorAll<HTMLElement>(BUTTON)) {
      if (this.says(button, this.at.sendWords)) return button;
    }
    return null;
  }

  private says(button: Element, words: RegExp): boolean {
    const named = ["data-tooltip", "aria-label", "title", "name"].map((name) => plain(button.getAttribute(name)));
    return [...named, plain(button.textContent)].some((text) => words.test(text));
  }
}

/** The send button's name in the languages of the fixtures and their neighbours, the key beside it. */
export const SEND_WORDS = /^(send|envoyer|senden|enviar|invia|verzenden|wyślij|отправить|送信|发送|傳送)(?=$|[\s\u202a(&+])/i;

/** "Schedule send", likewise. */
export const SCHEDULE_WORDS = /^(schedule send|programmer l[’']envoi|planifier l[’']envoi|senden planen|programar envío|agendar envio|programma invio)/i;
