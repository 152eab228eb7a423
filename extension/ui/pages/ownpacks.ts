// Rule books from outside: a list, and a way to add one from a file.

import type { OwnPack } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { button } from "./frame.ts";

export interface OwnPackActions {
  loadPack(file: File): void;
  removePack(key: string): void;
}

export function ownPacks(t: PageTexts, list: OwnPack[] | null, actions: OwnPackActions): HTMLElement {
  const s = t.settings;
  const lines = (list ?? []).map((pack, i) => {
    const name = pack.id ? `${pack.id} ${pack.version}` : pack.file;
    const about = [pack.overlay && s.ownUpon(pack.overlay), pack.trust === "signed" ? s.ownSigned(pack.signer) : s.ownUnsigned];
    return h(
      "li",
      {},
      h("span", {}, h("strong", {}, name), pack.title && h("cite", {}, ` ${pack.title}`), ` (${about.filter(Boolean).join(", ")})`),
      pack.fault ? h("p", { class: "over", lang: "en" }, s.ownFault(pack.fault)) : null,
      pack.from === "policy"
        ? h("span", { class: "policy" }, t.byPolicy)
        : button(`own-remove-${i}`, t.remove, () => actions.removePack(pack.key), { label: `${t.remove}: ${name}` }),
    );
  });
  const input = h("input", { type: "file", id: "own-file", accept: ".jsonl,.json,application/json" });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) actions.loadPack(file);
    input.value = "";
  });
  return h(
    "div",
    {},
    lines.length ? h("ul", { class: "lines", id: "own-list" }, ...lines) : h("p", {}, list ? s.ownNone : t.noWorker),
    h("div", { class: "field" }, h("label", { for: "own-file" }, s.ownAdd), input),
  );
}
