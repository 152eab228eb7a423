// Attachments told by what every page shows of them, a name beside a size, for where
// a page's own anchors are gone.

import type { Attachment } from "../../wire.ts";
import { bytesShown } from "../files.ts";
import { plain } from "../text.ts";

/** "site plan.v2.pdf" at the beginning of a label. */
const NAME = /^[^\n]*?\.[A-Za-z][A-Za-z0-9]{0,7}(?=$|[\s,])/;
const SIZE = /^\(?\d+(?:[.,]\d+)?\s?(?:[kmg](?:i?b|o)?|bytes|octets)\)?$/i;

/** The file's name that a label begins with, "" where it begins with none. */
export function fileNameIn(label: string): string {
  return NAME.exec(label)?.[0] ?? "";
}

/** known, and every name beside a size in frame but not in box that known does not have. */
export function withNamed(known: readonly Attachment[], frame: ParentNode, box: Element | null): Attachment[] {
  const names = new Set(known.map((file) => file.name));
  const out = [...known];
  for (const leaf of frame.querySelectorAll("*")) {
    if (leaf.childElementCount > 0 || box?.contains(leaf) || !SIZE.test(plain(leaf.textContent))) continue;
    const name = nameBeside(leaf);
    if (name === "" || names.has(name)) continue;
    names.add(name);
    out.push({ name, type: "", size: bytesShown(plain(leaf.textContent)) });
  }
  return out;
}

/** The name that stands with a size: before it, in the same chip. */
function nameBeside(size: Element): string {
  for (let up: Element | null = size, steps = 0; up && steps < 3; up = up.parentElement, steps++) {
    for (let before = up.previousElementSibling; before; before = before.previousElementSibling) {
      const name = fileNameIn(plain(before.textContent));
      if (name !== "") return name;
    }
  }
  return "";
}
