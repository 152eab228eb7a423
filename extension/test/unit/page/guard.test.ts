import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Guard, type GuardView, type Sent, type Stop } from "../../../channel/guard.ts";
import type { Answer } from "../../../channel/judging.ts";
import type { Reading } from "../../../channel/types.ts";
import { whatsapp } from "../../../channel/whatsapp.ts";
import type { Action, Verdict } from "../../../wire.ts";
import { need, page } from "./dom.ts";
import { verdict } from "./verdict.ts";

declare const ROOT: string;

const html = readFileSync(join(ROOT, "testdata", "dom", "whatsapp", "g1-group-en.html"), "utf8");

/** A page that counts what it would send, as the real one does: Enter in the box, click on the button. */
class Scene {
  readonly calls: string[] = [];
  readonly sentByPage: string[] = [];
  readonly said: Sent[] = [];
  stop: Stop | null = null;
  asked: { reading: Reading; answer: (action: Action | Error) => void }[] = [];
  alive = true;
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
      again: () => this.calls.push("again"),
      sent: (sent) => this.said.push(sent),
    };
    this.guard = new Guard({
      channel: whatsapp(),
      view,
      ask: (reading) => this.ask(reading),
      alive: () => this.alive,
      failMode: () => this.failMode,
      ours: () => false,
      signal: this.abort.signal,
      times: { checking: 20, unknown: 60, typing: 1, echo: 40 },
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

const tick = (ms = 0): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

async function scene(run: (s: Scene) => Promise<void>): Promise<void> {
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
async function judged(s: Scene, text: string, action: Action): Promise<void> {
  s.write(text);
  s.guard.judging.now(s.box);
  await s.answer(action);
}

test("a draft judged fine passes at once", () =>
  scene(async (s) => {
    await judged(s, "hello", "allow");
    assert.equal(s.enter(), true, "the event is not cancelled");
    assert.deepEqual(s.sentByPage, ["hello"]);
    assert.equal(s.said[0]?.outcome, "passed");
  }));

test("an unjudged draft is held, asked, and released once by the page's button", () =>
  scene(async (s) => {
    s.write("hello");
    assert.equal(s.enter(), false);
    assert.deepEqual(s.sentByPage, []);
    await s.answer("notice");
    assert.deepEqual(s.sentByPage, ["hello"], "once");
    s.enter({ repeat: true });
    assert.deepEqual(s.sentByPage, ["hello"], "the key still down sends nothing more");
    assert.equal(s.said.length, 1);
  }));

test("Shift+Enter and an input method's Enter are not sends", () =>
  scene(async (s) => {
    s.write("hello");
    assert.equal(s.enter({ shiftKey: true }), true);
    assert.equal(s.enter({ isComposing: true }), true);
    assert.equal(s.asked.length, 0);
    await tick();
  }));

test("Ctrl+Enter, NumpadEnter and the page's own click are", () =>
  scene(async (s) => {
    s.write("hello");
    assert.equal(s.enter({ ctrlKey: true, shiftKey: true }), false);
    assert.equal(s.enter({ code: "NumpadEnter" }), false);
    need("svg path").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    assert.deepEqual(s.sentByPage, []);
    await s.answer("block");
    assert.deepEqual(s.sentByPage, []);
    assert.ok(s.calls.includes("stopped"));
  }));

test("text changed while held is not released but judged anew", () =>
  scene(async (s) => {
    s.write("hello");
    s.enter();
    s.write("hello SECRET");
    await s.answer("allow");
    assert.deepEqual(s.sentByPage, []);
    assert.ok(s.calls.includes("changed"));
    assert.equal(s.asked[0]?.reading.body, "hello SECRET", "the new text is asked about");
  }));

test("a verdict is for one chat only", () =>
  scene(async (s) => {
    await judged(s, "hello", "allow");
    need("header span[dir=auto]").textContent = "Somebody else";
    assert.equal(s.enter(), false);
    assert.deepEqual(s.sentByPage, []);
    await tick();
  }));

test("a verdict is for one state of settings only", () =>
  scene(async (s) => {
    await judged(s, "hello", "allow");
    s.guard.judging.outdate();
    assert.equal(s.enter(), false);
    await s.answer("warn");
    assert.deepEqual(s.sentByPage, []);
    assert.ok(s.calls.includes("stopped"));
  }));

test("settings that change in the middle of a press cost a question, not the press", () =>
  scene(async (s) => {
    await judged(s, "hello", "allow");
    const key = (type: string): boolean => s.button.dispatchEvent(new KeyboardEvent(type, { key: " ", code: "Space", bubbles: true, cancelable: true }));
    assert.equal(key("keydown"), true);
    s.guard.judging.outdate();
    assert.equal(key("keyup"), false);
    assert.deepEqual(s.sentByPage, []);
    await s.answer("allow");
    assert.deepEqual(s.sentByPage, ["hello"]);
  }));

test("a person's release lets exactly the judged text go, once", () =>
  scene(async (s) => {
    await judged(s, "hello", "warn");
    s.enter();
    assert.deepEqual(s.sentByPage, []);
    assert.equal(s.stop?.release("because"), true);
    assert.deepEqual(s.sentByPage, ["hello"]);
    assert.equal(s.said[0]?.reason, "because");
    assert.equal(s.stop.release("again"), false);
    assert.deepEqual(s.sentByPage, ["hello"]);
  }));

test("a stop outlived by a change of settings releases nothing", () =>
  scene(async (s) => {
    await judged(s, "hello", "warn");
    s.enter();
    s.guard.judging.outdate();
    assert.equal(s.stop?.release(""), false);
    assert.deepEqual(s.sentByPage, []);
    await tick();
  }));

test("a person's second Enter, before the page has emptied the box, does not send again", () =>
  scene(async (s) => {
    s.write("hello");
    s.enter();
    await s.answer("allow");
    assert.equal(s.enter({}, true), false);
    assert.deepEqual(s.sentByPage, ["hello"]);
  }));

test("asked again while stopped, it reminds and does not begin anew", () =>
  scene(async (s) => {
    await judged(s, "hello", "justify");
    s.enter();
    s.enter();
    assert.deepEqual(s.calls.filter((call) => call !== "judged"), ["stopped", "reminded by a script"]);
    s.stop?.edit();
    s.enter();
    assert.equal(s.calls.at(-1), "stopped");
    assert.deepEqual(s.sentByPage, []);
  }));

test("what was released is not shown as still being written", () =>
  scene(async (s) => {
    s.write("hello");
    s.guard.judging.now(s.box);
    s.enter(); // asks again while the first question is out
    await s.answer("notice");
    assert.deepEqual(s.sentByPage, ["hello"]);
    assert.equal(s.calls.includes("judged"), false);
  }));

test("a release after an edit releases nothing", () =>
  scene(async (s) => {
    await judged(s, "hello", "warn");
    s.enter();
    s.write("hello, and more");
    assert.equal(s.stop?.release(""), false);
    assert.deepEqual(s.sentByPage, []);
    await tick();
  }));

test("no answer: checking shows, then open lets it go unchecked, once", () =>
  scene(async (s) => {
    s.write("hello");
    s.enter();
    await tick(35);
    assert.ok(s.calls.includes("checking"));
    await tick(60);
    assert.deepEqual(s.sentByPage, ["hello"]);
    assert.ok(s.calls.includes("unjudged late"));
    assert.equal(s.said[0]?.outcome, "unchecked");
  }));

test("no answer: closed holds the text and offers to try again", () =>
  scene(async (s) => {
    s.failMode = "closed";
    s.write("hello");
    s.enter();
    await s.answer(new Error("gone"));
    assert.deepEqual(s.sentByPage, []);
    assert.ok(s.calls.includes("held"));
    s.stop?.retry();
    await tick();
    await s.answer("allow");
    assert.deepEqual(s.sentByPage, ["hello"]);
  }));

test("an unknown verdict is never taken for fine: closed stops it", () =>
  scene(async (s) => {
    s.failMode = "closed";
    await judged(s, "hello", "unknown");
    s.enter();
    assert.deepEqual(s.sentByPage, []);
    s.failMode = "open";
    s.write("hello again");
    s.enter();
    await s.answer("unknown");
    assert.deepEqual(s.sentByPage, ["hello again"]);
    assert.equal(s.said.at(-1)?.outcome, "unchecked");
  }));

test("an orphaned script opens, and says so, whatever the fail mode", () =>
  scene(async (s) => {
    s.failMode = "closed";
    s.alive = false;
    s.write("hello");
    assert.equal(s.enter(), true);
    assert.deepEqual(s.sentByPage, ["hello"]);
    assert.ok(s.calls.includes("unjudged orphan"));
    await tick();
  }));

test("an empty composer is left alone", () =>
  scene(async (s) => {
    s.write("");
    assert.equal(s.enter(), true);
    assert.equal(s.asked.length, 0);
    await tick();
  }));

test("an older draft's answer, the first to tell the settings' generation, does not let go of the held one", () =>
  scene(async (s) => {
    s.write("hel");
    s.guard.judging.now(s.box);
    s.write("hello");
    s.enter();
    await s.answer("allow");
    assert.equal(s.calls.includes("changed"), false);
    assert.deepEqual(s.sentByPage, []);
    await s.answer("allow");
    assert.deepEqual(s.sentByPage, ["hello"]);
  }));

test("the same, and no second answer: it goes unchecked, once", () =>
  scene(async (s) => {
    s.write("hel");
    s.guard.judging.now(s.box);
    s.write("hello");
    s.enter();
    await s.answer("allow");
    await tick(90);
    assert.deepEqual(s.sentByPage, ["hello"]);
    assert.equal(s.said[0]?.outcome, "unchecked");
  }));

test("one question at a time; the latest text wins", () =>
  scene(async (s) => {
    s.write("a");
    s.guard.judging.now(s.box);
    s.write("ab");
    s.guard.judging.now(s.box);
    s.write("abc");
    s.guard.judging.now(s.box);
    assert.equal(s.asked.length, 1);
    await s.answer("allow");
    assert.deepEqual(s.asked.map(({ reading }) => reading.body), ["abc"]);
  }));

test("Enter that makes a line is learned, and is a send no longer", () =>
  scene(async (s) => {
    await judged(s, "hello", "allow");
    s.enter();
    s.box.innerHTML = `<p>hello</p><p><br></p>`;
    await tick(40);
    s.write("hello SECRET");
    assert.equal(s.enter(), true, "a new line is the page's business");
    assert.equal(s.enter({ ctrlKey: true }), false, "Ctrl+Enter still sends");
  }));

test("abort leaves the page alone", () =>
  scene(async (s) => {
    s.write("hello");
    s.abort.abort();
    assert.equal(s.enter(), true);
    assert.deepEqual(s.sentByPage, ["hello"]);
    await tick();
  }));
