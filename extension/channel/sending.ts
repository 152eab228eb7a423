// What the guard is given and what it tells: the words both sides of it share.

import type { Verdict } from "../wire.ts";
import type { Answer } from "./judging.ts";
import type { Channel, Reading } from "./types.ts";

/** Milliseconds of the guard's waits; see TIMES in guard.ts. */
export type Times = Record<"checking" | "unknown" | "echo" | "typing" | "again", number>;

/** How a message left: as judged, by the person's decision, or unjudged. */
export type Outcome = "passed" | "released" | "unchecked";

export interface Sent {
  reading: Reading;
  verdict: Verdict | null;
  outcome: Outcome;
  /** What the person gave as reason, "" for none. */
  reason: string;
}

/** What the guard tells; it draws nothing itself. */
export interface GuardView {
  /** A verdict for what is in the composer, while typing. */
  judged: (verdict: Verdict, reading: Reading) => void;
  /** Nothing to judge. */
  idle: () => void;
  /** A draft that could not be judged or read; nothing waits. */
  unjudged: (why: NotChecked) => void;
  /** A send waits for its verdict. */
  checking: () => void;
  /** A send was stopped by this verdict; only stop.release lets it go. */
  stopped: (verdict: Verdict, stop: Stop, reading: Reading) => void;
  /** The same draft was asked to be sent again, by the person or (trusted false) by the page. */
  reminded: (trusted: boolean) => void;
  /** A send was stopped because it could not be judged (fail mode closed). */
  heldUnchecked: (stop: Stop) => void;
  /** The text changed while its send was held: it waits for a new wish to send. */
  changed: () => void;
  /** It may go (not checked: why), but the control that was pressed is gone: the person presses it again. */
  again: (why: NotChecked | null) => void;
  sent: (sent: Sent) => void;
}

/** Why something was not checked, as a key of the interface's texts. */
export type NotChecked = "engine" | "page" | "orphan" | "late";

/** A stopped send. */
export interface Stop {
  /** The composer it was written in. */
  box: HTMLElement;
  /** Lets exactly this draft go, once. False when the text is another by now. */
  release: (reason: string) => boolean;
  /** Leaves the text where it is. */
  edit: () => void;
  /** Judges again. */
  retry: () => void;
}

export interface GuardOptions {
  channel: Channel;
  ask: (reading: Reading, box: HTMLElement) => Promise<Answer>;
  view: GuardView;
  /** False once an update orphaned this script: then everything opens. */
  alive: () => boolean;
  failMode: () => "open" | "closed";
  /** Events inside our own interface are not the page's. */
  ours: (event: Event) => boolean;
  signal: AbortSignal;
  /** For tests: milliseconds. */
  times?: Partial<Times>;
}
