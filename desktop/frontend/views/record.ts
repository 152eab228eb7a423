// One record: what was said, its five fields, why it was kept, proof, and where it is.

import type { Info, RecordMessage } from "../../../extension/wire.ts";
import { h, icon } from "../../../extension/ui/dom.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import type { Delivered, Delivery, Proof, RecordView as Shown } from "../api.ts";
import { facts, states } from "../parts.ts";
import type { Place, Ui, View } from "../ui.ts";

export class RecordView implements View {
  private shown: Shown | null = null;
  private proof: Proof | null = null;
  private info: Info | null = null;
  private places: string[] = [];

  constructor(
    private readonly ui: Ui,
    private readonly id: string,
    private readonly from: Place,
  ) {}

  title = () => this.shown?.subject ?? this.ui.t.unnamed;

  enter = async () => {
    this.shown = await this.ui.api.Record(this.id);
    this.info = await this.ui.api.Info();
    this.places = (await this.ui.api.Destinations()).map(({ name }) => name);
  };

  leave = () => {
    this.shown = null;
    this.proof = null;
  };

  nodes = (): (Node | null)[] => {
    const { shown, ui } = this;
    const back = button("back", ui.t.back, () => void ui.go(this.from));
    if (!shown) return [back];
    return [
      h("div", { class: "head" }, back, states(ui, shown)),
      shown.damage ? h("p", { class: "fault" }, ui.t.faults["damaged"] ?? "", " ", shown.damage) : null,
      shown.purged ? h("p", { class: "stated" }, ui.t.faults["purged"] ?? "") : null,
      shown.record ? this.messages() : null,
      h("div", { class: "twins" }, this.fields(), this.proving()),
      this.where(),
      shown.record ? this.why() : null,
    ];
  };

  private messages(): HTMLElement | null {
    const record = this.shown?.record;
    if (!record) return null;
    const list = record.messages.map((m) => h("li", {}, this.message(m)));
    return section("messages", record.chat || this.ui.t.record.messages, "", h("ol", { class: "talk" }, ...list));
  }

  private message(m: RecordMessage): HTMLElement {
    const t = this.ui.t.record;
    const head = [m.from.name || m.from.address, m.at && this.ui.time(m.at), m.context_only && `(${t.context})`].filter(Boolean).join(" · ");
    const files = m.attachments.map((a) => h("li", {}, a.digest ? t.file(a.name) : t.fileGone(a.name)));
    return h(
      "article",
      { class: "message", "data-own": m.direction === "out", "data-context": m.context_only },
      h("p", { class: "when" }, head),
      h("p", { class: "said" }, m.body),
      files.length > 0 ? h("ul", { class: "files" }, ...files) : null,
    );
  }

  private fields(): HTMLElement {
    const t = this.ui.t.record;
    const record = this.shown?.record;
    const shown = this.shown;
    const f = record?.fields;
    const rows = facts(
      [t.from, f ? both(f.from) : (shown?.from ?? "")],
      [t.to, [...(f ? f.to.map(both) : [shown?.to ?? ""]), f && !f.members_complete && t.membersNot].filter(Boolean).join(", ")],
      [t.date, shown?.date ? this.ui.day(shown.date) : ""],
      [t.time, [f?.time ?? shown?.time, f?.zone].filter(Boolean).join(" ")],
      [t.subject, shown?.subject ?? ""],
      [t.series, record?.series ?? ""],
      [t.kept, record ? `${t.keptBy(record.kept.by, this.ui.time(record.kept.at))}, ${t.methods[record.method] ?? record.method}` : ""],
      [t.note, record?.note ?? ""],
    );
    const corrected = (Object.values(record?.observed ?? {}) as unknown[]).some((value) => value !== null);
    return section("fields", t.fields, "", rows, corrected ? h("p", { class: "hint" }, t.corrected) : null);
  }

  private proving(): HTMLElement {
    const t = this.ui.t.record;
    const { proof, shown } = this;
    const again = button("verify", t.verify, () => void this.verify(), { strong: proof === null });
    const ids = facts([t.id, this.id], [t.root, proof?.root ?? ""], [t.checkedAt, proof ? this.ui.time(proof.at) : ""]);
    const details = h("details", { id: "ids" }, h("summary", {}, t.details), ids);
    if (!proof) return section("proof", t.proof, t.proofWhy, h("div", { class: "acts" }, again), details);
    const bad = proof.content !== "" || proof.signature !== "" || proof.files !== "" || proof.tree !== "";
    const lines = (["content", "signature", "files", "tree"] as const)
      .filter((what) => what !== "files" || proof.count > 0)
      .map((what) => {
        const fault = proof[what];
        const text = fault === "" ? t.checks[what][0] : `${t.checks[what][1]}: ${fault}`;
        const place = what === "tree" && fault === "" ? h("span", { class: "count" }, t.place(shown?.index ?? 0, proof.entries)) : null;
        return h("li", { "data-tone": fault === "" ? "good" : "bad" }, icon(fault === "" ? "check" : "warn"), h("span", {}, text, " ", place));
      });
    return section("proof", t.proof, "", h("p", { class: "outcome", "data-tone": bad ? "bad" : "good" }, bad ? t.bad : t.good), h("ul", { class: "checks" }, ...lines), h("div", { class: "acts" }, again), details);
  }

  private async verify(): Promise<void> {
    this.proof = (await this.ui.attempt(() => this.ui.api.Prove(this.id))) ?? null;
    this.ui.draw();
    const outcome = document.querySelector("#proof .outcome")?.textContent;
    if (outcome) this.ui.say(outcome);
  }

  private where(): HTMLElement {
    const t = this.ui.t.record;
    const all = this.shown?.deliveries ?? [];
    const there = new Set(all.filter(({ state }) => state !== "waiting").map(({ destination }) => destination));
    const ways = this.places.filter((name) => !there.has(name)).map((name) => button(`to-${name}`, t.deliverTo(name), () => void this.deliver(name)));
    const lines = all.map((d) => h("li", {}, h("div", {}, ...this.delivery(d))));
    return section("where", t.delivered, "", lines.length > 0 ? h("ul", { class: "lines" }, ...lines) : h("p", {}, t.nowhere), ways.length > 0 ? h("div", { class: "acts" }, ...ways) : null);
  }

  private delivery(d: Delivery): HTMLElement[] {
    const t = this.ui.t.record;
    const say = { delivered: t.delivery.delivered, handed: t.delivery.handed, waiting: t.delivery.waiting }[d.state];
    const out = [h("p", {}, say(d.destination), d.identical ? ` ${t.delivery.identical}` : "")];
    const more = [d.at && this.ui.time(d.at), d.place, d.advice || d.problem, d.next && t.nextTry(this.ui.time(d.next))].filter(Boolean);
    if (more.length > 0) out.push(h("p", { class: "hint" }, more.join(" · ")));
    return out;
  }

  private async deliver(to: string): Promise<void> {
    const done = await this.ui.long<Delivered>(this.ui.t.home.delivering, () => this.ui.api.Deliver([this.id], to));
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (done) this.ui.say(this.ui.t.home.delivered(done.delivered, done.handed, done.waiting), done.waiting > 0 ? "warn" : "good");
  }

  private why(): HTMLElement {
    const t = this.ui.t.record;
    const clauses = this.shown?.record?.clauses ?? [];
    const items = clauses.map((id) => {
      const [pack, clause] = id.split("/");
      const book = this.info?.packs.find((p) => p.id === pack);
      const found = book?.clauses.find((c) => c.id === clause);
      const french = this.ui.language === "fr" && found?.text_fr;
      const para = (this.ui.language === "fr" && found?.para_fr) || found?.para;
      const quote = found ? h("blockquote", { lang: french ? "fr" : "en" }, french || found.text) : null;
      return h("li", {}, h("div", {}, h("p", { class: "when" }, para ? `${capital(para)}, ${book?.title ?? ""}` : id), quote));
    });
    return section("why", t.clauses, "", items.length > 0 ? h("ul", { class: "clauses" }, ...items) : h("p", {}, t.noClauses));
  }
}

function both({ name, address }: { name: string; address: string }): string {
  return name && address ? `${name} <${address}>` : name || address;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
