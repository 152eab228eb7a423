/** Messages from a file the person gives: a WhatsApp export (`_chat.txt`), or one message a line. */

/** "[22/11/2026, 14:03:05] " of iPhones, "22/11/26, 2:03 PM - " of Android; order and separators vary by country. */
const stamp = /^\u200e?\[?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),? (\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?)(?:\]| -) /u;

/** What an export writes in place of a file, in the languages of the stand-in. */
const placeholder = /^\u200e?(?:<[^<>]{3,60}>|.{1,60} (?:omitted|omis|absente?|omesso|omessa|ocult[oa]))$/u;

export interface Parsed {
  readonly kind: "export" | "lines";
  readonly messages: readonly string[];
  /** lines that are nobody's message: joined, left, a file without its text */
  readonly skipped: number;
}

/** Reads text; an export when its first filled line begins with a date and time. */
export function parseMessages(text: string): Parsed {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const first = lines.find((l) => l.trim() !== "") ?? "";
  if (!stamp.test(first)) {
    return { kind: "lines", messages: lines.map((l) => l.trim()).filter((l) => l !== ""), skipped: 0 };
  }
  const blocks: string[] = [];
  for (const line of lines) {
    const match = stamp.exec(line);
    if (match !== null) blocks.push(line.slice(match[0].length));
    else if (blocks.length > 0) blocks[blocks.length - 1] += `\n${line}`;
  }
  const messages: string[] = [];
  for (const block of blocks) {
    const colon = block.indexOf(": ");
    const body = colon < 0 ? "" : block.slice(colon + 2).trim();
    // iPhones begin what nobody wrote with a left-to-right mark.
    if (body !== "" && !body.startsWith("\u200e") && !placeholder.test(body)) messages.push(body);
  }
  return { kind: "export", messages, skipped: blocks.length - messages.length };
}
