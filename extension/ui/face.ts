// What a verdict asks of the interface: which face, which ways out. Decided by
// the verdict alone, so that it can be tested without a page.

import type { Action, Reason, Verdict } from "../wire.ts";

export type Face = "notice" | "warn" | "justify" | "block";

/** How a person may let a stopped message go. */
export interface Exits {
  /** One press. */
  click: boolean;
  /** A reason in words. */
  reason: boolean;
  /** "I judge this not significant", without a reason, beside the others as an equal. */
  notSignificant: boolean;
}

const RANK: Record<Action, number> = { allow: 0, notice: 1, warn: 2, justify: 3, block: 4, unknown: -1 };

/** The face of an action, null where there is nothing to show. */
export function faceOf(action: Action): Face | null {
  return action === "allow" || action === "unknown" ? null : action;
}

/** The reasons that stop a message: those that ask for a warning or more. */
export function stopping(verdict: Verdict): Reason[] {
  return verdict.reasons.filter((reason) => RANK[reason.action] >= RANK.warn);
}

/**
 * The ways out of a stop. Every stopping reason must allow one; the strictest
 * decides between a press and words. A stop that rests on significance alone
 * may be judged away by the person.
 */
export function exits(verdict: Verdict): Exits {
  const asked = stopping(verdict).map((reason) => reason.override);
  const none = { click: false, reason: false, notSignificant: false };
  if (asked.length === 0 || asked.some((way) => way === "")) return none;
  const notSignificant = asked.every((way) => way === "not_significant");
  const words = verdict.action === "justify" || verdict.action === "block" || asked.includes("reason");
  return { click: !words, reason: words, notSignificant };
}

/**
 * The reasons worth telling, gravest first, each text of a pack once. Of a
 * message that must not go only what stops it: there is nothing yet to keep.
 */
export function told(verdict: Verdict): Reason[] {
  const seen = new Set<string>();
  const least = verdict.action === "block" ? RANK.warn : RANK.notice;
  return verdict.reasons
    .filter((reason) => reason.text !== "" && RANK[reason.action] >= least)
    .sort((a, b) => RANK[b.action] - RANK[a.action])
    .filter((reason) => {
      const key = `${reason.pack}\n${reason.text}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** Reasons whose showing counts once: told to the worker when the message went. */
export function onceOnly(verdict: Verdict): Reason[] {
  return verdict.reasons.filter((reason) => reason.once !== "" && RANK[reason.action] >= RANK.notice);
}

/** A reason's words without the paragraph they end on: it stands beside them, with its source. */
export function withoutPara(reason: Reason): string {
  const tail = /\s*\(([^()]+)\)$/.exec(reason.text);
  const known = wordsOf(reason.para);
  const repeats = tail !== null && [...wordsOf(tail[1] ?? "")].every((word) => known.has(word));
  return repeats ? reason.text.slice(0, tail.index) : reason.text;
}

/** A reason in one line: its words and, unless they end on it, its paragraph. */
export function oneLine(reason: Reason): string {
  const text = withoutPara(reason);
  const tail = /\(([^()]+)\)$/.exec(text)?.[1] ?? "";
  const numbers = [...wordsOf(reason.para)].filter((word) => /\d/.test(word));
  return numbers.some((number) => wordsOf(tail).has(number)) ? text : `${text} (${reason.para})`;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

/** What quieter reasons add about the message: a thought for the person. What the device alone allows is none. */
export function asides(verdict: Verdict): string[] {
  return verdict.reasons.filter((reason) => RANK[reason.action] < RANK.notice && reason.text !== "" && reason.detector !== "device").map(withoutPara);
}
