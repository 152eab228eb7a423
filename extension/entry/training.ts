// The training page: what was completed is a member of the settings.

import { Outbox } from "../outbox/outbox.ts";
import { localTime } from "../service/clock.ts";
import { passed, trainingOf } from "../training.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { trainingPage, type QuizModel, type TrainingActions, type TrainingModel } from "../ui/pages/training.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import { QUIZ } from "../ui/strings/quiz.ts";
import type { SettingsAnswer } from "../wire.ts";
import { ask } from "./pages/ask.ts";
import { offer } from "./pages/exit.ts";
import { start } from "./pages/start.ts";

const today = () => localTime(new Date()).slice(0, 10);

void start(async () => {
  const outbox = await Outbox.open();
  const { packs } = await ask({ op: "info" });
  const [undelivered, first] = await Promise.all([outbox.undelivered(), ask({ op: "settings" })]);
  let answer: SettingsAnswer = first;
  const quizzes: QuizModel[] = packs
    .filter(({ id }) => answer.settings.packs.includes(id) && QUIZ[id])
    .map((pack) => ({ pack, training: trainingOf(pack, answer.settings.briefings, today()), chosen: [], checked: false, result: "" }));
  const model: TrainingModel = { language: answer.language, undelivered, step: "choose", subject: "", quizzes };
  const texts = () => pageTexts(model.language);
  const show = () => draw(document.body, model.language, `${texts().training.title} - ${texts().product}`, trainingPage(texts(), model, actions));
  const quizOf = (id: string) => model.quizzes.find(({ pack }) => pack.id === id);

  const check = async (quiz: QuizModel) => {
    const questions = QUIZ[quiz.pack.id]?.[model.language] ?? [];
    if (questions.some((_, i) => (quiz.chosen[i] ?? -1) < 0)) {
      quiz.result = "unanswered";
      return;
    }
    const right = questions.filter((question, i) => quiz.chosen[i] === question.right).length;
    quiz.checked = true;
    quiz.result = "fail";
    if (!passed(right, questions.length)) return;
    quiz.result = answer.locked.includes("briefings") ? "passLocked" : "pass";
    if (quiz.result === "passLocked") return;
    const others = answer.settings.briefings.filter(({ pack }) => pack !== quiz.pack.id);
    const briefing = { pack: quiz.pack.id, version: quiz.pack.version, date: today() };
    answer = await ask({ op: "save", changes: { briefings: [...others, briefing] } });
    quiz.training = trainingOf(quiz.pack, answer.settings.briefings, today());
  };
  const actions: TrainingActions = {
    step: (next) => {
      model.step = next;
      show();
      document.querySelector<HTMLElement>("#walk .box button, #walk .acts button, #walk .box input:not([readonly])")?.focus();
    },
    subject: (text) => (model.subject = text),
    choose: (pack, question, chosen) => {
      const quiz = quizOf(pack);
      if (quiz) Object.assign(quiz, { chosen: Object.assign([...quiz.chosen], { [question]: chosen }), checked: false, result: "" });
    },
    check: (pack) => {
      const quiz = quizOf(pack);
      if (quiz) void check(quiz).then(show, () => announce(document.body, texts().notSaved, "warn"));
    },
    certificate: (pack) => {
      const quiz = quizOf(pack);
      const questions = QUIZ[pack]?.[model.language] ?? [];
      if (!quiz) return;
      const right = questions.filter((question, i) => quiz.chosen[i] === question.right).length;
      const w = texts().training;
      const text = w.certificateText(answer.settings.name, texts().settings.packNames[pack] ?? quiz.pack.title, quiz.pack.version, today(), w.score(right, questions.length));
      offer("certificate", `hanaper-training-${pack}-${today()}.txt`, new TextEncoder().encode(text), "text/plain;charset=utf-8");
    },
  };
  show();
});
