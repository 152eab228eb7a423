// What our own pages share: header, ways between pages, sections, and drawing
// again without losing the person's place.

import type { Language } from "../../wire.ts";
import { freshId, h, icon } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";

export type PageId = "options" | "stored" | "forms" | "training" | "welcome" | "coverage" | "policy" | "transcript";

/** The whole page around its sections. */
export function frame(t: PageTexts, page: PageId, undelivered: number, ...main: (Node | null)[]): HTMLElement[] {
  const link = (id: keyof PageTexts["nav"] & PageId) =>
    h(
      "a",
      { href: `${id}.html`, "aria-current": id === page && "page" },
      t.nav[id],
      id === "stored" && undelivered > 0 ? h("span", { class: "badge" }, String(undelivered)) : null,
    );
  return [
    h(
      "header",
      { class: "top" },
      h("p", { class: "brand" }, icon("hanaper"), t.product),
      h("nav", { "aria-label": t.nav.label }, link("options"), link("stored"), link("transcript"), link("forms"), link("training"), link("welcome")),
    ),
    h("main", { id: "main" }, ...main),
  ];
}

/** A part of the page under its own heading; id makes it a target of links. */
export function section(id: string, title: string, why: string, ...children: (Node | null)[]): HTMLElement {
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    why ? h("p", { class: "why" }, why) : null,
    ...children,
  );
}

/** A box that says something about the page as a whole. */
export function note(tone: "good" | "warn" | "info", title: string, ...children: (Node | string | null)[]): HTMLElement {
  const sign = { good: "check", warn: "warn", info: "info" } as const;
  return h("div", { class: "note", "data-tone": tone }, icon(sign[tone]), h("div", {}, h("h2", {}, title), ...children));
}

export function button(id: string, text: string, press: () => void, props: { strong?: boolean; label?: string; disabled?: boolean } = {}): HTMLButtonElement {
  const element = h("button", { id, type: "button", class: props.strong ? "act strong" : "act", "aria-label": props.label, disabled: props.disabled }, text);
  element.addEventListener("click", press);
  return element;
}

/**
 * Draws the page anew. Focus, the text being typed, open details and the place
 * on the page stay: they are found again by id.
 */
export function draw(body: HTMLElement, language: Language, title: string, content: Node[]): void {
  const doc = body.ownerDocument;
  doc.documentElement.lang = language;
  doc.title = title;
  const active = doc.activeElement;
  const typed = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active : null;
  const open = new Set(Array.from(body.querySelectorAll("details[open][id]"), (d) => d.id));
  const live = body.querySelector(".live") ?? h("p", { class: "live", role: "status" });
  body.replaceChildren(...content, live);
  for (const details of body.querySelectorAll("details")) if (open.has(details.id)) details.open = true;
  const again = active?.id ? doc.getElementById(active.id) : null;
  if (!again) return;
  if (typed && typed.type !== "radio" && typed.type !== "checkbox") (again as HTMLInputElement).value = typed.value;
  again.focus({ preventScroll: true });
}

const SAID_FOR = 8000; // ms: long enough to read, and it lies over nothing for ever

let unsay: ReturnType<typeof setTimeout> | undefined;

/** Says something once, for eyes and screen readers. */
export function announce(body: HTMLElement, text: string, tone: "good" | "warn" = "good"): void {
  const live = body.querySelector<HTMLElement>(".live");
  if (!live) return;
  live.dataset["tone"] = tone;
  live.textContent = "";
  clearTimeout(unsay);
  requestAnimationFrame(() => (live.textContent = text)); // a text that is set again is read again
  unsay = setTimeout(() => (live.textContent = ""), SAID_FOR);
}

/** A place files or folders can be dropped on. */
export function dropZone(text: string, dropped: (data: DataTransfer) => void): HTMLElement {
  const zone = h("div", { class: "drop", id: freshId() }, text);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer) dropped(event.dataTransfer);
  });
  return zone;
}

/** A date of a record or setting as the person writes dates; the text itself where it is none. */
export function day(language: Language, iso: string): string {
  const at = new Date(iso.length === 10 ? `${iso}T00:00:00` : iso);
  return Number.isNaN(at.getTime()) ? iso : at.toLocaleDateString(language === "fr" ? "fr-CA" : "en-GB", { dateStyle: "long" });
}

export function dayAndTime(language: Language, iso: string): string {
  const at = new Date(iso);
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return Number.isNaN(at.getTime()) ? iso : at.toLocaleString(language === "fr" ? "fr-CA" : "en-GB", style);
}
