// Bringing in: choose a file, look what it holds, have it judged, choose, keep.

import { h, icon } from "../../../extension/ui/dom.ts";
import { field, select } from "../../../extension/ui/pages/controls.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import type { Kept, Preview, Row } from "../api.ts";
import { facts } from "../parts.ts";
import type { Ui, View } from "../ui.ts";

const SOME = ["capture", "consider", "unknown"];
const DUTIES = ["capture", "consider", "transitory", "none", "unknown", ""];

interface Judged {
  counts: Record<string, number>;
  rows: number;
}

/** The file stays open while the person looks elsewhere: it is let go when they close it. */
export class ImportView implements View {
  private path = "";
  private dates = "";
  private preview: Preview | null = null;
  private me = "";
  private judged: Judged | null = null;
  private which: "some" | "all" = "some";
  private rows: Row[] = [];
  private chosen = new Set<number>();
  private before = 0;
  private kept: Kept | null = null;

  constructor(private readonly ui: Ui) {}

  title = () => this.ui.t.import.title;

  enter = async () => {
    if (this.judged) await this.load();
  };

  /** The list is asked for again; what was chosen are numbers. */
  leave = () => {
    this.rows = [];
  };

  nodes = (): (Node | null)[] => {
    const { preview } = this;
    const t = this.ui.t.import;
    const choose = button("choose", preview ? t.another : t.choose, () => void this.choose(), { strong: !preview });
    if (!preview) return [h("p", { class: "lead" }, t.lead), h("section", {}, h("div", { class: "acts" }, choose))];
    return [this.kept ? this.outcome(this.kept) : null, this.holds(preview, choose), this.judged ? this.choosing(this.judged) : null];
  };

  private async choose(): Promise<void> {
    const path = await this.ui.attempt(() => this.ui.api.ChooseImport(this.ui.t.import.chooseTitle));
    if (!path) return;
    this.path = path;
    this.dates = "";
    await this.read();
  }

  private async read(): Promise<void> {
    this.forget();
    this.preview = (await this.ui.long<Preview>(this.ui.t.import.reading, () => this.ui.api.OpenImport(this.path, this.dates))) ?? null;
    const only = this.preview?.people.filter(({ name, address }) => name === this.ui.status.settings.name || address === this.ui.status.settings.address);
    this.me = only?.[0]?.name || only?.[0]?.address || "";
    this.ui.draw();
    document.querySelector<HTMLElement>("#holds h2")?.focus();
  }

  private forget(): void {
    this.preview = null;
    this.judged = null;
    this.kept = null;
    this.rows = [];
    this.chosen.clear();
  }

  private async close(): Promise<void> {
    await this.ui.attempt(() => this.ui.api.CloseImport());
    this.forget();
    this.ui.draw();
  }

  private holds(p: Preview, choose: HTMLElement): HTMLElement {
    const t = this.ui.t.import;
    const rows = facts(
      [t.form, p.form],
      [t.messages, `${this.ui.t.messages(p.messages)}: ${t.ofThem(p.texts, p.deleted, p.unreadable)}`],
      [t.days, p.first ? t.span(this.ui.day(p.first), this.ui.day(p.last)) : ""],
      [t.people, p.people.map(({ name, address, messages }) => `${name || address} (${messages})`).join(", ")],
      [t.dates, p.dates],
      [t.zone, p.zone || t.ownClock],
      [t.filesLabel, p.files > 0 ? t.files(p.files, p.files_missing) : ""],
    );
    const judge = button("judge", t.judge, () => void this.judge(), { strong: !this.judged && !this.kept });
    return section(
      "holds",
      t.holds(p.file),
      "",
      rows,
      lines("gaps", t.gaps, p.gaps.map((g) => t.gap(g.days, this.ui.day(g.after), this.ui.day(g.before)))),
      lines("notes", t.notes, p.notes.map((n) => t.line(n.line, n.text))),
      h("div", { class: "grid" }, this.who(p), this.order()),
      h("div", { class: "acts" }, judge, choose, button("close-file", t.closeFile, () => void this.close())),
    );
  }

  private who(p: Preview): HTMLElement {
    const t = this.ui.t.import;
    const options = p.people.map(({ name, address }) => [name || address, name || address] as const);
    const list = select<string>({ id: "me", label: t.me, value: this.me, options: [["", t.notMe], ...options] }, (value) => {
      this.me = value;
      this.judged = null;
      this.ui.draw();
    });
    list.append(h("p", { class: "hint" }, t.meHint));
    return list;
  }

  private order(): HTMLElement {
    const t = this.ui.t.import;
    const orders = ["", "dmy", "mdy", "ymd"].map((id) => [id, t.orders[id] ?? id] as const);
    return select<string>({ id: "dates", label: t.dateOrder, value: this.dates, options: orders }, (value) => {
      this.dates = value;
      void this.read();
    });
  }

  private async judge(): Promise<void> {
    this.kept = null;
    this.chosen.clear();
    this.judged = (await this.ui.long<Judged>(this.ui.t.import.judging, () => this.ui.api.JudgeImport(this.me))) ?? null;
    this.which = "some";
    if (this.judged) await this.ui.attempt(() => this.load());
    for (const row of this.rows) if (row.duty === "capture") this.chosen.add(row.number);
    this.ui.draw();
    document.querySelector("#choosing")?.scrollIntoView();
  }

  private async load(offset = 0): Promise<void> {
    const more = await this.ui.api.Rows(this.which === "some" ? SOME : [], offset);
    this.rows = offset === 0 ? more : [...this.rows, ...more];
  }

  private choosing(judged: Judged): HTMLElement {
    const t = this.ui.t.import;
    const counts = DUTIES.filter((duty) => judged.counts[duty]).map((duty) => h("li", { "data-duty": duty }, h("strong", {}, String(judged.counts[duty])), " ", t.counts[duty] ?? duty));
    const views = (["some", "all"] as const).map((id) => [id, t.views[id] ?? id] as const);
    const total = this.which === "all" ? judged.rows : SOME.reduce((sum, duty) => sum + (judged.counts[duty] ?? 0), 0);
    const more = async () => {
      await this.ui.attempt(() => this.load(this.rows.length));
      this.ui.draw();
    };
    return section(
      "choosing",
      t.found,
      "",
      h("ul", { class: "counts" }, ...counts),
      select<"some" | "all">({ id: "which", label: t.show, value: this.which, options: views }, (which) => void this.look(which)),
      this.rows.length > 0 ? this.list() : h("p", {}, t.nothing),
      this.rows.length < total ? h("div", { class: "acts" }, button("more", t.more, () => void more())) : null,
      this.keeping(),
    );
  }

  private async look(which: "some" | "all"): Promise<void> {
    this.which = which;
    await this.ui.attempt(() => this.load());
    this.ui.draw();
  }

  private list(): HTMLElement {
    const t = this.ui.t.import;
    return h(
      "div",
      {},
      h("div", { class: "acts" }, button("all", t.all, () => this.mark(true)), button("none", t.noneOf, () => this.mark(false))),
      h("ul", { class: "choices", "aria-label": t.list, id: "choices" }, ...this.rows.map((row) => h("li", {}, this.row(row)))),
    );
  }

  private mark(on: boolean): void {
    this.chosen.clear();
    if (on) for (const row of this.rows) if (row.kind === "text") this.chosen.add(row.number);
    this.ui.draw();
  }

  private row(row: Row): HTMLElement {
    const t = this.ui.t.import;
    const id = `m${row.number}`;
    const can = row.kind === "text" || row.kind === "deleted" || row.kind === "call";
    const box = h("input", { type: "checkbox", id, checked: this.chosen.has(row.number), disabled: !can, "aria-describedby": row.why && `${id}-why` });
    box.addEventListener("change", () => {
      if (box.checked) this.chosen.add(row.number);
      else this.chosen.delete(row.number);
      this.ui.draw();
    });
    const head = [row.from, row.date && `${this.ui.day(row.date)} ${row.clock.slice(0, 5)}`, t.kinds[row.kind], row.files > 0 && t.withFiles(row.files)].filter(Boolean).join(" · ");
    return h(
      "div",
      { class: "choice", "data-duty": row.duty },
      box,
      h("label", { for: id }, h("span", { class: "when" }, head), h("span", { class: "said" }, row.body)),
      row.why ? h("p", { class: "hint", id: `${id}-why` }, h("span", { class: "duty" }, t.counts[row.duty] ?? ""), " ", row.why) : null,
    );
  }

  private keeping(): HTMLElement {
    const t = this.ui.t.import;
    const n = this.chosen.size;
    const keep = button("keep", n === 0 ? t.chosen(0) : t.keep(n), () => void this.keep(), { strong: true, disabled: n === 0 || this.me === "" });
    const before = field({ id: "before", label: t.before, value: String(this.before), type: "number", min: 0, max: 20 }, (value) => {
      this.before = Number(value) || 0;
    });
    return h("div", { class: "foot" }, before, h("div", { class: "acts" }, keep), this.me === "" ? h("p", { class: "hint" }, `${t.me} ${t.meHint}`) : null);
  }

  private async keep(): Promise<void> {
    const numbers = [...this.chosen].sort((a, b) => a - b);
    this.kept = (await this.ui.long<Kept>(this.ui.t.import.keeping, () => this.ui.api.KeepImport(numbers, this.before))) ?? null;
    if (this.kept) {
      this.chosen.clear();
      this.judged = null;
      this.rows = [];
    }
    this.ui.draw();
    if (!this.kept) return;
    window.scrollTo(0, 0);
    this.ui.say(this.ui.t.import.done(this.kept.kept, this.kept.already));
  }

  private outcome(kept: Kept): HTMLElement {
    const t = this.ui.t.import;
    const wrong = kept.incomplete.map((i) => t.number(i.number, i.why));
    return h(
      "div",
      { class: "note", "data-tone": wrong.length > 0 ? "warn" : "good", id: "outcome" },
      icon(wrong.length > 0 ? "warn" : "check"),
      h(
        "div",
        {},
        h("h2", {}, t.done(kept.kept, kept.already)),
        wrong.length > 0 ? h("p", {}, t.incomplete(wrong.length)) : null,
        wrong.length > 0 ? h("ul", {}, ...wrong.map((text) => h("li", {}, text))) : null,
        kept.notes.length > 0 ? h("ul", {}, ...kept.notes.map((n) => h("li", {}, t.line(n.line, n.text)))) : null,
        h("div", { class: "acts" }, button("to-library", t.toLibrary, () => void this.ui.go("library"))),
      ),
    );
  }
}

function lines(id: string, title: string, all: string[]): HTMLElement | null {
  if (all.length === 0) return null;
  return h("details", { id }, h("summary", {}, `${title} (${all.length})`), h("ul", { class: "points" }, ...all.map((text) => h("li", {}, text))));
}
