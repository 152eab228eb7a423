import { events, sent, watch } from "../probe";
import { h } from "../mail/dom";
import { skins, type Chat, type Line } from "./skins";
import { wordsOf } from "./words";

/**
 * One stand-in for the messengers whose pages are plain lists: the skin of the host
 * (skins.ts) around the same chat. ?lang=en|fr, ?chat=amira|harbour, ?gen=a for
 * Telegram's other client, ?gen=none for a page nobody has described.
 */

watch();
const query = new URLSearchParams(location.search);
const words = wordsOf[query.get("lang") === "fr" ? "fr" : "en"];
document.documentElement.lang = words.lang;

function need<T>(found: T | undefined): T {
  if (found === undefined) throw new Error(`nothing for ${location.href}`);
  return found;
}

const skin = need(skins[location.hostname]);

const chats: Readonly<Record<string, { chat: Chat; lines: readonly Partial<Line & { ago: number }>[] }>> = {
  amira: {
    chat: { title: "Amira Khan", members: ["Amira Khan"] },
    lines: [
      { from: "Amira Khan", text: "Are you in the office tomorrow?", ago: 40 },
      { from: "", text: "Yes, from nine", ago: 30 },
      { from: "Amira Khan", text: "Great. I will bring the print-outs", ago: 20, quote: "Yes, from nine" },
    ],
  },
  harbour: {
    chat: { title: "Harbour flood desk", members: ["Amira Khan", "Ben Osei"] },
    lines: [
      { from: "Ben Osei", text: "Crews are asking whether the quay closes today", ago: 50 },
      { from: "Ben Osei", text: "The gauge reads 2.9", ago: 49 },
      { from: "", text: "Asking the duty lead now", ago: 45 },
      { from: "Amira Khan", text: "The table is in here", ago: 41, file: "tide-table.pdf" },
    ],
  },
};

const open = need(chats[query.get("chat") ?? "amira"]);
let count = 100;
let last: string | null = null;

function row(from: string, text: string, at: Date, more: Partial<Line> = {}): HTMLElement {
  count++;
  const line: Line = { id: String(count), from, text, at, first: from !== last, ...more };
  last = from;
  return skin.row(line, words, open.chat);
}

const box = skin.box(words);
const send = skin.send(words);
const lines = open.lines.map(({ ago, from, text, ...more }) => row(from ?? "", text ?? "", new Date(Date.now() - (ago ?? 0) * 60_000), more));
const page = skin.page(open.chat, { list: [skin.day(words.today), ...lines], box, send }, words);
const list = page.querySelector("[data-st=list]") ?? page;
const text = (): string => (box instanceof HTMLTextAreaElement ? box.value : box.innerText.replace(/\n\n/g, "\n")).trim();

function go(via: "enter" | "button"): void {
  const body = text();
  if (body === "") return;
  sent.push({ chat: open.chat.title, text: body, files: [], via, at: performance.now() });
  if (box instanceof HTMLTextAreaElement) box.value = "";
  else box.replaceChildren();
  list.append(row("", body, new Date()));
  box.focus();
}

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  go("enter");
});
send.addEventListener("click", (event) => {
  event.preventDefault();
  go("button");
});
send.addEventListener("keydown", (event) => {
  if (send instanceof HTMLButtonElement || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  go("button");
});
document.body.append(h("div", { class: "app" }, page));

window.__events = events;
window.__sent = sent;
