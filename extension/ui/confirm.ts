// Controls that let something go: a script must not press them, nor a person
// by accident while something jumps under the pointer.

import { inSight, watchSight } from "./sight.ts";

/** Milliseconds after showing in which a press counts for nothing. */
export const SETTLE_MS = 300;

/** Where a press comes from; tests put their own events and clock. */
export interface Press {
  isTrusted: boolean;
}

export class Settling {
  private since = 0;
  constructor(private readonly now: () => number = () => performance.now()) {
    this.shown();
  }

  /** What is pressed has just appeared, moved or changed its meaning. */
  shown(): void {
    this.since = this.now();
  }

  /** True for a person's press on something that has stood still long enough. */
  accepts(press: Press): boolean {
    return press.isTrusted && this.now() - this.since >= SETTLE_MS;
  }
}

/** Runs act at a person's own press only, on what they can see. */
export function onPress(button: HTMLElement, settling: Settling, act: () => void): void {
  watchSight(button);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (!settling.accepts(event)) return;
    if (inSight(button, event)) act();
    else button.dispatchEvent(new CustomEvent(COVERED, { bubbles: true, composed: false }));
  });
}

/** A press did not count because the control was not plainly in sight; heard inside our root only. */
export const COVERED = "covered";
