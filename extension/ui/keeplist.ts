// The messages to choose from, and how many before them come along as context.

import { freshId, h } from "./dom.ts";
import type { KeepModel } from "./keep.ts";
import type { Choice } from "./record.ts";
import type { PageStrings } from "./strings/page.ts";

export class MessageList {
  readonly element = h("div", { class: "choose" });
  private readonly boxes = new Map<string, HTMLInputElement>();
  private readonly withContext = h("input", { type: "checkbox", id: freshId() });
  private readonly count: HTMLInputElement;
  private readonly line: HTMLElement;
  private readonly told = h("p", { class: "hint", role: "status" });
  private last = "";

  constructor(
    private readonly strings: PageStrings,
    private readonly model: KeepModel,
    private readonly onChange: () => void,
  ) {
    const max = Math.max(1, model.choices.length);
    this.count = h("input", { type: "number", min: 1, max, id: freshId(), value: Math.min(max, Math.max(1, model.contextMessages)), "aria-label": strings.keepContextCount });
    const rows = h("ul", { class: "messages" }, ...model.choices.map((choice) => this.row(choice)));
    this.line = this.contextLine();
    this.element.append(h("h3", {}, strings.keepChoose), rows, ...this.opener(rows), this.told, this.line);
    this.last = this.key();
    this.tell();
  }

  /** The chosen messages, oldest first. */
  chosen(): Choice[] {
    return this.model.choices.filter((choice) => this.boxes.get(choice.id)?.checked);
  }

  /** The messages just before the first chosen one, as many as asked. */
  context(): Choice[] {
    const first = this.model.choices.findIndex((choice) => this.boxes.get(choice.id)?.checked);
    if (this.line.hidden || !this.withContext.checked || first <= 0) return [];
    const wanted = Math.max(1, Math.floor(Number(this.count.value)) || 1);
    return this.model.choices.slice(Math.max(0, first - wanted), first).filter((choice) => !choice.deleted);
  }

  /** Where only the substance is noted, no message comes along. */
  allowContext(allowed: boolean): void {
    this.line.hidden = !allowed;
  }

  /** A box may have changed; the dialog's shield is where it is heard. */
  changed(): void {
    const now = this.key();
    if (now === this.last) return;
    this.last = now;
    this.tell();
    this.onChange();
  }

  private key(): string {
    return [this.chosen(), this.context()].map((list) => list.map((choice) => choice.id).join(" ")).join("|");
  }

  private tell(): void {
    this.told.textContent = this.strings.keepChosen(this.chosen().length);
  }

  /** Few lines at first: only what was chosen. */
  private opener(rows: HTMLElement): HTMLElement[] {
    const { strings, model } = this;
    const visible = h("p", { class: "hint", hidden: true }, strings.keepOnlyVisible);
    if (model.chosen.length === 0) {
      visible.hidden = false;
      return [visible];
    }
    rows.classList.add("few");
    const open = h("button", { type: "button", class: "link" }, strings.keepShowAll);
    open.addEventListener("click", () => {
      rows.classList.remove("few");
      visible.hidden = false;
      open.remove();
      rows.querySelector<HTMLElement>("input:checked")?.focus();
    });
    return model.choices.length > model.chosen.length ? [open, visible] : [visible];
  }

  private row(choice: Choice): HTMLElement {
    const { strings, model } = this;
    const chosen = model.chosen.includes(choice.id);
    const input = h("input", { type: "checkbox", id: freshId(), checked: chosen, disabled: choice.deleted || !choice.whole });
    this.boxes.set(choice.id, input);
    input.addEventListener("click", () => {
      this.changed();
    });
    const who = choice.direction === "out" ? strings.you : choice.from.name || choice.from.address;
    const when = [choice.date, choice.time].filter((part) => part !== "").join(" ") || choice.shown;
    const files = choice.attachments.map((file) => h("span", { class: "file" }, strings.keepAttachment(file.name)));
    const body = choice.deleted ? strings.keepDeleted : choice.body;
    const text = h("span", { class: "body", dir: "auto" }, body);
    const label = h("label", { for: input.id }, h("span", { class: "who" }, [who, when].filter(Boolean).join(" · ")), text, ...files);
    if (!choice.whole) label.append(h("span", { class: "file" }, strings.keepPart));
    return h("li", chosen ? { class: "first" } : {}, input, label);
  }

  private contextLine(): HTMLElement {
    const label = h("label", { for: this.withContext.id }, this.strings.keepContext);
    return h("div", { class: "context" }, h("span", { class: "choice" }, this.withContext, label), this.count);
  }
}
