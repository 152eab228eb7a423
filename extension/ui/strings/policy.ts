// What a person or an administrator reads on the page of the settings in force.
// French has the type of English.

import type { Source } from "../../wire.ts";

const en = {
  link: "Every setting in force, whose it is, and a file for support",
  title: "Settings in force",
  intro: "Every member of the settings, the value that counts, and whose it is. For whoever looks after your settings; docs/administrators.md explains each.",
  none: "Your organisation has set no policy in this browser.",
  some: (n: number) => (n === 1 ? "Your organisation has set one setting." : `Your organisation has set ${n} settings.`),
  faults: "Parts of the settings could not be read",
  faultsWhy: "The usual value counts in their place. “enforced” and “defaults” are the policy’s; the others are your own.",
  caption: "Settings in force",
  columns: { name: "Setting", value: "Value", source: "Whose it is" },
  sources: { policy: "your organisation’s, fixed", preset: "your organisation’s proposal", person: "yours", usual: "the usual one" } satisfies Record<Source, string>,
  sealed: (n: number) => (n === 1 ? "1 entry" : `${n} entries`),
  support: "A file for support",
  supportWhy: "Versions, permissions, counts, and the settings without any words: of a text only whether there is one. No message, name, address or domain. You see it whole before you save it.",
  supportSave: "Save this file",
};

export const policyEN = en;

export const policyFR: typeof en = {
  link: "Tous les réglages en vigueur, à qui ils sont, et un fichier pour le soutien",
  title: "Réglages en vigueur",
  intro: "Chaque réglage, la valeur qui compte, et à qui il est. Pour qui s’occupe de vos réglages ; docs/administrators.md les explique.",
  none: "Votre organisation n’a fixé aucune politique dans ce navigateur.",
  some: (n) => (n === 1 ? "Votre organisation a fixé un réglage." : `Votre organisation a fixé ${n} réglages.`),
  faults: "Des parties des réglages n’ont pas pu être lues",
  faultsWhy: "La valeur habituelle compte à leur place. « enforced » et « defaults » viennent de la politique ; les autres sont à vous.",
  caption: "Réglages en vigueur",
  columns: { name: "Réglage", value: "Valeur", source: "À qui il est" },
  sources: { policy: "à votre organisation, fixé", preset: "proposé par votre organisation", person: "à vous", usual: "l’habituel" },
  sealed: (n) => (n === 1 ? "1 entrée" : `${n} entrées`),
  support: "Un fichier pour le soutien",
  supportWhy: "Versions, autorisations, nombres, et les réglages sans aucun mot : d’un texte, seulement s’il y en a un. Ni message, ni nom, ni adresse, ni domaine. Vous le voyez en entier avant de l’enregistrer.",
  supportSave: "Enregistrer ce fichier",
};
