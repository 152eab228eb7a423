// Asking for verdicts while a person types: debounced, one question in flight,
// the latest draft wins. An input event costs one timer, no reading.

import type { Verdict } from "../wire.ts";
import { canonical } from "./canonical.ts";
import type { Channel, Reading } from "./types.ts";

/** What the worker says of one reading. generation: of the settings it used. */
export interface Answer {
  verdict: Verdict;
  generation: number;
}

/** The draft in the composer now: its reading and canonical form. */
export interface Current {
  reading: Reading;
  canonical: string;
}

export interface JudgingOptions {
  channel: Channel;
  /** Asks the worker. Rejects when it cannot be reached. */
  ask: (reading: Reading, box: HTMLElement) => Promise<Answer>;
  /** A verdict for the draft with this canonical form; null: it could not be judged. */
  answered: (canonical: string, verdict: Verdict | null, reading: Reading) => void;
  /** The composer is empty, or not readable (why). */
  nothing: (why: string | null) => void;
  signal: AbortSignal;
  /** Milliseconds after the last input until a question is put. */
  delay?: number;
}

const DELAY_MS = 120;

export class Judging {
  private last: { canonical: string; verdict: Verdict } | null = null;
  private box: HTMLElement | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flying = false;
  private again = false;
  /** Raised at every change of settings, packs, holds or scope: older verdicts stop counting. */
  private epoch = 0;
  private generation = 0;

  constructor(private readonly options: JudgingOptions) {
    options.signal.addEventListener("abort", () => {
      clearTimeout(this.timer);
    });
  }

  /** The standing of every canonical draft made now. */
  private standing(): string {
    return `${this.epoch}.${this.generation}`;
  }

  /** Settings, packs, holds or scope changed: every verdict is for another draft now. */
  outdate(): void {
    this.epoch++;
    this.last = null;
    if (this.box) this.later(this.box);
  }

  /** After an input event. */
  later(box: HTMLElement): void {
    this.box = box;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.now(box);
    }, this.options.delay ?? DELAY_MS);
  }

  /** At once: a send is waiting. */
  now(box: HTMLElement): void {
    this.box = box;
    clearTimeout(this.timer);
    if (this.options.signal.aborted) return;
    if (this.flying) this.again = true;
    else void this.put(box);
  }

  /** Reads the composer: a draft, or why there is none (null when simply empty). */
  read(box: HTMLElement): { current: Current | null; why: string | null } {
    const state = this.options.channel.readDraft(box);
    if (state.state !== "ready") {
      return { current: null, why: state.state === "unknown" ? state.why : null };
    }
    const form = canonical(state.reading, this.standing());
    return { current: { reading: state.reading, canonical: form }, why: null };
  }

  /** The verdict for exactly this canonical draft, or null. */
  verdictFor(form: string): Verdict | null {
    return this.last?.canonical === form ? this.last.verdict : null;
  }

  private async put(box: HTMLElement): Promise<void> {
    const { current, why } = this.read(box);
    if (!current) {
      this.last = null;
      this.options.nothing(why);
      return;
    }
    if (this.last?.canonical === current.canonical) {
      this.options.answered(current.canonical, this.last.verdict, current.reading);
      return;
    }
    const epoch = this.epoch;
    this.flying = true;
    let answer: Answer | null = null;
    try {
      answer = await this.options.ask(current.reading, box);
    } catch {
      answer = null; // the worker is gone; said as "not checked"
    }
    this.flying = false;
    if (this.options.signal.aborted) return;
    if (epoch === this.epoch) this.take(current, answer);
    else this.again = true;
    if (this.again) {
      this.again = false;
      this.now(this.box ?? box);
    }
  }

  private take(current: Current, answer: Answer | null): void {
    let form = current.canonical;
    if (answer && answer.generation !== this.generation) {
      this.generation = answer.generation;
      form = canonical(current.reading, this.standing());
    }
    this.last = answer && { canonical: form, verdict: answer.verdict };
    this.options.answered(form, answer?.verdict ?? null, current.reading);
  }
}
