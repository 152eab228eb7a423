import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { googlemessages } from "../../../channel/googlemessages.ts";
import { linkedin } from "../../../channel/linkedin.ts";
import { messenger } from "../../../channel/messenger.ts";
import { telegram } from "../../../channel/telegram.ts";
import type { Channel, Row } from "../../../channel/types.ts";
import { whatsapp } from "../../../channel/whatsapp.ts";
import { partyText } from "../../../ui/record.ts";
import { page } from "./dom.ts";

declare const ROOT: string;

process.env["TZ"] = "UTC"; // pages that give seconds since 1970 are shown in the device's own time

const folder = join(ROOT, "testdata", "dom", "whatsapp");

const CHATS: Readonly<Record<string, (now?: () => number) => Channel>> = { whatsapp, googlemessages, telegram, linkedin, messenger };

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
    ...(row.quote !== undefined && { quote: row.quote }),
    ...(files.length > 0 && { files }),
    ...(!row.whole && { whole: false }),
  };
}

for (const [id, make] of Object.entries(CHATS)) {
  const pages = readdirSync(join(ROOT, "testdata", "dom", id)).filter((name) => name.endsWith(".html"));
  assert.ok(pages.length >= (id === "whatsapp" ? 8 : 2), `the fixtures of ${id} are there`);
  for (const name of pages) test(`${id}/${name} is read as its .json says`, () => { compare(join(ROOT, "testdata", "dom", id, name), make); });
}

function compare(file: string, make: (now: () => number) => Channel): void {
  const expected = JSON.parse(readFileSync(file.replace(".html", ".json"), "utf8")) as Expected;
  page(readFileSync(file, "utf8"));
  const channel = make(() => new Date(expected.now).getTime());
  assert.equal(channel.generation(), expected.generation, "generation");
  assert.deepEqual(channel.chat(), expected.chat, "chat");
  assert.deepEqual(channel.rows().map(told), expected.rows, "rows");
  const box = channel.composer();
  const state = box && channel.readDraft(box);
  assert.equal(state?.state === "ready" ? state.reading.body : null, expected.draft, "draft");
  if (!expected.strange) {
    assert.ok(channel.selfTest().ok, JSON.stringify(channel.selfTest()));
    return;
  }
  const editor = document.querySelector("[contenteditable]");
  assert.ok(editor && channel.strangeComposer(editor), "the editor is seen and not understood");
  assert.equal(channel.composerOf(editor), null);
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
