// The channel of a site that somebody added by data (extension/sites.ts). Its script
// starts before the page does, its data comes a moment later: until then nothing on
// the page is a composer, and where there is none of it the channel is off.

import { anchors, type Anchors } from "./chat/anchors.ts";
import { chatChannel } from "./chat.ts";
import type { Channel } from "./types.ts";

/** What is known of the page; null while it is not there. */
export interface SiteFacts {
  readonly id: string;
  readonly enter: "sends" | "ctrl";
  readonly ids: readonly string[];
  readonly anchors: Partial<Anchors>;
}

const NOTHING = anchors({});

export function siteChannel(host: string, site: () => SiteFacts | null, now?: () => number): Channel {
  let read: { from: SiteFacts; at: Anchors } | null = null;
  const at = (): Anchors => {
    const from = site();
    if (from && read?.from !== from) read = { from, at: understood(anchors(from.anchors)) };
    return from && read ? read.at : NOTHING;
  };
  return chatChannel(
    {
      get id() {
        return site()?.id ?? "unknown";
      },
      hosts: [host],
      get at() {
        return at();
      },
      get sendKey() {
        return site()?.enter === "ctrl" ? ("ctrl+enter" as const) : ("enter" as const);
      },
      get ids() {
        return site()?.ids ?? [];
      },
      only: false,
      here: () => site() !== null,
      form: () => (site() ? "site" : ""),
    },
    now,
  );
}

/** Selectors this browser does not understand are left out: one of them would spoil every question. */
function understood(all: Anchors): Anchors {
  const probe = document.createDocumentFragment();
  const fits = (selector: string): boolean => {
    try {
      probe.querySelector(selector);
      return true;
    } catch {
      return false;
    }
  };
  return Object.fromEntries(Object.entries(all).map(([fact, list]) => [fact, (list as string[]).filter(fits)])) as unknown as Anchors;
}
