// What a reason rests on, in one line: the words, where they stand, and how sure it is.

import type { Reason } from "../wire.ts";
import { fromBytes } from "./excerpt.ts";
import type { PageStrings } from "./strings/page.ts";

/** Places told of one reason; the words themselves are marked above. */
const MOST = 3;

/** "" where the reason rests on no words. */
export function seenLine(reason: Reason, texts: { field: string; text: string }[], strings: PageStrings): string {
  const places = reason.spans.slice(0, MOST).flatMap((span) => {
    const text = texts.find(({ field }) => field === span.field)?.text;
    if (text === undefined) return [];
    const [from = 0, to = 0] = fromBytes(text, [span.start, span.end]);
    const where = span.field.startsWith("attachments") ? "attachments" : span.field;
    return [strings.seenWords(text.slice(from, to), strings.places[where] ?? where)];
  });
  if (places.length === 0) return "";
  if (reason.spans.length > places.length) places.push(strings.more(reason.spans.length - places.length));
  return strings.seen(places.join(", "), Math.round(reason.confidence * 100));
}
