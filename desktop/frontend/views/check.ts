// Compose and check: type or paste, see the answer as the extension shows it, keep by hand.

import type { Info, Party, Verdict } from "../../../extension/wire.ts";
import { h } from "../../../extension/ui/dom.ts";
import page from "../../../extension/ui/page.css";
import { field, radios, select } from "../../../extension/ui/pages/controls.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import { Panel, type Quote } from "../../../extension/ui/panel.ts";
import { adopt } from "../../../extension/ui/sheet.ts";
import { pageStrings } from "../../../extension/ui/strings/page.ts";
import { pageTexts } from "../../../extension/ui/strings/pages.ts";
import type { ByHand } from "../api.ts";
import { parties } from "../parts.ts";
import type { Ui, View } from "../ui.ts";
import { RecordView } from "./record.ts";

const CHANNELS = ["whatsapp", "signal", "telegram", "imessage", "messenger", "sms", "mail", "gmail", "outlook", "teams", "slack", "manual"];

/** In the window the panel stands in the page and not over a messenger. */
const STILL = ".root{background:none}.panel{position:static;box-shadow:none;max-width:none;overflow:visible}.scroll{overflow:visible}.foot{display:none}";

const NOTHING = { channel: "whatsapp", device: "unknown", chat_scope: "unset", to: "", subject: "", body: "", from: "", date: "", time: "", direction: "out", note: "", chat: "" } as const;

export class CheckView implements View {
  private typed: { -readonly [K in keyof typeof NOTHING]: string } = { ...NOTHING };
  private verdict: Verdict | null = null;
  private info: Info | null = null;
  private missing: string[] = [];
  private kept = "";
  private keeping = false;
  private readonly host = h("div", { class: "panel-host" });
  private readonly root = h("div", { class: "root" });
  private readonly panel = new Panel(() => ({ strings: pageStrings[this.ui.language], language: this.ui.language }));

  constructor(private readonly ui: Ui) {
    const shadow = this.host.attachShadow({ mode: "open" });
    adopt(shadow, page + STILL);
    shadow.append(this.root);
    this.root.append(this.panel.element);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const theme = () => (this.root.dataset["theme"] = dark.matches ? "dark" : "light");
    dark.addEventListener("change", theme);
    theme();
  }

  title = () => this.ui.t.check.title;

  enter = async () => {
    this.info = await this.ui.api.Info();
  };

  /** What the person typed stays until it is kept or the vault is locked; the answer goes. */
  leave = () => {
    this.verdict = null;
    this.kept = "";
    this.panel.hide();
  };

  nodes = (): (Node | null)[] => {
    const t = this.ui.t.check;
    return [h("p", { class: "lead" }, t.lead), this.form(), this.verdict ? this.answer(this.verdict) : null, this.hand()];
  };

  private set(key: keyof typeof NOTHING, value: string): void {
    this.typed[key] = value;
    this.kept = "";
  }

  private form(): HTMLElement {
    const t = this.ui.t.check;
    const { typed } = this;
    const body = h("textarea", { id: "body", rows: 6 });
    body.value = typed.body;
    body.addEventListener("input", () => {
      this.set("body", body.value);
      void this.ui.api.Typed(body.value !== "");
    });
    const names = (all: Record<string, string>) => Object.entries(all);
    const form = h(
      "form",
      { id: "checking" },
      h("div", { class: "field wide-field" }, h("label", { for: "body" }, t.body), body),
      h(
        "div",
        { class: "grid" },
        select<string>({ id: "channel", label: t.channel, value: typed.channel, options: CHANNELS.map((id) => [id, this.ui.channel(id)] as const) }, (v) => this.set("channel", v)),
        select<string>({ id: "device", label: t.device, value: typed.device, options: names(t.devices) }, (v) => this.set("device", v)),
        select<string>({ id: "scope", label: t.scope, value: typed.chat_scope, options: names(t.scopes) }, (v) => this.set("chat_scope", v)),
        field({ id: "to", label: t.to, value: typed.to, hint: t.toHint }, (v) => this.set("to", v)),
        field({ id: "subject", label: t.subject, value: typed.subject }, (v) => this.set("subject", v)),
      ),
      h("div", { class: "acts" }, h("button", { type: "submit", class: "act strong", id: "judge" }, t.go)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.judge();
    });
    return h("section", {}, form);
  }

  private draft(): Pick<ByHand, "channel" | "device" | "chat_scope" | "to" | "subject" | "body"> {
    const { channel, device, chat_scope, to, subject, body } = this.typed;
    return { channel, device: device as ByHand["device"], chat_scope: chat_scope as ByHand["chat_scope"], to: parties(to), subject, body };
  }

  private async judge(): Promise<void> {
    (document.activeElement as HTMLElement | null)?.blur(); // tells a field that the person has left it
    if (this.typed.body.trim() === "") {
      this.ui.say(this.ui.t.check.none, "warn");
      return;
    }
    const draft = this.draft();
    this.verdict = (await this.ui.attempt(() => this.ui.api.Judge(draft))) ?? null;
    this.panel.hide();
    const { verdict } = this;
    if (verdict) {
      this.panel.show(
        { verdict, body: draft.body, subject: draft.subject, title: "", attachments: [], stopped: false, noted: false, final: false },
        { edit: () => document.getElementById("body")?.focus(), release: () => undefined, quote: (reason) => this.quote(reason.pack, reason.clause), packTitle: (id) => this.pack(id) },
      );
    }
    this.ui.draw();
    document.querySelector<HTMLElement>("#verdict-title")?.scrollIntoView({ block: "nearest" });
    const said = document.querySelector("#verdict .outcome")?.textContent;
    if (said) this.ui.say(said);
  }

  private pack(id: string): string {
    const title = this.info?.packs.find((p) => p.id === id)?.title ?? id;
    return pageTexts(this.ui.language).settings.packNames[id] ?? title;
  }

  private quote(pack: string, clause: string): Quote | null {
    const found = this.info?.packs.find((p) => p.id === pack)?.clauses.find((c) => c.id === clause);
    if (!found) return null;
    return { text: found.text, gloss: this.ui.language === "fr" ? found.text_fr : "", language: "en", table: null, tableGloss: null };
  }

  private answer(verdict: Verdict): HTMLElement {
    const t = this.ui.t.check;
    const calm = verdict.action === "allow" ? t.allow : verdict.action === "unknown" ? t.unknown : "";
    const duty = t.duties[verdict.duty] ?? verdict.duty;
    const tone = verdict.action === "allow" ? "good" : "warn";
    const first = h("p", { class: "outcome", "data-tone": tone }, [calm, duty].filter(Boolean).join(" "));
    return section("verdict", t.verdict, "", first, verdict.error ? h("p", { class: "hint" }, verdict.error) : null, this.panel.open ? this.host : null);
  }

  private hand(): HTMLElement {
    const t = this.ui.t.check;
    const { typed } = this;
    if (!this.keeping) {
      const open = button("by-hand", t.keep, () => {
        this.keeping = true;
        const now = new Date();
        typed.from ||= this.ui.status.settings.name;
        typed.date ||= `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
        typed.time ||= now.toTimeString().slice(0, 5);
        this.ui.draw();
        document.getElementById("from")?.focus();
      });
      return h("section", { class: "quiet" }, h("p", { class: "why" }, t.keepWhy), h("div", { class: "acts" }, open), this.done());
    }
    const time = h("input", { type: "time", id: "time" });
    time.value = typed.time;
    time.addEventListener("change", () => this.set("time", time.value));
    return section(
      "hand",
      t.keep,
      t.keepWhy,
      radios({ id: "direction", label: t.direction, value: typed.direction, options: Object.entries(t.directions).map(([id, text]) => [id, text] as const) }, (v) => this.set("direction", v)),
      h(
        "div",
        { class: "grid" },
        field({ id: "from", label: t.from, value: typed.from }, (v) => this.set("from", v)),
        field({ id: "date", label: t.date, value: typed.date, type: "date" }, (v) => this.set("date", v)),
        h("div", { class: "field" }, h("label", { for: "time" }, t.time), time),
        field({ id: "chat", label: t.chat, value: typed.chat }, (v) => this.set("chat", v)),
        field({ id: "note", label: t.note, value: typed.note, lines: 2 }, (v) => this.set("note", v)),
      ),
      this.missing.length > 0 ? h("p", { class: "fault", role: "alert", id: "missing" }, t.missing(this.missing.map((f) => t.fields[f] ?? f).join(", "))) : null,
      h("div", { class: "acts" }, button("keep", t.keepIt, () => void this.keep(), { strong: true })),
      this.done(),
    );
  }

  private done(): HTMLElement | null {
    if (this.kept === "") return null;
    const see = button("see", this.ui.t.check.see, () => void this.ui.show(new RecordView(this.ui, this.kept, "check"), "check"));
    return h("div", { class: "acts" }, h("p", { class: "outcome", "data-tone": "good" }, this.ui.t.check.kept), see);
  }

  private async keep(): Promise<void> {
    const { from, date, time, note, chat, direction } = this.typed;
    const sender: Party = parties(from)[0] ?? { name: "", address: "" };
    const message: ByHand = { ...this.draft(), from: sender, date, time, note, chat, series: "", direction: direction === "in" ? "in" : "out" };
    const kept = await this.ui.attempt(() => this.ui.api.KeepByHand(message));
    this.missing = kept?.missing ?? [];
    if (kept?.id) {
      this.typed = { ...NOTHING };
      this.verdict = null;
      this.keeping = false;
      this.kept = kept.id;
      void this.ui.api.Typed(false);
    }
    this.ui.draw();
    if (kept?.id) this.ui.say(this.ui.t.check.kept);
  }
}
