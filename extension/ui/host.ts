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

/** What the parts of our interface hear of typing. element: the one in focus. */
export type Typed = (event: Event, element: Element | null) => void;

export interface Host {
  element: HTMLElement;
  root: ShadowRoot;
  /** Where parts are put; carries theme and language. */
  body: HTMLElement;
  /** True for events that happened inside us. */
  ours: (event: Event) => boolean;
  /** Hears typed events, which reach no listener inside the root. */
  onTyped: (listener: Typed) => void;
  dress: (look: { dark: boolean; language: string }) => void;
}

export interface MountOptions {
  /** "open" only where the same parts are tested. */
  mode?: ShadowRootMode;
  parent?: Element;
  signal?: AbortSignal;
}

/** Puts the host on the page. Removed, listeners and all, when signal aborts. */
export function mount(options: MountOptions = {}): Host {
  const element = document.createElement("x-note");
  // The page's own rules could reach the host: !important on the element wins over them.
  for (const [name, value] of Object.entries(HOST_STYLE)) element.style.setProperty(name, value, "important");
  const root = element.attachShadow({ mode: options.mode ?? "closed", delegatesFocus: false });
  adopt(root, css);
  const body = h("div", { class: "root", "data-theme": "light" });
  root.append(body);
  (options.parent ?? document.documentElement).append(element);

  const listeners: Typed[] = [];
  const ours = (event: Event): boolean => event.target === element || event.composedPath().includes(element);
  const signal = options.signal;
  const shield = (event: Event): void => {
    if (!ours(event)) return;
    event.stopImmediatePropagation();
    for (const listener of listeners) listener(event, root.activeElement);
  };
  for (const type of TYPED) window.addEventListener(type, shield, { capture: true, ...(signal && { signal }) });
  signal?.addEventListener("abort", () => {
    element.remove();
  });
  return {
    element,
    root,
    body,
    ours,
    onTyped: (listener) => listeners.push(listener),
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
