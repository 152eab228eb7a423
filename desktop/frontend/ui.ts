// What all views share: where the person is, words in their language, drawing, saying
// what happened, and work that takes long.

import type { Language } from "../../extension/wire.ts";
import { h, icon } from "../../extension/ui/dom.ts";
import { channelName } from "../../extension/ui/pages/channels.ts";
import { announce, day, dayAndTime, draw } from "../../extension/ui/pages/frame.ts";
import { type Api, type Job, type Query, type Status, api, faultOf } from "./api.ts";
import { en, type Texts } from "./strings/en.ts";
import { fr } from "./strings/fr.ts";

export const TEXTS: Record<Language, Texts> = { en, fr };

/** A part of the window. Its texts live in it: what leave drops is gone from memory. */
export interface View {
  title: (t: Texts) => string;
  /** Drawn anew after every change. */
  nodes: () => (Node | null)[];
  /** Asks the App for what it shows. */
  enter: () => Promise<void>;
  /** Lets go of every text. */
  leave: () => void;
  /** Of the library: what to look for on entering. */
  ask?: (what: Partial<Query>) => void;
}

export type Place = "home" | "library" | "check" | "import" | "requests" | "settings";

const PLACES: Place[] = ["home", "library", "check", "import", "requests", "settings"];

/** How often a job is asked how far it has come, ms. */
const ASK_EVERY = 150;

export class Ui {
  readonly api: Api = api();
  private view: View | null = null;
  private place: Place | null = null;
  private drawn = 0;
  private readonly bar = h("progress", { id: "progress" });
  private readonly count = h("span", { class: "count" });
  private readonly what = h("span", { id: "work-what" });
  private readonly stop = h("button", { type: "button", class: "act", id: "work-cancel" });
  private readonly work = h("div", { class: "work", role: "group", "aria-labelledby": "work-what", hidden: true }, this.what, this.bar, this.count, this.stop);

  constructor(
    public status: Status,
    private readonly views: Record<Place, () => View>,
    private readonly start: () => View,
  ) {}

  get t(): Texts {
    return TEXTS[this.language];
  }

  get language(): Language {
    return this.status.settings.language;
  }

  /** Goes to a part of the window; what: to look for there. */
  async go(place: Place, what?: Partial<Query>): Promise<void> {
    const view = this.views[place]();
    if (what) view.ask?.(what);
    await this.show(view, place);
  }

  /** To the first view: open or make the vault. */
  async begin(): Promise<void> {
    await this.show(this.start(), null);
  }

  /** Shows a view; place is the part of the window it belongs to. */
  async show(view: View, place: Place | null): Promise<void> {
    if (this.view !== view) this.view?.leave();
    this.view = view;
    this.place = place;
    this.draw();
    await this.attempt(() => view.enter());
    if (this.view !== view) return;
    this.draw();
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>("h1")?.focus();
  }

  /** Draws the view anew; focus and what is being typed stay. */
  draw(): void {
    const { view, t } = this;
    if (!view) return;
    this.drawn++;
    const title = h("h1", { id: "title", tabindex: -1 }, view.title(t));
    const main = h("main", { id: "main" }, title, ...view.nodes());
    const head = this.place ? this.head(this.place) : null;
    const shell = h("div", { class: head ? "shell" : "shell bare" }, head, main);
    const skip = h("a", { class: "skip vh", href: "#main" }, t.skip);
    draw(document.body, this.language, `${view.title(t)} - ${t.product}`, [...(head ? [skip] : []), shell, this.work]);
  }

  private head(current: Place): HTMLElement {
    const { t } = this;
    const items = PLACES.map((place) => {
      const item = h("button", { type: "button", id: `nav-${place}`, class: "way", "aria-current": place === current && "page" }, t.nav[place]);
      item.addEventListener("click", () => void this.go(place));
      return h("li", {}, item);
    });
    const lock = h("button", { type: "button", class: "way", id: "lock" }, t.lock);
    lock.addEventListener("click", () => void this.lock());
    return h(
      "header",
      { class: "side" },
      h("p", { class: "brand" }, icon("hanaper"), t.product),
      h("nav", { "aria-label": t.nav.label }, h("ul", {}, ...items)),
      lock,
    );
  }

  private async lock(): Promise<void> {
    await this.attempt(async () => {
      await this.api.Lock();
      location.reload(); // nothing of the page's memory stays
    });
  }

  /** Says what happened, once. */
  say(text: string, tone: "good" | "warn" = "good"): void {
    announce(document.body, text, tone);
  }

  /** Why something did not work, in the person's words where there are some. */
  why(reason: unknown): string {
    const fault = faultOf(reason);
    const known = this.t.faults[fault.code];
    if (known?.endsWith(":")) return `${known} ${fault.text}`;
    return known ?? `${this.t.failed} ${fault.text}`;
  }

  /** Does something; where it fails, says why. undefined: it failed. */
  async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (reason) {
      this.say(this.why(reason), "warn");
      return undefined;
    }
  }

  /** Something long: shows how far it has come and lets the person stop it. undefined: stopped or failed. */
  async long<T>(what: string, start: () => Promise<number>): Promise<T | undefined> {
    if (!this.work.hidden) return undefined; // one at a time: the first is still shown
    this.what.textContent = what;
    this.stop.textContent = this.t.cancel;
    this.progress(0, 0);
    this.work.hidden = false;
    document.body.setAttribute("aria-busy", "true");
    try {
      const id = await start();
      this.stop.onclick = () => void this.api.Cancel(id);
      const job = await this.follow(id);
      if (job.state === "done") return job.result as T;
      this.say(job.state === "failed" ? this.why(JSON.stringify(job.error)) : this.t.cancelled, "warn");
    } catch (reason) {
      this.say(this.why(reason), "warn");
    } finally {
      this.work.hidden = true;
      document.body.removeAttribute("aria-busy");
    }
    return undefined;
  }

  private async follow(id: number): Promise<Job> {
    for (;;) {
      const job = await this.api.Job(id);
      if (job.state !== "running") return job;
      this.progress(job.done, job.total);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
    }
  }

  private progress(done: number, total: number): void {
    if (total > 0) {
      this.bar.max = total;
      this.bar.value = done;
    } else {
      this.bar.removeAttribute("value");
    }
    this.bar.setAttribute("aria-label", this.what.textContent);
    this.count.textContent = this.t.progress(done, total);
  }

  channel(id: string): string {
    return this.t.channels[id] ?? channelName(id);
  }

  day(iso: string): string {
    return day(this.language, iso);
  }

  time(iso: string): string {
    return dayAndTime(this.language, iso);
  }
}
