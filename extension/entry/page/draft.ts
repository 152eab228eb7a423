// What the page tells the worker of a message being written.

import { rfc3339 } from "../../channel/dates.ts";
import type { Channel, Reading } from "../../channel/types.ts";
import type { Message, PageDraft } from "../../wire.ts";

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

/** The last messages in view. */
export function context(channel: Channel): Message[] {
  return channel
    .rows(CONTEXT)
    .filter((row) => row.kind === "text" && row.whole)
    .map((row) => ({
      direction: row.direction,
      from: row.from.name,
      at: rfc3339(row.at.date, row.at.time),
      body: row.body,
    }));
}
