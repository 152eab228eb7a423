// The canonical draft: one string of everything a verdict depends on (ruling 1).
// Two drafts are the same draft exactly when these strings are equal; the guard
// compares them synchronously, which a digest would not allow.

import type { Reading } from "./types.ts";

/**
 * Channel, account, chat and recipients, subject, body, attachment names and
 * sizes, timer, and the generation of settings, packs and holds. Not the time.
 */
export function canonical(reading: Reading, generation: string): string {
  const { channel, account, title, to, membersComplete, timerSeconds, subject, body } = reading;
  return JSON.stringify([
    channel,
    account,
    title,
    to.map((party) => [party.name, party.address]),
    membersComplete,
    timerSeconds,
    subject,
    body,
    reading.attachments.map((file) => [file.name, file.type, file.size]),
    generation,
  ]);
}
