// Taking words out of messages before they are kept: select, press, see what is
// left. Refused while a hold is on or may be (ruling 12).

import { MARK, type Cut, add, redact } from "../redact.ts";
import type { Hold } from "../wire.ts";
import { freshId, h, icon } from "./dom.ts";
import type { Choice } from "./record.ts";
import type { PageStrings } from "./strings/page.ts";

export class Redactor {
  readonly element = h("div", { class: "redact" });
  private readonly cuts = new Map<string, Cut[]>();
  private readonly lines = h("div", { class: "hand", id: freshId(), hidden: true });
  /** What stands in each text, drawn anew. */
  private readonly draws = new Map<Element, () => void>();
  private shown = "";

  constructor(
    private readonly strings: PageStrings,
    hold: Hold,
    private readonly onChange: () => void,
  ) {
    if (hold !== "none") {
      this.element.append(h("p", { class: "hint" }, hold === "held" ? strings.redactHeld : strings.redactUnknown));
      return;
    }
    const open = h("button", { type: "button", class: "link", "aria-expanded": "false", "aria-controls": this.lines.id }, strings.redactOpen, icon("down"));
    open.addEventListener("click", () => {
      this.lines.hidden = !this.lines.hidden;
      open.setAttribute("aria-expanded", String(!this.lines.hidden));
    });
    this.element.append(open, this.lines);
  }

  /** The message with its words taken out, as it will be kept. */
  apply(choice: Choice): Choice {
    const cuts = this.cuts.get(choice.id);
    return cuts?.length ? { ...choice, ...redact(choice.body, cuts) } : choice;
  }

  /** The messages that will be kept, whole. */
  show(messages: readonly Choice[]): void {
    const texts = messages.filter((choice) => choice.body !== "");
    const key = texts.map(({ id }) => id).join(" ");
    this.element.hidden = texts.length === 0;
    if (key === this.shown) return;
    this.shown = key;
    this.draws.clear();
    this.lines.replaceChildren(h("p", { class: "hint" }, this.strings.redactHint(MARK)), ...texts.map((choice) => this.line(choice)));
  }

  /**
   * The texts are for selecting, and typing there changes nothing. They are not
   * read-only: Chromium lets nobody select in such a field by the keyboard.
   */
  typed(event: Event, focus: Element | null): void {
    const draw = focus && this.draws.get(focus);
    if (!draw) return;
    if (event.type === "beforeinput") event.preventDefault();
    if (event.type === "input") draw(); // a composition cannot be prevented
  }

  private line(choice: Choice): HTMLElement {
    const { strings } = this;
    const text = h("textarea", { id: freshId(), "aria-readonly": "true", autocomplete: "off", spellcheck: "false", rows: Math.min(6, 1 + Math.ceil(choice.body.length / 45)), dir: "auto" });
    const told = h("p", { class: "hint", role: "status" });
    const draw = () => {
      text.value = this.apply(choice).body;
    };
    const change = (cuts: Cut[]) => {
      this.cuts.set(choice.id, cuts);
      draw();
      told.textContent = strings.redactDone(cuts.length);
      this.onChange();
    };
    const take = h("button", { type: "button", class: "act" }, strings.redactNow);
    take.addEventListener("click", () => {
      if (text.selectionStart === text.selectionEnd) {
        told.textContent = strings.redactNothing;
        text.focus();
        return;
      }
      change(add(choice.body, this.cuts.get(choice.id) ?? [], text.selectionStart, text.selectionEnd));
    });
    const undo = h("button", { type: "button", class: "act" }, strings.redactUndo);
    undo.addEventListener("click", () => {
      change([]);
    });
    draw();
    this.draws.set(text, draw);
    const who = choice.direction === "out" ? strings.you : choice.from.name || choice.from.address;
    const label = [who, choice.time].filter(Boolean).join(" · ");
    return h("div", { class: "hand" }, h("label", { for: text.id }, label), text, h("div", { class: "acts" }, take, undo), told);
  }
}
