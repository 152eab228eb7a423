// Messenger, under its own address and on Facebook. Nothing dependable is known of its
// classes, which rotate: it is read by the roles and names it gives to assistive
// technology. Who sent a message it mostly does not say; then the person does when
// keeping. All of it not checked. Fixtures in testdata/dom/messenger.

import { anchors } from "./chat/anchors.ts";
import { chatChannel } from "./chat.ts";
import type { Channel } from "./types.ts";

const BOX = '[role="textbox"][contenteditable="true"]';

const AT = anchors({
  pane: ['[role="main"]'],
  title: ["h1", "h2", '[role="heading"]'],
  composer: [`[role="main"] ${BOX}[data-lexical-editor]`, `[role="main"] ${BOX}`],
  other: ['[role="article"]', '[role="navigation"]', '[role="search"]', '[role="complementary"]'],
  send: ['[aria-label="Press enter to send" i]', '[aria-label="Appuyez sur Entrée pour envoyer" i]', '[aria-label="Send" i]', '[aria-label="Envoyer" i]'],
  message: ['[role="grid"] [role="row"]', '[role="log"] [role="row"]'],
  text: ['div[dir="auto"]', 'span[dir="auto"]'],
  cut: ['[role="button"]', "h3", "h4", "h5", "time"],
  sender: ["h5", "h4"],
  time: ["time", "[data-tooltip-content]"],
  day: ['[data-scope="date_break"]', '[role="separator"]'],
  image: ['[role="img"] img', 'a[href*="/messenger_media"]'],
  voice: ['[role="slider"]', "audio"],
  preview: [`[role="group"][aria-label*="attachment" i]`],
});

const YOU = /^(you sent|vous avez envoyé|you replied|vous avez répondu)/i;

export function messenger(now?: () => number): Channel {
  const channel = chatChannel(
    {
      id: "messenger",
      hosts: ["www.messenger.com", "www.facebook.com"],
      at: AT,
      sendKey: "enter",
      only: false,
      here: () => document.location.hostname !== "www.facebook.com" || document.location.pathname.startsWith("/messages"),
      form: () => (document.querySelector(`[role="main"] ${BOX}`) ? "aria" : ""),
      ids: ["id"],
    },
    now,
  );
  return { ...channel, rows: (limit) => channel.rows(limit).map(told) };
}

/** Its own messages have "You sent" for a sender. */
function told(row: ReturnType<Channel["rows"]>[number]): typeof row {
  if (YOU.test(row.from.name)) return { ...row, direction: "out", from: { name: "", address: "" } };
  return row.from.name === "" ? row : { ...row, direction: "in" };
}
