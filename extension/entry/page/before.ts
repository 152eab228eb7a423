// What is said at a composer before anything is written in it: the reminder about the
// device (UK guidance, paragraphs 10b and 32), as long as it still acts in this session.

import type { Channel, Reading } from "../../channel/types.ts";
import type { Verdict } from "../../wire.ts";
import { pageDraft } from "./draft.ts";
import type { Port } from "./port.ts";

export interface Said {
  verdict: Verdict;
  reading: Reading;
}

export class Before {
  private said: Said | null = null;

  constructor(
    private readonly port: Port,
    private readonly channel: Channel,
    private readonly changed: () => void,
  ) {}

  /** The focus came to an empty composer: what would be said of anything written there. */
  async look(box: HTMLElement): Promise<void> {
    const chat = this.channel.chat();
    if (!chat || this.channel.readDraft(box).state !== "empty") return;
    const { title, members, membersComplete } = chat;
    const account = this.channel.account?.(box) ?? "";
    const reading: Reading = { channel: this.channel.id, account, title, to: members, membersComplete, timerSeconds: 0, subject: "", body: "", attachments: [] };
    const answer = await this.port.ask({ op: "judge", draft: pageDraft(reading, []) }).catch(() => null);
    const acts = answer?.verdict.action === "notice" && answer.verdict.reasons.some((reason) => reason.detector === "device" && reason.once === "session");
    this.said = acts ? { verdict: answer.verdict, reading } : null;
    this.changed();
  }

  /** In the chat with this title; null where there is nothing to say, or no more. */
  in(title: string | null): Said | null {
    return this.said?.reading.title === title ? this.said : null;
  }

  /** Something went: it was read by then. */
  over(): void {
    this.said = null;
  }
}
