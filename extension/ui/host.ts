// Our own element on the page: one host, one closed shadow root. What is typed
// into our fields is stopped at window capture, before any listener of the
// page, and handed to our own handlers from there.

import { h } from "./dom.ts";
import { adopt } from "./sheet.ts";
import css from "./page.css";

/** Events that carry, or betray, what a person types. */
const TYPED = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "textInput", // older Chromium's name beside beforeinput
  "input",
  "change",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "copy",
  "cut",
  "paste",
  "beforecopy",
  "beforecut",
  "beforepaste",
  "select",
  "selectstart",
  "drop",
  "dragstart",
  "dragover",
] as const;

/** What the parts of our interface hear of typing. focus: the element it is in. */
export type Typed = (event: Event, focus: Element | null) => void;

/**
 * Stops typed events at window capture. Listeners there run in the order they
 * were added: it must stand before the page's first script does.
 */
export class Shield {
  /** The host: not on the page until our interface is. */
  readonly element = document.createElement("x-note");
  private listener: (event: Event) => void = () => undefined;

  constructor(signal: AbortSignal) {
    const stop = (event: Event): void => {
      if (!this.ours(event)) return;
      event.stopImmediatePropagation();
      this.listener(event);
    };
    for (const type of TYPED) window.addEventListener(type, stop, { capture: true, signal });
    signal.addEventListener("abort", () => {
      this.element.remove();
    });
  }

  /** True for events that happened inside us. */
  ours(event: Event): boolean {
    return event.target === this.element || event.composedPath().includes(this.element);
  }

  /** What our interface hears of typing; no listener inside it hears it. */
  hear(listener: (event: Event) => void): void {
    this.listener = listener;
  }
}

export interface Host {
  root: ShadowRoot;
  /** Where parts are put; carries theme and language. */
  body: HTMLElement;
  dress: (look: { dark: boolean; language: string }) => void;
}

export interface MountOptions {
  /** "open" only where the same parts are tested. */
  mode?: ShadowRootMode;
  parent?: Element;
}

/** Puts the shield's host on the page, with its root. typed: see Shield.hear. */
export function mount(shield: Shield, typed: Typed, options: MountOptions = {}): Host {
  const { element } = shield;
  // The page's own rules could reach the host: !important on the element wins over them.
  for (const [name, value] of Object.entries(HOST_STYLE)) element.style.setProperty(name, value, "important");
  const root = element.attachShadow({ mode: options.mode ?? "closed" });
  adopt(root, css);
  const body = h("div", { class: "root", "data-theme": "light" });
  root.append(body);
  (options.parent ?? document.documentElement).append(element);
  shield.hear((event) => {
    typed(event, root.activeElement);
  });
  return {
    root,
    body,
    dress: ({ dark, language }) => {
      body.dataset["theme"] = dark ? "dark" : "light";
      body.lang = language;
    },
  };
}

const HOST_STYLE: Record<string, string> = {
  all: "initial",
  position: "fixed",
  inset: "0 auto auto 0",
  width: "0",
  height: "0",
  "z-index": "2147483646",
  display: "block",
};
