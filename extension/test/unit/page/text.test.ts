import assert from "node:assert/strict";
import { test } from "node:test";
import { advancedPrivacy } from "../../../channel/whatsapp/labels.ts";
import { plain, textOf } from "../../../channel/text.ts";
import { page } from "./dom.ts";

const cases: [string, string, string][] = [
  ["one paragraph", "<p><span>a</span></p>", "a"],
  ["two paragraphs", "<p>a</p><p>b</p>", "a\nb"],
  ["an empty paragraph is an empty line", "<p>a</p><p><br></p><p>b</p>", "a\n\nb"],
  ["an empty first line", "<p><br></p><p>b</p>", "\nb"],
  ["a line break inside", "<p>a<br>b</p>", "a\nb"],
  ["a line break at the end has its placeholder", "<p>a<br><br></p>", "a\n"],
  ["the placeholder alone", "<p><br></p>", ""],
  ["emoji as images", '<p>a<img alt="🙂">b</p>', "a🙂b"],
  ["a mention by its whole name", '<p><span data-app-text-template="x" data-plain-text="@Ann Lee">@Ann</span> hi</p>', "@Ann Lee hi"],
  ["bold does not split", "<p>a <strong>b</strong> c</p>", "a b c"],
];
for (const [name, html, want] of cases) {
  test(name, () => {
    page(`<div id="x">${html}</div>`);
    const root = document.getElementById("x");
    assert.ok(root);
    assert.equal(textOf(root), want);
  });
}

test("what is cut is gone with all it holds", () => {
  page(`<div id="x"><div class="quoted"><p>old</p></div><span>new</span></div>`);
  const root = document.getElementById("x");
  assert.ok(root);
  assert.equal(textOf(root, { cut: ".quoted" }), "new");
});

test("names lose the marks around them", () => {
  assert.equal(plain("\u202a+44 7700\u00a0900178\u202c"), "+44 7700 900178");
});

test("advanced chat privacy is told from the page's notice, in several languages, and its end too", () => {
  for (const on of ["You turned on advanced chat privacy.", "Vous avez activé la confidentialité avancée de la discussion.", "Ben ativou a privacidade avançada da conversa", "Hai attivato la privacy avanzata della chat", "Activaste la privacidad avanzada del chat", "Du hast den erweiterten Chat-Datenschutz eingeschaltet"]) {
    assert.equal(advancedPrivacy(on), "on", on);
  }
  for (const off of ["Ben turned off advanced chat privacy.", "Vous avez désactivé la confidentialité avancée", "Hai disattivato la privacy avanzata della chat"]) {
    assert.equal(advancedPrivacy(off), "off", off);
  }
  for (const other of ["Messages are end-to-end encrypted.", "Ben changed the group's privacy settings", ""]) assert.equal(advancedPrivacy(other), null, other);
});
