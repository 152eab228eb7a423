// One page's session: channel, guard and interface put together. It holds what
// is in memory only: the last verdict, the message just sent, the chat's scope.

import { Guard } from "../../channel/guard.ts";
import type { GuardView, NotChecked, Sent, Stop } from "../../channel/sending.ts";
import type { Channel, Reading } from "../../channel/types.ts";
import { watch } from "../../channel/watch.ts";
import type { ChipAct, ChipState } from "../../ui/chip.ts";
import type { PanelActions, PanelContext, PanelModel } from "../../ui/panel.ts";
import { Shield } from "../../ui/host.ts";
import { pageStrings } from "../../ui/strings/page.ts";
import { Surface } from "../../ui/surface.ts";
import type { ChatScope, Language, PageDraft, SettingsAnswer, Verdict } from "../../wire.ts";
import { Before } from "./before.ts";
import { Clauses } from "./clauses.ts";
import { acknowledge, answered, emptyDraft, pageDraft } from "./draft.ts";
import { Keeping } from "./keeping.ts";
import type { Port } from "./port.ts";
import { Stops, noted } from "./stops.ts";

/** Milliseconds after a send until a page has taken its window away. */
const CLOSED_MS = 400;

export interface SessionOptions {
  channel: Channel;
  port: Port;
  signal: AbortSignal;
  /** For tests. */
  root?: ShadowRootMode;
}

export class Session implements GuardView {
  readonly guard: Guard;
  private readonly shield: Shield;
  private readonly keeping: Keeping;
  private readonly clauses: Clauses;
  private readonly stops: Stops;
  private readonly before: Before;
  private made: Surface | null = null;
  private settings: SettingsAnswer | null = null;
  private box: HTMLElement | null = null;
  private strange: HTMLElement | null = null;
  private scope: { title: string; scope: ChatScope } = { title: "", scope: "unset" };
  private judgement: { verdict: Verdict; reading: Reading } | null = null;
  private unsure: NotChecked | null = null;
  private checkingNow = false;
  private changedSince = false;
  private pressAgain: "checked" | "unchecked" | null = null;
  private setupLater = false;

  constructor(private readonly options: SessionOptions) {
    const { channel, port, signal } = options;
    this.shield = new Shield(signal);
    this.clauses = new Clauses(port, () => this.language());
    this.stops = new Stops(port, channel);
    this.before = new Before(port, channel, () => { this.draw(); });
    this.keeping = new Keeping({
      channel,
      port,
      surface: () => this.surface(),
      settings: () => this.settings,
      changed: () => { this.draw(); },
      refocus: () => { this.box?.focus(); },
    });
    this.guard = new Guard({
      channel,
      ask: (reading, box) => this.judge(reading, box),
      view: this,
      alive: port.alive,
      failMode: () => this.settings?.settings.fail_mode ?? "open",
      ours: (event) => this.ignores(event),
      signal,
    });
    watch(channel, (event) => this.ignores(event), this.watcher(), signal);
    port.onChanged(() => {
      void this.refresh();
      this.guard.judging.outdate();
    });
    port.onAsked((ask) => this.keeping.answer(ask));
    void this.refresh();
  }

  // What the guard tells.

  judged(verdict: Verdict, reading: Reading): void {
    this.checkingNow = false;
    this.unsure = null;
    this.judgement = { verdict, reading };
    this.putAway(reading);
    this.draw();
  }

  idle(): void {
    this.checkingNow = false;
    this.judgement = null;
    this.putAway();
    this.draw();
  }

  unjudged(why: NotChecked): void {
    this.checkingNow = false;
    this.judgement = null;
    this.unsure = why;
    this.putAway(null);
    this.draw();
  }

  checking(): void {
    this.checkingNow = true;
    this.draw();
  }

  changed(): void {
    this.checkingNow = false;
    this.changedSince = true;
    this.putAway();
    this.draw();
  }

  again(why: NotChecked | null): void {
    this.checkingNow = false;
    this.pressAgain = why ? "unchecked" : "checked";
    this.draw();
  }

  stopped(verdict: Verdict, stop: Stop, reading: Reading): void {
    this.checkingNow = false;
    this.unsure = null;
    this.judgement = { verdict, reading };
    this.dock(); // a button sends what stands beside it, whichever was written in last
    this.openPanel(verdict, reading, stop);
  }

  reminded(trusted: boolean): void { if (trusted) this.made?.panel.focus(); }

  heldUnchecked(stop: Stop): void {
    this.checkingNow = false;
    const surface = this.surface();
    surface.panel.showHeld({
      edit: () => { this.leavePanel(stop.edit); },
      retry: () => { this.leavePanel(stop.retry); },
    });
    this.draw();
    surface.placeNow();
    surface.panel.focus();
  }

  sent(sent: Sent): void {
    this.checkingNow = false;
    this.judgement = null;
    this.made?.panel.hide();
    if (sent.outcome === "passed" || sent.outcome === "released") this.unsure = null;
    this.keeping.sent(sent);
    this.before.over();
    acknowledge(this.options.port, sent, this.scopeOf(sent.reading.title));
    this.pressAgain = null;
    this.draw();
    setTimeout(() => { if (!this.options.signal.aborted) this.dock(); }, CLOSED_MS); // a mail's window goes with it
  }

  // What the session does.

  /** Events inside our own interface, and all events while the channel is switched off. */
  private ignores(event: Event): boolean {
    return this.off() || this.shield.ours(event);
  }

  private off(): boolean {
    return this.settings?.settings.channels[this.options.channel.id] === false;
  }

  private watcher(): Parameters<typeof watch>[2] {
    return {
      typed: (box) => {
        this.changedSince = false;
        this.pressAgain = null;
        this.keeping.typing();
        this.guard.judging.later(box);
      },
      focused: (box) => {
        if (this.box !== box) this.guard.judging.later(box);
        this.box = box;
        this.strange = null;
        if (this.settings) void this.options.port.ask({ op: "warm" }).catch(() => undefined);
        else void this.refresh(); // the worker was not there yet when the page was opened
        this.dock();
        if (this.settings?.settings.device !== "managed") void this.before.look(box);
      },
      strange: (box) => {
        this.strange = box;
        this.unsure = "page";
        this.dock();
      },
      pointed: (message) => {
        this.keeping.pointAt(message);
      },
      moved: () => {
        this.dock();
      },
    };
  }

  private async judge(reading: Reading, box: HTMLElement): Promise<{ verdict: Verdict; generation: number }> {
    if (!this.options.port.alive()) throw new Error("this script is orphaned");
    const answer = await this.options.port.ask({ op: "judge", draft: this.draftOf(reading, box) });
    this.scope = { title: reading.title, scope: answer.scope };
    return { verdict: answer.verdict, generation: answer.settings_generation };
  }

  /** Without the messages before it, in a private chat or where it answers none of them. */
  private draftOf(reading: Reading, box: HTMLElement): PageDraft {
    const { channel } = this.options;
    if (!channel.answers(box)) return pageDraft(reading, []);
    return { ...pageDraft(reading, []), ...answered(channel, this.scopeOf(reading.title) === "personal") };
  }

  private scopeOf(title: string): ChatScope {
    return this.scope.title === title ? this.scope.scope : "unset";
  }

  private async refresh(): Promise<void> {
    const { port } = this.options;
    this.settings = await port.ask({ op: "settings" }).catch(() => this.settings);
    this.scope = { title: "", scope: "unset" };
    if (this.off()) this.made?.dock(null);
    else {
      void this.clauses.load();
      this.draw();
    }
  }

  private language(): Language {
    return this.settings?.language ?? (this.options.port.language.startsWith("fr") ? "fr" : "en");
  }

  private panelContext(): PanelContext {
    const language = this.language();
    return { strings: pageStrings[language], language };
  }

  private surface(): Surface {
    this.made ??= new Surface({
      shield: this.shield,
      signal: this.options.signal,
      ...(this.options.root && { mode: this.options.root }),
      context: () => this.panelContext(),
      chip: {
        strings: () => this.panelContext().strings,
        act: (act) => { this.act(act); },
        setScope: (scope) => { void this.setScope(scope); },
        opened: () => { void this.learnScope(); },
      },
      keep: this.keeping.deps(),
      keepRow: () => { this.keeping.keepPointed(); },
    });
    return this.made;
  }

  /** Stands beside the composer in use, or beside an editor that is not understood. */
  private dock(): void {
    const { channel } = this.options;
    if (this.strange?.isConnected) {
      this.surface().dock(channel.writingArea(this.strange));
      this.draw();
      return;
    }
    const box = channel.composer();
    if (!box && !this.made) return;
    this.box = box;
    this.surface().dock(box ? channel.writingArea(box) : this.keeping.waits() ? "corner" : null);
    this.draw();
  }

  private draw(): void {
    const surface = this.made;
    const shown = this.strange?.isConnected ? this.strange : this.box;
    if (!surface || !(shown?.isConnected ?? surface.inCorner)) return;
    const title = surface.inCorner ? this.keeping.title() : (this.options.channel.chat()?.title ?? null);
    surface.chip.show(this.state(title), this.scopeOf(title ?? ""));
    surface.place();
  }

  /** What the chip says, by weight. title: of the open chat, null where it cannot be read. */
  private state(title: string | null): ChipState {
    if (this.made?.panel.open) return { kind: "stopped" };
    if (this.checkingNow) return { kind: "checking" };
    if (this.changedSince) return { kind: "changed" };
    if (this.pressAgain) return { kind: "again", checked: this.pressAgain === "checked" };
    if (!this.options.port.alive()) return { kind: "unchecked", why: "orphan" };
    if (this.unsure) return { kind: "unchecked", why: this.unsure };
    if (title === null) return { kind: "unchecked", why: "page" };
    const verdict = this.judgement?.verdict;
    if (verdict && verdict.action !== "allow") {
      return { kind: "notice", verdict };
    }
    const keeping = this.keeping.state(title);
    if (keeping) return keeping;
    if (this.settings && (!this.settings.ready || this.settings.settings.device === "unknown") && !this.setupLater) {
      return { kind: "setup" };
    }
    const before = verdict ? null : this.before.in(title);
    if (before) return { kind: "notice", verdict: before.verdict };
    if (this.scopeOf(title) === "personal") return { kind: "quiet" };
    return { kind: verdict ? "checked" : "ready" };
  }

  private openPanel(verdict: Verdict, reading: Reading, stop: Stop | null): void {
    const surface = this.surface();
    const model: PanelModel = {
      verdict,
      body: reading.body,
      subject: reading.subject,
      title: reading.title,
      attachments: reading.attachments,
      stopped: stop !== null,
      final: this.settings?.settings.final_blocks ?? false,
      noted: stop !== null && noted(this.settings, this.clauses.packs, this.scopeOf(reading.title)),
    };
    if (stop) this.stops.opened(verdict, reading);
    const actions: PanelActions = {
      edit: () => { this.leavePanel(stop?.edit ?? (() => this.box?.focus())); },
      release: (reason, how) => {
        this.leavePanel(() => {
          if (stop?.release(reason)) this.stops.released(how);
          (stop?.box ?? this.box)?.focus();
        });
      },
      quote: (reason) => this.clauses.quote(reason),
      packTitle: (id) => this.clauses.title(id),
    };
    surface.panel.show(model, actions);
    surface.chip.toggle(false);
    this.draw();
    surface.placeNow();
    surface.panel.focus();
  }

  /** The panel goes. now: what is in the composer; nothing where it is another text, null where nobody knows. */
  private putAway(now?: Reading | null): void {
    this.made?.panel.hide();
    if (now === undefined) this.stops.edited();
    else this.stops.seen(now);
  }

  private leavePanel(then: () => void): void {
    this.made?.panel.hide();
    then();
    this.stops.edited(); // unless it was released just now
    this.draw();
  }

  private act(act: ChipAct): void {
    const { port } = this.options;
    switch (act) {
      case "details": {
        const said = this.judgement ?? this.before.in(this.options.channel.chat()?.title ?? null);
        if (said) this.openPanel(said.verdict, said.reading, null);
        return;
      }
      case "dismiss":
        if (!this.keeping.dismiss()) this.setupLater = true;
        this.draw();
        this.box?.focus();
        return;
      case "work":
        return void this.setScope("work");
      case "options":
        void port.ask({ op: "open", page: this.settings?.ready === false ? "welcome" : "options" }).catch(() => { this.unjudged("orphan"); });
        return;
      case "stored":
      case "panel":
        void port.ask({ op: "open", page: act }).catch(() => { this.unjudged("orphan"); });
        return;
      default:
        this.keeping.open(act);
    }
  }

  /** The scope of this chat, before anything was judged in it. */
  private async learnScope(): Promise<void> {
    const chat = this.options.channel.chat();
    if (!chat || this.scope.title === chat.title) return;
    const draft = emptyDraft(this.options.channel.id, chat.title);
    const answer = await this.options.port.ask({ op: "judge", draft }).catch(() => null);
    if (answer) this.scope = { title: chat.title, scope: answer.scope };
    this.draw();
  }

  private async setScope(scope: ChatScope): Promise<void> {
    const { channel, port } = this.options;
    const title = channel.chat()?.title;
    if (title === undefined) return;
    const done = await port.ask({ op: "chat", channel: channel.id, chat: title, scope }).catch(() => null);
    if (!done) return;
    this.scope = { title, scope };
    this.guard.judging.outdate();
    this.draw();
  }
}
