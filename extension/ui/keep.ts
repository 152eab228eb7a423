// The Keep dialog: which messages, the five fields, one click, and then the
// truth about where the record is.

import { randomHex } from "../random.ts";
import type { Answer, Capture, Direction, Fields, Hold, Party } from "../wire.ts";
import { recordLook } from "./chip.ts";
import { Settling, onPress } from "./confirm.ts";
import { freshId, h, icon } from "./dom.ts";
import { FieldForm } from "./keepfields.ts";
import { MessageList } from "./keeplist.ts";
import { type ChatFacts, type Choice, type Judged, type ZoneAt, capture, propose } from "./record.ts";
import { Redactor } from "./redactor.ts";
import type { PageStrings } from "./strings/page.ts";
import { SubstanceForm } from "./substance.ts";

export interface KeepModel {
  chat: ChatFacts;
  me: Party;
  /** Everything the page shows, oldest first; [] when kept by hand. */
  choices: Choice[];
  /** Ids chosen to begin with. */
  chosen: string[];
  /** How many messages before are offered as context. */
  contextMessages: number;
  /** Of the message with this id, if it was judged here. */
  judged: (id: string) => Judged | null;
  /** Text to begin with, when kept by hand. */
  pasted: string;
  /** A note of the substance to begin with, in place of the words. */
  substance: boolean;
  /** People in the chat asked that nothing be taken out of it. */
  advancedPrivacy: boolean;
  hold: Hold;
}

export interface KeepDeps {
  strings: () => PageStrings;
  zoneAt: ZoneAt;
  /** Rejects when the worker cannot be reached. */
  send: (capture: Capture, request: string) => Promise<Answer<"keep">>;
  act: (act: "options" | "stored") => void;
  /** Kept, or closed: where the focus was. */
  closed: () => void;
  kept: (answer: Extract<Answer<"keep">, { ok: true }>, ids: string[]) => void;
}

export class KeepDialog {
  readonly element = h("section", { class: "keep", role: "dialog", "aria-modal": "true", tabindex: -1, hidden: true });
  private readonly settling = new Settling();
  private model: KeepModel | null = null;
  private list: MessageList | null = null;
  private form: FieldForm | null = null;
  private substance: SubstanceForm | null = null;
  private redactor: Redactor | null = null;
  private page: Fields | null = null;
  private hand: { text: HTMLTextAreaElement } | null = null;
  /** Sent or received, where the page does not say it or the text is kept by hand. */
  private way: Direction = "unknown";
  private ways: HTMLElement | null = null;
  private status = h("p", { class: "status", role: "status" });
  private keepButton: HTMLButtonElement | null = null;
  /** One for each wish to keep: asking again never makes a second record. */
  private request = "";

  constructor(
    private readonly deps: KeepDeps,
    private readonly shown: (open: boolean) => void,
  ) {}

  get open(): boolean {
    return !this.element.hidden;
  }

  /** Shows the dialog. With no choices, the text is pasted or typed by hand. */
  show(model: KeepModel): void {
    const strings = this.deps.strings();
    this.model = model;
    this.request = randomHex(16);
    this.form = new FieldForm(strings);
    this.status = h("p", { class: "status", role: "status" });
    const byHand = model.choices.length === 0;
    this.hand = byHand ? this.handParts(model) : null;
    this.way = byHand ? "in" : "unknown";
    this.ways = this.waysElement();
    this.list = byHand ? null : new MessageList(strings, model, () => {
      this.repropose();
    });
    this.substance = new SubstanceForm(strings, { start: model.substance, privacy: model.advancedPrivacy }, () => {
      this.repropose();
    });
    this.redactor = byHand ? null : new Redactor(strings, model.hold, () => {
      this.repropose();
    });
    const title = h("h2", { id: freshId() }, strings.keepTitle);
    this.element.setAttribute("aria-labelledby", title.id);
    const source = this.list?.element ?? this.handElement();
    this.keepButton = this.button(strings.keepNow, "act strong", () => void this.keep());
    this.element.replaceChildren(
      h("div", { class: "head" }, h("span", { class: "badge" }, icon("hanaper")), title, this.closeButton()),
      h("div", { class: "scroll" }, this.substance.element, source, ...(this.redactor ? [this.redactor.element] : []), this.ways, this.form.element),
      h("div", { class: "foot" }, this.keepButton, this.button(strings.cancel, "act", () => { this.close(); }), this.status, h("p", { class: "hint" }, strings.keepFirst)),
    );
    this.element.hidden = false;
    this.element.classList.remove("done");
    this.shown(true);
    this.repropose();
    this.settling.shown();
    const first = model.substance ? this.substance.element : source;
    const start = model.chosen.length > 0 && !model.substance ? this.keepButton : first.querySelector<HTMLElement>("textarea, input:enabled");
    (start ?? this.keepButton).focus({ preventScroll: true });
  }

  close(): void {
    if (!this.open) return;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.model = this.list = this.form = this.page = this.hand = this.ways = this.substance = this.redactor = null;
    this.shown(false);
    this.deps.closed();
  }

  typed(event: Event): void {
    this.redactor?.typed(event, (this.element.getRootNode() as ShadowRoot).activeElement);
    if (event.type === "change" || event.type === "input") {
      this.list?.changed();
      if (this.hand) this.repropose();
      this.form?.showZone(this.deps.zoneAt);
    }
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab") {
      this.cycle(event);
    }
  }

  /** A modal dialog keeps the focus. */
  private cycle(event: KeyboardEvent): void {
    const stops = [...this.element.querySelectorAll<HTMLElement>("button, input, textarea, select")].filter(
      (stop) => !stop.hasAttribute("disabled") && stop.closest("[hidden]") === null,
    );
    const root = this.element.getRootNode() as ShadowRoot;
    const at = stops.indexOf(root.activeElement as HTMLElement);
    const next = event.shiftKey ? (at <= 0 ? stops.length - 1 : -1) : at === stops.length - 1 ? 0 : -1;
    if (next < 0) return;
    event.preventDefault();
    stops[next]?.focus();
  }

  /** Fields follow the choice until the person corrects one. */
  private repropose(): void {
    const { model, form } = this;
    if (!model || !form) return;
    const chosen = this.chosen();
    const noted = this.substance?.chosen ?? false;
    if (this.ways) this.ways.hidden = noted || (this.hand === null && !this.unclear());
    this.hand?.text.parentElement?.toggleAttribute("hidden", noted);
    this.list?.allowContext(!noted);
    this.redactor?.show(noted || !this.list ? [] : [...this.list.context(), ...this.list.chosen()]);
    this.page = propose(chosen, model.chat, model.me, this.deps.zoneAt);
    const judged = this.judged(chosen);
    form.fill(this.page, { shown: chosen[0]?.shown ?? "", note: judged.reason, byHand: this.hand !== null });
    if (this.keepButton) this.keepButton.disabled = false;
    this.status.textContent = "";
  }

  private chosen(): Choice[] {
    const noted = this.substance?.chosen ?? false;
    if (this.hand) return [this.handChoice(noted ? "" : this.hand.text.value)];
    const chosen = this.list?.chosen() ?? [];
    // Of messages that are noted only who and when are kept, no word.
    if (noted) return (chosen.length > 0 ? chosen : [this.handChoice("")]).map((choice) => ({ ...choice, body: "", subject: "", attachments: [] }));
    return chosen.map((choice) => this.redacted(choice.direction === "unknown" ? { ...choice, direction: this.way } : choice));
  }

  private redacted(choice: Choice): Choice {
    return this.redactor?.apply(choice) ?? choice;
  }

  /** True where the page does not say of a chosen message whether it was sent or received. */
  private unclear(): boolean {
    return this.list?.chosen().some((choice) => choice.direction === "unknown") ?? false;
  }

  private judged(chosen: readonly Choice[]): Judged {
    const all = chosen.map((choice) => this.model?.judged(choice.id) ?? null).filter((judged) => judged !== null);
    return all.find((judged) => judged.verdict?.duty === "capture") ?? all[0] ?? { verdict: null, reason: "" };
  }

  private async keep(): Promise<void> {
    const { model, form, page } = this;
    const strings = this.deps.strings();
    if (!model || !form || !page) return;
    const chosen = this.chosen();
    const fault = this.fault(chosen);
    if (fault) {
      this.say(fault, true);
      return;
    }
    const asked = capture(
      {
        chat: model.chat,
        chosen,
        context: (this.list?.context() ?? []).map((choice) => this.redacted(choice)),
        page,
        form: form.entered(),
        note: form.note(),
        judged: this.judged(chosen),
        method: this.hand ? "transcript" : "verbatim",
        substance: this.substance?.chosen ? this.substance.body() : "",
      },
      this.deps.zoneAt,
    );
    this.say(strings.keeping, false);
    if (this.keepButton) this.keepButton.disabled = true;
    const answer = await this.deps.send(asked, this.request).catch(() => null);
    if (this.model === model) this.answered(answer, chosen);
  }

  /** What still prevents keeping, kindly; "" for nothing. */
  private fault(chosen: readonly Choice[]): string {
    const strings = this.deps.strings();
    if (this.substance?.chosen) return this.substance.complain() || (this.form?.complain() ?? "");
    if (this.hand && this.hand.text.value.trim() === "") {
      this.hand.text.focus();
      return strings.textNeeded;
    }
    if (chosen.length === 0) return strings.keepNone;
    if (chosen.some((choice) => choice.direction === "unknown")) {
      this.ways?.querySelector("input")?.focus();
      return strings.wayNeeded;
    }
    return this.form?.complain() ?? "";
  }

  private answered(answer: Answer<"keep"> | null, chosen: readonly Choice[]): void {
    const strings = this.deps.strings();
    if (this.keepButton) this.keepButton.disabled = false;
    if (!answer) {
      this.say(strings.keepOrphan, true);
    } else if (!answer.ok) {
      const named = this.form?.name(answer.missing) ?? "";
      this.say(named || strings.keepFailed, true);
    } else {
      this.showState(answer);
      this.deps.kept(answer, chosen.map((choice) => choice.id));
    }
  }

  /** After keeping: what is true now, and what would help. */
  private showState(answer: Extract<Answer<"keep">, { ok: true }>): void {
    const strings = this.deps.strings();
    const now = recordLook(answer, strings);
    const close = this.button(strings.close, "act strong", () => { this.close(); });
    const act = now.act;
    const more = act && this.button(act.label, "act", () => { this.deps.act(act.act === "options" ? "options" : "stored"); });
    this.element.querySelector(".scroll")?.replaceChildren(
      h("div", { class: "kept", "data-tone": now.tone }, h("span", { class: "badge" }, icon(now.icon)), h("p", { role: "status" }, now.text)),
    );
    this.element.classList.add("done");
    this.element.querySelector(".foot")?.replaceChildren(...(more ? [close, more] : [close]));
    this.settling.shown();
    close.focus();
  }

  private say(text: string, alert: boolean): void {
    this.status.setAttribute("role", alert ? "alert" : "status");
    this.status.classList.toggle("ask", alert);
    this.status.textContent = text;
  }

  private handParts(model: KeepModel): { text: HTMLTextAreaElement } {
    const text = h("textarea", { id: freshId(), rows: 5, autocomplete: "off" });
    text.value = model.pasted;
    return { text };
  }

  private handElement(): HTMLElement {
    const strings = this.deps.strings();
    const text = this.hand?.text ?? h("textarea");
    return h("div", { class: "hand" }, h("label", { for: text.id }, strings.text), text, h("p", { class: "hint" }, strings.textHint));
  }

  private waysElement(): HTMLElement {
    const strings = this.deps.strings();
    const name = freshId();
    const ways = (["in", "out"] as const).map((way) => {
      const input = h("input", { type: "radio", name, id: freshId(), checked: way === this.way });
      input.addEventListener("click", () => {
        this.way = way;
        this.repropose();
      });
      return h("span", { class: "choice" }, input, h("label", { for: input.id }, strings.ways[way]));
    });
    return h("fieldset", { class: "scopes ways" }, h("legend", {}, strings.wayLabel), h("div", { class: "choices" }, ...ways));
  }

  private handChoice(body: string): Choice {
    const { model, way } = this;
    const other = model?.chat.kind === "one" ? model.chat.members[0] : undefined;
    const nobody = { name: "", address: "" };
    return {
      id: "by hand",
      direction: way,
      from: way === "out" ? (model?.me ?? nobody) : (other ?? nobody),
      date: "",
      time: "",
      shown: "",
      body,
      attachments: [],
      whole: true,
      deleted: false,
    };
  }

  private closeButton(): HTMLElement {
    const label = this.deps.strings().close;
    const button = h("button", { type: "button", class: "icon-only", "aria-label": label, title: label }, icon("close"));
    onPress(button, this.settling, () => { this.close(); });
    return button;
  }

  private button(text: string, cls: string, act: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: cls }, text);
    onPress(button, this.settling, act);
    return button;
  }
}
