// F1: a use that only exceptional circumstances justify is reported to two places
// (UK guidance, 10a).

import type { Form } from "./form.ts";

export const exceptionalUse: Form = {
  id: "exceptional-use",
  clause: "uk-nccc-2023/UK-10a",
  fields: [
    { id: "name", kind: "line", required: true },
    { id: "unit", kind: "line" },
    { id: "role", kind: "choice" },
    { id: "device", kind: "choice", required: true },
    { id: "channel", kind: "line", required: true },
    { id: "when", kind: "line", required: true },
    { id: "information", kind: "choice", required: true },
    { id: "marking", kind: "line" },
    { id: "why", kind: "text", required: true },
    { id: "safeguards", kind: "text" },
    { id: "kept", kind: "line" },
  ],
  to: () => ["records", "head"],
  begin: ({ settings, item, now }) => ({
    name: settings.name,
    role: settings.role,
    device: settings.device,
    channel: item?.channel ?? "",
    when: (item?.at ?? now).slice(0, 16).replace("T", " "),
    information: item ? "significant" : "",
  }),
  texts: {
    en: {
      title: "Exceptional-use report",
      why: "You used a device nobody manages for significant or marked information. The guidance asks that both are told: your Knowledge and Information Management team and your Head of Unit. (paragraph 10a)",
      subject: "Report of an exceptional use of a non-corporate channel",
      opening: "I report a use of a non-corporate communication channel on a device that is not corporately managed (guidance on non-corporate communication channels, paragraph 10a).",
      fields: {
        name: { label: "Name" },
        unit: { label: "Unit" },
        role: { label: "I am a", options: { official: "public servant", minister: "minister", special_adviser: "special adviser", contractor: "contractor", board_member: "board member", expert: "adviser or expert from outside" } },
        device: { label: "Device", options: { managed: "work device", byod_managed: "own device, managed by the organisation", unmanaged: "own device, managed by me", unknown: "not known who manages it" } },
        channel: { label: "Channel", hint: "WhatsApp, private e-mail, ..." },
        when: { label: "Date and time" },
        information: { label: "What it was", options: { significant: "significant information", marked: "marked information", both: "significant and marked information" } },
        marking: { label: "Marking, if any" },
        why: { label: "What made it exceptional", hint: "The circumstances, not the message." },
        safeguards: { label: "What was done to protect it" },
        kept: { label: "Where it is on record", hint: "The record’s id, or the place in the department’s system." },
      },
    },
    fr: {
      title: "Rapport d’usage exceptionnel",
      why: "Vous avez utilisé un appareil que personne ne gère pour des informations importantes ou marquées. Les lignes directrices demandent de le dire aux deux : l’équipe de gestion de l’information et votre chef d’unité. (paragraphe 10a)",
      subject: "Rapport d’un usage exceptionnel d’un canal non institutionnel",
      opening: "Je signale l’usage d’un canal de communication non institutionnel sur un appareil qui n’est pas géré par l’institution (lignes directrices sur les canaux non institutionnels, paragraphe 10a).",
      fields: {
        name: { label: "Nom" },
        unit: { label: "Unité" },
        role: { label: "Je suis", options: { official: "fonctionnaire", minister: "ministre", special_adviser: "membre du personnel politique", contractor: "sous-traitant", board_member: "membre d’un conseil", expert: "conseiller ou expert externe" } },
        device: { label: "Appareil", options: { managed: "appareil de travail", byod_managed: "appareil personnel géré par l’organisation", unmanaged: "appareil personnel géré par moi", unknown: "gestionnaire inconnu" } },
        channel: { label: "Canal", hint: "WhatsApp, courriel privé, ..." },
        when: { label: "Date et heure" },
        information: { label: "Nature de l’information", options: { significant: "information importante", marked: "information marquée", both: "information importante et marquée" } },
        marking: { label: "Marquage, s’il y en a un" },
        why: { label: "Ce qui rendait le cas exceptionnel", hint: "Les circonstances, pas le message." },
        safeguards: { label: "Mesures de protection prises" },
        kept: { label: "Où c’est consigné", hint: "L’identifiant du document, ou l’endroit dans le système du ministère." },
      },
    },
  },
};
