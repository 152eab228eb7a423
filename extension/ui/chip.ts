// The chip beside the composer: one state at a time, in words, with at most one
// thing to do; and the menu for this chat.

import type { ChatScope, RecordState, Trouble, Verdict } from "../wire.ts";
import { Settling, onPress } from "./confirm.ts";
import { type IconName, freshId, h, icon } from "./dom.ts";
import { faceOf, oneLine, told } from "./face.ts";
import type { PageStrings } from "./strings/page.ts";

export type ChipState =
  | { kind: "ready" | "quiet" | "checked" | "checking" | "changed" | "setup" | "stopped" }
  | { kind: "again"; checked: boolean }
  | { kind: "notice"; verdict: Verdict }
  | { kind: "unchecked"; why: keyof PageStrings["notChecked"] }
  | { kind: "sent"; must: boolean; reason: boolean }
  | { kind: "record"; state: RecordState; where: string; trouble: Trouble | "" };

/** What the chip asks for; the session decides what happens. */
export type ChipAct = "details" | "keepLast" | "keepMany" | "keepByHand" | "keepSubstance" | "options" | "stored" | "panel" | "dismiss" | "work";

interface Look {
  tone: "quiet" | "good" | "notice" | "warn" | "justify" | "block" | "unknown" | "busy";
  icon: IconName;
  text: string;
  /** Only the drawing stands in the chip; the text is its name and in the menu. */
  brief: boolean;
  act?: { label: string; act: ChipAct };
  dismiss?: boolean;
}

/** A state in words. Pure. */
export function look(state: ChipState, strings: PageStrings): Look {
  switch (state.kind) {
    case "ready":
      return { tone: "quiet", icon: "hanaper", text: strings.ready, brief: true };
    case "quiet":
      return { tone: "quiet", icon: "quiet", text: strings.quiet, brief: true };
    case "checked":
      return { tone: "good", icon: "check", text: strings.checked, brief: true };
    case "stopped":
      return { tone: "warn", icon: "warn", text: strings.stopped, brief: true };
    case "checking":
      return { tone: "busy", icon: "clock", text: strings.checking, brief: false };
    case "changed":
      return { tone: "warn", icon: "warn", text: strings.changed, brief: false };
    case "again":
      return state.checked
        ? { tone: "notice", icon: "info", text: strings.again, brief: false }
        : { tone: "unknown", icon: "unknown", text: strings.againUnchecked, brief: false };
    case "setup":
      return { tone: "notice", icon: "hanaper", text: strings.setUp, brief: false, act: { label: strings.setUpAction, act: "options" }, dismiss: true };
    case "notice":
      return noticeLook(state.verdict, strings);
    case "unchecked":
      return uncheckedLook(state.why, strings);
    case "sent":
      return {
        tone: "notice",
        icon: "hanaper",
        text: (state.reason ? `${strings.sentReason} ` : "") + (state.must ? strings.sentKeepMust : strings.sentKeep),
        brief: false,
        act: { label: strings.keep, act: "keepLast" },
        dismiss: true,
      };
    case "record":
      return recordLook(state, strings);
  }
}

function noticeLook(verdict: Verdict, strings: PageStrings): Look {
  const reasons = told(verdict);
  const first = reasons[0];
  const face = faceOf(verdict.action) ?? "notice";
  const more = reasons.length > 1 ? ` ${strings.more(reasons.length - 1)}` : "";
  return {
    tone: face,
    icon: face === "notice" ? "info" : face,
    text: first ? `${oneLine(first)}${more}` : strings.titles[face],
    brief: false,
    act: first?.detector === "drift" ? { label: strings.setWork, act: "work" } : { label: strings.details, act: "details" },
  };
}

function uncheckedLook(why: keyof PageStrings["notChecked"], strings: PageStrings): Look {
  const base: Look = { tone: "unknown", icon: "unknown", text: strings.notChecked[why], brief: false };
  return why === "page" ? { ...base, act: { label: strings.keepByHand, act: "keepByHand" } } : base;
}

/** The truth about a record: what is proven, what waits, and what would help. */
export function recordLook(state: { state: RecordState; where: string; trouble: Trouble | "" }, strings: PageStrings): Look {
  if (state.state === "delivered") {
    return { tone: "good", icon: "filed", text: strings.states.delivered(state.where), brief: false, dismiss: true };
  }
  const text = state.trouble ? strings.troubles[state.trouble] : strings.states[state.state];
  const act: Look["act"] =
    state.trouble === "no_destination"
      ? { label: strings.options, act: "options" }
      : { label: strings.filesWaiting, act: "stored" };
  return { tone: "notice", icon: "clock", text, brief: false, act, dismiss: true };
}

export interface ChipDeps {
  strings: () => PageStrings;
  act: (act: ChipAct) => void;
  setScope: (scope: ChatScope) => void;
  /** The menu was opened. */
  opened: () => void;
}

const SCOPES: readonly ChatScope[] = ["work", "mixed", "personal"];

export class Chip {
  readonly element = h("div", { class: "chip", hidden: true });
  /** Read out, politely; outside the chip so that it stays when the chip changes. */
  readonly live = h("div", { class: "vh", role: "status", "aria-live": "polite" });
  readonly menu = h("div", { class: "menu", id: freshId(), role: "group", hidden: true });
  private readonly settling = new Settling();
  private readonly main = h("button", { type: "button", class: "main", "aria-expanded": "false", "aria-controls": this.menu.id });
  private shown = "";
  private current: Look | null = null;
  private scope: ChatScope = "unset";

  constructor(private readonly deps: ChipDeps) {
    this.main.addEventListener("click", () => {
      this.toggle(!this.open);
    });
  }

  show(state: ChipState, scope: ChatScope): void {
    const strings = this.deps.strings();
    const now = look(state, strings);
    const key = JSON.stringify([now, scope, strings.keep]);
    this.element.hidden = false;
    if (key === this.shown) return;
    this.shown = key;
    this.current = now;
    this.scope = scope;
    this.draw(now);
    if (!this.menu.hidden) this.drawMenu();
    if (!now.brief) this.live.textContent = now.text;
    else if (state.kind !== "checked") this.live.textContent = "";
  }

  hide(): void {
    this.element.hidden = true;
    this.toggle(false);
    this.shown = "";
  }

  get open(): boolean {
    return !this.menu.hidden;
  }

  toggle(open: boolean): void {
    this.menu.hidden = !open;
    this.main.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.drawMenu();
    this.deps.opened();
  }

  /** Escape closes the menu and goes back to its button. True when that was done. */
  typed(event: Event, focus: Element | null): boolean {
    if (!(event instanceof KeyboardEvent) || event.key !== "Escape" || event.type !== "keydown" || !this.open) return false;
    if (!focus || !(this.menu.contains(focus) || this.element.contains(focus))) return false;
    event.preventDefault();
    this.toggle(false);
    this.main.focus();
    return true;
  }

  private draw(now: Look): void {
    const { menu: name } = this.deps.strings();
    this.element.dataset["tone"] = now.tone;
    this.element.classList.toggle("brief", now.brief);
    this.main.replaceChildren(icon(now.icon), h("span", { class: now.brief ? "vh" : "words" }, now.text), h("span", { class: "vh" }, ` (${name})`));
    this.main.title = now.text;
    const parts: HTMLElement[] = [this.main];
    if (now.act) parts.push(this.button(now.act.label, "act", now.act.act));
    if (now.dismiss) parts.push(this.dismiss());
    this.element.replaceChildren(...parts);
    this.settling.shown();
  }

  private dismiss(): HTMLElement {
    const strings = this.deps.strings();
    const button = h("button", { type: "button", class: "icon-only", "aria-label": strings.dismiss, title: strings.dismiss }, icon("close"));
    onPress(button, this.settling, () => {
      this.deps.act("dismiss");
    });
    return button;
  }

  private button(label: string, cls: string, act: ChipAct): HTMLElement {
    const button = h("button", { type: "button", class: cls }, label);
    onPress(button, this.settling, () => {
      this.toggle(false);
      this.deps.act(act);
    });
    return button;
  }

  private drawMenu(): void {
    const strings = this.deps.strings();
    this.menu.setAttribute("aria-label", strings.menu);
    const items: [string, ChipAct][] = [
      [strings.keepMessages, "keepMany"],
      [strings.keepByHand, "keepByHand"],
      [strings.keepSubstanceOf, "keepSubstance"],
      [strings.openPanel, "panel"],
      [strings.options, "options"],
      [strings.stored, "stored"],
    ];
    this.menu.replaceChildren(
      h("p", { class: "now" }, this.current?.text ?? ""),
      this.scopes(),
      h("div", { class: "items" }, ...items.map(([label, act]) => this.button(label, "item", act))),
    );
  }

  private scopes(): HTMLElement {
    const strings = this.deps.strings();
    const name = freshId();
    const choices = SCOPES.map((scope) => {
      const id = freshId();
      const input = h("input", { type: "radio", name, id, checked: scope === this.scope });
      input.addEventListener("click", (event) => {
        if (event.isTrusted && scope !== this.scope) this.deps.setScope(scope);
      });
      return h("span", { class: "choice" }, input, h("label", { for: id }, strings.scopes[scope]));
    });
    return h(
      "fieldset",
      { class: "scopes" },
      h("legend", {}, strings.scopeLabel),
      h("div", { class: "choices" }, ...choices),
      h("p", { class: "hint" }, strings.scopeHint),
    );
  }
}
