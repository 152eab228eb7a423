// Pieces that several views draw.

import { h } from "../../extension/ui/dom.ts";
import type { Hit } from "./api.ts";
import type { Ui } from "./ui.ts";

/** A list of records; each opens its view. */
export function hits(ui: Ui, id: string, label: string, list: Hit[], open: (hit: Hit) => void): HTMLElement {
  return h("ul", { class: "hits", id, "aria-label": label }, ...list.map((hit) => h("li", {}, row(ui, hit, open))));
}

function row(ui: Ui, hit: Hit, open: (hit: Hit) => void): HTMLElement {
  const { t } = ui;
  const title = h("button", { type: "button", class: "title", id: `open-${hit.id.slice(7, 23)}` }, hit.damage ? t.library.damaged : hit.subject || t.unnamed);
  title.addEventListener("click", () => open(hit));
  const facts = [t.library.line(hit.from, hit.to), ui.channel(hit.channel), `${hit.date ? ui.day(hit.date) : ""} ${hit.time.slice(0, 5)}`.trim()].filter(Boolean);
  const snippet = hit.snippet.map(({ text, found }) => (found ? h("mark", {}, text) : text));
  return h(
    "div",
    { class: "hit" },
    h("div", { class: "head" }, title, states(ui, hit)),
    h("p", { class: "when" }, facts.join(" · ")),
    hit.purged ? h("p", { class: "hint" }, t.library.dropped) : null,
    snippet.length > 0 ? h("p", { class: "snippet" }, ...snippet) : null,
  );
}

/** The marks beside a record: its state, a hold. */
export function states(ui: Ui, hit: Hit): HTMLElement {
  const tone = hit.state === "delivered" || hit.state === "closed" ? "good" : "warn";
  return h(
    "span",
    { class: "marks" },
    hit.hold === "held" ? h("span", { class: "state", "data-tone": "hold" }, ui.t.underHold) : null,
    h("span", { class: "state", "data-tone": tone }, ui.t.states[hit.state]),
  );
}

/** Names and values, empty ones left out. */
export function facts(...rows: [name: string, value: string | Node | null][]): HTMLElement {
  const list = h("dl", { class: "facts" });
  for (const [name, value] of rows) if (value) list.append(h("dt", {}, name), h("dd", {}, value));
  return list;
}

/** A line of text for words nobody may see. */
export function secret(props: { id: string; label: string; hint?: string; fresh: boolean }): HTMLElement {
  const input = h("input", {
    type: "password", id: props.id, autocomplete: props.fresh ? "new-password" : "current-password", "aria-describedby": props.hint && `${props.id}-hint`,
  });
  return h("div", { class: "field" }, h("label", { for: props.id }, props.label), input, props.hint ? h("p", { class: "hint", id: `${props.id}-hint` }, props.hint) : null);
}

/** What an input on the page holds now. */
export function valueOf(id: string): string {
  const input = document.getElementById(id);
  return input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement ? input.value : "";
}

/** "Ada Reyes, ben@dept.example" as parties. */
export function parties(text: string): { name: string; address: string }[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (part.includes("@") || /^\+?[\d ]+$/.test(part) ? { name: "", address: part } : { name: part, address: "" }));
}
