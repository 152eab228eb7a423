// What a person reads on the page of what is covered. French has the type of English.

import type { CoverageRow } from "../pages/coverage.ts";

type Status = CoverageRow["status"];

const en = {
  title: "What is covered",
  intro: "Every paragraph of the rule books, and how far Hanaper serves it. A line reads “done” only where a test was seen to fail when its rule was switched off.",
  link: "How far each paragraph is covered",
  show: "Show",
  all: (n: number) => `all ${n}`,
  status: { done: "done", partial: "partly", later: "not yet", organisation: "for your organisation" } satisfies Record<Status, string>,
  statusWhy: {
    done: "Hanaper does it, and a test proves it.",
    partial: "Hanaper serves it; something is missing, or no test has proven it by switching it off.",
    later: "Planned, not there.",
    organisation: "No program can do this. Your organisation has to.",
  } satisfies Record<Status, string>,
  several: "All rule books",
  count: (n: number) => (n === 1 ? "One paragraph." : `${n} paragraphs.`),
  words: "What it says",
  noWords: "Its words are not in this pack.",
  served: "What serves it",
  missing: "What is missing",
};

type CoverageTexts = typeof en;

const fr: CoverageTexts = {
  title: "Ce qui est couvert",
  intro: "Chaque paragraphe des règles, et dans quelle mesure Hanaper y répond. Une ligne porte « fait » seulement si l’on a vu un test échouer une fois sa règle désactivée. Le détail est en anglais.",
  link: "Dans quelle mesure chaque paragraphe est couvert",
  show: "Montrer",
  all: (n) => `les ${n}`,
  status: { done: "fait", partial: "en partie", later: "pas encore", organisation: "à votre organisation" },
  statusWhy: {
    done: "Hanaper le fait, et un test le prouve.",
    partial: "Hanaper y répond ; quelque chose manque, ou aucun test ne l’a prouvé en le désactivant.",
    later: "Prévu, pas encore là.",
    organisation: "Aucun programme ne peut le faire. C’est à votre organisation.",
  },
  several: "Toutes les règles",
  count: (n) => (n <= 1 ? `${n} paragraphe.` : `${n} paragraphes.`),
  words: "Ce qu’il dit",
  noWords: "Son texte n’est pas dans ces règles.",
  served: "Ce qui y répond",
  missing: "Ce qui manque",
};

export { en as coverageEN, fr as coverageFR };
