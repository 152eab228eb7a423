// Telegram's two web clients under one address, K and A, as public code showed them
// up to November 2026; what is marked "not checked" is a guess. A person may set that
// Enter makes a line and Ctrl+Enter sends; the guard learns it. Fixtures in
// testdata/dom/telegram.

import { anchors } from "./chat/anchors.ts";
import { chatChannel } from "./chat.ts";
import type { Channel } from "./types.ts";

/** Selectors of K and of A stand side by side: no name is in both. */
const AT = anchors({
  pane: [".chat.active" /* K */, "#column-center .chat" /* K */, "#MiddleColumn" /* A */],
  title: [
    ".chat-info .peer-title", // K
    ".topbar .peer-title", // K
    ".MiddleHeader .fullName", // A
    ".MiddleHeader .title h3", // A
    ".ChatInfo .title",
  ],
  composer: [
    '.popup .input-field-input[contenteditable="true"]:not(.input-field-input-fake)', // K: caption of files, not checked
    "#caption-input-text", // A: caption of files, not checked
    '.input-message-input[contenteditable="true"]:not(.input-field-input-fake)', // K
    '#editable-message-text[contenteditable="true"]', // A
  ],
  other: ["#column-left" /* K */, "#LeftColumn" /* A */, ".popup-new-contact"],
  send: [
    ".btn-send", // K
    ".popup-new-media .btn-primary", // K: files, not checked
    ".main-button.send", // A
    '[aria-label="Send Message"]', // A
    'button[title="Send Message"]', // A, earlier
    ".AttachmentModal .Button.primary", // A: files, not checked
  ],
  message: [".bubble[data-mid][data-peer-id]:not(.is-service):not(.is-date)" /* K */, ".Message[data-message-id]" /* A */, ".Message[id^=message]:not(.ActionMessage)" /* A */],
  text: [".message .translatable-message" /* K */, ".bubble-content > .message" /* K */, ".text-content" /* A */],
  cut: [".time", ".reactions", ".web" /* K */, ".document-name" /* K */, ".MessageMeta" /* A */, ".Reactions" /* A */, ".WebPage" /* A */],
  quote: [".reply" /* K */, ".EmbeddedMessage" /* A */],
  out: [".bubble.is-out", ".Message.own"],
  in: [".bubble.is-in", ".Message:not(.own)"],
  sender: [".bubble-name-first .peer-title" /* K, not checked */, ".bubble .name .peer-title" /* K */, ".Message .message-title-name" /* A */, ".Message .sender-title" /* A */],
  time: [".bubble[data-timestamp]" /* K */, ".time[title]" /* K */, ".time-inner[title]" /* K */, ".message-time[title]" /* A */, ".message-time" /* A */, ".time .i18n" /* K */],
  day: [".bubble.is-date" /* K */, ".bubble.service.is-date", ".sticky-date" /* A */],
  file: [".document-name" /* K */, ".File .file-title" /* A */],
  image: [".attachment img" /* K */, ".media-photo", ".media-inner img" /* A */],
  voice: [".audio-waveform", "audio-element.is-voice" /* K */, ".Audio.inline" /* A */],
  member: [],
  group: ['[data-mid][data-peer-id^="-"]' /* K: peers of many have negative ids */, '.chat-info [data-peer-id^="-"]', ".chat.active[data-type=group]", '.MiddleHeader .group-status' /* A, not checked */, ".bubble .name .peer-title", ".Message .message-title-name"],
  preview: [".popup-new-media" /* K, not checked */, ".AttachmentModal" /* A, not checked */],
  previewName: [".document-name", ".file-title"],
});

export function telegram(now?: () => number): Channel {
  return chatChannel(
    {
      id: "telegram",
      hosts: ["web.telegram.org"],
      at: AT,
      sendKey: "enter",
      only: true,
      form: () => (document.querySelector(".bubbles, .chat-input") ? "K" : document.querySelector("#MiddleColumn, .MessageList") ? "A" : ""),
      ids: ["data-mid", "data-message-id", "id"],
    },
    now,
  );
}
