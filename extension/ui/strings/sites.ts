// What a person reads about sites added by data. French has the type of English.

import type { Language } from "../../wire.ts";

const en = {
  title: "Other chat pages",
  why: "A chat page that Hanaper does not know can be described in a file: where its messages are, where one writes, what sends. Hanaper checks nothing on a page until you allow it here.",
  none: "None was added.",
  add: "Add one from a file",
  how: "How such a file is written is told in docs/sites.md. It holds names of parts of the page, no program.",
  hosts: (hosts: string) => `on ${hosts}`,
  allowed: "allowed",
  waiting: "not allowed yet: nothing is checked there",
  allow: (name: string) => `Allow on ${name}`,
  allowedNow: "Allowed. Reload the page if it is open.",
  denied: "The browser’s question was answered with no. Nothing is checked there.",
  added: "Added. Allow it, and its messages are checked.",
  removed: "Removed; Hanaper no longer runs there.",
  fault: (why: string) => `Not used: ${why}.`,
  notAdded: (why: string) => `This file was not added: ${why}.`,
};

export type SiteStrings = typeof en;

const fr: SiteStrings = {
  title: "Autres pages de discussion",
  why: "Une page de discussion que Hanaper ne connaît pas peut être décrite dans un fichier : où sont ses messages, où l’on écrit, ce qui envoie. Hanaper ne vérifie rien sur une page tant que vous ne l’avez pas autorisé ici.",
  none: "Aucune n’a été ajoutée.",
  add: "En ajouter une depuis un fichier",
  how: "docs/sites.md explique comment écrire un tel fichier. Il contient des noms de parties de la page, aucun programme.",
  hosts: (hosts) => `sur ${hosts}`,
  allowed: "autorisée",
  waiting: "pas encore autorisée : rien n’y est vérifié",
  allow: (name) => `Autoriser sur ${name}`,
  allowedNow: "Autorisée. Rechargez la page si elle est ouverte.",
  denied: "La réponse à la question du navigateur était non. Rien n’y est vérifié.",
  added: "Ajoutée. Autorisez-la, et ses messages seront vérifiés.",
  removed: "Retirée ; Hanaper n’y fonctionne plus.",
  fault: (why) => `Non utilisée : ${why}.`,
  notAdded: (why) => `Ce fichier n’a pas été ajouté : ${why}.`,
};

export const siteTexts = (language: Language): SiteStrings => (language === "fr" ? fr : en);
