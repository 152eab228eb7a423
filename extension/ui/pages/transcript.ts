// Where a person writes down what no page of ours shows: which program, with whom, and
// then the same dialog as everywhere.

import { parseParties, type ChatFacts } from "../record.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import type { TranscriptStrings } from "../strings/transcript.ts";
import { fault, field, select } from "./controls.ts";
import { button, frame } from "./frame.ts";

export type Program = keyof TranscriptStrings["programs"];

export interface TranscriptModel {
  program: Program;
  who: string;
  undelivered: number;
}

export interface TranscriptActions {
  program(program: Program): void;
  who(text: string): void;
  write(chat: ChatFacts): void;
}

export function transcriptPage(t: PageTexts, s: TranscriptStrings, model: TranscriptModel, actions: TranscriptActions): HTMLElement[] {
  const who = field({ id: "who", label: s.who, value: model.who, hint: s.whoHint }, (text) => actions.who(text));
  const input = who.querySelector("input");
  const press = (): void => {
    const chat = factsOf(model.program, input?.value ?? "");
    if (input) fault(input, chat.title === "" ? s.whoNeeded : "");
    if (chat.title === "") input?.focus();
    else actions.write(chat);
  };
  return frame(
    t,
    "transcript",
    model.undelivered,
    h("h1", {}, s.title),
    h("p", { class: "lead" }, s.intro),
    h("p", { class: "hint" }, s.before),
    h(
      "section",
      { "aria-label": s.title },
      select({ id: "program", label: s.program, value: model.program, options: Object.entries(s.programs) as [Program, string][] }, (program) => actions.program(program)),
      who,
      h("div", { class: "acts" }, button("write", s.write, press, { strong: true })),
    ),
  );
}

/** One name is a chat between two; of several, the first may be the group's own. */
export function factsOf(program: Program, who: string): ChatFacts {
  const members = parseParties(who);
  const title = members[0]?.name ?? "";
  return { channel: program, title, kind: members.length === 1 ? "one" : "group", members, membersComplete: members.length === 1 };
}
