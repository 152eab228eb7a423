import { h as plain, type Attributes } from "../mail/dom";
import type { Words } from "./words";

/**
 * How each messenger's page is built, as far as it is publicly known: structure, names
 * and attributes, nothing of its design. data-st names the parts for tests and style.
 */

export interface Line {
  readonly id: string;
  /** "" is the person at the keyboard */
  readonly from: string;
  readonly text: string;
  readonly at: Date;
  /** The first of its sender in a row. */
  readonly first: boolean;
  readonly quote?: string;
  readonly file?: string;
}

export interface Chat {
  readonly title: string;
  readonly members: readonly string[];
}

export interface Skin {
  readonly box: (words: Words) => HTMLElement;
  readonly send: (words: Words) => HTMLElement;
  readonly row: (line: Line, words: Words, chat: Chat) => HTMLElement;
  readonly day: (text: string) => HTMLElement;
  /** The whole page around these parts. */
  readonly page: (chat: Chat, parts: { list: HTMLElement[]; box: HTMLElement; send: HTMLElement }, words: Words) => HTMLElement;
}

/** A page nobody has described: every name is another. */
const strange = new URLSearchParams(location.search).get("gen") === "none";
const kept = new Set(["contenteditable", "type", "data-st", "title"]);

function h(tag: string, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElement {
  if (!strange) return plain(tag, attributes, ...children);
  const few = Object.fromEntries(Object.entries(attributes).filter(([name]) => kept.has(name)));
  return plain(["textarea", "button"].includes(tag) ? tag : "div", few, ...children);
}

const own = (line: Line): boolean => line.from === "";
const group = (chat: Chat): boolean => chat.members.length > 1;
const file = (line: Line, attributes: Attributes): HTMLElement[] => (line.file === undefined ? [] : [h("div", { ...attributes, title: line.file }, line.file)]);
const editable = (attributes: Attributes): HTMLElement => h("div", { contenteditable: "true", role: "textbox", "data-st": "box", ...attributes });

const googlemessages: Skin = {
  box: (words) => h("textarea", { "data-e2e-message-input-box": true, "aria-label": words.write, "data-st": "box" }),
  send: (words) => h("button", { type: "button", "data-e2e-send-text-button": true, "aria-label": words.send, "data-st": "send" }, h("mws-icon", { "aria-hidden": "true" }, "➤")),
  row: (line, words) =>
    h("mws-message-wrapper", { "msg-id": line.id, class: own(line) ? "outgoing" : "incoming", "data-e2e-message-wrapper": true, "data-st": "row" },
      h("mws-message-part-router", {},
        h("mws-text-message-part", { "data-e2e-text-message-content": true, "aria-label": words.said(own(line) ? words.you : line.from, line.text, own(line), words.full(line.at)) },
          h("mws-message-part-content", {}, h("div", { class: "text-msg-content" }, h("div", { class: "text-msg msg-content" }, line.text)), ...file(line, { class: "file" }))),
        h("mws-relative-timestamp", {}, words.clock(line.at)))),
  day: (text) => h("mws-tombstone-message-wrapper", {}, text),
  page: (chat, { list, box, send }) =>
    h("mw-conversation-container", { "data-e2e-conversation-container": true },
      h("mws-header", {}, h("h2", { "data-e2e-header-title": true }, chat.title), ...(group(chat) ? chat.members.map((name) => h("span", { "data-e2e-details-participant": true }, name)) : [])),
      h("mws-messages-list", { "data-st": "list" }, ...list),
      h("mws-message-compose", {}, h("div", { class: "input-container" }, box, h("mws-message-send-button", {}, send)))),
};

const telegramK: Skin = {
  box: (words) => editable({ class: "input-message-input input-field-input", "data-placeholder": words.write, "aria-label": words.write }),
  send: () => h("button", { type: "button", class: "btn-icon btn-circle btn-send animated-button-icon send", "data-st": "send" }, h("span", { class: "tgico" }, "➤")),
  row: (line, words, chat) =>
    h("div", { class: `bubble ${own(line) ? "is-out" : "is-in"}${line.first ? " is-group-first" : ""}`, "data-mid": line.id, "data-peer-id": "7700900", "data-timestamp": String(Math.floor(line.at.getTime() / 1000)), "data-st": "row" },
      h("div", { class: "bubble-content-wrapper" }, h("div", { class: "bubble-content" },
        ...(group(chat) && !own(line) && line.first ? [h("div", { class: "name" }, h("span", { class: "peer-title" }, line.from))] : []),
        ...(line.quote === undefined ? [] : [h("div", { class: "reply" }, h("div", { class: "reply-title" }, chat.title), h("div", { class: "reply-subtitle" }, line.quote))]),
        h("div", { class: "message spoilers-container" }, h("span", { class: "translatable-message" }, line.text), ...file(line, { class: "document-name" }),
          h("span", { class: "time" }, h("span", { class: "i18n" }, words.clock(line.at)), h("div", { class: "time-inner", title: words.full(line.at) }, words.clock(line.at))))))),
  day: (text) => h("div", { class: "bubble service is-date" }, h("div", { class: "service-msg" }, text)),
  page: (chat, { list, box, send }) =>
    h("div", { id: "column-center" }, h("div", { class: "chat tabs-tab active" },
      h("div", { class: "sidebar-header topbar" }, h("div", { class: "chat-info" }, h("div", { class: "user-title" }, h("span", { class: "peer-title" }, chat.title)))),
      h("div", { class: "bubbles" }, h("div", { class: "bubbles-inner", "data-st": "list" }, ...list)),
      h("div", { class: "chat-input" }, h("div", { class: "rows-wrapper" }, box), h("div", { class: "btn-send-container" }, send)))),
};

const telegramA: Skin = {
  box: (words) => editable({ id: "editable-message-text", class: "form-control", "aria-label": words.write }),
  send: (words) => h("button", { type: "button", class: "Button send main-button default secondary round", "aria-label": words.send === "Send" ? "Send Message" : words.send, "data-st": "send" }, h("i", { class: "icon icon-send" }, "➤")),
  row: (line, words, chat) =>
    h("div", { class: `Message message-list-item${own(line) ? " own" : ""}`, id: `message-${line.id}`, "data-message-id": line.id, "data-st": "row" },
      h("div", { class: "message-content-wrapper" }, h("div", { class: "message-content text" },
        ...(group(chat) && !own(line) && line.first ? [h("div", { class: "message-title" }, h("span", { class: "message-title-name" }, line.from))] : []),
        ...(line.quote === undefined ? [] : [h("div", { class: "EmbeddedMessage" }, h("p", { class: "embedded-text-wrapper" }, line.quote))]),
        ...file(line, { class: "file-title" }),
        h("div", { class: "text-content clearfix with-meta" }, line.text, h("span", { class: "MessageMeta" }, h("span", { class: "message-time", title: words.full(line.at) }, words.clock(line.at))))))),
  day: (text) => h("div", { class: "sticky-date" }, h("span", {}, text)),
  page: (chat, { list, box, send }) =>
    h("div", { id: "MiddleColumn" },
      h("div", { class: "MiddleHeader" }, h("div", { class: "ChatInfo" }, h("div", { class: "title" }, h("h3", { class: "fullName" }, chat.title)), ...(group(chat) ? [h("span", { class: "group-status" }, `${chat.members.length} members`)] : []))),
      h("div", { class: "MessageList" }, h("div", { class: "messages-container", "data-st": "list" }, ...list)),
      h("div", { class: "middle-column-footer" }, h("div", { class: "Composer" }, h("div", { id: "message-compose" }, box), send))),
};

const linkedin: Skin = {
  box: (words) => editable({ class: "msg-form__contenteditable t-14", "aria-multiline": "true", "aria-label": words.write }),
  send: (words) => h("button", { type: "submit", class: "msg-form__send-button artdeco-button", "data-st": "send" }, words.send),
  row: (line, words) =>
    h("li", { class: "msg-s-message-list__event" },
      h("div", { class: `msg-s-event-listitem${own(line) ? "" : " msg-s-event-listitem--other"}`, "data-event-urn": `urn:li:msg_message:(urn:li:fsd_profile:ACo1,2-${btoa(`${line.at.getTime()}b1-100&${line.id}`)})`, "data-st": "row" },
        ...(line.first ? [h("div", { class: "msg-s-message-group__meta" }, h("span", { class: "msg-s-message-group__name" }, own(line) ? "Dana Ellis" : line.from), h("time", { class: "msg-s-message-group__timestamp" }, words.clock(line.at)))] : []),
        h("div", { class: "msg-s-event__content" }, h("p", { class: "msg-s-event-listitem__body" }, line.text), ...file(line, { class: "ui-attachment__filename" })))),
  day: (text) => h("li", {}, h("time", { class: "msg-s-message-list__time-heading" }, text)),
  page: (chat, { list, box, send }) =>
    h("main", {}, h("p", {}, "A feed"), h("div", { contenteditable: "true", class: "share-box", "data-st": "post" }, ""),
      h("div", { class: "msg-convo-wrapper msg-thread" },
        h("div", { class: "msg-title-bar" }, h("h2", { class: "msg-entity-lockup__entity-title" }, chat.title), ...(group(chat) ? [h("div", { class: "msg-facepile" })] : [])),
        h("ul", { class: "msg-s-message-list", "data-st": "list" }, ...list),
        h("form", { class: "msg-form" }, h("div", { class: "msg-form__msg-content-container" }, box), h("footer", { class: "msg-form__footer" }, send)))),
};

const messenger: Skin = {
  box: (words) => editable({ "aria-label": words.write, "data-lexical-editor": "true", class: "xzsf02u" }),
  send: (words) => h("div", { role: "button", tabindex: "0", "aria-label": words.lang === "fr" ? "Appuyez sur Entrée pour envoyer" : "Press enter to send", class: "x1i10hfl", "data-st": "send" }, h("span", { "aria-hidden": "true" }, "➤")),
  row: (line, words) =>
    h("div", { role: "row", class: "x78zum5", "data-st": "row" }, h("div", { role: "gridcell" },
      ...(line.first ? [h("h5", {}, own(line) ? words.sentByYou : line.from)] : []),
      h("div", { dir: "auto", class: "xexx8yu" }, line.text))),
  day: (text) => h("div", { "data-scope": "date_break" }, text),
  page: (chat, { list, box, send }, words) =>
    h("div", { role: "main" }, h("h2", {}, chat.title), h("div", { role: "grid", "aria-label": chat.title, "data-st": "list" }, ...list),
      h("div", { role: "group", "aria-label": words.write }, box, h("span", {}, send))),
};

/** A department's own chat, known to nobody: what sites.test.ts adds as data. */
const department: Skin = {
  box: (words) => h("textarea", { class: "room-input", "aria-label": words.write, "data-st": "box" }),
  send: (words) => h("button", { type: "button", class: "room-send", "data-st": "send" }, words.send),
  row: (line, words) =>
    h("article", { class: `post ${own(line) ? "mine" : "theirs"}`, "data-post": line.id, "data-st": "row" },
      h("b", { class: "post-by" }, own(line) ? "Dana Ellis" : line.from),
      ...(line.quote === undefined ? [] : [h("blockquote", {}, line.quote)]),
      h("p", { class: "post-text" }, line.text), h("time", { datetime: line.at.toISOString() }, words.clock(line.at))),
  day: (text) => h("hr", { title: text }),
  page: (chat, { list, box, send }) =>
    h("section", { class: "room" }, h("h1", { class: "room-name" }, chat.title), h("div", { "data-st": "list" }, ...list), h("div", { class: "room-foot" }, box, send)),
};

export const skins: Readonly<Record<string, Skin>> = {
  "messages.google.com": googlemessages,
  "web.telegram.org": new URLSearchParams(location.search).get("gen") === "a" ? telegramA : telegramK,
  "www.linkedin.com": linkedin,
  "www.messenger.com": messenger,
  "chat.department.example": department,
};
