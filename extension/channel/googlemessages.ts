// Google Messages for web (SMS and RCS), as its page was described in public code up
// to February 2026; what is marked "not checked" is a guess. Fixtures in
// testdata/dom/googlemessages.

import { anchors } from "./chat/anchors.ts";
import { chatChannel } from "./chat.ts";
import { first, plain } from "./text.ts";
import type { Channel } from "./types.ts";

const AT = anchors({
  pane: ["mw-conversation-container", "[data-e2e-conversation-container]"],
  title: ["[data-e2e-header-title]", "mws-header h2" /* not checked */],
  composer: ["textarea[data-e2e-message-input-box]", "[data-e2e-message-input] textarea", "mws-message-compose textarea", 'mws-message-compose [contenteditable="true"]'],
  other: ["mws-conversations-list", "[data-e2e-contact-input]"],
  send: ["[data-e2e-send-text-button]", "mws-message-send-button button" /* not checked */],
  message: ["mws-message-wrapper[msg-id]", "mws-message-wrapper[data-e2e-message-id]", "mws-message-wrapper[data-e2e-message-wrapper]"],
  text: [".text-msg-content", ".text-msg", "mws-message-part-content"],
  cut: ["mws-relative-timestamp", "mws-absolute-timestamp", "mws-message-status"],
  out: ["mws-message-wrapper.outgoing", '[data-e2e-message-outgoing="true"]'],
  in: ["mws-message-wrapper.incoming", '[data-e2e-message-outgoing="false"]'],
  time: ["mws-absolute-timestamp", "mws-relative-timestamp"],
  day: ["mws-tombstone-message-wrapper"],
  file: ["mws-file-message-part [title]" /* not checked */],
  image: ["mws-image-message-part", 'img[src^="blob:"]', "mws-video-message-part"],
  voice: ["mws-audio-message-part"],
  deleted: ["[data-e2e-message-tombstone]"],
  member: ["[data-e2e-details-participant]"],
  group: ["mws-group-avatar" /* not checked */, "[data-e2e-details-participant] ~ [data-e2e-details-participant]"],
  preview: ["mws-message-compose mws-attachment-container" /* not checked */, 'mws-message-compose img[src^="blob:"]'],
});

/** "Amira Khan said: ... Received on November 20, 2026 at 10:04 AM." in English and French. */
const SAID = /^(.+?)\s(?:said|a dit)\s?:/;
const YOU = new Set(["you", "vous"]);

export function googlemessages(now?: () => number): Channel {
  return chatChannel(
    {
      id: "googlemessages",
      hosts: ["messages.google.com"],
      at: AT,
      sendKey: "enter",
      only: true,
      headBeside: true,
      form: () => (document.querySelector("mws-messages-list, mws-message-wrapper, mws-message-compose") ? "2026" : ""),
      ids: ["msg-id", "data-e2e-message-id"],
      // What stands behind the message's own words, which may name a date themselves.
      when: (message, body) => {
        const label = labelOf(message);
        const end = label.lastIndexOf(plain(body));
        return end < 0 ? "" : label.slice(end + plain(body).length);
      },
      who: (message) => {
        const name = SAID.exec(labelOf(message))?.[1] ?? "";
        return YOU.has(name.toLowerCase()) ? "" : name;
      },
    },
    now,
  );
}

function labelOf(message: HTMLElement): string {
  return plain(first(message, ["mws-text-message-part[aria-label]", "[data-e2e-text-message-content][aria-label]"])?.getAttribute("aria-label"));
}
