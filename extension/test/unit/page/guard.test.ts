import assert from "node:assert/strict";
import { test } from "node:test";
import { need } from "./dom.ts";
import { judged, scene, tick } from "./scene.ts";

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

test("a control that is gone: the draft may go at the next press, that draft only, and not for ever", () =>
  scene(async (s) => {
    s.gone = true;
    await judged(s, "SECRET", "block");
    s.enter();
    assert.equal(s.stop?.release("a film"), true);
    assert.deepEqual([s.sentByPage, s.calls.at(-1)], [[], "again checked"]);
    assert.equal(s.enter(), true, "once more");
    assert.deepEqual([s.sentByPage, s.said.map(({ reason }) => reason)], [["SECRET"], ["a film"]]);
    await tick(60);
    assert.equal(s.enter(), false, "and no third time");
    s.stop.release("a film");
    await tick(140);
    assert.equal(s.enter(), false, "the release has lapsed");
    s.stop.release("a film");
    await judged(s, "SECRET, too", "block");
    await judged(s, "SECRET", "block");
    assert.equal(s.enter(), false, "another text came between");
  }));

test("a control that is gone, and no verdict to be had: not checked is said when it goes", () =>
  scene(async (s) => {
    s.gone = true;
    s.write("hello");
    s.enter();
    await tick(90);
    assert.equal(s.calls.at(-1), "again late");
    assert.equal(s.enter(), true);
    assert.ok(s.calls.includes("unjudged late"), s.calls.join());
    assert.equal(s.said[0]?.outcome, "unchecked");
  }));

test("abort leaves the page alone", () =>
  scene(async (s) => {
    s.write("hello");
    s.abort.abort();
    assert.equal(s.enter(), true);
    assert.deepEqual(s.sentByPage, ["hello"]);
    await tick();
  }));
