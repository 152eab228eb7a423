// Everything that was kept: words to look for, limits, the list.

import { h } from "../../../extension/ui/dom.ts";
import { field, select } from "../../../extension/ui/pages/controls.ts";
import { button } from "../../../extension/ui/pages/frame.ts";
import type { Hit, Query } from "../api.ts";
import { hits } from "../parts.ts";
import type { Ui, View } from "../ui.ts";
import { RecordView } from "./record.ts";

const ALL: Query = { text: "", from: "", to: "", since: "", until: "", channel: "", state: "", hold: "", offset: 0 };
const CHANNELS = ["whatsapp", "signal", "telegram", "imessage", "sms", "mail", "gmail", "outlook", "teams", "slack", "manual"];

export class LibraryView implements View {
  private query: Query = { ...ALL };
  private hits: Hit[] = [];
  private total: number | null = null;

  constructor(private readonly ui: Ui) {}

  title = () => this.ui.t.library.title;

  enter = () => this.search();

  /** What was asked for stays; what was found goes. */
  leave = () => {
    this.hits = [];
    this.total = null;
  };

  ask = (what: Partial<Query>) => {
    this.query = { ...ALL, ...what };
  };

  nodes = (): (Node | null)[] => [this.form(), ...this.found()];

  private async search(offset = 0): Promise<void> {
    const found = await this.ui.api.Search({ ...this.query, offset });
    this.hits = offset === 0 ? found.hits : [...this.hits, ...found.hits];
    this.total = found.total;
  }

  private async look(): Promise<void> {
    await this.ui.attempt(() => this.search());
    this.ui.draw();
    this.ui.say(this.ui.t.library.found(this.total ?? 0));
  }

  private form(): HTMLElement {
    const t = this.ui.t.library;
    const { query } = this;
    const text = h("input", { type: "search", id: "words", autocomplete: "off", spellcheck: "false", "aria-describedby": "words-hint" });
    text.value = query.text;
    text.addEventListener("input", () => (query.text = text.value));
    const form = h(
      "form",
      { class: "searching", role: "search" },
      h("div", { class: "field wide-field" }, h("label", { for: "words" }, t.search), h("div", { class: "row" }, text, h("button", { type: "submit", class: "act strong", id: "search" }, t.go)), h("p", { class: "hint", id: "words-hint" }, t.searchHint)),
      this.filters(),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.look();
    });
    return h("section", {}, form);
  }

  private narrowed(): boolean {
    return Object.entries(this.query).some(([key, value]) => key !== "text" && key !== "offset" && value !== "");
  }

  private filters(): HTMLElement {
    const t = this.ui.t.library;
    const { query } = this;
    const set = <K extends keyof Query>(key: K, value: Query[K]) => {
      query[key] = value;
      void this.look();
    };
    const states = (["kept", "pending", "delivered", "closed"] as const).map((state) => [state, this.ui.t.states[state]] as const);
    const holds = (["", "held", "none", "unknown"] as const).map((hold) => [hold, t.holds[hold] ?? hold] as const);
    const channels = CHANNELS.map((id) => [id, this.ui.channel(id)] as const);
    return h(
      "details",
      { id: "filters", open: this.narrowed() },
      h("summary", {}, t.filters),
      h(
        "div",
        { class: "grid" },
        field({ id: "from", label: t.from, value: query.from }, (value) => set("from", value)),
        field({ id: "to", label: t.to, value: query.to }, (value) => set("to", value)),
        field({ id: "since", label: t.since, value: query.since, type: "date" }, (value) => set("since", value)),
        field({ id: "until", label: t.until, value: query.until, type: "date" }, (value) => set("until", value)),
        select<string>({ id: "channel", label: t.channel, value: query.channel, options: [["", t.anyChannel], ...channels] }, (value) => set("channel", value)),
        select<Query["state"]>({ id: "state", label: t.state, value: query.state, options: [["", t.anyState], ...states] }, (value) => set("state", value)),
        select<Query["hold"]>({ id: "hold", label: t.hold, value: query.hold, options: holds }, (value) => set("hold", value)),
      ),
      h("div", { class: "acts" }, button("clear", t.clear, () => this.clear())),
    );
  }

  private clear(): void {
    this.query = { ...ALL };
    void this.look();
  }

  private found(): (Node | null)[] {
    const t = this.ui.t.library;
    if (this.total === null) return [];
    const open = ({ id }: Hit) => void this.ui.show(new RecordView(this.ui, id, "library"), "library");
    const more = async () => {
      await this.ui.attempt(() => this.search(this.hits.length));
      this.ui.draw();
    };
    return [
      h("h2", { class: "total" }, t.found(this.total)),
      this.total === 0 ? h("p", {}, t.nothing) : h("section", {}, hits(this.ui, "found", t.list, this.hits, open)),
      this.hits.length < this.total ? h("div", { class: "acts" }, button("more", t.more, () => void more())) : null,
    ];
  }
}
