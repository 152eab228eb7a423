// People as chat pages name them.

import type { Party } from "../wire.ts";
import { plain } from "./text.ts";

/** A name, or a number shown in place of one. */
export function party(name: string): Party {
  const clean = plain(name).replace(/^~\s?/, "");
  return { name: clean, address: phone(clean) };
}

/** E.164 of an international number as shown, "" if text is none. */
export function phone(text: string): string {
  if (!/^\+[\d\s().\u00a0-]{7,24}$/.test(text)) return "";
  const digits = text.replace(/\D/g, "");
  return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : "";
}
