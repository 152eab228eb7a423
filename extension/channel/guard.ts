// The guard between a person's wish to send and the page. It listens at window
// capture, before any listener of the page, and decides synchronously: a send
// passes only when the last verdict is for exactly the draft in the composer
// and lets it pass. Anything else is stopped, asked, compared again, and then
// released once, by the page's own send control; the text is never touched.

import type { Action, Verdict } from "../wire.ts";
import { EnterMeans } from "./enter.ts";
import { FAMILY, type Gesture, cancels, gestureOf } from "./gestures.ts";
import { type Current, Judging } from "./judging.ts";
import type { GuardOptions, NotChecked, Sent, Stop, Times } from "./sending.ts";
import type { Reading } from "./types.ts";

/**
 * Milliseconds: "checking" shows, the answer counts as unknown, a release's echo ends,
 * a release whose control was gone lapses.
 */
export const TIMES: Times = { checking: 120, unknown: 1500, echo: 500, typing: 120, again: 60_000 };

const STARTS = new Set(["keydown", "pointerdown", "mousedown", "touchstart"]);
const PASSES: ReadonlySet<Action> = new Set<Action>(["allow", "notice"]);

interface Held {
  form: string;
  box: HTMLElement;
  button: HTMLElement | null;
  reading: Reading;
  timers: ReturnType<typeof setTimeout>[];
}

export class Guard {
  readonly judging: Judging;
  private held: Held | null = null;
  /** What was stopped and still waits for the person. */
  private stop: Held | null = null;
  private releasing = false;
  /** What was just released: the person's next event of the same press must not send twice. */
  private echo: { form: string; until: number } | null = null;
  private told: { form: string; until: number } | null = null;
  /** A draft that may go at the next wish to send it: its control was gone at release. */
  private allowed: { form: string; until: number; how: Omit<Sent, "reading">; why: NotChecked | null } | null = null;
  /** The send button the mouse went down on: only its release there is a press. */
  private down: HTMLElement | null = null;
  /** Companions of a stopped press (keyup, mouseup, click) that are still to come. */
  private swallow: "key" | "button" | null = null;
  /** The draft at the start of the press that passed last. */
  private begun: string | null = null;
  private readonly enter: EnterMeans;
  private readonly times: Times;

  constructor(private readonly options: GuardOptions) {
    this.times = { ...TIMES, ...options.times };
    this.enter = new EnterMeans(options.channel, this.times.checking);
    this.judging = new Judging({
      channel: options.channel,
      ask: options.ask,
      signal: options.signal,
      delay: this.times.typing,
      answered: (form, verdict, reading) => {
        this.answered(form, verdict, reading);
      },
      nothing: (why) => {
        this.nothing(why);
      },
    });
    const listen = { capture: true, passive: false, signal: options.signal };
    for (const type of FAMILY) window.addEventListener(type, this.onEvent, listen);
    options.signal.addEventListener("abort", () => {
      this.drop();
    });
  }

  private readonly onEvent = (event: Event): void => {
    if (this.releasing || this.options.ours(event)) return;
    const gesture = gestureOf(event, this.options.channel);
    if (event.type === "mousedown") this.down = gesture?.button ?? null;
    if (gesture && event.type === "mouseup" && this.down !== gesture.button) gesture.act = false;
    if (!gesture) {
      this.noteStrange(event);
      return;
    }
    if (gesture.plainEnter && !this.enter.sends) {
      if (gesture.act) this.enter.learn(gesture.box);
      return;
    }
    if (!this.passes(event, gesture)) {
      if (cancels(event)) event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  /** The synchronous decision. True: the page may have this event. */
  private passes(event: Event, gesture: Gesture): boolean {
    if (this.companion(event, gesture)) return false;
    if (!this.options.alive()) return this.open(gesture, null, "orphan");
    const { current, why } = this.judging.read(gesture.box);
    if (!current) {
      if (why === null) return true; // empty: nothing can be sent
      return this.options.failMode() === "open" ? this.open(gesture, null, "page") : this.closed(gesture);
    }
    const { canonical: form, reading } = current;
    if (this.echoes(form)) return !event.isTrusted;
    if (this.allows(form)) return this.passAllowed(gesture, form, reading);
    const verdict = this.judging.verdictFor(form);
    if (verdict && PASSES.has(verdict.action)) {
      if (STARTS.has(event.type)) this.begun = form;
      return this.pass(gesture, form, reading, verdict);
    }
    if (verdict?.action === "unknown" && this.options.failMode() === "open") {
      return this.open(gesture, current, "engine", verdict);
    }
    if (gesture.act && this.stop?.form === form) this.options.view.reminded(event.isTrusted);
    else if (gesture.act || this.interrupted(event, form)) this.hold(gesture, form, reading, verdict);
    this.swallow = gesture.via;
    return false;
  }

  private echoes(form: string): boolean {
    return this.echo?.form === form && performance.now() < this.echo.until;
  }

  /** The rest of a press whose start was stopped: stopped too, without asking again. */
  private companion(event: Event, gesture: Gesture): boolean {
    if (this.swallow !== gesture.via) return false;
    const repeat = event instanceof KeyboardEvent && event.repeat;
    if (event.type === "click" || (STARTS.has(event.type) && !repeat)) {
      this.swallow = null;
      return false;
    }
    if (event.type === "keyup") this.swallow = null;
    return true;
  }

  /** The end of a press whose start passed: settings changed in between, and stopping it loses the press. */
  private interrupted(event: Event, form: string): boolean {
    return !STARTS.has(event.type) && this.begun !== null && sameBut(this.begun, form);
  }

  private pass(gesture: Gesture, form: string, reading: Reading, verdict: Verdict): boolean {
    if (gesture.act) {
      this.drop();
      if (gesture.plainEnter) this.enter.learn(gesture.box);
      this.tell(form, { reading, verdict, outcome: "passed", reason: "" });
    }
    return true;
  }

  private allows(form: string): boolean {
    return this.allowed?.form === form && performance.now() < this.allowed.until;
  }

  /** What was released already, when its control was gone: this press, and no other after it. */
  private passAllowed(gesture: Gesture, form: string, reading: Reading): boolean {
    if (gesture.act && this.allowed) {
      this.drop();
      this.allowed.until = performance.now() + this.times.echo;
      if (this.allowed.why) this.options.view.unjudged(this.allowed.why);
      this.tell(form, { reading, ...this.allowed.how });
    }
    return true;
  }

  private open(gesture: Gesture, current: Current | null, why: NotChecked, verdict: Verdict | null = null): boolean {
    if (gesture.act) {
      this.drop();
      this.options.view.unjudged(why);
      if (current) this.tell(current.canonical, { reading: current.reading, verdict, outcome: "unchecked", reason: "" });
    }
    return true;
  }

  /** Fail mode closed and the composer is not readable: nothing to compare, so nothing to release. */
  private closed(gesture: Gesture): boolean {
    if (gesture.act) {
      const { box } = gesture;
      this.options.view.heldUnchecked({ release: () => false, ...this.controls(box) });
    }
    return false;
  }

  private hold(wish: { box: HTMLElement; button: HTMLElement | null }, form: string, reading: Reading, verdict: Verdict | null): void {
    if (this.held?.form === form) return;
    this.drop();
    this.allowed = null;
    const { box, button } = wish;
    const held: Held = { form, box, button, reading, timers: [] };
    this.held = held;
    if (verdict) {
      this.decide(held, verdict);
      return;
    }
    held.timers.push(
      setTimeout(() => {
        if (this.held === held) this.options.view.checking();
      }, this.times.checking),
      setTimeout(() => {
        if (this.held === held) this.decide(held, null, "late");
      }, this.times.unknown),
    );
    this.judging.now(box);
  }

  private answered(form: string, verdict: Verdict | null, reading: Reading): void {
    if (this.echoes(form)) return; // sent already; the page has not emptied the box yet
    const held = this.held;
    if (held && sameBut(held.form, form)) {
      held.form = form; // the settings' generation was not known before the first answer
      this.decide(held, verdict, "engine");
      return;
    }
    if (held) {
      const now = this.judging.read(held.box).current;
      if (now && sameBut(now.canonical, held.form)) return; // an older draft's answer; ours is coming
      this.drop();
      this.options.view.changed();
    }
    if (this.allowed?.form !== form) this.allowed = null;
    const { stop } = this;
    if (stop?.form === form) return; // still shown, still waiting for the person
    this.stop = null;
    if (stop && sameBut(stop.form, form) && verdict && stops(verdict)) {
      stop.form = form; // the same draft by other settings: stopped anew
      this.decide(stop, verdict);
      return;
    }
    if (verdict && verdict.action !== "unknown") this.options.view.judged(verdict, reading);
    else this.options.view.unjudged(this.options.alive() ? "engine" : "orphan");
  }

  private nothing(why: string | null): void {
    if (this.held) this.drop();
    this.stop = null;
    this.allowed = null;
    if (why === null) this.options.view.idle();
    else this.options.view.unjudged("page");
  }

  /** What happens to a held send once its verdict is there, or is not to be had. */
  private decide(held: Held, verdict: Verdict | null, why: NotChecked = "engine"): void {
    clear(held);
    if (verdict && PASSES.has(verdict.action)) {
      this.let(held, { verdict, outcome: "passed", reason: "" });
    } else if (!verdict || verdict.action === "unknown") {
      const orphan = !this.options.alive();
      if (orphan || this.options.failMode() === "open") {
        this.let(held, { verdict, outcome: "unchecked", reason: "" }, orphan ? "orphan" : why);
      } else {
        this.held = null;
        this.options.view.heldUnchecked(this.stopFor(held));
      }
    } else {
      this.held = null;
      this.stop = held;
      this.options.view.stopped(verdict, this.stopFor(held, verdict), held.reading);
    }
  }

  /** Releases a held send once, if it still is the same draft. */
  private let(held: Held, how: Omit<Sent, "reading">, why?: NotChecked): boolean {
    this.drop();
    const now = this.judging.read(held.box).current;
    // Without a verdict there is no generation to compare, only the draft itself.
    const same = now && (how.verdict ? now.canonical === held.form : sameBut(now.canonical, held.form));
    if (!same) {
      this.options.view.changed();
      if (now) this.judging.now(held.box);
      return false;
    }
    this.echo = { form: now.canonical, until: performance.now() + this.times.echo };
    this.stop = null;
    if (!this.press(held)) {
      this.echo = null;
      this.allowed = { form: now.canonical, until: performance.now() + this.times.again, how, why: why ?? null };
      this.options.view.again(this.allowed.why);
      return true;
    }
    if (why) this.options.view.unjudged(why);
    this.tell(held.form, { reading: held.reading, ...how });
    this.judging.later(held.box);
    return true;
  }

  /** The page's own control, our guard standing aside. */
  private press(held: Held): boolean {
    this.releasing = true;
    try {
      return this.options.channel.send(held.box, held.button);
    } finally {
      this.releasing = false;
    }
  }

  private stopFor(held: Held, verdict: Verdict | null = null): Stop {
    let used = false;
    return {
      release: (reason) => {
        if (used || this.options.signal.aborted) return false;
        used = true;
        return this.let(held, { verdict, outcome: "released", reason });
      },
      ...this.controls(held.box),
    };
  }

  private controls(box: HTMLElement): Omit<Stop, "release"> {
    return {
      box,
      edit: () => {
        this.stop = null;
        this.allowed = null;
        box.focus();
      },
      retry: () => {
        box.focus();
        const now = this.judging.read(box).current;
        if (now) this.hold({ box, button: null }, now.canonical, now.reading, this.judging.verdictFor(now.canonical));
      },
    };
  }

  /** An editor in the chat that is not understood: its sends cannot be seen. */
  private noteStrange(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || event.type !== "keydown") return;
    if (!(event.target instanceof Element)) return;
    if (this.options.channel.strangeComposer(event.target)) this.options.view.unjudged("page");
  }

  /** Enter on a button is followed by its click: one send, told once. */
  private tell(form: string, sent: Sent): void {
    const now = performance.now();
    if (this.told?.form !== form || now > this.told.until) this.options.view.sent(sent);
    this.told = { form, until: now + this.times.echo };
  }

  private drop(): void {
    if (this.held) clear(this.held);
    this.held = null;
  }
}

/** Neither passing nor unknown: the person is asked. */
function stops(verdict: Verdict): boolean {
  return !PASSES.has(verdict.action) && verdict.action !== "unknown";
}

function clear(held: Held): void {
  held.timers.forEach(clearTimeout);
  held.timers = [];
}

/** Equal canonical drafts but for the generation, which is their last member. */
function sameBut(a: string, b: string): boolean {
  return a.slice(0, a.lastIndexOf(",")) === b.slice(0, b.lastIndexOf(","));
}
