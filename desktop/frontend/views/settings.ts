// Settings: who the person is, language, rule books, where records go.

import { h } from "../../../extension/ui/dom.ts";
import { checkbox, field, radios } from "../../../extension/ui/pages/controls.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import { pageTexts } from "../../../extension/ui/strings/pages.ts";
import type { Destination, PackInfo, Settings } from "../api.ts";
import { facts } from "../parts.ts";
import type { Ui, View } from "../ui.ts";

export class SettingsView implements View {
  private destinations: Destination[] = [];
  private packs: PackInfo[] = [];

  constructor(private readonly ui: Ui) {}

  title = () => this.ui.t.settings.title;

  enter = async () => {
    this.destinations = await this.ui.api.Destinations();
    this.packs = await this.ui.api.Packs();
  };

  leave = () => undefined;

  nodes = (): (Node | null)[] => [this.you(), this.languages(), this.books(), this.places(), this.about()];

  private async save(change: Partial<Settings>): Promise<void> {
    const next = { ...this.ui.status.settings, ...change };
    const saved = await this.ui.attempt(async () => {
      await this.ui.api.SetSettings(next);
      return true;
    });
    if (saved) this.ui.status.settings = next;
    this.ui.draw();
    if (saved) this.ui.say(this.ui.t.settings.saved);
  }

  private you(): HTMLElement {
    const t = this.ui.t.settings;
    const { name, address } = this.ui.status.settings;
    return section(
      "you",
      t.you,
      t.youWhy,
      h(
        "div",
        { class: "grid" },
        field({ id: "name", label: t.name, value: name, autocomplete: "name" }, (value) => void this.save({ name: value.trim() })),
        field({ id: "address", label: t.address, value: address, type: "email", autocomplete: "email" }, (value) => void this.save({ address: value.trim() })),
      ),
    );
  }

  private languages(): HTMLElement {
    const t = this.ui.t.settings;
    const options = (["en", "fr"] as const).map((id) => [id, t.languages[id] ?? id] as const);
    return section("languages", t.language, "", radios({ id: "language", label: t.language, hideLabel: true, value: this.ui.language, options }, (language) => void this.save({ language })), h("p", { class: "hint" }, t.theme));
  }

  private books(): HTMLElement {
    const t = this.ui.t.settings;
    const names = pageTexts(this.ui.language).settings.packNames;
    const active = this.ui.status.settings.packs;
    const boxes = this.packs.map((p) => {
      const date = p.review_by && this.ui.day(p.review_by);
      const hint = p.overdue ? [t.overdue(date)] : date ? [t.review(date)] : undefined;
      const props = { id: `pack-${p.id}`, label: names[p.id] ?? p.title, checked: active.includes(p.id), ...(hint && { hint }) };
      return checkbox(props, (on) => void this.save({ packs: on ? [...active, p.id] : active.filter((id) => id !== p.id) }));
    });
    return section("packs", t.packs, t.packsWhy, ...boxes);
  }

  private places(): HTMLElement {
    const t = this.ui.t.settings;
    const items = this.destinations.map((d) => h("li", {}, h("div", {}, ...this.place(d)), button(`remove-${d.name}`, t.remove, () => void this.remove(d.name), { label: t.removeOf(d.name) })));
    const hosts = [...new Set(this.destinations.flatMap((d) => d.hosts))].sort();
    return section(
      "destinations",
      t.destinations,
      t.destinationsWhy,
      items.length > 0 ? h("ul", { class: "lines" }, ...items) : h("p", { class: "stated" }, t.none),
      h("div", { class: "acts" }, button("add", t.add, () => void this.add(), { strong: items.length === 0 })),
      h("p", { class: "hint" }, t.other),
      h("h3", { class: "sub" }, t.hostsAll),
      hosts.length > 0 ? h("ul", { class: "hosts", id: "hosts" }, ...hosts.map((host) => h("li", {}, h("code", {}, host)))) : h("p", { class: "hint", id: "hosts" }, t.hostsNone),
    );
  }

  private place(d: Destination): HTMLElement[] {
    const t = this.ui.t.settings;
    const out = [h("p", {}, h("strong", {}, d.name), ` · ${d.where}`), h("p", { class: "hint" }, d.hosts.length > 0 ? t.hosts(d.hosts.join(", ")) : t.here, d.readback || d.problem ? "" : ` ${t.noReadback}`)];
    if (d.problem) out.push(h("p", { class: "fault" }, d.problem));
    return out;
  }

  private async add(): Promise<void> {
    const added = await this.ui.attempt(() => this.ui.api.AddFolder(this.ui.t.settings.addTitle));
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (added) this.ui.say(this.ui.t.settings.added);
  }

  private async remove(name: string): Promise<void> {
    const removed = await this.ui.attempt(async () => {
      await this.ui.api.RemoveDestination(name);
      return true;
    });
    await this.ui.attempt(this.enter);
    this.ui.draw();
    if (removed) this.ui.say(this.ui.t.settings.removed);
  }

  private about(): HTMLElement {
    const t = this.ui.t.settings;
    return section("about", t.about, "", facts([t.version, this.ui.status.version], [t.vault, this.ui.status.vault]));
  }
}
