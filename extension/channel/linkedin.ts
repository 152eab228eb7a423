// LinkedIn's messages: the page of its own and the windows over every other page, as
// public code showed them up to November 2026. Several windows may be open; the one
// written in last counts. Fixtures in testdata/dom/linkedin.

import { anchors } from "./chat/anchors.ts";
import { chatChannel } from "./chat.ts";
import type { Channel } from "./types.ts";

const AT = anchors({
  pane: [".msg-overlay-conversation-bubble" /* a window */, ".msg-convo-wrapper" /* the page */, ".scaffold-layout__detail"],
  title: [".msg-entity-lockup__entity-title", ".msg-overlay-bubble-header__title", ".msg-thread__link-to-profile", ".msg-title-bar__title"],
  composer: ['.msg-form__contenteditable[contenteditable="true"]', '.msg-form [contenteditable="true"]', ".msg-form textarea"],
  other: [".comments-comment-box", ".share-box", ".msg-connections-typeahead"],
  send: [".msg-form__send-button", ".msg-form button[type=submit]", ".msg-form__send-btn" /* where Enter sends: not checked */],
  message: [".msg-s-event-listitem[data-event-urn]", ".msg-s-event-listitem"],
  text: [".msg-s-event-listitem__body"],
  cut: [".msg-s-message-group__meta", "time"],
  quote: [".msg-s-event-listitem__replied-message" /* not checked */],
  out: [".msg-s-event-listitem:not(.msg-s-event-listitem--other)"],
  in: [".msg-s-event-listitem--other"],
  sender: [".msg-s-message-group__name", ".msg-s-message-group__profile-link"],
  time: ["time.msg-s-message-group__timestamp", ".msg-s-message-group__timestamp"],
  day: [".msg-s-message-list__time-heading"],
  file: [".ui-attachment__filename" /* not checked */],
  image: [".msg-s-event-listitem__image-container" /* not checked */],
  voice: [".msg-s-event-listitem__audio" /* not checked */],
  deleted: [".msg-s-event-listitem__recalled-message-body" /* not checked */],
  group: [".msg-group-participants" /* not checked */, ".msg-facepile" /* not checked */],
  preview: [".msg-form__attachment-previews" /* not checked */],
  previewName: [".ui-attachment__filename"],
});

export function linkedin(now?: () => number): Channel {
  return chatChannel(
    {
      id: "linkedin",
      hosts: ["www.linkedin.com"],
      at: AT,
      sendKey: "enter",
      only: false,
      suspect: "form",
      form: () => (document.querySelector(".msg-form, .msg-s-message-list") ? "2026" : ""),
      ids: ["data-event-urn"],
      // Only the first message of a run shows its time; the ids of the others hold theirs.
      when: (message) => timeInId(message.getAttribute("data-event-urn") ?? ""),
    },
    now,
  );
}

/** "urn:...,2-BASE64)": what is coded begins with milliseconds since 1970. "" where it does not. */
function timeInId(urn: string): string {
  const coded = /[,:]2-([A-Za-z0-9+/_-]+)=*\)?$/.exec(urn)?.[1];
  if (!coded) return "";
  try {
    const ms = Number(/^(\d{13})(?!\d)/.exec(atob(coded.replace(/-/g, "+").replace(/_/g, "/")))?.[1]);
    return ms > 0 ? new Date(ms).toISOString() : "";
  } catch {
    return ""; // no base64
  }
}
