// What needs the person today, and what was kept lately.

import { h, icon } from "../../../extension/ui/dom.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import { pageTexts } from "../../../extension/ui/strings/pages.ts";
import type { Delivered, Home } from "../api.ts";
import { hits } from "../parts.ts";
import type { Ui, View } from "../ui.ts";
import { RecordView } from "./record.ts";

export class HomeView implements View {
  private home: Home | null = null;

  constructor(private readonly ui: Ui) {}

  title = () => this.ui.t.home.title;

  enter = async () => {
    this.home = await this.ui.api.Home();
  };

  leave = () => {
    this.home = null;
  };

  nodes = (): (Node | null)[] => {
    const { home } = this;
    if (!home) return [];
    const cards = this.cards(home);
    return [this.lead(home, cards.length), h("div", { class: "cards" }, ...cards), home.total > 0 ? this.latest(home) : this.empty()];
  };

  private lead(home: Home, needs: number): HTMLElement | null {
    const { t } = this.ui;
    if (needs > 0) return h("p", { class: "lead" }, t.home.needs(needs));
    if (home.total === 0) return null;
    return h("div", { class: "calm" }, icon("check"), h("div", {}, h("p", { class: "lead" }, t.home.calm), h("p", { class: "hint" }, t.home.calmWhy)));
  }

  private cards(home: Home): HTMLElement[] {
    const t = this.ui.t.home;
    const names = pageTexts(this.ui.language).settings.packNames;
    const out: HTMLElement[] = [];
    if (home.undecided > 0) out.push(card("info", "undecided", t.undecided(home.undecided, home.import), t.undecidedWhy, button("decide", t.decide, () => void this.ui.go("import"), { strong: true })));
    if (home.pending_n > 0) out.push(card("clock", "pending", t.pending(home.pending_n), t.pendingWhy, ...this.pending(home)));
    if (home.only_here > 0) {
      const ways = home.destinations.map((name) => button(`to-${name}`, t.deliverTo(name), () => void this.deliver(name)));
      ways.push(button("which-kept", t.which, () => void this.ui.go("library", { state: "kept" })));
      if (home.destinations.length === 0) ways.unshift(button("add-destination", t.addDestination, () => void this.ui.go("settings")));
      out.push(card("filed", "only-here", t.onlyHere(home.only_here), t.onlyHereWhy, ...ways));
    }
    for (const hold of home.holds) out.push(card("block", `hold-${hold.name}`, t.holdName(hold.name), t.holdWhy(hold.records, hold.by), button(`see-${hold.name}`, t.seeHold, () => void this.ui.go("requests"))));
    if (home.hold === "unknown") out.push(card("unknown", "hold-unknown", t.holdUnknown, t.holdUnknownWhy, button("say-hold", t.say, () => void this.ui.go("requests"))));
    for (const pack of home.overdue) out.push(card("warn", `overdue-${pack.id}`, t.overdue(names[pack.id] ?? pack.title), t.overdueWhy(this.ui.day(pack.review_by))));
    return out;
  }

  private pending(home: Home): HTMLElement[] {
    const t = this.ui.t.home;
    const which = button("which-pending", t.which, () => void this.ui.go("library", { state: "pending" }));
    return home.pending_to.length > 0 ? [button("due", t.deliverDue(home.pending_to.join(", ")), () => void this.deliver("")), which] : [which];
  }

  private async deliver(to: string): Promise<void> {
    const t = this.ui.t.home;
    const done = await this.ui.long<Delivered>(t.delivering, () => this.ui.api.Deliver([], to));
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (!done) return;
    const trouble = done.problems.map((p) => `${p.destination}: ${p.advice || p.problem}`);
    this.ui.say([t.delivered(done.delivered, done.handed, done.waiting), ...trouble].join(". "), done.waiting > 0 ? "warn" : "good");
  }

  private latest(home: Home): HTMLElement {
    const t = this.ui.t.home;
    const open = ({ id }: { id: string }) => void this.ui.show(new RecordView(this.ui, id, "home"), "home");
    return section("latest", t.latest, "", hits(this.ui, "latest-list", t.latest, home.latest, open), h("div", { class: "acts" }, button("all", t.all, () => void this.ui.go("library"))));
  }

  private empty(): HTMLElement {
    const t = this.ui.t.home;
    const acts = h("div", { class: "acts" }, button("bring-in", t.bringIn, () => void this.ui.go("import"), { strong: true }), button("to-check", t.check, () => void this.ui.go("check")));
    return section("empty", t.empty, t.emptyWhy, acts);
  }
}

function card(sign: Parameters<typeof icon>[0], id: string, title: string, why: string, ...acts: HTMLElement[]): HTMLElement {
  const head = `${id.replace(/[^\w-]/g, "_")}-title`;
  return h("section", { class: "card", "data-sign": sign, "aria-labelledby": head }, icon(sign), h("div", {}, h("h2", { id: head }, title), h("p", { class: "why" }, why), acts.length > 0 ? h("div", { class: "acts" }, ...acts) : null));
}
