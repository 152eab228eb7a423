// A judgement note: what the person decided and why, to explain and defend it later
// (UK guidance, 6). Held by the person; can be kept as a record of its own.

import type { Form } from "./form.ts";

export const judgement: Form = {
  id: "judgement",
  clause: "uk-nccc-2023/UK-6",
  record: true,
  fields: [
    { id: "decided", kind: "choice", required: true },
    { id: "when", kind: "line", required: true },
    { id: "channel", kind: "line" },
    { id: "paragraph", kind: "line" },
    { id: "why", kind: "text", required: true },
  ],
  to: () => [],
  begin: ({ now, item }) => ({ when: (item?.at ?? now).slice(0, 16).replace("T", " "), channel: item?.channel ?? "", paragraph: item?.rules[0] ?? "" }),
  texts: {
    en: {
      title: "Judgement note",
      why: "The guidance asks for your professional judgement, and that you can explain it later. One line written now does that. (paragraph 6)",
      subject: "Note of a judgement",
      opening: "What I judged, and why (guidance on non-corporate communication channels, paragraph 6).",
      fields: {
        decided: { label: "I judged that it", options: { not_significant: "is not significant", not_marked: "is not what it looked like", needed: "was needed there and then", no_record: "needs no record", elsewhere: "is on record elsewhere", other: "(see below)" } },
        when: { label: "Date and time" },
        channel: { label: "Channel" },
        paragraph: { label: "Rule" },
        why: { label: "Why", hint: "The circumstances, not the message." },
      },
    },
    fr: {
      title: "Note de jugement",
      why: "Les lignes directrices demandent votre jugement professionnel, et de pouvoir l’expliquer. Une ligne écrite maintenant y suffit. (paragraphe 6)",
      subject: "Note d’un jugement",
      opening: "Ce que j’ai jugé, et pourquoi (lignes directrices sur les canaux non institutionnels, paragraphe 6).",
      fields: {
        decided: { label: "J’ai jugé que c’", options: { not_significant: "est sans importance notable", not_marked: "n’est pas ce qu’il semblait", needed: "était nécessaire sur le moment", no_record: "n’est pas à conserver", elsewhere: "est consigné ailleurs", other: "(voir plus bas)" } },
        when: { label: "Date et heure" },
        channel: { label: "Canal" },
        paragraph: { label: "Règle" },
        why: { label: "Pourquoi", hint: "Les circonstances, pas le message." },
      },
    },
  },
};
