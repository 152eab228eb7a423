// The training page: a walk-through on a made-up chat, and the quiz of each rule
// book. It draws what it is given and tells what the person did.

import type { Language, PackInfo } from "../../wire.ts";
import type { Training } from "../../training.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { QUIZ } from "../strings/quiz.ts";
import { button, day, frame, section } from "./frame.ts";

export type Step = "choose" | "chooseAgain" | "fields" | "fieldsMissing" | "write" | "stopped" | "released" | "done";

export interface QuizModel {
  pack: PackInfo;
  training: Training;
  /** Chosen answers by question; -1 for none. */
  chosen: number[];
  /** The answers were checked, and so they are explained. */
  checked: boolean;
  result: "" | "unanswered" | "pass" | "passLocked" | "fail";
}

export interface TrainingModel {
  language: Language;
  undelivered: number;
  step: Step;
  subject: string;
  quizzes: QuizModel[];
}

export interface TrainingActions {
  step(next: Step): void;
  subject(text: string): void;
  choose(pack: string, question: number, answer: number): void;
  check(pack: string): void;
  certificate(pack: string): void;
}

/** The message of the made-up chat that has to be kept. */
const DECISION = 2;

export function trainingPage(t: PageTexts, model: TrainingModel, actions: TrainingActions): HTMLElement[] {
  const quizzes = model.quizzes.map((quiz) => quizSection(t, model.language, quiz, actions));
  return frame(t, "training", model.undelivered, h("h1", {}, t.training.title), h("p", { class: "lead" }, t.training.intro), walk(t, model, actions), ...quizzes);
}

function walk(t: PageTexts, model: TrainingModel, actions: TrainingActions): HTMLElement {
  const w = t.training;
  const say = h("p", { class: "stated", id: "walk-step", role: "status" }, w.steps[model.step]);
  const part = { choose: chat, chooseAgain: chat, fields, fieldsMissing: fields, write: composer, stopped: stop, released: stop, done: finish }[model.step];
  return section("walk", w.walk, w.walkWhy, say, part(t, model, actions));
}

function chat(t: PageTexts, _: TrainingModel, actions: TrainingActions): HTMLElement {
  const w = t.training;
  const rows = w.messages.map(([from, text], i) =>
    h(
      "li",
      { class: "bubble", "data-own": from === w.me },
      h("p", {}, h("strong", {}, from), h("br"), text),
      button(`walk-keep-${i}`, w.keep, () => actions.step(i === DECISION ? "fields" : "chooseAgain"), { label: w.keepThis(text) }),
    ),
  );
  return h("div", { class: "box fake" }, h("h3", {}, w.chat), h("ul", {}, ...rows));
}

function fields(t: PageTexts, model: TrainingModel, actions: TrainingActions): HTMLElement {
  const w = t.training;
  const input = h("input", { id: "walk-subject", type: "text", autocomplete: "off" });
  input.value = model.subject;
  if (model.step === "fieldsMissing") input.setAttribute("aria-invalid", "true");
  input.addEventListener("input", () => actions.subject(input.value));
  const known = [[w.fields.from, "Amira"], [w.fields.to, w.me], [w.fields.date, "2026-11-22"], [w.fields.time, "09:14"]] as const;
  return h(
    "div",
    { class: "box fake" },
    h("dl", {}, ...known.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("div", { class: "field" }, h("label", { for: "walk-subject" }, w.fields.subject), input),
    h("div", { class: "acts" }, button("walk-kept", w.keep, () => actions.step(input.value.trim() ? "write" : "fieldsMissing"), { strong: true })),
  );
}

function composer(t: PageTexts, _: TrainingModel, actions: TrainingActions): HTMLElement {
  const w = t.training;
  const box = h("input", { id: "walk-draft", type: "text", readonly: true });
  box.value = w.draft;
  return h("div", { class: "box fake" }, h("div", { class: "field" }, h("label", { for: "walk-draft" }, w.draftLabel), box), h("div", { class: "acts" }, button("walk-send", w.send, () => actions.step("stopped"), { strong: true })));
}

function stop(t: PageTexts, _: TrainingModel, actions: TrainingActions): HTMLElement {
  const w = t.training;
  return h(
    "div",
    { class: "box fake" },
    h("p", {}, h("strong", {}, w.draft)),
    h("div", { class: "acts" }, button("walk-edit", w.edit, () => actions.step("done"), { strong: true }), button("walk-anyway", w.anyway, () => actions.step("released"))),
  );
}

function finish(t: PageTexts, _: TrainingModel, actions: TrainingActions): HTMLElement {
  return h("div", { class: "acts" }, button("walk-again", t.training.again, () => actions.step("choose")));
}

function quizSection(t: PageTexts, language: Language, quiz: QuizModel, actions: TrainingActions): HTMLElement {
  const w = t.training;
  const { id } = quiz.pack;
  const questions = QUIZ[id]?.[language] ?? [];
  const { last, state } = quiz.training;
  const about = state === "never" ? w.states.never : w.states[state](day(language, last));
  const right = questions.filter((question, i) => quiz.chosen[i] === question.right).length;
  const done = quiz.result === "pass" || quiz.result === "passLocked";
  const said = quiz.result === "" ? "" : quiz.result === "unanswered" ? w.unanswered : `${w.score(right, questions.length)} ${w[quiz.result]}`;
  return section(
    `quiz-${id}`,
    w.quiz(t.settings.packNames[id] ?? quiz.pack.title),
    about,
    ...questions.map((question, i) => asked(t, id, question, i, quiz, actions)),
    h("div", { class: "acts" }, button(`check-${id}`, w.check, () => actions.check(id), { strong: !done }), done ? button(`certificate-${id}`, w.certificate, () => actions.certificate(id), { strong: true }) : null),
    h("p", { id: `result-${id}`, role: "status" }, said),
  );
}

function asked(t: PageTexts, pack: string, question: { ask: string; answers: string[]; right: number; why: string }, i: number, quiz: QuizModel, actions: TrainingActions): HTMLElement {
  const name = `${pack}-${i}`;
  const chosen = quiz.chosen[i] ?? -1;
  const set = h("fieldset", { id: name, class: "radios" }, h("legend", {}, h("strong", {}, question.ask)));
  question.answers.forEach((text, n) => {
    const input = h("input", { type: "radio", name, id: `${name}-${n}`, checked: chosen === n });
    input.addEventListener("change", () => actions.choose(pack, i, n));
    set.append(h("div", { class: "option" }, input, h("label", { for: input.id }, text)));
  });
  if (quiz.checked && chosen >= 0) {
    const good = chosen === question.right;
    set.append(h("p", { class: good ? "hint" : "fault", id: `${name}-why` }, `${good ? t.training.right : t.training.wrong} ${question.why}`));
  }
  return set;
}
