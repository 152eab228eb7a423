// The page of forms: a list, and one form open. It draws what it is given and tells
// what the person did. What stands in the fields is told as it is typed; only the
// preview is drawn again meanwhile.

import { abuse, originalState } from "../../form/abuse.ts";
import { addressesOf, documentOf, mailLink, tickOf } from "../../form/draft.ts";
import { type Field, type Form, type FormId, type FormTexts, type SavedForm, badAddresses, faultsOf } from "../../form/form.ts";
import { FORMS, formOf } from "../../form/registry.ts";
import type { ContactRole, Hold, Language, Settings } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { button, dayAndTime, frame, note, section } from "./frame.ts";

export interface FormsModel {
  language: Language;
  hold: Hold;
  settings: Settings;
  undelivered: number;
  list: SavedForm[];
  open: SavedForm | null;
  /** The person asked for a draft: what is missing is said. */
  checked: boolean;
  /** The mail link is to carry the text. */
  withText: boolean;
}

export interface FormsActions {
  begin(form: FormId): void;
  open(id: string): void;
  remove(id: string): void;
  set(field: string, value: string): void;
  file(field: string, file: File): void;
  address(role: ContactRole, value: string): void;
  withText(on: boolean): void;
  save(): void;
  copy(): void;
  draft(): void;
  /** The mail link is about to be followed; false keeps it from that. */
  mail(): boolean;
  record(): void;
}

export function formsPage(t: PageTexts, model: FormsModel, actions: FormsActions): HTMLElement[] {
  const { open } = model;
  const content = open ? one(t, model, open, actions) : list(t, model, actions);
  return frame(t, "forms", model.undelivered, ...content);
}

function list(t: PageTexts, model: FormsModel, actions: FormsActions): HTMLElement[] {
  const f = t.forms;
  const saved = model.list.map((form) => {
    const { title } = formOf(form.form).texts[model.language];
    const state = form.handed_at ? f.handed(dayAndTime(model.language, form.handed_at)) : f.savedAt(dayAndTime(model.language, form.saved_at));
    return h(
      "li",
      { class: "record", id: `saved-${form.id}` },
      h("div", { class: "head" }, h("h3", {}, title), h("span", { class: "state", "data-tone": form.handed_at ? "good" : "warn" }, form.handed_at ? f.handedShort : f.notHanded)),
      h("p", { class: "when" }, state),
      h(
        "div",
        { class: "acts" },
        button(`open-${form.id}`, f.open, () => actions.open(form.id), { label: f.openOf(title) }),
        model.hold === "none" ? button(`remove-${form.id}`, t.remove, () => actions.remove(form.id), { label: f.removeOf(title) }) : null,
      ),
    );
  });
  const kinds = FORMS.filter((form) => form.id !== "alert" || model.settings.alerts.to.length > 0).map((form) => {
    const { title, why } = form.texts[model.language];
    return h("li", { class: "record" }, h("h3", {}, title), h("p", {}, why), h("div", { class: "acts" }, button(`begin-${form.id}`, f.begin, () => actions.begin(form.id), { label: `${f.begin}${t.colon} ${title}` })));
  });
  return [
    h("h1", {}, f.title),
    h("p", { class: "lead" }, f.intro),
    section("saved", f.saved, "", saved.length ? h("ul", { class: "records" }, ...saved) : h("p", {}, f.savedNone)),
    section("kinds", f.begin, "", h("ul", { class: "records" }, ...kinds)),
  ];
}

function one(t: PageTexts, model: FormsModel, saved: SavedForm, actions: FormsActions): HTMLElement[] {
  const f = t.forms;
  const form = formOf(saved.form);
  const texts = form.texts[model.language];
  const bad = model.checked ? faultsOf(form, saved.values) : [];
  const badTo = model.checked ? badAddresses(form, saved.to, model.settings) : [];
  const missing = [...bad.map((id) => texts.fields[id]?.label ?? id), ...badTo.map((role) => f.roles[role])];
  return [
    h("h1", {}, texts.title),
    h("p", { class: "lead" }, texts.why),
    h("p", {}, h("a", { href: "#", id: "back" }, f.back)),
    ...(missing.length ? [note("warn", f.faults, h("ul", { id: "faults" }, ...missing.map((label) => h("li", {}, label))))] : []),
    section("fields", f.parts.fields, "", ...form.fields.map((field) => input(t, texts, field, saved, bad.includes(field.id), actions))),
    addresses(t, model, form, saved, badTo, actions),
    draft(t, model, form, saved, actions),
  ];
}

function input(t: PageTexts, texts: FormTexts, field: Field, saved: SavedForm, bad: boolean, actions: FormsActions): HTMLElement {
  const { id, kind, required, ticked } = field;
  const words = texts.fields[id] ?? { label: id };
  const value = saved.values[id] ?? "";
  const own = `field-${id}`;
  if (kind === "fact") return h("p", { class: "fact", id: own }, h("strong", {}, `${words.label}${t.colon} `), h("span", {}, words.options?.[value] ?? value));
  if (kind === "tick") return tick(own, `${words.label}${required ? ` (${t.forms.required})` : ""}`, value === "yes", bad, (on) => actions.set(id, on ? "yes" : ""));
  const described = words.hint && `${own}-hint`;
  const control = kind === "file" ? file(own, id, actions) : typed(t, own, field, words, value, (text) => actions.set(id, text));
  if (described) control.setAttribute("aria-describedby", described);
  if (bad) control.setAttribute("aria-invalid", "true");
  return h(
    "div",
    { class: "field" },
    h("label", { for: own }, words.label, required ? h("span", { class: "needed" }, ` (${t.forms.required})`) : null),
    control,
    words.hint ? h("p", { class: "hint", id: `${own}-hint` }, words.hint) : null,
    kind === "file" ? fileState(t, saved) : null,
    ticked ? tick(`${own}-in`, t.forms.takeAlong(words.label), saved.values[tickOf(id)] === "yes", false, (on) => actions.set(tickOf(id), on ? "yes" : "")) : null,
  );
}

function typed(t: PageTexts, own: string, { kind }: Field, words: FormTexts["fields"][string], value: string, told: (value: string) => void): HTMLElement {
  if (kind === "choice") {
    const select = h("select", { id: own }, h("option", { value: "", selected: value === "" }, t.forms.choose));
    for (const [option, label] of Object.entries(words.options ?? {})) select.append(h("option", { value: option, selected: option === value }, label));
    select.addEventListener("change", () => told(select.value));
    return select;
  }
  const control = kind === "text" ? h("textarea", { id: own, rows: 4 }) : h("input", { id: own, type: kind === "date" ? "date" : "text", autocomplete: "off" });
  control.value = value;
  control.addEventListener("input", () => told(control.value));
  return control;
}

function tick(id: string, label: string, checked: boolean, bad: boolean, told: (on: boolean) => void): HTMLElement {
  const box = h("input", { type: "checkbox", id, checked });
  if (bad) box.setAttribute("aria-invalid", "true");
  box.addEventListener("change", () => told(box.checked));
  return h("div", { class: "option" }, box, h("label", { for: id }, label));
}

function file(own: string, id: string, actions: FormsActions): HTMLElement {
  const control = h("input", { id: own, type: "file", accept: ".eml,message/rfc822" });
  control.addEventListener("change", () => {
    const chosen = control.files?.[0];
    if (chosen) actions.file(id, chosen);
    control.value = "";
  });
  return control;
}

function fileState(t: PageTexts, saved: SavedForm): HTMLElement {
  const name = saved.values["original_name"] ?? "";
  const state = saved.form === abuse.id && name ? ` ${t.forms.original[originalState(saved.values)]}` : "";
  return h("p", { class: "hint", id: "file-state", role: "status" }, name ? `${t.forms.fileChosen(name)}.${state}` : t.forms.fileNone);
}

function addresses(t: PageTexts, model: FormsModel, form: Form, saved: SavedForm, bad: ContactRole[], actions: FormsActions): HTMLElement {
  const f = t.forms;
  const roles = form.to(model.settings);
  if (roles.length === 0) return section("to", f.parts.to, f.toNobody);
  const fields = roles.map((role) => {
    const own = `to-${role}`;
    const control = h("input", { id: own, type: "email", autocomplete: "off", "aria-describedby": bad.includes(role) && `${own}-fault` });
    control.value = saved.to[role] ?? "";
    if (bad.includes(role)) control.setAttribute("aria-invalid", "true");
    control.addEventListener("input", () => actions.address(role, control.value));
    return h("div", { class: "field" }, h("label", { for: own }, f.roles[role], h("span", { class: "needed" }, ` (${f.required})`)), control, bad.includes(role) ? h("p", { class: "fault", id: `${own}-fault` }, f.toBad) : null);
  });
  return section("to", f.parts.to, f.toWhy, ...fields);
}

/** What goes, as text, and the link that takes it to the mail program; also to draw them again while somebody types. */
export function preview(t: PageTexts, model: FormsModel, saved: SavedForm): { text: string; link: string | null } {
  const form = formOf(saved.form);
  const document = documentOf(form, saved.values, model.language);
  const to = addressesOf(form, saved, model.settings);
  const name = saved.values["original_name"];
  const head = [...(to.length ? [`${t.forms.parts.to}${t.colon} ${to.join(", ")}`] : []), t.forms.subject(document.subject)];
  const text = [...head, "", document.text.trimEnd(), ...(name ? ["", t.forms.withOriginal(name)] : [])].join("\n");
  return { text, link: mailLink(to, document, model.withText) };
}

function draft(t: PageTexts, model: FormsModel, form: Form, saved: SavedForm, actions: FormsActions): HTMLElement {
  const f = t.forms;
  const { text, link } = preview(t, model, saved);
  const mail = h("a", { id: "mail", class: "act", href: link ?? "#draft" }, f.mail);
  mail.addEventListener("click", (event) => {
    if (!actions.mail()) event.preventDefault();
  });
  const sends = form.to(model.settings).length > 0;
  const original = form.fields.some(({ kind }) => kind === "file");
  return section(
    "draft",
    f.parts.draft,
    f.draftWhy,
    h("pre", { id: "preview", tabindex: 0, "aria-label": f.parts.draft }, text),
    sends && !original ? tick("mail-text", f.mailText, model.withText, false, (on) => actions.withText(on)) : null,
    h(
      "div",
      { class: "acts" },
      button("save", f.save, () => actions.save()),
      sends ? button("draft-file", f.file, () => actions.draft(), { strong: true }) : null,
      sends && !original ? mail : null,
      button("copy", f.copy, () => actions.copy()),
      form.record ? button("record", f.record, () => actions.record()) : null,
    ),
  );
}
