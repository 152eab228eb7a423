import { self } from "../chats";
import { events, sent, watch } from "../probe";
import { h } from "./dom";
import { wordsOf } from "./words";

/**
 * A stand-in of Outlook on the web: docked windows, replies below a thread, the thread.
 * Roles, labels and ids follow what is publicly known of Outlook; nothing of its design
 * is copied. Its buttons act on the click. ?lang=en|fr, ?compose=N windows, ?reply=1,
 * ?thread=0, ?account=ADDRESS, ?hide=1 (recipients by name only).
 */

watch();
const query = new URLSearchParams(location.search);
const words = wordsOf[query.get("lang") === "fr" ? "fr" : "en"].outlook;
const account = query.get("account") ?? "dana.ellis@post.example";
document.documentElement.lang = words.lang;
document.title = `Mail - ${self.name} - Outlook`;

interface Compose {
  readonly frame: HTMLElement;
  readonly body: HTMLElement;
  readonly files: string[];
}

const people: Readonly<Record<string, string>> = {
  "amira.khan@harbour.example": "Amira Khan",
  "ben.osei@harbour.example": "Ben Osei",
};
let windowsMade = 0;

/** The text without what is quoted below it. */
function textOf(body: HTMLElement): string {
  const copy = body.cloneNode(true) as HTMLElement;
  const quote = copy.querySelector("#divRplyFwdMsg")?.parentElement === copy ? copy.querySelector("#appendonsend") : null;
  while (quote?.nextSibling) quote.nextSibling.remove();
  document.body.append(copy);
  const text = copy.innerText.trim();
  copy.remove();
  return text;
}

function go(compose: Compose, via: "enter" | "button", later = false): void {
  const to = [...compose.frame.querySelectorAll<HTMLElement>("[data-who]")].map((pill) => pill.dataset["who"] ?? "");
  sent.push({ chat: to.join(", "), text: textOf(compose.body), files: [...compose.files, ...(later ? ["(scheduled)"] : [])], via, at: performance.now() });
  compose.frame.remove();
}

function pill(address: string): HTMLElement {
  const name = people[address] ?? address;
  const title = query.get("hide") === "1" ? name : `${name} <${address}>`;
  const made = h("div", { class: "_Entity _EType_RECIPIENT_ENTITY", contenteditable: "false", title }, h("span", {}, name));
  made.dataset["who"] = address;
  return made;
}

function well(label: string, to: readonly string[]): HTMLElement {
  const field = h("div", { "aria-label": label, contenteditable: "true", role: "textbox", class: "well" }, ...to.map(pill));
  field.addEventListener("keydown", (event) => {
    const typed = field.lastChild?.nodeType === 3 ? field.lastChild : null;
    if (event.key !== ";" || !typed?.nodeValue?.includes("@")) return;
    event.preventDefault();
    const address = typed.nodeValue.trim();
    typed.remove();
    field.append(pill(address));
  });
  return h("div", { class: "line" }, h("button", { "aria-label": label, type: "button" }, label), field);
}

function schedule(compose: Compose): void {
  const entry = h("button", { role: "menuitem", "aria-label": words.schedule, type: "button" }, words.schedule);
  const menu = h("div", { role: "menu", class: "menu" }, entry);
  const close = (event: Event): void => {
    if (event.target instanceof Node && menu.contains(event.target)) return;
    menu.remove();
    document.removeEventListener("mousedown", close);
  };
  entry.addEventListener("click", () => {
    menu.remove();
    go(compose, "button", true);
  });
  document.body.append(menu);
  setTimeout(() => { document.addEventListener("mousedown", close); });
}

function attachments(compose: Compose): HTMLElement[] {
  const list = h("div", { role: "listbox", "aria-label": words.attachments, class: "files" });
  const input = h("input", { type: "file", multiple: true, "aria-label": words.attach }) as HTMLInputElement;
  input.addEventListener("change", () => {
    for (const file of input.files ?? []) {
      compose.files.push(file.name);
      const away = h("button", { type: "button", class: "away", "aria-label": "×" }, "×");
      const made = h("div", { role: "option", "aria-label": `${file.name} ${Math.ceil(file.size / 1024)} KB` }, h("div", { title: file.name }, file.name), h("div", {}, `${Math.ceil(file.size / 1024)} KB`), away);
      away.addEventListener("click", () => {
        compose.files.splice(compose.files.indexOf(file.name), 1);
        made.remove();
      });
      list.append(made);
    }
  });
  return [list, input];
}

/** Ctrl+Enter and Alt+S, from any field of the window. */
function sends(event: KeyboardEvent): boolean {
  if (event.isComposing) return false;
  return (event.key === "Enter" && (event.ctrlKey || event.metaKey)) || (event.altKey && event.code === "KeyS");
}

function compose(to: readonly string[], reply: boolean, quoted = ""): Compose {
  const body = h("div", { "aria-label": words.body, role: "textbox", "aria-multiline": "true", contenteditable: "true", class: "body" }, h("div", { class: "elementToProof" }, h("br")));
  if (quoted !== "") body.append(h("div", { id: "appendonsend" }), h("hr"), h("div", { id: "divRplyFwdMsg" }, "From: Amira Khan"), h("div", {}, quoted));
  const n = ++windowsMade;
  const frame = h("div", reply ? { class: "reply" } : { id: `docking_InitVisiblePart_${n}`, class: "window" });
  const made: Compose = { frame, body, files: [] };
  const send = h("button", { type: "button", class: "send", "aria-label": words.send, title: `${words.send} (Ctrl+${words.enter})` }, words.send);
  const more = h("button", { type: "button", class: "more", "aria-label": words.more, "aria-haspopup": "true" }, "▾");
  send.addEventListener("click", () => { go(made, "button"); });
  more.addEventListener("click", () => { schedule(made); });
  const subject = h("input", { "aria-label": words.subject, placeholder: words.subject, id: `MSG_${n}_SUBJECT`, maxlength: "255", class: "subject" });
  frame.append(h("div", { class: "bar" }, send, more), well(words.to, to), well(words.cc, []), ...(reply ? [] : [subject]), ...attachments(made), h("div", { id: `editorParent_${n}` }, body));
  frame.addEventListener("keydown", (event) => {
    if (!sends(event)) return;
    event.preventDefault();
    go(made, "enter");
  });
  return made;
}

function message(from: [string, string], to: [string, string], ago: number, text: string, file = ""): HTMLElement {
  const at = new Date(Date.now() - ago * 60_000);
  const listed = file === "" ? [] : [h("div", { role: "listbox", "aria-label": words.attachments }, h("div", { role: "option", "aria-label": `${file} 12 KB` }, h("div", { title: file }, file), h("div", {}, "12 KB")))];
  return h("div", { class: "card" }, h("div", { "aria-label": words.message, tabindex: "0" },
    h("div", {}, h("span", { role: "button", "aria-label": `${words.from}${from[0]} <${from[1]}>` }, from[0])),
    h("div", {}, h("span", { "aria-label": `${words.toPrefix}${to[0]} <${to[1]}>` }, to[0])),
    h("div", { role: "heading", "aria-level": "3" }, words.date(at)),
    ...listed,
    h("div", { role: "document", "aria-label": words.document }, h("div", {}, h("p", {}, text), h("div", { id: "x_appendonsend" }), h("hr"), h("div", { id: "x_divRplyFwdMsg" }, "From: somebody"), h("div", {}, "an older decision")))));
}

const windows = h("div", { class: "windows" });
const thread = h("div", { "data-app-section": "ConversationContainer" });
const pane = h("div", { id: "ReadingPaneContainerId", "aria-label": words.pane, "data-app-section": "MailReadCompose" }, h("div", { id: "ConversationReadingPaneContainer" }, thread));

if (query.get("thread") !== "0") {
  const amira: [string, string] = ["Amira Khan", "amira.khan@harbour.example"];
  const me: [string, string] = [self.name, account];
  thread.append(
    h("div", {}, h("span", { role: "heading", "aria-level": "2", id: "CONV_A1_SUBJECT" }, "Quay wall survey")),
    message(amira, me, 180, "The survey found a void behind the wall. Can the berth stay open?", "survey.pdf"),
    message(me, amira, 120, "Close berth 4 to lorries from tonight and tell the pilots."),
  );
  if (query.get("reply") === "1") thread.append(compose(["amira.khan@harbour.example"], true, "Can the berth stay open?").frame);
}
const tree = h("div", { role: "tree" }, h("div", { role: "treeitem", title: account, "aria-level": "1" }, words.folders));
const fresh = h("button", { type: "button", class: "fresh" }, words.compose);
fresh.addEventListener("click", () => { windows.append(compose([], false).frame); });
document.body.append(h("header", {}, fresh), tree, pane, windows);
for (let n = Number(query.get("compose") ?? "0"); n > 0; n--) windows.append(compose([n % 2 === 1 ? "amira.khan@harbour.example" : "ben.osei@harbour.example"], false).frame);

window.__events = events;
window.__sent = sent;
