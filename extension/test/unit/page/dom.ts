// A page in memory for the unit tests: happy-dom's window as the global one.
// It has no layout, so what needs geometry is left to the browser tests.

import { Window } from "happy-dom";

const NAMES = [
  "document",
  "Node",
  "Element",
  "HTMLElement",
  "HTMLInputElement",
  "HTMLTextAreaElement",
  "SVGElement",
  "Event",
  "CustomEvent",
  "ShadowRoot",
  "KeyboardEvent",
  "MouseEvent",
  "CSSStyleSheet",
  "CSSStyleRule",
  "CSSMediaRule",
  "MutationObserver",
  "getComputedStyle",
  "matchMedia",
] as const;

/** A fresh page with this HTML as the globals window, document, ... */
export function page(html: string): Window {
  const window = new Window({ url: "https://web.whatsapp.com/" });
  const target = globalThis as Record<string, unknown>;
  const source = window as unknown as Record<string, unknown>;
  target["window"] = window;
  for (const name of NAMES) target[name] = source[name];
  window.document.write(html);
  return window;
}

/** The element that matches, or an error that names the selector. */
export function need(selector: string, root: ParentNode = document): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** Waits for what comes about by promises and timers of a few milliseconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; !holds(); i++) {
    if (i === 200) throw new Error(`waited in vain for ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
