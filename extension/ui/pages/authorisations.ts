// Risk assessments and deviations of North Carolina's standard: a list and a form.

import type { Authorisation, Language } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { fault, field, select } from "./controls.ts";
import { button, day } from "./frame.ts";

const PACK = "us-nc-030319";

export function authorisations(
  t: PageTexts,
  language: Language,
  list: Authorisation[],
  now: number,
  locked: boolean,
  save: (list: Authorisation[]) => void,
): HTMLElement {
  const s = t.settings;
  const today = new Date(now).toISOString().slice(0, 10);
  const lines = list.map((a, i) => {
    const over = a.expires < today;
    const text = s.authLine(s.authKinds[a.kind], a.by, day(language, a.date), day(language, a.expires));
    return h(
      "li",
      {},
      h("span", {}, text, a.scope ? ` (${a.scope})` : "", over ? h("strong", { class: "over" }, ` ${s.authOver}`) : null),
      locked ? null : button(`auth-remove-${i}`, t.remove, () => save(list.filter((_, j) => j !== i)), { label: `${t.remove}: ${text}` }),
    );
  });
  return h("div", {}, list.length ? h("ul", { class: "lines" }, ...lines) : h("p", {}, s.authNone), locked ? null : form(t, (added) => save([...list, added])));
}

function form(t: PageTexts, add: (authorisation: Authorisation) => void): HTMLElement {
  const s = t.settings;
  const fresh: Authorisation = { pack: PACK, kind: "assessment", by: "", date: "", expires: "", scope: "", channels: [], devices: [] };
  const by = field({ id: "auth-by", label: s.authBy, value: "" }, (v) => (fresh.by = v.trim().slice(0, 200)));
  const submit = button("auth-add", t.add, () => {
    const good = fresh.by !== "" && fresh.date !== "" && fresh.date <= fresh.expires;
    fault(submit, good ? "" : s.authBad);
    if (good) add({ ...fresh });
  });
  return h(
    "div",
    { class: "box" },
    select({ id: "auth-kind", label: s.authKind, value: fresh.kind, options: Object.entries(s.authKinds) as [Authorisation["kind"], string][] }, (v) => (fresh.kind = v)),
    by,
    h(
      "div",
      { class: "pair" },
      field({ id: "auth-date", label: s.authDate, value: "", type: "date" }, (v) => (fresh.date = v)),
      field({ id: "auth-expires", label: s.authExpires, value: "", type: "date" }, (v) => (fresh.expires = v)),
    ),
    field({ id: "auth-scope", label: s.authScope, value: "" }, (v) => (fresh.scope = v.trim().slice(0, 400))),
    h("div", { class: "acts" }, submit),
  );
}
