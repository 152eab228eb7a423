// What a mail being written in Outlook says: recipients, subject, text, files.

import type { Attachment, Party } from "../../wire.ts";
import { bytesShown } from "../files.ts";
import { addressIn } from "../mail/account.ts";
import { Composers, SCHEDULE_WORDS, SEND_WORDS } from "../mail/composers.ts";
import { fileNameIn, withNamed } from "../mail/files.ts";
import { first, plain, textOf } from "../text.ts";
import * as at from "./anchors.ts";

const RECIPIENT = at.RECIPIENT.join(",");

export function composers(): Composers {
  return new Composers({
    body: at.BODY,
    frame: at.COMPOSE,
    send: at.SEND,
    sendWords: SEND_WORDS,
    schedule: at.SCHEDULE,
    scheduleWords: SCHEDULE_WORDS,
    pane: at.PANE,
  });
}

/** Alt+S sends, as Ctrl+Enter does. On a Mac the key writes another letter, so its place counts too. */
export function shortcut(event: KeyboardEvent): boolean {
  return event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && (event.key.toLowerCase() === "s" || event.code === "KeyS");
}

/** Recipients, and whether all of them are known: a field for them, and a name or address for each. */
export function recipients(frame: HTMLElement, box: HTMLElement): { to: Party[]; complete: boolean } {
  const found = new Map<string, Party>();
  let nameless = false;
  for (const well of wells(frame, box)) {
    for (const pill of outermost(well)) {
      const party = partyOf(pill);
      if (party.address === "" && party.name === "") nameless = true;
      else found.set(party.address || party.name, party);
    }
    const typed = plain(well instanceof HTMLInputElement ? well.value : textOf(well, { cut: RECIPIENT })).replace(/[;,\s]+$/, "");
    const address = addressIn(typed);
    if (address !== "") found.set(address, { name: "", address });
    else if (typed !== "") nameless = true;
  }
  return { to: [...found.values()], complete: found.size > 0 && !nameless };
}

/** The editors of a window besides its text and subject: To, Cc, Bcc. */
function wells(frame: HTMLElement, box: HTMLElement): HTMLElement[] {
  const inside = [...frame.querySelectorAll<HTMLElement>(at.WELL.join(","))];
  return inside.filter((editor) => !box.contains(editor) && !editor.contains(box) && !inside.some((other) => other !== editor && other.contains(editor)));
}

function outermost(well: HTMLElement): HTMLElement[] {
  return [...well.querySelectorAll<HTMLElement>(RECIPIENT)].filter((pill) => !pill.parentElement?.closest(RECIPIENT));
}

/** A person by what an element says of them: "Amira Khan <amira@harbour.example>", or a name alone. */
export function partyOf(element: HTMLElement): Party {
  const texts = [element, ...element.querySelectorAll<HTMLElement>("*")].flatMap((one) => at.NAMING.map((name) => plain(one.getAttribute(name))));
  const shown = plain(element.textContent);
  const address = [...texts, shown].map(addressIn).find((text) => text !== "") ?? "";
  const names = [shown, ...texts].map((text) => nameIn(text)).filter((text) => text !== "" && !text.includes("@"));
  return { name: names[0] ?? "", address };
}

/** Everybody a label names: "To: Amira Khan <amira@harbour.example>; Ben Osei". */
export function partiesOf(element: HTMLElement): Party[] {
  const label = plain(element.getAttribute("aria-label")).split(";").map((text) => ({ name: nameIn(text), address: addressIn(text) }));
  return (label.length > 1 ? label : [partyOf(element)]).filter((one) => one.name !== "" || one.address !== "");
}

/** The name in "From: Amira Khan <amira@harbour.example>". */
function nameIn(text: string): string {
  return plain(text.replace(/^\p{L}{1,12}\s?:\s/u, "").replace(/[<(]?[^\s<>()]+@[^\s<>()]+[>)]?/g, " ").replace(/[;,\s]+$/, ""));
}

/** null where there is no field for it. */
export function subject(frame: HTMLElement): string | null {
  return first(frame, at.SUBJECT) instanceof HTMLInputElement ? (first(frame, at.SUBJECT) as HTMLInputElement).value.trim() : null;
}

export function from(frame: HTMLElement): string {
  const shown = first(frame, at.FROM);
  return shown ? partyOf(shown).address : "";
}

export function body(box: HTMLElement): { own: string; quoted: string } {
  const own = textOf(box, { cut: at.QUOTE.join(","), until: at.QUOTE_FROM.join(","), listMarks: true });
  const whole = textOf(box, { listMarks: true });
  return { own: own.trimEnd(), quoted: whole.startsWith(own) ? whole.slice(own.length) : whole };
}

/** Files shown, by name: the label's beginning, up to an extension. */
export function files(frame: ParentNode, box: Element | null = null): Attachment[] {
  const seen = new Set<string>();
  const out: Attachment[] = [];
  for (const option of frame.querySelectorAll<HTMLElement>(at.FILE.join(","))) {
    const label = [option.getAttribute("title"), option.getAttribute("aria-label"), option.textContent].map(plain).find((text) => fileNameIn(text) !== "") ?? "";
    const name = fileNameIn(label);
    if (name === "" || seen.has(name)) continue;
    seen.add(name);
    out.push({ name, type: "", size: bytesShown(plain(option.textContent).replace(name, "")) });
  }
  return withNamed(out, frame, box);
}
