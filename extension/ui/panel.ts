// The four faces: notice, warn, justify, block. One panel above the composer:
// what, why with its paragraph, the words it is about, what to do, the ways out.

import type { Attachment, Language, Reason, Span, Verdict } from "../wire.ts";
import { Settling, onPress } from "./confirm.ts";
import { freshId, h, icon } from "./dom.ts";
import { excerpt } from "./excerpt.ts";
import { type Face, asides, exits, faceOf, told, withoutPara } from "./face.ts";
import { seenLine } from "./seen.ts";
import type { PageStrings } from "./strings/page.ts";

/** A clause as quoted. gloss: a courtesy translation, "" for none. */
export interface Quote {
  text: string;
  gloss: string;
  /** Of text: "en". */
  language: string;
  /** The rule book's summary table, where a cell of it is cited; its gloss. */
  table: QuoteTable | null;
  tableGloss: QuoteTable | null;
}

/** A table of the rule book: here marks the cells this message falls in. */
export interface QuoteTable {
  columns: string[];
  rows: { title: string; cells: { text: string; here: boolean }[] }[];
}

export interface PanelModel {
  verdict: Verdict;
  body: string;
  subject: string;
  title: string;
  attachments: Attachment[];
  /** A send waits behind this panel. */
  stopped: boolean;
  /** How this stop ends will be noted, without content. */
  noted: boolean;
  /** The organisation lets nobody send what a block holds: only editing is left. */
  final: boolean;
}

export interface PanelActions {
  /** Back to the composer; the text stays. */
  edit: () => void;
  /** Lets the message go. reason: "" where none was asked. */
  release: (reason: string, how: "click" | "reason" | "not_significant") => void;
  quote: (reason: Reason) => Quote | null;
  /** A pack's title as a person knows it. */
  packTitle: (id: string) => string;
}

export interface PanelContext {
  strings: PageStrings;
  language: Language;
}

const REASON_LIMIT = 500;

/** The core's own advice: what to take out, and the rest may go. It says more than a pack's "take it out". */
const HINT = "HINT";

export class Panel {
  readonly element = h("section", { class: "panel", tabindex: -1, hidden: true });
  readonly settling = new Settling();
  private actions: PanelActions | null = null;
  private field: HTMLTextAreaElement | null = null;
  private body = "";
  /** A reason begun for a text: there again when the same text is stopped again. */
  private begun = { body: "", reason: "" };

  constructor(private readonly context: () => PanelContext) {}

  get open(): boolean {
    return !this.element.hidden;
  }

  /** Shows a verdict; the focus stays where it is. */
  show(model: PanelModel, actions: PanelActions): void {
    const face = faceOf(model.verdict.action);
    if (!face) return;
    this.remember();
    this.actions = actions;
    this.field = null;
    this.body = model.body;
    const { strings } = this.context();
    const title = h("h2", { id: freshId() }, strings.titles[face]);
    const said = h("div", { id: freshId(), class: "said" });
    const body = h("div", { class: "scroll" }, said, this.words(model), this.todo(model));
    const state = model.stopped ? strings.stopped : face === "notice" ? strings.going : "";
    if (state) said.append(h("p", { class: "state" }, state));
    said.append(this.reasons(model));
    this.fill(face, model, { title, said, body });
    this.recall();
  }

  private remember(): void {
    if (this.field) this.begun = { body: this.body, reason: this.field.value };
  }

  private recall(): void {
    if (this.field && this.begun.body === this.body) this.field.value = this.begun.reason;
  }

  /** A send that is held because it could not be judged. */
  showHeld(actions: { edit: () => void; retry: () => void }): void {
    const { strings } = this.context();
    this.actions = { edit: actions.edit, release: () => undefined, quote: () => null, packTitle: (id) => id };
    this.field = null;
    const title = h("h2", { id: freshId() }, strings.heldTitle);
    const said = h("p", { id: freshId(), class: "said" }, strings.heldText, " ", strings.stopped);
    const again = this.button(strings.tryAgain, "act strong", actions.retry);
    const edit = this.button(strings.edit, "act", actions.edit);
    this.compose("alertdialog", "unknown", { title, said, body: h("div", { class: "scroll" }, said), foot: [again, edit] });
  }

  hide(): void {
    this.remember();
    this.element.hidden = true;
    this.element.replaceChildren();
    this.actions = null;
    this.field = null;
  }

  /** Keys inside the panel; they reach no listener of ours otherwise. */
  typed(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.key !== "Escape") return;
    if (event.isComposing) return;
    event.preventDefault();
    this.actions?.edit();
  }

  private fill(face: Face, model: PanelModel, parts: { title: HTMLElement; said: HTMLElement; body: HTMLElement }): void {
    const { strings } = this.context();
    const foot = model.stopped ? this.ways(face, model, parts.body) : [this.button(strings.close, "act", () => this.actions?.edit())];
    this.compose(model.stopped ? "alertdialog" : "region", face, { ...parts, foot }, model.noted);
  }

  private compose(
    role: "alertdialog" | "region",
    tone: Face | "unknown",
    parts: { title: HTMLElement; said: HTMLElement; body: HTMLElement; foot: HTMLElement[] },
    noted = false,
  ): void {
    const { element } = this;
    const { strings } = this.context();
    element.setAttribute("role", role);
    element.dataset["tone"] = tone;
    element.setAttribute("aria-labelledby", parts.title.id);
    element.setAttribute("aria-describedby", parts.said.id);
    const head = h("div", { class: "head" }, h("span", { class: "badge" }, icon(tone === "notice" ? "info" : tone)), parts.title);
    const judgement = h("p", { class: noted ? "judgement whole" : "judgement" }, strings.yourJudgement, noted && ` ${strings.noted}`);
    element.replaceChildren(head, parts.body, h("div", { class: "foot" }, ...parts.foot, judgement));
    element.hidden = false;
    this.settling.shown();
  }

  /**
   * Moves the keyboard here, once the panel stands in its place: only where a
   * send was stopped. To the field where words are asked for, unless it lies
   * below the fold; else to the first way out.
   */
  focus(): void {
    const { field } = this;
    if (field?.offsetParent) {
      field.focus({ preventScroll: true });
      const fold = field.closest(".scroll")?.getBoundingClientRect().bottom ?? Infinity;
      if (field.getBoundingClientRect().bottom <= fold + 1) return;
    }
    (this.element.querySelector<HTMLElement>(".foot button") ?? this.element).focus({ preventScroll: true });
  }

  /** The ways out, the safe one first. */
  private ways(face: Face, model: PanelModel, body: HTMLElement): HTMLElement[] {
    const { strings } = this.context();
    const ways = exits(model.verdict);
    const edit = this.button(strings.edit, "act strong", () => this.actions?.edit());
    const out: HTMLElement[] = [edit];
    if (face === "block" && model.final) return out;
    if (ways.notSignificant) {
      out.push(this.button(strings.notSignificant, "act strong", () => this.actions?.release("", "not_significant")));
    }
    if (ways.click && !ways.notSignificant) {
      out.push(this.button(strings.sendAnyway, "act", () => this.actions?.release("", "click")));
    }
    if (!ways.reason) return out;
    const form = this.reasonForm(face);
    const send = this.button(strings.sendWithReason, "act", () => {
      this.sendWithReason();
    });
    if (face === "block") {
      form.hidden = true;
      send.hidden = true;
      const open = this.button(strings.notWhatItLooks, "act", () => {
        form.hidden = false;
        send.hidden = false;
        open.remove();
        this.settling.shown();
        this.field?.focus();
      });
      out.push(open);
    }
    body.insertBefore(form, body.querySelector(".todo")); // above the fold on most screens
    out.push(send);
    return out;
  }

  private reasonForm(face: Face): HTMLElement {
    const { strings } = this.context();
    const id = freshId();
    const hint = freshId();
    this.field = h("textarea", { id, rows: 2, maxlength: REASON_LIMIT, "aria-describedby": hint, autocomplete: "off" });
    return h(
      "div",
      { class: "reason" },
      h("label", { for: id }, face === "block" ? strings.reasonBlock : strings.reasonJustify),
      this.field,
      h("p", { class: "hint", id: hint }, strings.reasonUse),
    );
  }

  private sendWithReason(): void {
    const { field } = this;
    const reason = field?.value.trim() ?? "";
    if (reason || !field) {
      this.actions?.release(reason, "reason");
      this.begun = { body: "", reason: "" };
      return;
    }
    const hint = this.element.querySelector<HTMLElement>(".reason .hint");
    if (hint) hint.textContent = this.context().strings.reasonNeeded;
    hint?.setAttribute("role", "alert");
    hint?.classList.add("ask");
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  private button(text: string, cls: string, act: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: cls }, text);
    onPress(button, this.settling, act);
    return button;
  }

  /** Each pack's reasons apart, gravest first. */
  private reasons(model: PanelModel): HTMLElement {
    const { verdict } = model;
    const list = h("ul", { class: "reasons" });
    const packs = [...new Set(told(verdict).map((reason) => reason.pack))];
    for (const pack of packs) {
      const items = told(verdict).filter((reason) => reason.pack === pack).map((reason) => this.reason(reason, fields(model)));
      if (verdict.packs.find(({ id }) => id === pack)?.overdue) {
        items.at(-1)?.append(h("p", { class: "hint" }, this.context().strings.overdue));
      }
      if (verdict.packs.find(({ id }) => id === pack)?.trust === "unsigned") {
        items.at(-1)?.append(h("p", { class: "hint" }, this.context().strings.unsigned));
      }
      list.append(...items);
    }
    return list;
  }

  private reason(reason: Reason, texts: ReturnType<typeof fields>): HTMLElement {
    const { strings } = this.context();
    const actions = this.actions;
    const source = actions?.packTitle(reason.pack) ?? reason.pack;
    const quote = actions?.quote(reason);
    const item = h("li", {}, h("p", { class: "text" }, withoutPara(reason)));
    const cite = h("p", { class: "cite" }, h("span", {}, strings.cite(capital(reason.para), source)));
    item.append(cite);
    if (quote) {
      const box = this.quote(quote);
      const seen = seenLine(reason, texts, strings);
      if (seen) box.append(h("p", { class: "seen" }, seen));
      const why = h("button", { type: "button", class: "link", "aria-expanded": "false", "aria-controls": box.id }, strings.why, icon("down"));
      why.addEventListener("click", () => {
        box.hidden = !box.hidden;
        why.setAttribute("aria-expanded", String(!box.hidden));
      });
      cite.append(" ", why);
      item.append(box);
    }
    return item;
  }

  private quote(quote: Quote): HTMLElement {
    const { strings, language } = this.context();
    const foreign = quote.language !== language;
    const box = h("div", { class: "quote", id: freshId(), hidden: true });
    box.append(h("p", { class: "hint" }, strings.quoted), h("blockquote", { lang: quote.language }, quote.text));
    if (quote.table) box.append(this.table(quote.table, quote.language));
    if (foreign && quote.gloss) {
      box.append(h("p", { class: "hint" }, strings.courtesy), h("blockquote", { lang: language }, quote.gloss));
      if (quote.tableGloss) box.append(this.table(quote.tableGloss, language));
    }
    return box;
  }

  /** The summary table; the cells of this message are named in words, not by colour alone. */
  private table(table: QuoteTable, lang: string): HTMLElement {
    const { strings } = this.context();
    const head = h("tr", {}, h("td", {}), ...table.columns.map((name) => h("th", { scope: "col" }, name)));
    const rows = table.rows.map(({ title, cells }) =>
      h("tr", {}, h("th", { scope: "row" }, title), ...cells.map(({ text, here }) => this.cell(text, here))),
    );
    return h("table", { lang }, h("caption", { lang: this.context().language }, strings.summaryTable), head, ...rows);
  }

  private cell(text: string, here: boolean): HTMLElement {
    if (!here) return h("td", {}, text);
    const { strings, language } = this.context();
    return h("td", { class: "here", "aria-current": "true" }, text, " ", h("strong", { lang: language }, strings.thisMessage));
  }

  /** The words themselves, marked, with a little around them. */
  private words(model: PanelModel): HTMLElement | null {
    const { strings } = this.context();
    const spans = told(model.verdict).flatMap((reason) => reason.spans);
    const rows: HTMLElement[] = [];
    for (const { field, text } of fields(model)) {
      const mine = spans.filter((span: Span) => span.field === field);
      if (mine.length === 0) continue;
      const row = h("p", { class: "excerpt", dir: "auto" });
      if (field.startsWith("attachments")) row.append(h("span", { class: "hint" }, `${strings.inFile}: `));
      for (const piece of excerpt(text, mine)) row.append(piece.marked ? h("mark", {}, piece.text) : piece.text);
      rows.push(row);
    }
    if (rows.length === 0) return null;
    return h("div", { class: "found" }, h("h3", {}, strings.found), ...rows);
  }

  private todo(model: PanelModel): HTMLElement | null {
    const lines = todoLines(model.verdict, this.context().strings);
    if (lines.length === 0) return null;
    const list = h("ul", {}, ...lines.map((line) => h("li", {}, line)));
    return h("div", { class: "todo" }, h("h3", {}, this.context().strings.todo), list);
  }
}

function fields(model: PanelModel): { field: string; text: string }[] {
  return [
    { field: "body", text: model.body },
    { field: "subject", text: model.subject },
    { field: "title", text: model.title },
    ...model.attachments.map((file, i) => ({ field: `attachments[${i}].name`, text: file.name })),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Obligations and advice as things to do, each once. */
export function todoLines(verdict: Verdict, strings: PageStrings): string[] {
  const lines: string[] = [];
  const reports = verdict.obligations.filter((obligation) => obligation.kind === "report");
  for (const { to, by } of reports) {
    lines.push(strings.report(strings.roles[to] ?? to.replace(/_/g, " ")) + (by ? strings.by(by.slice(0, 10)) : ""));
  }
  const kinds = new Set(verdict.obligations.map((obligation) => obligation.kind));
  const said = verdict.action === "block" ? [] : asides(verdict);
  if (verdict.action === "block" || said.length > 0) kinds.delete("capture"); // nothing was sent yet; or a rule says how
  for (const kind of ["capture", "justify", "assess"] as const) if (kinds.has(kind)) lines.push(strings[kind]);
  lines.push(...said);
  const hinted = verdict.advice.some((advice) => advice.text_id === HINT);
  for (const { kind, text_id, text } of verdict.advice) {
    if (text && !(hinted && kind === "edit" && text_id !== HINT)) lines.push(text);
  }
  return [...new Set(lines)];
}
