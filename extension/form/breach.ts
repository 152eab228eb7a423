// F6: a breach of personal data, told to the data protection officer with the clock
// of 72 hours from its discovery (UK guidance, 37; UK GDPR, article 33).

import type { Form, Values } from "./form.ts";

const CLOCK_HOURS = 72;
const TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/;

/** The end of the 72 hours, "YYYY-MM-DD HH:MM" by the same clock; "" where the discovery is no time. */
export function deadline({ discovered = "" }: Values): string {
  const [, date, time] = TIME.exec(discovered.trim()) ?? [];
  const at = date && time ? Date.parse(`${date}T${time}:00Z`) : NaN;
  if (Number.isNaN(at)) return "";
  return new Date(at + CLOCK_HOURS * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

export const breach: Form = {
  id: "breach",
  clause: "uk-nccc-2023/UK-37.1",
  fields: [
    { id: "name", kind: "line", required: true },
    { id: "discovered", kind: "line", required: true },
    { id: "happened", kind: "text", required: true },
    { id: "channel", kind: "line" },
    { id: "data", kind: "text", required: true },
    { id: "people", kind: "line" },
    { id: "consequences", kind: "text" },
    { id: "measures", kind: "text" },
  ],
  to: () => ["privacy"],
  begin: ({ settings, now, item }) => ({ name: settings.name, discovered: now.slice(0, 16).replace("T", " "), channel: item?.channel ?? "" }),
  faults: (values) => (deadline(values) ? [] : ["discovered"]),
  closing: (values, { more }) => [`${more?.["deadline"] ?? ""} ${deadline(values)}`, more?.["decides"] ?? ""],
  texts: {
    en: {
      title: "Breach of personal data",
      why: "Personal data went where it should not have, or may have. Your data protection officer decides whether the regulator is told, within 72 hours of the discovery. (paragraph 37)",
      subject: "Possible breach of personal data",
      opening: "I report what may be a breach of personal data (guidance on non-corporate communication channels, paragraph 37).",
      fields: {
        name: { label: "Name" },
        discovered: { label: "Discovered", hint: "Date and time, as 2026-11-22 14:03." },
        happened: { label: "What happened", hint: "Without the data themselves." },
        channel: { label: "Channel" },
        data: { label: "Kinds of data", hint: "Names, addresses, health, ...: the kind, not the data." },
        people: { label: "How many people, about" },
        consequences: { label: "Likely consequences" },
        measures: { label: "What was done about it" },
      },
      more: { deadline: "72 hours from the discovery end:", decides: "Whether it is notifiable is for the data protection officer to say." },
    },
    fr: {
      title: "Atteinte à des données personnelles",
      why: "Des données personnelles sont allées, ou ont pu aller, où elles ne devaient pas. Votre délégué à la protection des données décide s’il faut prévenir l’autorité, dans les 72 heures de la découverte. (paragraphe 37)",
      subject: "Atteinte possible à des données personnelles",
      opening: "Je signale ce qui est peut-être une atteinte à des données personnelles (lignes directrices sur les canaux non institutionnels, paragraphe 37).",
      fields: {
        name: { label: "Nom" },
        discovered: { label: "Découverte", hint: "Date et heure, comme 2026-11-22 14:03." },
        happened: { label: "Ce qui s’est passé", hint: "Sans les données elles-mêmes." },
        channel: { label: "Canal" },
        data: { label: "Types de données", hint: "Noms, adresses, santé, ... : le type, pas les données." },
        people: { label: "Nombre de personnes, environ" },
        consequences: { label: "Conséquences probables" },
        measures: { label: "Ce qui a été fait" },
      },
      more: { deadline: "Les 72 heures de la découverte finissent le :", decides: "C’est au délégué à la protection des données de dire s’il faut notifier." },
    },
  },
};
