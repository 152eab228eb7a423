// The five fields as a form: filled in, correctable, missing ones named kindly.

import type { Fields } from "../wire.ts";
import { freshId, h } from "./dom.ts";
import { type Entered, FIELD_NAMES, type FieldName, type ZoneAt, entered, missing } from "./record.ts";
import type { PageStrings } from "./strings/page.ts";

const TYPES: Record<FieldName, string> = { from: "text", to: "text", date: "date", time: "time", subject: "text" };

export class FieldForm {
  readonly element: HTMLElement;
  private readonly inputs: Record<FieldName, HTMLInputElement>;
  private readonly noteField = h("textarea", { id: freshId(), rows: 2, autocomplete: "off" });
  private readonly zone = h("span", { class: "zone" });
  private readonly unclear = h("p", { class: "hint", hidden: true });
  private readonly partly = h("p", { class: "hint", hidden: true });
  /** What was last filled in: a field that differs from it is the person's. */
  private filled: Entered = { from: "", to: "", date: "", time: "", subject: "" };
  private filledNote = "";

  constructor(private readonly strings: PageStrings) {
    const input = (name: FieldName): HTMLInputElement =>
      h("input", { type: TYPES[name], id: freshId(), autocomplete: "off", required: true, dir: name === "date" || name === "time" ? "ltr" : "auto" });
    this.inputs = { from: input("from"), to: input("to"), date: input("date"), time: input("time"), subject: input("subject") };
    const line = (name: FieldName, ...more: HTMLElement[]): HTMLElement =>
      h("div", { class: `field field-${name}` }, h("label", { for: this.inputs[name].id }, strings.fields[name]), this.inputs[name], ...more);
    const hint = h("p", { class: "hint", id: freshId() }, strings.noteHint);
    this.noteField.setAttribute("aria-describedby", hint.id);
    this.element = h(
      "div",
      { class: "fields" },
      h("h3", {}, strings.fieldsTitle),
      h("p", { class: "hint" }, strings.fieldsWhy),
      line("from"),
      line("to", this.partly),
      h("div", { class: "pair" }, line("date"), line("time", this.zone)),
      this.unclear,
      line("subject"),
      h("div", { class: "field" }, h("label", { for: this.noteField.id }, strings.note), this.noteField, hint),
    );
    this.partly.textContent = strings.membersPartly;
  }

  /** Fills in; what the person already changed stays. shown: the page's own stamp. */
  fill(fields: Fields, about: { shown: string; note: string; byHand: boolean }): void {
    const now = entered(fields);
    for (const name of FIELD_NAMES) {
      const input = this.inputs[name];
      if (input.value === this.filled[name]) input.value = now[name];
    }
    if (this.noteField.value === this.filledNote) this.noteField.value = about.note;
    this.filledNote = about.note;
    this.filled = now;
    this.zone.textContent = `UTC${fields.zone}`;
    this.partly.hidden = fields.members_complete || about.byHand;
    this.unclear.hidden = about.shown === "" || (fields.date !== "" && fields.time !== "");
    const { dateUnclear, timeShown } = this.strings;
    this.unclear.textContent = /\d{1,4}[-/.]\d/.test(about.shown) ? dateUnclear(about.shown) : timeShown(about.shown);
  }

  /** The device's zone on the day entered. */
  showZone(zoneAt: ZoneAt): void {
    this.zone.textContent = `UTC${zoneAt(this.inputs.date.value, this.inputs.time.value)}`;
  }

  entered(): Entered {
    const value = (name: FieldName): string => this.inputs[name].value;
    return { from: value("from"), to: value("to"), date: value("date"), time: value("time"), subject: value("subject") };
  }

  note(): string {
    return this.noteField.value;
  }

  /** Names what is missing and goes to the first; "" when all five are there. */
  complain(): string {
    const open = missing(this.entered());
    for (const name of FIELD_NAMES) this.inputs[name].toggleAttribute("aria-invalid", open.includes(name));
    for (const name of open) this.inputs[name].setAttribute("aria-invalid", "true");
    const first = open[0];
    if (first) this.inputs[first].focus();
    return this.name(open);
  }

  /** "Please add: Date, Subject." of field names, "" for none. */
  name(names: readonly string[]): string {
    const known = names.filter((name): name is FieldName => name in this.strings.fields);
    return known.length > 0 ? this.strings.missing(known.map((name) => this.strings.fields[name]).join(", ")) : "";
  }
}
