// The first view: make the vault, or open it.

import { h, icon } from "../../../extension/ui/dom.ts";
import { checkbox, fault, radios } from "../../../extension/ui/pages/controls.ts";
import { button, section } from "../../../extension/ui/pages/frame.ts";
import { secret, valueOf } from "../parts.ts";
import type { Ui, View } from "../ui.ts";

type Way = "keyring" | "passphrase" | "recovery";

/** As many characters as a new passphrase must have (vault.CheckPassphrase). */
const LEAST = 12;

export class FirstView implements View {
  private way: Way;
  private recovery = "";
  private wrote = false;

  constructor(private readonly ui: Ui) {
    const { exists, ways } = ui.status;
    this.way = exists && ways.includes("keyring") ? "keyring" : "passphrase";
  }

  title = () => {
    const { first } = this.ui.t;
    return this.recovery ? first.recovery : this.ui.status.exists ? first.open : first.title;
  };

  enter = () => Promise.resolve();

  leave = () => {
    this.recovery = "";
  };

  nodes = (): (Node | null)[] => {
    const content = this.recovery ? this.key() : this.ui.status.exists ? this.open() : this.make();
    const { trouble } = this.ui.status;
    return [this.languages(), ...content, trouble ? h("p", { class: "fault" }, `${this.ui.t.settings.trouble} ${trouble}`) : null];
  };

  private languages(): HTMLElement {
    const { languages } = this.ui.t.settings;
    const other = this.ui.language === "en" ? "fr" : "en";
    const change = button("language", languages[other] ?? other, () => {
      this.ui.status.settings.language = other;
      this.ui.draw();
      void this.ui.attempt(() => this.ui.api.SetSettings(this.ui.status.settings));
    });
    change.lang = other;
    return h("div", { class: "corner" }, icon("hanaper"), change);
  }

  private make(): Node[] {
    const { first } = this.ui.t;
    const ways = (["passphrase", "keyring"] as const).map((way) => [way, ...first.ways[way]] as const);
    const form = h(
      "form",
      { id: "make" },
      radios({ id: "way", label: first.how, value: this.way, options: ways }, (way) => {
        this.way = way;
        this.ui.draw();
      }),
      ...(this.way === "passphrase"
        ? [secret({ id: "passphrase", label: first.passphrase, hint: first.passphraseHint, fresh: true }), secret({ id: "again", label: first.again, fresh: true })]
        : []),
      h("p", { class: "hint" }, first.where(this.ui.status.vault)),
      this.submit(first.makeIt),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.create();
    });
    return [h("p", { class: "lead" }, first.lead), section("make-section", first.make, first.makeWhy, form), h("p", { class: "hint" }, first.phones)];
  }

  private submit(text: string): HTMLElement {
    return h("div", { class: "acts" }, h("button", { type: "submit", class: "act strong", id: "go" }, text));
  }

  private async create(): Promise<void> {
    const words = this.way === "passphrase" ? valueOf("passphrase") : "";
    if (this.way === "passphrase" && words !== valueOf("again")) {
      const again = document.getElementById("again");
      if (again) fault(again, this.ui.t.first.differ);
      again?.focus();
      return;
    }
    if (this.way === "passphrase" && Array.from(words).length < LEAST) {
      const first = document.getElementById("passphrase");
      if (first) fault(first, this.ui.t.faults["short"] ?? "");
      first?.focus();
      return;
    }
    this.recovery = (await this.attempt(() => this.ui.api.Create(words))) ?? "";
    this.ui.draw();
    document.querySelector<HTMLElement>("h1")?.focus();
  }

  /** Keeps the form as it is while the App works: Argon2 takes a moment. */
  private async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    const go = document.getElementById("go") as HTMLButtonElement | null;
    if (go) go.disabled = true;
    const result = await this.ui.attempt(act);
    if (go) go.disabled = false;
    return result;
  }

  private key(): Node[] {
    const { first } = this.ui.t;
    const go = button("start", first.go, () => void this.ui.go("home"), { strong: true, disabled: !this.wrote });
    const tick = checkbox({ id: "wrote", label: first.wrote, checked: this.wrote }, (checked) => {
      this.wrote = checked;
      this.ui.draw();
    });
    return [h("p", { class: "lead" }, first.recoveryWhy), h("section", {}, h("p", { class: "recovery", id: "recovery", tabindex: 0 }, this.recovery), tick, h("div", { class: "acts" }, go))];
  }

  private open(): Node[] {
    const { first } = this.ui.t;
    const fields = {
      passphrase: () => secret({ id: "passphrase", label: first.passphrase, fresh: false }),
      recovery: () => secret({ id: "recovery-key", label: first.recoveryKey, fresh: false }),
      keyring: () => null,
    };
    const form = h("form", { id: "open" }, fields[this.way](), this.submit(this.way === "keyring" ? first.useKeyring : first.openIt));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.unlock();
    });
    const names = { passphrase: first.usePassphrase, keyring: first.useKeyring, recovery: first.useRecovery };
    const others = this.ui.status.ways
      .filter((way) => way !== this.way)
      .map((way) =>
        button(`use-${way}`, names[way], () => {
          this.way = way;
          this.ui.draw();
          document.querySelector<HTMLElement>("#open input, #go")?.focus();
        }),
      );
    return [h("section", {}, form, h("div", { class: "acts" }, ...others)), h("p", { class: "hint" }, this.ui.status.vault)];
  }

  private async unlock(): Promise<void> {
    const id = this.way === "recovery" ? "recovery-key" : "passphrase";
    const go = document.getElementById("go") as HTMLButtonElement | null;
    if (go) go.disabled = true;
    try {
      await this.ui.api.Open(this.way, valueOf(id));
      this.ui.status = await this.ui.api.Status();
      await this.ui.go("home");
    } catch (reason) {
      if (go) go.disabled = false;
      const input = document.getElementById(id);
      if (input) fault(input, this.ui.why(reason));
      else this.ui.say(this.ui.why(reason), "warn");
      input?.focus();
    }
  }
}
