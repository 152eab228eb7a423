// What the page tells the worker of a message being written.

import { rfc3339 } from "../../channel/dates.ts";
import type { Sent } from "../../channel/sending.ts";
import type { Channel, Reading, Row } from "../../channel/types.ts";
import { onceOnly } from "../../ui/face.ts";
import type { ChatScope, Message, PageDraft } from "../../wire.ts";
import type { Port } from "./port.ts";

/** Messages before the draft that the judgement may read, work and mixed chats only. */
const CONTEXT = 5;

export function pageDraft(reading: Reading, before: Message[]): PageDraft {
  const { channel, account, title, to, subject, body, attachments } = reading;
  return {
    v: 1,
    id: "",
    channel,
    account,
    title,
    to,
    subject,
    body,
    attachments,
    members_complete: reading.membersComplete,
    timer_s: reading.timerSeconds,
    context: before,
  };
}

/** Nothing written yet: asked for the chat's scope. */
export function emptyDraft(channel: string, title: string): PageDraft {
  return { v: 1, id: "", channel, account: "", title, to: [], subject: "", body: "", attachments: [], members_complete: false, timer_s: 0, context: [] };
}

/**
 * The last messages in view, for the judgement unless the chat is private, and who writes
 * or is written to in them: answering those is nothing unusual.
 */
export function answered(channel: Channel, personal: boolean): Pick<PageDraft, "context" | "met"> {
  const rows = channel.rows(CONTEXT);
  return { context: personal ? [] : rows.filter((row) => row.kind === "text" && row.whole).map(contextOf), met: rows.flatMap((row) => [row.from, ...(row.to ?? [])]) };
}

/**
 * Said to the worker now that a message went: reasons that speak once, how far a
 * private chat has drifted, and, of a chat that is not private, who was written to.
 */
export function acknowledge(port: Port, { verdict, reading }: Sent, scope: ChatScope): void {
  const reasons = (verdict ? onceOnly(verdict) : []).map(({ pack, clause, once }) => ({ pack, clause, once }));
  const drift = verdict?.drift ?? [];
  const to = scope === "personal" ? [] : reading.to;
  if (reasons.length + drift.length + to.length === 0) return;
  void port.ask({ op: "shown", channel: reading.channel, chat: reading.title, reasons, drift, to }).catch(() => undefined);
}

function contextOf(row: Row): Message {
  return { direction: row.direction, from: row.from.name, at: rfc3339(row.at.date, row.at.time), body: row.body };
}
