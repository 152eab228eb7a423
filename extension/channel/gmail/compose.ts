// What a mail being written in Gmail says: recipients, subject, text, files.

import type { Attachment, Party } from "../../wire.ts";
import { bytesShown } from "../files.ts";
import { addressIn } from "../mail/account.ts";
import { Composers, SCHEDULE_WORDS, SEND_WORDS } from "../mail/composers.ts";
import { withNamed } from "../mail/files.ts";
import { first, plain, textOf } from "../text.ts";
import * as at from "./anchors.ts";

export function composers(): Composers {
  return new Composers({
    body: at.BODY,
    frame: at.COMPOSE,
    send: at.SEND,
    sendWords: SEND_WORDS,
    schedule: at.SCHEDULE,
    scheduleWords: SCHEDULE_WORDS,
    pane: at.MAIN,
  });
}

/** Recipients, and whether all of them are known. */
export function recipients(frame: Element): { to: Party[]; complete: boolean } {
  const found = new Map<string, Party>();
  let nameless = false;
  for (const chip of frame.querySelectorAll<HTMLElement>(at.RECIPIENT.join(","))) {
    const party = partyOf(chip);
    if (!party) nameless = true;
    else if (!found.has(party.address) || found.get(party.address)?.name === "") found.set(party.address, party);
  }
  for (const input of frame.querySelectorAll<HTMLInputElement>(at.TYPED_RECIPIENT.join(","))) {
    const typed = input.value.trim();
    if (typed.includes("@")) found.set(typed.toLowerCase(), { name: "", address: typed.toLowerCase() });
    else if (typed !== "") nameless = true;
  }
  return { to: [...found.values()], complete: found.size > 0 && !nameless };
}

function partyOf(chip: HTMLElement): Party | null {
  const address = ["email", "data-hovercard-id"].map((name) => plain(chip.getAttribute(name))).find((text) => text.includes("@"));
  if (address === undefined) return null;
  const name = plain(chip.getAttribute("data-name") ?? chip.getAttribute("name") ?? chip.textContent);
  return { name: name.includes("@") ? "" : name, address: address.toLowerCase() };
}

/** null where there is no field for it. */
export function subject(frame: Element): string | null {
  const fields = [...frame.querySelectorAll<HTMLInputElement>(at.SUBJECT.join(","))].map(({ value }) => value.trim());
  return fields.find((value) => value !== "") ?? fields[0] ?? null;
}

/** The address chosen to send from, where there are several. */
export function from(frame: Element): string {
  return addressIn(frame.querySelector<HTMLInputElement>(at.FROM.join(","))?.value);
}

export function body(box: HTMLElement): { own: string; quoted: string } {
  const quotes = [...box.querySelectorAll(at.QUOTE.join(","))].map((quote) => textOf(quote));
  return { own: textOf(box, { cut: at.QUOTE.join(","), listMarks: true }), quoted: quotes.join("\n") };
}

/** Files the draft shows, by name. */
export function draftFiles(frame: HTMLElement, box: HTMLElement): Attachment[] {
  const chips = [...frame.querySelectorAll<HTMLElement>(at.DRAFT_FILE.join(","))]
    .map((chip) => ({
      name: plain(first(chip, at.DRAFT_FILE_NAME)?.textContent ?? chip.getAttribute("aria-label")?.replace(/^[^:]*:\s*/, "").replace(/\.\s.*$/, "")),
      type: "",
      size: bytesShown(first(chip, at.DRAFT_FILE_SIZE)?.textContent ?? ""),
    }))
    .filter((file) => file.name !== "");
  return withNamed(chips, frame, box);
}
