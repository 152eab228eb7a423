// What Enter means in a composer whose page lets a person choose: send, or a new line.

import type { Channel } from "./types.ts";

export class EnterMeans {
  /** Until something else was seen, what the page's makers chose. */
  sends = true;

  /** wait: milliseconds after which the page has done what Enter does. */
  constructor(
    private readonly channel: Channel,
    private readonly wait: number,
  ) {}

  /** Seen from what an Enter did: the text gone, or one line break more and the text still there. */
  learn(box: HTMLElement): void {
    const before = this.body(box);
    setTimeout(() => {
      const after = this.body(box);
      if (before && after === "") this.sends = true;
      else if (after.length === before.length + 1 && lines(after) === lines(before) + 1) this.sends = false;
    }, this.wait);
  }

  private body(box: HTMLElement): string {
    const state = this.channel.readDraft(box);
    return state.state === "ready" ? state.reading.body : "";
  }
}

function lines(text: string): number {
  return text.split("\n").length;
}
