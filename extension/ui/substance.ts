// The words themselves, or a note of their substance: who, what, when and why,
// without the original text (UK-21b). Who and when are the five fields.

import { freshId, h } from "./dom.ts";
import type { PageStrings } from "./strings/page.ts";

export class SubstanceForm {
  readonly element: HTMLElement;
  private readonly what = h("textarea", { id: freshId(), rows: 3, autocomplete: "off" });
  private readonly why = h("textarea", { id: freshId(), rows: 2, autocomplete: "off" });
  private readonly questions: HTMLElement;
  private noted: boolean;

  /** privacy: people in the chat asked that nothing be taken out of it. */
  constructor(
    private readonly strings: PageStrings,
    { start, privacy }: { start: boolean; privacy: boolean },
    private readonly onChange: () => void,
  ) {
    this.noted = start;
    const name = freshId();
    const choice = (substance: boolean, label: string): HTMLElement => {
      const input = h("input", { type: "radio", name, id: freshId(), checked: substance === start });
      input.addEventListener("click", () => {
        this.choose(substance);
      });
      return h("span", { class: "choice" }, input, h("label", { for: input.id }, label));
    };
    const hint = h("p", { class: "hint", id: freshId() }, strings.substanceHint);
    this.what.setAttribute("aria-describedby", hint.id);
    this.questions = h(
      "div",
      { class: "hand", hidden: !start },
      h("label", { for: this.what.id }, strings.substanceWhat),
      this.what,
      h("label", { for: this.why.id }, strings.substanceWhy),
      this.why,
      hint,
    );
    const ways = h("div", { class: "choices" }, choice(false, strings.keepWords), choice(true, strings.keepSubstance));
    const asked = privacy && h("p", { class: "hint" }, strings.advancedPrivacy);
    this.element = h("div", { class: "choose" }, h("fieldset", { class: "scopes" }, h("legend", {}, strings.keepAs), ways, asked), this.questions);
  }

  /** True where a note is to be kept in place of the words. */
  get chosen(): boolean {
    return this.noted;
  }

  /** What was noted, with its questions as labels. */
  body(): string {
    const { strings } = this;
    const parts = [[strings.substanceWhat, this.what.value], [strings.substanceWhy, this.why.value]] as const;
    return parts.filter(([, text]) => text.trim() !== "").map(([label, text]) => `${label}\n${text.trim()}`).join("\n\n");
  }

  /** Goes to what is missing and says it; "" for nothing. */
  complain(): string {
    if (this.what.value.trim() !== "") return "";
    this.what.focus();
    return this.strings.substanceNeeded;
  }

  private choose(substance: boolean): void {
    if (substance === this.noted) return;
    this.noted = substance;
    this.questions.hidden = !substance;
    this.onChange();
  }
}
