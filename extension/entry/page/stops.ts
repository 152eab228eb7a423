// How a stop ended, told to the worker: ids and a way out, never a word of the
// message or of a reason. Sending never waits for it.

import { canonical } from "../../channel/canonical.ts";
import type { Reading } from "../../channel/types.ts";
import { eventLog } from "../../events.ts";
import { randomHex } from "../../random.ts";
import { stopping } from "../../ui/face.ts";
import type { PanelActions } from "../../ui/panel.ts";
import type { ChatScope, PackInfo, SettingsAnswer, StopEvent, Verdict, WayOut } from "../../wire.ts";
import type { Port } from "./port.ts";

type How = Parameters<PanelActions["release"]>[1];

export class Stops {
  private open: { reading: Reading; verdict: Verdict } | null = null;

  constructor(
    private readonly port: Port,
    private readonly channel: { readonly id: string },
  ) {}

  opened(verdict: Verdict, reading: Reading): void {
    this.open = { reading, verdict };
  }

  /** The stop ended by itself: by other settings, or unjudged. Noted only where the text is another. */
  seen(now: Reading | null): void {
    if (now && this.open && canonical(now, "") !== canonical(this.open.reading, "")) this.edited();
    else this.open = null;
  }

  /** The panel went away without a release: the text was not sent as it was. Counts once. */
  edited(): void {
    this.ended("edited");
  }

  released(how: How): void {
    if (this.open) this.ended(wayOut(this.open.verdict, how));
  }

  private ended(way: WayOut): void {
    const { open } = this;
    this.open = null;
    if (!open) return;
    const { action } = open.verdict;
    if (action !== "warn" && action !== "justify" && action !== "block") return;
    const rules = [...new Set(stopping(open.verdict).map(({ pack, clause }) => `${pack}/${clause}`))];
    const event: Omit<StopEvent, "at"> = { channel: this.channel.id, action, rules, way };
    const ask = { op: "event" as const, chat: open.reading.title, request: randomHex(16), ...event };
    // Once more where the worker ended over it; the request tells the second from a new one.
    void this.port.ask(ask).catch(() => this.port.ask(ask)).catch(() => undefined);
  }
}

/** Whether a stop in this chat will be noted: said on the panel, so that nobody is surprised. */
export function noted(settings: SettingsAnswer | null, packs: PackInfo[], scope: ChatScope): boolean {
  return settings !== null && scope !== "personal" && eventLog(settings.settings, packs).on;
}

function wayOut(verdict: Verdict, how: How): WayOut {
  if (how === "click") return "sent_anyway";
  if (how === "not_significant") return "not_significant";
  return verdict.action === "block" ? "not_what_it_looks" : "justified";
}
