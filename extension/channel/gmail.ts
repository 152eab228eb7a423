// Gmail. Ctrl+Enter sends from any field; the button acts on the mouse's release.

import { body, composers, draftFiles, from, recipients, subject } from "./gmail/compose.ts";
import { correspondents, mailbox, messageOf, pane, rows, threadSubject } from "./gmail/thread.ts";
import { mailChannel } from "./mail.ts";
import type { Channel } from "./types.ts";

export const ID = "gmail";

export function gmail(): Channel {
  return mailChannel({
    id: ID,
    hosts: ["mail.google.com"],
    generation: "2026",
    press: "mouse",
    composers: composers(),
    body,
    subject,
    recipients,
    files: draftFiles,
    from,
    mailbox,
    pane,
    threadSubject,
    rows,
    correspondents,
    messageOf,
  });
}
