// Outlook on the web, of private people and of organisations: which of them an account
// is, the account says and not the host. Ctrl+Enter and Alt+S send from any field.

import { mailChannel } from "./mail.ts";
import { body, composers, files, from, recipients, shortcut, subject } from "./outlook/compose.ts";
import { correspondents, mailbox, messageOf, pane, rows, threadSubject } from "./outlook/thread.ts";
import type { Channel } from "./types.ts";

export const ID = "outlook";

export function outlook(): Channel {
  return mailChannel({
    id: ID,
    hosts: ["outlook.live.com", "outlook.office.com", "outlook.office365.com", "outlook.cloud.microsoft"],
    generation: "2026",
    press: "click",
    shortcut,
    composers: composers(),
    body,
    subject,
    recipients,
    files,
    from,
    mailbox,
    pane,
    threadSubject,
    rows,
    correspondents,
    messageOf,
  });
}
