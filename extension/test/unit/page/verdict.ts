// Verdicts for the unit tests of the page.

import type { Action, Reason, Verdict } from "../../../wire.ts";

export function reason(action: Action, more: Partial<Reason> = {}): Reason {
  return {
    pack: "uk-nccc-2023",
    clause: "UK-9a",
    also: [],
    para: "paragraph 9a",
    text_id: "W-UK-9a",
    text: "Marked information. (paragraph 9a)",
    action,
    detector: "marking",
    spans: [],
    confidence: 1,
    once: "",
    override: "click",
    ...more,
  };
}

export function verdict(action: Action, more: Partial<Verdict> = {}): Verdict {
  return {
    v: 1,
    id: "",
    permission: "care",
    duty: "none",
    action,
    scope: { class: "business", probability: 1 },
    significance: { probability: 0, significant: false, limbs: [], acts: [] },
    marking: "",
    reasons: action === "allow" ? [] : [reason(action)],
    obligations: [],
    advice: [],
    drift: [],
    digest: `sha256:${"0".repeat(64)}`,
    packs: [{ id: "uk-nccc-2023", version: "1.0.0", overdue: false }],
    core: "0.0.0",
    warnings: [],
    error: "",
    ...more,
  } as Verdict;
}
