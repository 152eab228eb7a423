// Keeping, on the page's side: which messages, what was judged of them, and the
// one click. The worker makes the record.

import { dayOf, zoneAt } from "../../channel/dates.ts";
import type { Sent } from "../../channel/sending.ts";
import type { Channel, Row } from "../../channel/types.ts";
import type { ChipAct, ChipState } from "../../ui/chip.ts";
import type { KeepDeps, KeepModel } from "../../ui/keep.ts";
import type { ChatFacts, Choice, Judged } from "../../ui/record.ts";
import { pageStrings } from "../../ui/strings/page.ts";
import type { Surface } from "../../ui/surface.ts";
import { randomHex } from "../../random.ts";
import type { PageAsk, Party, Remembered, SettingsAnswer, Verdict } from "../../wire.ts";
import type { Port } from "./port.ts";

/** Verdicts of sent messages remembered, in memory only. */
const REMEMBERED = 200;
/** Milliseconds after a send at which its row is looked for. */
const LOOKS = [250, 1000, 3000];

export interface KeepingOptions {
  channel: Channel;
  port: Port;
  surface: () => Surface;
  settings: () => SettingsAnswer | null;
  /** What state() says has changed. */
  changed: () => void;
  /** Back to the composer. */
  refocus: () => void;
}

/** The id of a sent message that has no row. */
const SENT = "sent";

interface Last {
  sent: Sent;
  /** Rows of one's own that were there before, so that the new one is told. */
  before: Set<string>;
  id: string;
  /** When it was sent, milliseconds since 1970. */
  at: number;
  /** Its id in the side panel's list, "" where it is not listed. */
  item: string;
}

export class Keeping {
  private last: Last | null = null;
  private record: Extract<ChipState, { kind: "record" }> | null = null;
  private readonly judgedRows = new Map<string, Judged>();
  /** Of messages the side panel lists: chat and row, by item; in memory only. */
  private readonly listed = new Map<string, { title: string; row: string }>();
  private pointed: HTMLElement | null = null;
  /** The message the floating button stands beside now. */
  private beside: HTMLElement | null = null;

  constructor(private readonly options: KeepingOptions) {}

  /** The chip's state as far as keeping goes; null when there is nothing to say. */
  state(title: string): ChipState | null {
    if (this.record) return this.record;
    const sent = this.last?.sent;
    if (!sent || sent.reading.title !== title) return null;
    return { kind: "sent", must: sent.verdict?.duty === "capture", reason: sent.reason !== "" };
  }

  /** Something of a sent message is still to be said. */
  waits(): boolean {
    return this.record !== null || this.last !== null;
  }

  /** The chat of the message sent last, null for none. */
  title(): string | null {
    return this.last?.sent.reading.title ?? (this.record ? "" : null);
  }

  /** A message went: its verdict is remembered, and Keep offered where the duty says so. */
  sent(sent: Sent): void {
    const before = new Set(this.options.channel.rows().map((row) => row.id));
    const last: Last = { sent, before, id: "", at: Date.now(), item: this.list(sent) };
    this.record = null;
    this.last = offersKeep(sent.verdict) ? last : null;
    if (sent.verdict) for (const wait of LOOKS) setTimeout(() => { this.find(last); }, wait);
  }

  /** Tells the worker of a message that may have to be kept: ids only, no word of it. */
  private list({ verdict, reading }: Sent): string {
    const duty = verdict?.duty;
    if (!verdict || (duty !== "capture" && duty !== "consider")) return "";
    const item = randomHex(16);
    const rules = [...new Set(verdict.reasons.map(({ pack, clause }) => `${pack}/${clause}`))];
    const report = verdict.obligations.some(({ kind }) => kind === "report");
    this.listed.set(item, { title: reading.title, row: "" });
    if (this.listed.size > REMEMBERED) this.listed.delete(this.listed.keys().next().value ?? "");
    const { id: channel } = this.options.channel;
    void this.options.port.ask({ op: "sent", channel, chat: reading.title, id: item, duty, rules, report }).catch(() => undefined);
    return item;
  }

  /** The side panel asks which of its messages this page remembers, or to show one of them. */
  answer(ask: PageAsk): Remembered[] | null {
    if (ask.op === "which") return [...this.listed].map(([item, { title }]) => ({ item, title }));
    const found = this.listed.get(ask.item);
    if (found?.row === SENT && this.last?.item === ask.item) this.keepLast();
    else if (found) this.show(this.rowChoices(), "", found.row && found.title === this.options.channel.chat()?.title ? [found.row] : []);
    return null;
  }

  /** The next message is being written: what was filed has been read by now. */
  typing(): void {
    if (this.record) {
      this.record = null;
      this.options.changed();
    }
  }

  /** True when there was something of keeping to put away. */
  dismiss(): boolean {
    const had = this.record !== null || this.last !== null;
    this.record = null;
    this.last = null;
    return had;
  }

  open(act: Exclude<ChipAct, "details" | "dismiss" | "options" | "stored" | "panel">): void {
    if (act === "keepByHand") this.show([], this.selection());
    else if (act === "keepSubstance") this.show(this.rowChoices(), "", [], true);
    else if (act === "keepMany") this.show(this.rowChoices(), "", []);
    else this.keepLast();
  }

  keepPointed(): void {
    const rows = this.options.channel.rows();
    const row = rows.find(({ element }) => element === this.pointed);
    if (row) this.show(this.rowChoices(), "", [row.id]);
  }

  pointAt(message: HTMLElement | null): void {
    if (message === this.beside && message !== null) return;
    this.beside = message;
    this.pointed = message ?? this.pointed;
    const pane = this.options.channel.pane();
    if (!message || !pane) {
      this.options.surface().pointAt(null, null, "");
      return;
    }
    const bubble = this.options.channel.bubbleOf(message).getBoundingClientRect();
    this.options.surface().pointAt(bubble, pane.getBoundingClientRect(), this.strings().keepRow);
  }

  deps(): KeepDeps {
    const { port } = this.options;
    return {
      strings: () => this.strings(),
      zoneAt,
      send: (capture, request) => port.ask({ op: "keep", capture, request }),
      act: (page) => { void port.ask({ op: "open", page }).catch(() => undefined); },
      closed: () => { this.options.refocus(); },
      kept: (answer, ids) => {
        if (this.last && ids.includes(this.last.id)) this.last = null;
        const items = [...this.listed].filter(([, { row }]) => ids.includes(row)).map(([item]) => item);
        for (const item of items) this.listed.delete(item);
        if (items.length > 0) void port.ask({ op: "decided", items }).catch(() => undefined);
        this.record = { kind: "record", state: answer.state, where: answer.where, trouble: answer.trouble };
        this.options.changed();
      },
    };
  }

  private strings() {
    return pageStrings[this.options.settings()?.language ?? "en"];
  }

  private keepLast(): void {
    const { last } = this;
    if (!last) return;
    this.find(last);
    if (last.id) this.show(this.rowChoices(), "", [last.id]);
    else if (this.options.channel.sendKey === "enter") this.show(this.rowChoices(), "", []);
    else this.show([this.fromSent(last)], "", [SENT]);
  }

  /**
   * Finds the row of a sent message: one's own, not there before, with its text; or the
   * last one, where a page showed it before we were told that it went.
   */
  private find(last: Last): void {
    if (last.id) return;
    const listed = this.listed.get(last.item);
    const shown = this.options.channel.rows();
    const same = (row: Row | undefined) => row !== undefined && row.direction !== "in" && squeeze(row.body) === squeeze(last.sent.reading.body);
    const row = shown.findLast((one) => !last.before.has(one.id) && same(one)) ?? (same(shown.at(-1)) ? shown.at(-1) : undefined);
    if (!row) return;
    last.id = row.id;
    if (listed) listed.row = row.id;
    this.judgedRows.set(row.id, { verdict: last.sent.verdict, reason: last.sent.reason });
    if (this.judgedRows.size > REMEMBERED) this.judgedRows.delete(this.judgedRows.keys().next().value ?? "");
  }

  private rowChoices(): Choice[] {
    return this.options.channel.rows().filter((row) => row.kind !== "other").map((row) => this.timed(choiceOf(row)));
  }

  /** When the message sent last went is known, also where the page shows no time. */
  private timed(choice: Choice): Choice {
    if (choice.id !== this.last?.id || (choice.date && choice.time)) return choice;
    const [date, time] = localStamp(this.last.at);
    return { ...choice, date, time };
  }

  /** The mail sent last: its window is gone, and no row shows it. */
  private fromSent(last: Last): Choice {
    const { reading } = last.sent;
    const [date, time] = localStamp(last.at);
    const listed = this.listed.get(last.item);
    if (listed) listed.row = SENT;
    this.judgedRows.set(SENT, { verdict: last.sent.verdict, reason: last.sent.reason });
    return {
      id: SENT,
      direction: "out",
      from: this.me(),
      to: reading.to,
      subject: reading.subject,
      date,
      time,
      shown: "",
      body: reading.body,
      attachments: reading.attachments,
      whole: true,
      deleted: false,
    };
  }

  private show(choices: Choice[], pasted: string, chosen: string[] = [], noted = false): void {
    const { surface, settings } = this.options;
    const advancedPrivacy = this.options.channel.chat()?.advancedPrivacy ?? false;
    const model: KeepModel = {
      chat: this.chatFacts(),
      me: this.me(),
      choices,
      chosen,
      contextMessages: settings()?.settings.context_messages ?? 3,
      judged: (id) => this.judgedRows.get(id) ?? null,
      pasted,
      substance: noted || advancedPrivacy,
      advancedPrivacy,
      hold: settings()?.hold ?? "unknown",
    };
    surface().keep.show(model);
    surface().row.hide();
    this.beside = null;
  }

  private me(): Party {
    const settings = this.options.settings()?.settings;
    return { name: settings?.name ?? "", address: settings?.address ?? "" };
  }

  private chatFacts(): ChatFacts {
    const { channel } = this.options;
    const chat = channel.chat();
    return {
      channel: channel.id,
      title: chat?.title ?? "",
      kind: chat?.kind ?? "unknown",
      members: chat?.members ?? [],
      membersComplete: chat?.membersComplete ?? false,
    };
  }

  /** What the person selected on the page, outside the composer. */
  private selection(): string {
    return this.options.channel.selection();
  }
}

function choiceOf(row: Row): Choice {
  return {
    id: row.id,
    direction: row.direction,
    from: row.from,
    ...(row.to && { to: row.to }),
    ...(row.subject !== undefined && { subject: row.subject }),
    date: row.at.date,
    time: row.at.time,
    shown: row.at.shown,
    body: row.body,
    attachments: row.attachments,
    whole: row.whole,
    deleted: row.kind === "deleted",
  };
}

/** Date and time of the device's clock. */
function localStamp(ms: number): [string, string] {
  const at = new Date(ms);
  return [dayOf(ms), `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`];
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Whether Keep is offered unasked. What could be read but not judged is the person's to decide; what was not checked at all says so instead. */
function offersKeep(verdict: Verdict | null | undefined): boolean {
  if (!verdict) return false;
  return verdict.duty === "capture" || verdict.duty === "consider" || (verdict.duty === "unknown" && verdict.action !== "unknown");
}
