import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { table } from "../../../entry/page/clauses.ts";
import { look } from "../../../ui/chip.ts";
import { SETTLE_MS, Settling } from "../../../ui/confirm.ts";
import { above } from "../../../ui/dock.ts";
import { excerpt, fromBytes } from "../../../ui/excerpt.ts";
import { exits, oneLine, told, withoutPara } from "../../../ui/face.ts";
import { Panel, type PanelActions, todoLines } from "../../../ui/panel.ts";
import { type PageStrings, pageStrings } from "../../../ui/strings/page.ts";
import { lightness } from "../../../ui/sheet.ts";
import type { Clause, Verdict } from "../../../wire.ts";
import { page } from "./dom.ts";
import { reason, verdict } from "./verdict.ts";

// Texts.

function leaves(value: unknown, path = ""): Map<string, string> {
  const out = new Map<string, string>();
  if (typeof value === "string") return out.set(path, value);
  if (typeof value === "function") return out.set(path, String((value as (...a: unknown[]) => unknown)("1", "2")));
  for (const [key, inner] of Object.entries(value as object)) {
    for (const [p, text] of leaves(inner, `${path}.${key}`)) out.set(p, text);
  }
  return out;
}

test("every text is there in both languages, and not empty", () => {
  const en = leaves(pageStrings.en);
  const fr = leaves(pageStrings.fr);
  assert.deepEqual([...en.keys()].sort(), [...fr.keys()].sort());
  for (const [path, text] of [...en, ...fr]) assert.notEqual(text.trim(), "", path);
});

test("no text accuses, and none advises to delete", () => {
  for (const text of [...leaves(pageStrings.en).values(), ...leaves(pageStrings.fr).values()]) {
    assert.doesNotMatch(text, /violation|illegal|forbidden|delete it|supprimez|effacez/i);
  }
});

test("French has its spaces before : ; ? !", () => {
  for (const [path, text] of leaves(pageStrings.fr)) assert.doesNotMatch(text, /[\p{L}»][:;?!](\s|$)/u, path);
});

// Ways out.

const cases: [string, Verdict, ReturnType<typeof exits>][] = [
  ["warn by click", verdict("warn"), { click: true, reason: false, notSignificant: false }],
  [
    "warn by significance alone",
    verdict("warn", { reasons: [reason("warn", { override: "not_significant" })] }),
    { click: true, reason: false, notSignificant: true },
  ],
  [
    "justify by significance alone",
    verdict("justify", { reasons: [reason("justify", { override: "not_significant" })] }),
    { click: false, reason: true, notSignificant: true },
  ],
  [
    "justify by significance and a marking",
    verdict("justify", { reasons: [reason("justify", { override: "reason" }), reason("justify", { override: "not_significant" })] }),
    { click: false, reason: true, notSignificant: false },
  ],
  ["block with a way out", verdict("block", { reasons: [reason("block", { override: "reason" })] }), { click: false, reason: true, notSignificant: false }],
  ["block without", verdict("block", { reasons: [reason("block", { override: "" })] }), { click: false, reason: false, notSignificant: false }],
  [
    "one closed reason closes all",
    verdict("block", { reasons: [reason("block", { override: "" }), reason("warn", { override: "click" })] }),
    { click: false, reason: false, notSignificant: false },
  ],
  [
    "a notice beside a warning does not count",
    verdict("warn", { reasons: [reason("warn"), reason("notice", { override: "" })] }),
    { click: true, reason: false, notSignificant: false },
  ],
];
for (const [name, given, want] of cases) {
  test(`ways out: ${name}`, () => {
    assert.deepEqual(exits(given), want);
  });
}

test("reasons are told gravest first, each once", () => {
  const given = verdict("warn", { reasons: [reason("notice", { text: "b" }), reason("warn", { text: "a" }), reason("warn", { text: "a" }), reason("allow", { text: "c" })] });
  assert.deepEqual(told(given).map((r) => r.text), ["a", "b"]);
});

test("a message that must not go is not spoken of as one to keep", () => {
  const keep = { obligations: [{ kind: "capture", to: "", by: "" }], reasons: [reason("block", { text: "stop" }), reason("notice", { text: "keep" }), reason("allow", { text: "how" })] };
  const blocked = verdict("block", keep);
  assert.deepEqual(told(blocked).map((r) => r.text), ["stop"]);
  assert.deepEqual(todoLines(blocked, pageStrings.en), []);
  assert.deepEqual(todoLines(verdict("warn", keep), pageStrings.en), ["how"], "a rule that says how to keep stands for the bare duty");
  assert.deepEqual(todoLines(verdict("warn", { ...keep, reasons: [] }), pageStrings.en), [pageStrings.en.capture]);
});

test("what the hint says of taking out is not said twice", () => {
  const edit = { kind: "edit", text_id: "A-1", text: "take it out", spans: [] };
  const other = { kind: "security", text_id: "A-2", text: "tell the team", spans: [] };
  const hint = { kind: "edit", text_id: "HINT", text: "before sending", spans: [] };
  assert.deepEqual(todoLines(verdict("warn", { advice: [hint, edit, other] }), pageStrings.en), ["before sending", "tell the team"]);
  assert.deepEqual(todoLines(verdict("warn", { advice: [edit, other] }), pageStrings.en), ["take it out", "tell the team"]);
});

test("a paragraph is not said twice", () => {
  assert.equal(withoutPara(reason("warn")), "Marked information.");
  assert.equal(withoutPara(reason("warn", { text: "Looks like a number. (030319, confidential)", para: "030319, guidelines, confidential" })), "Looks like a number.");
  assert.equal(withoutPara(reason("warn", { text: "Ask first (the team)." })), "Ask first (the team).");
});

test("one line ends on its paragraph, once", () => {
  assert.equal(oneLine(reason("notice")), "Marked information. (paragraph 9a)");
  assert.equal(oneLine(reason("notice", { text: "Significant. (paragraphs 9a and 19)" })), "Significant. (paragraphs 9a and 19)");
  assert.equal(oneLine(reason("notice", { text: "Significant." })), "Significant. (paragraph 9a)");
});

// Excerpts.

test("byte offsets become text offsets, whatever the characters", () => {
  const text = "é🙂x";
  assert.deepEqual(fromBytes(text, [0, 2, 6, 7, 99]), [0, 1, 3, 4, 4]);
});

test("an excerpt marks the words and cuts the rest at words", () => {
  const text = `${"word ".repeat(30)}QQ 12 34 56 C${" tail".repeat(30)}`;
  const start = 150;
  const pieces = excerpt(text, [{ field: "body", start, end: start + 13 }]);
  assert.deepEqual(pieces.filter((p) => p.marked).map((p) => p.text), ["QQ 12 34 56 C"]);
  assert.ok(pieces.map((p) => p.text).join("").length < 160);
  assert.equal(pieces[0]?.text, "… ");
});

test("touching and nested spans are one mark, empty ones none", () => {
  const spans = [{ field: "body", start: 2, end: 5 }, { field: "body", start: 4, end: 8 }, { field: "body", start: 8, end: 8 }];
  assert.deepEqual(excerpt("abcdefghij", spans).filter((p) => p.marked).map((p) => p.text), ["cdefgh"]);
  assert.deepEqual(excerpt("abc", []), []);
});

// Pressing.

test("a control ignores scripts, and presses before it has stood still", () => {
  let now = 1000;
  const settling = new Settling(() => now);
  assert.equal(settling.accepts({ isTrusted: true }), false);
  now += SETTLE_MS - 1;
  assert.equal(settling.accepts({ isTrusted: true }), false);
  now += 1;
  assert.equal(settling.accepts({ isTrusted: true }), true);
  assert.equal(settling.accepts({ isTrusted: false }), false);
  settling.shown();
  assert.equal(settling.accepts({ isTrusted: true }), false, "a change of meaning starts anew");
});

// Place.

test("the panel stands above the writing area and inside the window", () => {
  for (const [area, viewport] of [
    [{ left: 340, top: 720, width: 840, height: 60 }, { width: 1180, height: 780 }],
    [{ left: 0, top: 300, width: 320, height: 90 }, { width: 320, height: 390 }],
  ] as const) {
    const place = above(area, viewport, 60);
    assert.ok(place.left >= 0 && place.left + place.width <= viewport.width);
    assert.ok(viewport.height - place.bottom <= area.top, "never over what is typed");
    assert.ok(place.maxHeight > 0 && viewport.height - place.bottom - place.maxHeight >= 0);
  }
});

test("light and dark are told from the page's own colours", () => {
  assert.ok((lightness("rgb(255, 255, 255)") ?? 0) > 0.99);
  assert.equal(lightness("rgba(0, 0, 0, 0)"), null);
  assert.ok((lightness("rgb(17, 27, 33)") ?? 1) < 0.4);
});

// The faces.

const { clauses } = JSON.parse(readFileSync("core/policy/pack/uk-nccc-2023/pack.json", "utf8")) as { clauses: Clause[] };

function shown(given: Verdict, stopped: boolean, language: "en" | "fr" = "en", noted = false, final = false): { panel: Panel; calls: string[]; strings: PageStrings } {
  page("<html><body></body></html>");
  const calls: string[] = [];
  const strings = pageStrings[language];
  const panel = new Panel(() => ({ strings, language }));
  document.body.append(panel.element);
  const actions: PanelActions = {
    edit: () => calls.push("edit"),
    release: (why, how) => calls.push(`release ${how} ${why}`),
    quote: ({ also }) => ({
      text: "The words of the rule.",
      gloss: "Les mots de la règle.",
      language: "en",
      table: table(clauses, also, (c) => [c.para, c.text]),
      tableGloss: table(clauses, also, (c) => [c.para_fr, c.text_fr]),
    }),
    packTitle: () => "The rules",
  };
  const model = { verdict: given, body: "text with words", subject: "", title: "", attachments: [], stopped, noted, final };
  panel.show(model, actions);
  return { panel, calls, strings };
}

const buttons = (panel: Panel): string[] => [...panel.element.querySelectorAll(".foot button:not([hidden])")].map((b) => b.textContent);

test("a panel says that the choice is noted only where it is", () => {
  for (const language of ["en", "fr"] as const) {
    assert.ok(shown(verdict("warn"), true, language, true).panel.element.textContent.includes(pageStrings[language].noted));
    assert.ok(!shown(verdict("warn"), true, language).panel.element.textContent.includes(pageStrings[language].noted));
  }
});

test("where the organisation makes blocks final only editing is offered; other stops keep their ways", () => {
  const block = verdict("block", { reasons: [reason("block", { override: "reason" })] });
  const open = shown(block, true);
  assert.deepEqual(buttons(open.panel), [open.strings.edit, open.strings.notWhatItLooks]);
  const { panel, strings } = shown(block, true, "en", false, true);
  assert.deepEqual(buttons(panel), [strings.edit]);
  assert.equal(panel.element.querySelector("textarea"), null);
  assert.deepEqual(buttons(shown(verdict("warn"), true, "en", false, true).panel), [strings.edit, strings.sendAnyway]);
});

test("warn names the paragraph, underlines the words, offers edit first", () => {
  const { panel, strings } = shown(verdict("warn", { reasons: [reason("warn", { spans: [{ field: "body", start: 0, end: 4 }] })] }), true);
  assert.equal(panel.element.getAttribute("role"), "alertdialog");
  assert.match(panel.element.textContent, /Paragraph 9a, The rules/);
  assert.equal(panel.element.querySelector("mark")?.textContent, "text");
  assert.deepEqual(buttons(panel), [strings.edit, strings.sendAnyway]);
});

test("justify asks for words; significance alone has its equal button", () => {
  const { panel, strings } = shown(verdict("justify", { reasons: [reason("justify", { override: "not_significant" })] }), true);
  assert.deepEqual(buttons(panel), [strings.edit, strings.notSignificant, strings.sendWithReason]);
  assert.ok(panel.element.querySelector("textarea"));
  const [edit, equal] = panel.element.querySelectorAll<HTMLElement>(".foot button");
  assert.equal(edit?.className, equal?.className, "equal in looks");
});

test("block without an override has no way past it", () => {
  const { panel, strings } = shown(verdict("block", { reasons: [reason("block", { override: "" })] }), true);
  assert.deepEqual(buttons(panel), [strings.edit]);
});

test("the clause is quoted in its language, with a labelled gloss in French", () => {
  const { panel, strings } = shown(verdict("warn"), true, "fr");
  const quotes = [...panel.element.querySelectorAll("blockquote")];
  assert.deepEqual(quotes.map((q) => q.lang), ["en", "fr"]);
  assert.ok(panel.element.textContent.includes(strings.courtesy));
  const why = panel.element.querySelector<HTMLElement>("[aria-expanded]");
  assert.equal(why?.getAttribute("aria-expanded"), "false");
  why.click();
  assert.equal(why.getAttribute("aria-expanded"), "true");
});

test("the summary table stands in Why?, with the cell of this message named in words", () => {
  for (const [also, want] of [
    [["UK-T3"], ["Particular care required with due regard for recordkeeping responsibilities"]],
    [["UK-T1", "UK-T2"], ["Must not use", "Must not use"]],
    [["UK-14"], null],
  ] as const) {
    const { panel, strings } = shown(verdict("warn", { reasons: [reason("warn", { also: [...also] })] }), true);
    const whole = panel.element.querySelector("table");
    if (!want) {
      assert.equal(whole, null, "no cell is cited");
      continue;
    }
    assert.equal(whole?.lang, "en");
    assert.deepEqual([...whole.querySelectorAll("[scope=col]")].map((c) => c.textContent), ["corporately managed device", "privately owned and managed device"]);
    assert.deepEqual([...whole.querySelectorAll("[scope=row]")].map((c) => c.textContent), ["SECRET or TOP SECRET", "significant or marked", "other information"]);
    assert.equal(whole.querySelectorAll("td").length, 1 + 6);
    const here = [...whole.querySelectorAll("[aria-current=true]")].map((c) => c.textContent);
    assert.deepEqual(here, want.map((text) => `${text} ${strings.thisMessage}`));
  }
  const { panel } = shown(verdict("warn", { reasons: [reason("warn", { also: ["UK-T6"] })] }), true, "fr");
  assert.deepEqual([...panel.element.querySelectorAll("table")].map((t) => t.lang), ["en", "fr"]);
  assert.match(panel.element.textContent, /responsabilités de sécurité \(ce message\)/);
});

test("every panel says that the person decides", () => {
  for (const action of ["notice", "warn", "justify", "block"] as const) {
    for (const language of ["en", "fr"] as const) {
      const { panel, strings } = shown(verdict(action), action !== "notice", language);
      assert.equal(panel.element.querySelector(".foot .judgement")?.textContent, strings.yourJudgement);
    }
  }
});

test("Escape edits; a script's click releases nothing", () => {
  const { panel, calls } = shown(verdict("warn"), true);
  for (const button of panel.element.querySelectorAll<HTMLElement>(".foot button")) button.click();
  assert.deepEqual(calls, []);
  panel.typed(new KeyboardEvent("keydown", { key: "Escape" }));
  assert.deepEqual(calls, ["edit"]);
});

// The chip.

test("the chip never says filed before it is proven", () => {
  for (const strings of [pageStrings.en, pageStrings.fr]) {
    for (const trouble of ["", "no_destination", "permission", "unproven"] as const) {
      const text = look({ kind: "record", state: "pending", where: "Records", trouble }, strings).text;
      assert.doesNotMatch(text, /filed in|classé dans/i);
    }
    assert.match(look({ kind: "record", state: "delivered", where: "Records", trouble: "" }, strings).text, /Records/);
  }
});

test("not checked never looks like checked", () => {
  const { en } = pageStrings;
  for (const why of ["engine", "page", "orphan", "late"] as const) {
    const now = look({ kind: "unchecked", why }, en);
    assert.equal(now.brief, false, "in words");
    assert.notEqual(now.tone, "good");
  }
});
