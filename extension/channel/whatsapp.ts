// WhatsApp Web. Three generations of its page are read by the same code: every
// fact has several anchors (whatsapp/anchors.ts) and direction is a sum of
// evidence, so that a mixed roll-out needs no switch. Only reads.

import type { Party } from "../wire.ts";
import { InPreview } from "./files.ts";
import type { Channel, Chat, Check, DraftState, Row, SelfTest } from "./types.ts";
import { pressEnter } from "./gestures.ts";
import { party } from "./party.ts";
import { first, selectedText } from "./text.ts";
import { HEADER, IN, OUT, PRE_PLAIN } from "./whatsapp/anchors.ts";
import {
  composer,
  composerOf,
  hasPreview,
  pane,
  previewNames,
  readComposer,
  sendButton,
  sendButtonOf,
  strangeComposer,
  writingArea,
} from "./whatsapp/composer.ts";
import { type Known, bubbleOf, direction, names, place } from "./whatsapp/direction.ts";
import { chat } from "./whatsapp/header.ts";
import { type Bare, elementOf, elements, idOf, read, stampOf } from "./whatsapp/rows.ts";
import { days } from "./whatsapp/when.ts";

export const ID = "whatsapp";

/** Messages' texts without a message around them: a page we do not know. */
const STRANGE = [...PRE_PLAIN, '[data-testid="msg-container"]'];

/** Rows in which a self-test wants directions to be known. */
const SAMPLE = 20;

/** now: milliseconds since 1970, for what the page calls "Today". */
export function whatsapp(now: () => number = Date.now): Channel {
  const files = new InPreview(previewNames);
  return {
    id: ID,
    sendKey: "enter",
    press: "click",
    hosts: ["web.whatsapp.com"],
    generation,
    selfTest: () => selfTest(now()),
    chat,
    composer,
    composerOf,
    strangeComposer,
    writingArea,
    readDraft: (box) => readDraft(box, files),
    sendButtonOf,
    sendButton,
    composerOfButton: composer,
    send: (box) => {
      const button = sendButton(box);
      if (button) button.click();
      else pressEnter(box);
      return true;
    },
    answers: () => true,
    rows: (limit) => rows(now(), limit),
    rowElementOf: elementOf,
    bubbleOf,
    pane,
    selection: () => selectedText(composerOf),
    noteFiles: (added) => {
      files.note(added, hasPreview());
    },
  };
}

function generation(): string {
  const shown = elements();
  const outer = pane();
  if (!outer) return "none";
  if (shown.length === 0) return first(outer, STRANGE) || !first(outer, HEADER) ? "unknown" : "empty";
  if (shown.some((element) => /^(true|false)_/.test(idOf(element)))) return "G1";
  return first(outer, [...IN, ...OUT]) ? "G2" : "G3";
}

function readDraft(box: HTMLElement, files: InPreview): DraftState {
  if (!box.isConnected) return { state: "unknown", why: "composer" };
  const body = readComposer(box);
  const attachments = files.current(hasPreview());
  if (body.trim() === "" && attachments.length === 0) return { state: "empty" };
  const open = chat();
  if (!open) return { state: "unknown", why: "title" };
  return {
    state: "ready",
    reading: {
      channel: ID,
      account: "", // the page does not show the reader's own number
      title: open.title,
      to: open.members,
      membersComplete: open.membersComplete,
      timerSeconds: open.timer.seconds,
      subject: "",
      body,
      attachments,
    },
  };
}

function rows(now: number, limit = Infinity): Row[] {
  const outer = pane();
  if (!outer) return [];
  const shown = elements();
  const wanted = Number.isFinite(limit) ? shown.slice(-limit) : shown;
  const bare = wanted.map(read);
  const open = chat();
  const known = names(bare, "", open?.kind === "one" ? open.title : "");
  const dated = days(outer, shown, now);
  return bare.map((row) => complete(row, { known, open, outer, day: dated.get(row.element) ?? "" }));
}

function complete(row: Bare, page: { known: Known; open: Chat | null; outer: HTMLElement; day: string }): Row {
  const way = direction(row, page.known, () => place(row.element, page.outer));
  return {
    id: row.id,
    element: row.element,
    direction: way,
    from: sender(row, way, page.open),
    at: stampOf(row, page.day),
    body: row.body,
    ...(row.quote !== "" && { quote: row.quote }),
    attachments: row.attachments,
    status: row.status,
    kind: row.kind,
    whole: row.whole,
  };
}

/** The sender: the bubble's author, the head's name, or the other side of a one-to-one chat. */
function sender(row: Bare, way: Row["direction"], open: Chat | null): Party {
  const head = row.pre?.sender ? party(row.pre.sender) : null;
  if (way === "out") return head ?? { name: "", address: "" };
  if (row.author) return { name: row.author.name, address: row.author.address || (head?.address ?? "") };
  if (head) return head;
  const contact = open?.kind === "one" ? open.members[0] : undefined;
  return way === "in" && contact ? contact : { name: "", address: "" };
}

/** Without these a draft cannot be judged; without the others only keeping suffers. */
const NEEDED = new Set(["composer", "title"]);

function selfTest(now: number): SelfTest {
  const found = generation();
  if (found === "none") return { generation: found, ok: true, checks: [] };
  const box = composer();
  const sample = rows(now, SAMPLE).filter((row) => row.kind !== "other");
  const told = sample.filter((row) => row.direction !== "unknown").length;
  const checks: Check[] = [
    { fact: "generation", ok: found !== "unknown" },
    { fact: "composer", ok: box !== null },
    { fact: "title", ok: chat() !== null },
    { fact: "direction", ok: told * 2 >= sample.length },
    { fact: "time", ok: sample.every((row) => row.at.time !== "") },
  ];
  const needed = checks.filter((check) => NEEDED.has(check.fact));
  return { generation: found, ok: needed.every((check) => check.ok), checks };
}

