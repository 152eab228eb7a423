import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Window } from "happy-dom";
import covered from "../../../../desktop/pack/coverage.json" with { type: "json" };
import type * as Page from "../../../ui/pages/coverage.ts";
import { pageTexts } from "../../../ui/strings/pages.ts";
import type { Language, PackInfo } from "../../../wire.ts";

let page: typeof Page;
before(async () => {
  const window = new Window();
  for (const name of ["document", "HTMLElement", "HTMLInputElement", "Node"] as const) Object.defineProperty(globalThis, name, { value: (window as unknown as Record<string, unknown>)[name], configurable: true });
  page = await import("../../../ui/pages/coverage.ts");
});

const ROWS = covered as Page.CoverageRow[];
const UK = { id: "uk-nccc-2023", clauses: [{ id: "UK-11", para: "", para_fr: "", text: "must not", text_fr: "interdit" }] } as unknown as PackInfo;

function draw(shown: Page.Shown, language: Language = "en", packs: PackInfo[] | null = [UK]): Page.Shown[] {
  const asked: Page.Shown[] = [];
  document.body.replaceChildren(...page.coveragePage(pageTexts(language), { language, rows: ROWS, packs, shown, undelivered: 0 }, { show: (which) => asked.push(which) }));
  return asked;
}

const lines = () => [...document.querySelectorAll(".covered > li")];

describe("the page of what is covered", () => {
  it("lists every requirement of the command's list, under its rule book, and only those asked for", () => {
    draw("all");
    assert.equal(lines().length, ROWS.length);
    assert.match(document.querySelector("#book-0 h2")?.textContent ?? "", /Canada/);
    for (const status of ["done", "partial", "later", "organisation"] as const) {
      draw(status);
      const n = ROWS.filter((row) => row.status === status).length;
      assert.equal(lines().length, n, status);
      assert.match(document.querySelector(`label[for=shown-${status}]`)?.textContent ?? "", new RegExp(`\\(${n}\\)`));
    }
    const asked = draw("all");
    document.getElementById("shown-later")?.dispatchEvent(new (document.defaultView as unknown as typeof globalThis).Event("change"));
    assert.deepEqual(asked, ["later"]);
  });

  it("gives the paragraph's words, in French where the pack has them, and says where it has none", () => {
    for (const [language, words] of [["en", "must not"], ["fr", "interdit"]] as const) {
      draw("all", language);
      const quote = document.querySelector("#row-UK-11 blockquote");
      assert.deepEqual([quote?.textContent, quote?.getAttribute("lang")], [words, language]);
    }
    draw("all", "en", null);
    assert.match(document.getElementById("row-UK-11")?.textContent ?? "", /not in this pack/);
  });
});
