// What a person does on the page, as far as it matters here: typing, going to a
// composer, giving files, pointing at a message. Passive listeners on window,
// each of constant cost; nothing on the page is watched while nothing happens.

import type { Attachment } from "../wire.ts";
import type { Channel } from "./types.ts";

export interface Watcher {
  /** Something was typed, deleted or composed in a composer. */
  typed: (box: HTMLElement) => void;
  /** The focus came to a composer. */
  focused: (box: HTMLElement) => void;
  /** The focus came to an editor that is not understood. */
  strange: (box: HTMLElement) => void;
  /** The pointer or the focus is on a message; null: on none. */
  pointed: (message: HTMLElement | null) => void;
  /** A click or key may have opened another chat: look again soon. */
  moved: () => void;
}

/** Milliseconds after a click until the page has drawn what it opened. */
const SETTLED_MS = 150;

export function watch(channel: Channel, ours: (event: Event) => boolean, watcher: Watcher, signal: AbortSignal): void {
  const on = (type: string, act: (event: Event, target: Element) => void): void => {
    const listener = (event: Event): void => {
      if (event.target instanceof Element && !ours(event)) act(event, event.target);
    };
    window.addEventListener(type, listener, { capture: true, passive: true, signal });
  };
  const typed = (_: Event, target: Element): void => {
    const box = channel.composerOf(target);
    if (box) watcher.typed(box);
  };
  const follow = follower(watcher, signal);
  on("input", typed);
  on("compositionend", typed);
  on("focusin", (_, target) => {
    const box = channel.composerOf(target);
    if (box) {
      follow(box);
      watcher.focused(box);
    }
    else if (channel.strangeComposer(target)) watcher.strange(target as HTMLElement);
    watcher.pointed(channel.rowElementOf(target));
  });
  on("pointerover", (_, target) => {
    watcher.pointed(channel.rowElementOf(target));
  });
  watchMoves(on, watcher, signal);
  watchFiles(on, channel);
}

/**
 * Follows the text of the composer in use. An editor that inserts by itself (a
 * paste, a correction, an emoji chosen with the mouse) lets no input event happen.
 */
function follower(watcher: Watcher, signal: AbortSignal): (box: HTMLElement) => void {
  let box: HTMLElement | null = null;
  let text = "";
  const observer = new MutationObserver(() => {
    const now = box?.textContent ?? "";
    if (box && now !== text) watcher.typed(box);
    text = now;
  });
  signal.addEventListener("abort", () => {
    observer.disconnect();
  });
  return (next) => {
    if (next === box) return;
    observer.disconnect();
    box = next;
    text = next.textContent;
    observer.observe(next, { childList: true, characterData: true, subtree: true });
  };
}

type On = (type: string, act: (event: Event, target: Element) => void) => void;

function watchMoves(on: On, watcher: Watcher, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(watcher.moved, SETTLED_MS);
  };
  on("click", soon);
  on("focusin", soon);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
  });
}

/** Names and sizes of files on their way to a preview; their content is never read. */
function watchFiles(on: On, channel: Channel): void {
  const note = (list: FileList | null | undefined): void => {
    const files: Attachment[] = [...(list ?? [])].map(({ name, type, size }) => ({ name, type, size }));
    if (files.length > 0) channel.noteFiles(files);
  };
  on("change", (_, target) => {
    if (target instanceof HTMLInputElement && target.type === "file") note(target.files);
  });
  on("drop", (event) => {
    note((event as DragEvent).dataTransfer?.files);
  });
  on("paste", (event) => {
    note((event as ClipboardEvent).clipboardData?.files);
  });
}
