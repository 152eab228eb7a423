import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Row } from "../../../channel/types.ts";
import { whatsapp } from "../../../channel/whatsapp.ts";
import { partyText } from "../../../ui/record.ts";
import { page } from "./dom.ts";

declare const ROOT: string;

const folder = join(ROOT, "testdata", "dom", "whatsapp");

interface Expected {
  now: string;
  generation: string;
  chat: unknown;
  draft: string | null;
  strange?: boolean;
  rows: Record<string, unknown>[];
}

function told(row: Row): Record<string, unknown> {
  const files = row.attachments.map((file) => file.name);
  return {
    direction: row.direction,
    from: partyText(row.from),
    date: row.at.date,
    time: row.at.time,
    body: row.body,
    kind: row.kind,
    status: row.status,
    ...(files.length > 0 && { files }),
    ...(!row.whole && { whole: false }),
  };
}

const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
assert.ok(names.length >= 8, "the fixtures are there");

for (const name of names) {
  test(`${name} is read as its .json says`, () => {
    const expected = JSON.parse(readFileSync(join(folder, name.replace(".html", ".json")), "utf8")) as Expected;
    page(readFileSync(join(folder, name), "utf8"));
    const channel = whatsapp(() => new Date(expected.now).getTime());
    assert.equal(channel.generation(), expected.generation, "generation");
    assert.deepEqual(channel.chat(), expected.chat, "chat");
    assert.deepEqual(channel.rows().map(told), expected.rows, "rows");
    const box = channel.composer();
    const state = box && channel.readDraft(box);
    assert.equal(state?.state === "ready" ? state.reading.body : null, expected.draft, "draft");
    if (expected.strange) {
      const editor = document.querySelector("[contenteditable]");
      assert.ok(editor && channel.strangeComposer(editor), "the editor is seen and not understood");
      assert.equal(channel.composerOf(editor), null);
    } else {
      assert.ok(channel.selfTest().ok, JSON.stringify(channel.selfTest()));
    }
  });
}

test("the send control is known by icon, label and place, the search box is no composer", () => {
  page(readFileSync(join(folder, "g1-group-en.html"), "utf8"));
  const channel = whatsapp();
  const path = document.querySelector("footer svg path");
  assert.ok(path);
  assert.equal(channel.sendButtonOf(path)?.getAttribute("aria-label"), "Send");
  const attach = document.querySelector('[aria-label="Attach"]');
  assert.ok(attach);
  assert.equal(channel.sendButtonOf(attach), null);
  const side = document.querySelector("#side span");
  assert.ok(side);
  assert.equal(channel.composerOf(side), null);
  assert.equal(channel.strangeComposer(side), false);
});

test("a chat whose title cannot be read gives an unknown draft, never an empty one", () => {
  page(readFileSync(join(folder, "g3-one-it.html"), "utf8"));
  const channel = whatsapp();
  document.querySelector("header")?.remove();
  const box = channel.composer();
  assert.ok(box);
  box.setAttribute("aria-label", "Scrivi un messaggio");
  assert.deepEqual(channel.readDraft(box), { state: "unknown", why: "title" });
  assert.equal(channel.selfTest().ok, false);
});

test("files on their way are part of the draft, by name, until their preview closes", () => {
  page(readFileSync(join(folder, "g3-one-it.html"), "utf8"));
  const channel = whatsapp();
  const box = channel.composer();
  assert.ok(box);
  channel.noteFiles([{ name: "a.pdf", type: "application/pdf", size: 9 }]);
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  dialog.innerHTML = `<span title="b.docm">b.docm</span><div contenteditable="true" role="textbox" aria-label="Aggiungi una didascalia"><p>vedi</p></div>`;
  document.body.append(dialog);
  const caption = channel.composer();
  assert.ok(caption && caption !== box);
  const state = channel.readDraft(caption);
  assert.equal(state.state, "ready");
  assert.deepEqual(state.reading.attachments.map((file) => file.name), ["a.pdf", "b.docm"]);
  dialog.remove();
  const after = channel.readDraft(box);
  assert.deepEqual(after.state === "ready" && after.reading.attachments, []);
});

test("a group is not taken for a person whose name has a comma", () => {
  page(readFileSync(join(folder, "g3-one-it.html"), "utf8"));
  const title = document.querySelector('[data-testid="conversation-info-header-chat-title"]');
  assert.ok(title);
  title.insertAdjacentHTML("afterend", `<span title="ultimo accesso lunedì, 14:03">ultimo accesso lunedì, 14:03</span>`);
  assert.equal(whatsapp().chat()?.kind, "one");
});
