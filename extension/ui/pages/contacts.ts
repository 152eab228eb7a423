// Where reports go, by role: a list and a form.

import type { Contact, ContactRole } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { fault, field, select } from "./controls.ts";
import { button } from "./frame.ts";

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

export function contacts(t: PageTexts, list: Contact[], locked: boolean, save: (list: Contact[]) => void): HTMLElement {
  const lines = list.map((contact, i) => {
    const text = `${t.forms.roles[contact.role]}: ${contact.name ? `${contact.name}, ` : ""}${contact.address}`;
    return h("li", {}, h("span", {}, text), locked ? null : button(`contact-remove-${i}`, t.remove, () => save(list.filter((_, j) => j !== i)), { label: `${t.remove}: ${text}` }));
  });
  return h("div", {}, lines.length ? h("ul", { class: "lines" }, ...lines) : h("p", {}, t.settings.contactsNone), locked ? null : form(t, (added) => save([...list, added])));
}

function form(t: PageTexts, add: (contact: Contact) => void): HTMLElement {
  const s = t.settings;
  const fresh: Contact = { role: "records", name: "", address: "" };
  const submit = button("contact-add", t.add, () => {
    const good = ADDRESS.test(fresh.address) && fresh.address.length <= 254;
    fault(submit, good ? "" : s.addressBad);
    if (good) add({ ...fresh });
  });
  return h(
    "div",
    { class: "box" },
    select({ id: "contact-role", label: s.contactRole, value: fresh.role, options: Object.entries(t.forms.roles) as [ContactRole, string][] }, (v) => (fresh.role = v)),
    field({ id: "contact-name", label: s.contactName, value: "" }, (v) => (fresh.name = v.trim().slice(0, 200))),
    field({ id: "contact-address", label: s.contactAddress, value: "", type: "email" }, (v) => (fresh.address = v.trim())),
    h("div", { class: "acts" }, submit),
  );
}
