import { self } from "../chats";
import { events, sent, watch } from "../probe";
import { h, onRelease } from "./dom";
import { wordsOf } from "./words";

/**
 * A stand-in of Gmail's page: windows to write in, replies below a thread, the thread.
 * Structure, names and attributes follow what is publicly known of Gmail; nothing of
 * its design is copied. ?lang=en|fr, ?compose=N windows, ?reply=1, ?thread=0.
 */

watch();
const query = new URLSearchParams(location.search);
const words = wordsOf[query.get("lang") === "fr" ? "fr" : "en"];
document.documentElement.lang = words.lang;
document.title = "Inbox - dana.ellis@department.example - Mail";

interface Compose {
  readonly frame: HTMLElement;
  readonly body: HTMLElement;
  readonly subject: HTMLInputElement;
  readonly files: string[];
}

const people: Readonly<Record<string, string>> = {
  "amira.khan@harbour.example": "Amira Khan",
  "ben.osei@harbour.example": "Ben Osei",
};

function textOf(body: HTMLElement): string {
  const copy = body.cloneNode(true) as HTMLElement;
  for (const quote of copy.querySelectorAll(".gmail_quote")) quote.remove();
  document.body.append(copy);
  const text = copy.innerText.trim();
  copy.remove();
  return text;
}

function go(compose: Compose, via: "enter" | "button", later = false): void {
  const text = textOf(compose.body);
  const to = [...compose.frame.querySelectorAll("[email]")].map((chip) => chip.getAttribute("email") ?? "");
  sent.push({ chat: to.join(", "), text, files: [...compose.files, ...(later ? ["(scheduled)"] : [])], via, at: performance.now() });
  compose.frame.remove();
}

function chip(address: string): HTMLElement {
  return h("div", { class: "az9", "data-hovercard-id": address }, h("span", { email: address, name: people[address] ?? "", "data-hovercard-id": address }, people[address] ?? address));
}

function fileChip(compose: Compose, name: string, size: number): HTMLElement {
  const made = h("div", { class: "dL", "aria-label": name }, h("div", { class: "vI" }, name), h("div", { class: "vJ" }, `(${Math.ceil(size / 1024)}K)`));
  const away = h("div", { class: "vq", role: "button", "aria-label": "Remove" }, "×");
  away.addEventListener("click", () => {
    compose.files.splice(compose.files.indexOf(name), 1);
    made.remove();
  });
  made.append(away);
  return made;
}

function schedule(compose: Compose): void {
  const item = h("div", { class: "J-N yr", role: "menuitem", tabindex: "0" }, h("div", { class: "J-N-Jz" }, words.schedule));
  const menu = h("div", { class: "J-M agd", role: "menu" }, item);
  const close = (event: Event): void => {
    if (event.target instanceof Node && menu.contains(event.target)) return;
    menu.remove();
    document.removeEventListener("mousedown", close);
  };
  onRelease(item, () => {
    menu.remove();
    go(compose, "button", true);
  });
  document.body.append(menu);
  setTimeout(() => { document.addEventListener("mousedown", close); });
}

function parts(compose: Compose): HTMLElement[] {
  const send = h("div", { role: "button", tabindex: "1", class: "T-I J-J5-Ji aoO v7 T-I-atl L3", "data-tooltip": words.send, "aria-label": words.send }, words.send.split(" ")[0] ?? "");
  const more = h("div", { role: "button", tabindex: "1", class: "T-I J-J5-Ji hG T-I-atl L3", "aria-label": "More send options" }, "▾");
  onRelease(send, () => { go(compose, "button"); });
  onRelease(more, () => { schedule(compose); });
  const files = h("div", { class: "GX" });
  const input = h("input", { type: "file", name: "Filedata", multiple: true, "aria-label": words.attach }) as HTMLInputElement;
  input.addEventListener("change", () => {
    for (const file of input.files ?? []) {
      compose.files.push(file.name);
      files.append(fileChip(compose, file.name, file.size));
    }
  });
  return [files, h("div", { class: "btC" }, h("div", { class: "gU Up" }, h("div", { class: "dC" }, send, more)), input)];
}

function compose(to: readonly string[], reply: boolean, quoted = ""): Compose {
  const body = h("div", { class: "Am Al editable LW-avf", g_editable: "true", contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": words.body, tabindex: "1" });
  if (quoted !== "") body.append(h("br"), h("div", { class: "gmail_quote" }, `On Friday Amira Khan wrote: ${quoted}`));
  const subject = h("input", { name: reply ? "subject" : "subjectbox", "aria-label": words.subject, placeholder: words.subject, ...(reply && { type: "hidden", value: "Re: Quay wall survey" }) }) as HTMLInputElement;
  const field = h("input", { "peoplekit-id": "x1", "aria-label": words.to, type: "text" }) as HTMLInputElement;
  const row = h("div", { name: "to", class: "anm" }, ...to.map(chip), field);
  field.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === ",") && !event.ctrlKey && field.value.includes("@")) {
      event.preventDefault();
      field.before(chip(field.value));
      field.value = "";
    }
  });
  const frame = reply ? h("table", { class: "cf An" }) : h("div", { role: "dialog", class: "nH Hd", "aria-label": words.fresh });
  const made: Compose = { frame, body, subject, files: [] };
  const inner = h("div", { class: "M9" }, h("div", { class: "aaZ" }, row, subject, body, ...parts(made)));
  frame.append(reply ? h("tbody", {}, h("tr", {}, h("td", {}, inner))) : h("div", { class: "AD" }, h("div", { class: "pi" }, words.fresh), inner));
  frame.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    go(made, "enter");
  });
  return made;
}

const windows = h("div", { class: "no windows" });
const main = h("div", { role: "main", class: "nH" });

function message(id: string, from: [string, string], to: [string, string], ago: number, text: string, file = ""): HTMLElement {
  const at = new Date(Date.now() - ago * 60_000);
  return h("div", { role: "listitem", class: "h7" }, h("div", { class: "adn ads", "data-message-id": `#msg-f:${id}`, "data-legacy-message-id": id },
    h("div", { class: "gE" },
      h("span", { class: "gD", email: from[1], name: from[0], "data-hovercard-id": from[1] }, from[0]),
      h("span", { class: "hb" }, "to ", h("span", { class: "g2", email: to[1], name: to[0] }, to[0])),
      h("span", { class: "g3", title: words.date(at) }, "…")),
    h("div", { class: "ii gt" }, h("div", { class: "a3s aiL" }, h("div", {}, text), h("div", { class: "gmail_quote" }, "On Monday somebody wrote: an older decision"))),
    ...(file === "" ? [] : [h("div", { class: "aQH" }, h("span", { class: "aZo" }, h("span", { class: "aV3" }, file), h("span", { class: "SaH2Ve" }, "12 KB")))])));
}

if (query.get("thread") !== "0") {
  const amira: [string, string] = ["Amira Khan", "amira.khan@harbour.example"];
  const me: [string, string] = [self.name, "dana.ellis@department.example"];
  main.append(
    h("h2", { class: "hP", "data-legacy-thread-id": "18f0" }, "Quay wall survey"),
    message("18f1", amira, me, 180, "The survey found a void behind the wall. Can the berth stay open?", "survey.pdf"),
    message("18f2", me, amira, 120, "Close berth 4 to lorries from tonight and tell the pilots."),
  );
  if (query.get("reply") === "1") {
    const reply = compose(["amira.khan@harbour.example"], true, "Can the berth stay open?");
    main.append(reply.frame);
  }
}
const account = h("a", { href: "https://accounts.google.com/SignOutOptions?x=1", "aria-label": words.account, class: "account" }, "D");
const fresh = h("div", { role: "button", tabindex: "0", class: "T-I T-I-KE L3" }, words.compose);
onRelease(fresh, () => { windows.append(compose([], false).frame); });
document.body.append(h("header", {}, account, fresh), main, windows);
for (let n = Number(query.get("compose") ?? "0"); n > 0; n--) windows.append(compose([n % 2 === 1 ? "amira.khan@harbour.example" : "ben.osei@harbour.example"], false).frame);

window.__events = events;
window.__sent = sent;
