// F8: an abuse report. The original goes along as message/rfc822, byte for byte,
// with all its headers (North Carolina, 100301).

import type { Form, Values } from "./form.ts";

/** The header of a mail's original: everything before its first empty line, latin-1. */
export function headerOf(base64: string): string {
  const text = atob(base64);
  const end = /\r?\n\r?\n/.exec(text);
  return text.slice(0, end ? end.index : text.length);
}

/** whole: has the headers of the servers it came through. partial: has headers, but not those. none: no mail's original. */
export function originalState({ original = "" }: Values): "whole" | "partial" | "none" {
  if (!original) return "none";
  const header = headerOf(original);
  if (!/^[A-Za-z][A-Za-z0-9-]*:/.test(header) || !/^From:/im.test(header)) return "none";
  return /^Received:/im.test(header) ? "whole" : "partial";
}

export const abuse: Form = {
  id: "abuse",
  clause: "us-nc-030319/NI-10",
  fields: [
    { id: "original", kind: "file", required: true },
    { id: "note", kind: "text" },
  ],
  to: () => ["abuse"],
  begin: () => ({}),
  faults: (values) => (originalState(values) === "none" ? ["original"] : []),
  closing: (values, { more }) => [more?.[originalState(values)] ?? ""], // of no original nothing is said
  texts: {
    en: {
      title: "Report abuse",
      why: "The original of a harmful message, with all its headers, for whoever runs the mail. In Gmail it is under “Show original”, “Download original”; in Outlook under “Download”. (100301)",
      subject: "Abuse report",
      opening: "The attached message was received as it is. Its original goes along unchanged.",
      fields: {
        original: { label: "The original message (.eml)", hint: "Not a forward: that has lost the headers." },
        note: { label: "What is wrong with it" },
      },
      more: {
        whole: "The attachment has all headers.",
        partial: "The attachment has no Received headers: it may not be complete.",
      },
    },
    fr: {
      title: "Signaler un abus",
      why: "L’original d’un message nuisible, avec tous ses en-têtes, pour qui gère la messagerie. Dans Gmail : « Afficher l’original », « Télécharger l’original » ; dans Outlook : « Télécharger ». (100301)",
      subject: "Signalement d’un abus",
      opening: "Le message joint a été reçu tel quel. Son original est transmis sans changement.",
      fields: {
        original: { label: "Le message original (.eml)", hint: "Pas un transfert : il a perdu les en-têtes." },
        note: { label: "Ce qui ne va pas" },
      },
      more: {
        whole: "La pièce jointe a tous ses en-têtes.",
        partial: "La pièce jointe n’a pas d’en-tête Received : elle n’est peut-être pas complète.",
      },
    },
  },
};
