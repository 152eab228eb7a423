// F13: how a private office keeps the record, on one page (UK guidance, 26b).

import type { Form } from "./form.ts";

export const officeRoutine: Form = {
  id: "office-routine",
  clause: "uk-nccc-2023/UK-26b",
  fields: [
    { id: "principal", kind: "line", required: true },
    { id: "who", kind: "line", required: true },
    { id: "cover", kind: "line" },
    { id: "how_often", kind: "choice", required: true },
    { id: "channels", kind: "text", required: true },
    { id: "where", kind: "line", required: true },
    { id: "groups", kind: "text" },
    { id: "review", kind: "date" },
  ],
  to: () => ["private_office"],
  begin: ({ settings }) => ({ principal: settings.name, how_often: "weekly" }),
  texts: {
    en: {
      title: "Office routine",
      why: "Who keeps the record, when and where, agreed between a minister or senior official and the private office. (paragraph 26b)",
      subject: "Routine for keeping records of messages",
      opening: "This is how we keep records of messages (guidance on non-corporate communication channels, paragraph 26b).",
      fields: {
        principal: { label: "For" },
        who: { label: "Who keeps the record" },
        cover: { label: "Who covers for them" },
        how_often: { label: "How often", options: { daily: "every day", weekly: "every week", after_meetings: "after each meeting or call" } },
        channels: { label: "Channels covered" },
        where: { label: "Where records go" },
        groups: { label: "Groups the office is a member of" },
        review: { label: "Looked at again on" },
      },
    },
    fr: {
      title: "Routine du cabinet",
      why: "Qui consigne, quand et où, convenu entre un ministre ou haut fonctionnaire et son cabinet. (paragraphe 26b)",
      subject: "Routine de consignation des messages",
      opening: "Voici comment nous consignons les messages (lignes directrices sur les canaux non institutionnels, paragraphe 26b).",
      fields: {
        principal: { label: "Pour" },
        who: { label: "Qui consigne" },
        cover: { label: "Qui remplace" },
        how_often: { label: "À quelle fréquence", options: { daily: "chaque jour", weekly: "chaque semaine", after_meetings: "après chaque réunion ou appel" } },
        channels: { label: "Canaux visés" },
        where: { label: "Où vont les documents" },
        groups: { label: "Groupes dont le cabinet est membre" },
        review: { label: "À revoir le" },
      },
    },
  },
};
