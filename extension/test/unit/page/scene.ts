// The guard on a page in memory, for its tests.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Guard } from "../../../channel/guard.ts";
import type { GuardView, Sent, Stop } from "../../../channel/sending.ts";
import type { Answer } from "../../../channel/judging.ts";
import type { Reading } from "../../../channel/types.ts";
import { whatsapp } from "../../../channel/whatsapp.ts";
import type { Action, Verdict } from "../../../wire.ts";
import { need, page } from "./dom.ts";
import { verdict } from "./verdict.ts";

declare const ROOT: string;

const html = readFileSync(join(ROOT, "testdata", "dom", "whatsapp", "g1-group-en.html"), "utf8");

/** A page that counts what it would send, as the real one does: Enter in the box, click on the button. */
export class Scene {
  readonly calls: string[] = [];
  readonly sentByPage: string[] = [];
  readonly said: Sent[] = [];
  stop: Stop | null = null;
  asked: { reading: Reading; answer: (action: Action | Error) => void }[] = [];
  alive = true;
  /** The control that was pressed has closed, as an entry of a menu does. */
  gone = false;
  failMode: "open" | "closed" = "open";
  readonly abort = new AbortController();
  readonly guard: Guard;
  readonly box: HTMLElement;
  readonly button: HTMLElement;
  private generation = 1;

  constructor() {
    page(html);
    this.box = need("[data-lexical-editor]");
    this.button = need('button[aria-label="Send"]');
    const send = (): void => { this.sentByPage.push(this.box.textContent); };
    const view: GuardView = {
      judged: () => this.calls.push("judged"),
      idle: () => this.calls.push("idle"),
      unjudged: (why) => this.calls.push(`unjudged ${why}`),
      checking: () => this.calls.push("checking"),
      stopped: (_: Verdict, stop) => { this.calls.push("stopped"); this.stop = stop; },
      reminded: (trusted) => this.calls.push(`reminded ${trusted ? "by a person" : "by a script"}`),
      heldUnchecked: (stop) => { this.calls.push("held"); this.stop = stop; },
      changed: () => this.calls.push("changed"),
      again: (why) => this.calls.push(`again ${why ?? "checked"}`),
      sent: (sent) => this.said.push(sent),
    };
    const channel = whatsapp();
    this.guard = new Guard({
      channel: { ...channel, send: (box, button) => !this.gone && channel.send(box, button) },
      view,
      ask: (reading) => this.ask(reading),
      alive: () => this.alive,
      failMode: () => this.failMode,
      ours: () => false,
      signal: this.abort.signal,
      times: { checking: 20, unknown: 60, typing: 1, echo: 40, again: 120 },
    });
    this.box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) send(); });
    this.button.addEventListener("click", send);
  }

  private ask(reading: Reading): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const answer = (action: Action | Error): void => {
        if (action instanceof Error) reject(action);
        else resolve({ verdict: verdict(action), generation: this.generation });
      };
      this.asked.push({ reading, answer });
    });
  }

  write(text: string): void {
    this.box.innerHTML = `<p><span data-lexical-text="true">${text}</span></p>`;
  }

  enter(init: KeyboardEventInit = {}, trusted = false): boolean {
    const event = new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true, ...init });
    if (trusted) Object.defineProperty(event, "isTrusted", { value: true });
    return this.box.dispatchEvent(event);
  }

  async answer(action: Action | Error): Promise<void> {
    this.asked.shift()?.answer(action);
    await tick();
  }
}

export const tick = (ms = 0): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

export async function scene(run: (s: Scene) => Promise<void>): Promise<void> {
  const s = new Scene();
  try {
    await run(s);
  } finally {
    s.abort.abort();
    while (s.asked.length > 0) s.asked.shift()?.answer("allow");
    await tick();
  }
}

/** Judged before Enter, as while typing. */
export async function judged(s: Scene, text: string, action: Action): Promise<void> {
  s.write(text);
  s.guard.judging.now(s.box);
  await s.answer(action);
}
