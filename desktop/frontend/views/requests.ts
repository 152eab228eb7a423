// Requests for records and the holds they place.

import { h } from "../../../extension/ui/dom.ts";
import { field, radios } from "../../../extension/ui/pages/controls.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import type { Found, HoldState, Home, Request, Written } from "../api.ts";
import { facts, hits } from "../parts.ts";
import type { Ui, View } from "../ui.ts";
import { RecordView } from "./record.ts";

export class RequestsView implements View {
  private home: Home | null = null;
  private request: Request | null = null;
  private found: Found | null = null;
  private written: Written | null = null;
  private by: string | null = null;

  constructor(private readonly ui: Ui) {}

  title = () => this.ui.t.requests.title;

  enter = async () => {
    this.home = await this.ui.api.Home();
    this.by ??= this.ui.status.settings.name;
  };

  /** The request stays open; what it found stays with it until the person closes it. */
  leave = () => {
    this.home = null;
  };

  nodes = (): (Node | null)[] => {
    const t = this.ui.t.requests;
    const open = h("div", { class: "acts" }, button("open-request", t.open, () => void this.open(), { strong: !this.request }));
    return [h("p", { class: "lead" }, t.lead), this.request ? this.asked(this.request) : h("section", {}, open), this.found ? this.results(this.found) : null, this.holds(), this.general()];
  };

  private async open(): Promise<void> {
    const request = await this.ui.attempt(() => this.ui.api.OpenRequest(this.ui.t.requests.openTitle));
    if (!request) return;
    this.request = request;
    this.found = this.written = null;
    this.ui.draw();
  }

  private async close(): Promise<void> {
    await this.ui.attempt(() => this.ui.api.CloseRequest());
    this.request = this.found = this.written = null;
    this.ui.draw();
  }

  private asked(r: Request): HTMLElement {
    const t = this.ui.t.requests;
    const range = [r.since && this.ui.day(r.since), r.until && this.ui.day(r.until)].filter(Boolean).join(" - ");
    const rows = facts(
      [t.issuer, r.issuer],
      [t.due, r.due && this.ui.day(r.due)],
      [t.terms, r.terms.join(", ")],
      [t.people, r.people.join(", ")],
      [t.range, range || t.anyDay],
      [t.where, r.channels.map((id) => this.ui.channel(id)).join(", ") || t.everywhere],
      [t.note, r.note],
    );
    return section(
      "request",
      t.request(r.reference),
      "",
      rows,
      h("p", { class: r.signed ? "hint" : "stated" }, r.signed ? t.signed : t.notSigned),
      r.hold ? h("p", { class: "stated" }, t.holdAsked) : null,
      field({ id: "by", label: t.by, value: this.by ?? "" }, (value) => {
        this.by = value.trim();
        this.ui.draw();
      }),
      h("div", { class: "acts" }, button("run", t.search, () => void this.run(), { strong: !this.found, disabled: !this.by }), button("close-request", t.closeRequest, () => void this.close())),
    );
  }

  private async run(): Promise<void> {
    this.written = null;
    this.found = (await this.ui.long<Found>(this.ui.t.requests.searching, () => this.ui.api.RunRequest(this.by ?? ""))) ?? null;
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (this.found) this.ui.say(this.ui.t.requests.found(this.found.hits.length, this.found.records));
  }

  private results(f: Found): HTMLElement {
    const t = this.ui.t.requests;
    const open = ({ id }: { id: string }) => void this.ui.show(new RecordView(this.ui, id, "requests"), "requests");
    const { written } = this;
    return section(
      "results",
      t.found(f.hits.length, f.records),
      "",
      f.unread > 0 ? h("p", { class: "stated" }, t.unread(f.unread)) : null,
      f.hits.length > 0 ? hits(this.ui, "found", t.found(f.hits.length, f.records), f.hits, open) : null,
      h("details", { id: "certificate" }, h("summary", {}, t.certificate), h("pre", { tabindex: 0 }, f.certificate)),
      h("div", { class: "acts" }, button("write", t.write, () => void this.write(), { strong: !written })),
      written ? h("p", { class: "outcome", "data-tone": "good" }, t.written(written.records, written.file)) : null,
      written ? facts([t.digest, written.digest]) : null,
    );
  }

  private async write(): Promise<void> {
    const t = this.ui.t.requests;
    const written = await this.ui.long<Written>(t.writing, () => this.ui.api.WritePackage(t.writeTitle));
    if (!written?.file) return;
    this.written = written;
    this.ui.draw();
    this.ui.say(t.written(written.records, written.file));
  }

  private holds(): HTMLElement {
    const t = this.ui.t.requests;
    const all = this.home?.holds ?? [];
    const items = all.map((hold) => h("li", {}, h("div", {}, h("strong", {}, hold.name), h("p", { class: "hint" }, t.holdLine(hold.records, hold.by, this.ui.day(hold.at))))));
    return section(
      "holds",
      t.holds,
      "",
      items.length > 0 ? h("ul", { class: "lines" }, ...items) : h("p", {}, t.holdsNone),
      items.length > 0 ? h("div", { class: "acts" }, button("release", t.release, () => void this.release())) : null,
    );
  }

  private async release(): Promise<void> {
    const t = this.ui.t.requests;
    const released = await this.ui.attempt(() => this.ui.api.ReleaseHold(t.packageTitle, t.receiptTitle));
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (released) this.ui.say(t.released);
  }

  private general(): HTMLElement {
    const t = this.ui.t.requests;
    const options = (["held", "none", "unknown"] as const).map((id) => [id, ...(t.states[id] ?? [id, ""])] as const);
    const value = this.home?.hold ?? "unknown";
    return section("general", t.general, t.generalWhy, radios<HoldState>({ id: "hold", label: t.state, value, options }, (state) => void this.state(state)));
  }

  private async state(state: HoldState): Promise<void> {
    const stated = await this.ui.attempt(async () => {
      await this.ui.api.StateHold(state);
      return true;
    });
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (stated) this.ui.say(this.ui.t.requests.stated);
  }
}
