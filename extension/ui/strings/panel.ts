// What a person reads in the side panel. French has the type of English.

const en = {
  title: "What is open",
  intro: "Of this browser session. The texts stay in the messenger; nothing of them is stored here.",

  undecided: "Sent, not decided yet",
  undecidedWhy: "These may have to be on record. You decide for each.",
  none: "Nothing: every message that may have to be kept is decided.",
  must: "has to be kept",
  may: "may have to be kept",
  show: "Show and keep…",
  showOf: (what: string) => `Show and keep: ${what}`,
  elsewhere: "Already on record elsewhere",
  notNeeded: "Needs no record",
  of: (act: string, what: string) => `${act}: ${what}`,
  closed: "Its tab is closed. Open the chat again; this line goes by its time.",
  notShown: "That tab did not answer. Open the chat and use Keep there.",
  report: "Write the report (10a)…",
  decided: "Taken off the list.",

  earlier: (messages: number, chats: number) =>
    `${messages === 1 ? "One message" : `${messages} messages`} in ${chats === 1 ? "one chat" : `${chats} chats`} from earlier sessions ${messages === 1 ? "was" : "were"} not decided when the browser was closed. Which ones is not stored: please look through your chats.`,
  earlierDone: "I have looked through them",

  pending: "Records not filed yet",
  pendingNone: "None: all records are filed.",
  pendingSome: (n: number) => (n === 1 ? "One record waits." : `${n} records wait.`),
  fileAll: "File all that wait",
  renew: "Allow writing and file them",
  choose: "Choose where records go",
  saveThem: "Save them as files",

  reports: "Reports saved and not sent",

  hold: "Access requests",
  holds: {
    held: "One covers your messages. Keep everything as it is.",
    none: "You said that you know of none.",
    unknown: "Nobody has said whether one covers your messages.",
  },
  holdSay: "Say so in the settings",

  review: "Review",
  reviewDue: "Please go through what is open above, and through your chats: is anything significant not on record yet?",
  reviewOK: (next: string) => `Nothing is due. The next one is on ${next}, if anything is open then.`,
  reviewLast: (date: string) => `The last one was on ${date}.`,
  reviewDone: "I have been through it",
  reviewSaved: "Noted, with today’s date.",
  final: "Final review…",
  finalWhy: "Before you change your device or leave your post.",
  leaving: (date: string) => `Your last day in the post is ${date}. A final review is due before it. (paragraphs 23 and 27)`,

  move: "Better there",
  moveWhy: "Your organisation’s own systems. They open without any text of yours.",
  moveTo: (name: string) => `Open ${name}`,

  more: "More",
};

export const panelEN = en;

export const panelFR: typeof en = {
  title: "Ce qui reste ouvert",
  intro: "De cette session du navigateur. Les textes restent dans la messagerie ; rien n’en est conservé ici.",

  undecided: "Envoyés, pas encore décidés",
  undecidedWhy: "Il faut peut-être les conserver. Vous décidez pour chacun.",
  none: "Rien : chaque message à conserver peut-être est décidé.",
  must: "à conserver",
  may: "peut-être à conserver",
  show: "Voir et conserver…",
  showOf: (what) => `Voir et conserver : ${what}`,
  elsewhere: "Déjà consigné ailleurs",
  notNeeded: "Rien à conserver",
  of: (act, what) => `${act} : ${what}`,
  closed: "Son onglet est fermé. Rouvrez la conversation ; l’heure vous guide.",
  notShown: "Cet onglet n’a pas répondu. Ouvrez la conversation et utilisez Conserver sur place.",
  report: "Rédiger le rapport (10a)…",
  decided: "Retiré de la liste.",

  earlier: (messages, chats) =>
    `${messages === 1 ? "Un message" : `${messages} messages`} dans ${chats === 1 ? "une conversation" : `${chats} conversations`} de sessions précédentes ${messages === 1 ? "n’était pas décidé" : "n’étaient pas décidés"} à la fermeture du navigateur. Lesquels n’est pas conservé : parcourez vos conversations.`,
  earlierDone: "Je les ai parcourues",

  pending: "Documents pas encore classés",
  pendingNone: "Aucun : tous les documents sont classés.",
  pendingSome: (n) => (n === 1 ? "Un document attend." : `${n} documents attendent.`),
  fileAll: "Classer tout ce qui attend",
  renew: "Permettre l’écriture et les classer",
  choose: "Choisir où vont les documents",
  saveThem: "Les enregistrer comme fichiers",

  reports: "Rapports enregistrés et pas envoyés",

  hold: "Demandes d’accès",
  holds: {
    held: "L’une vise vos messages. Gardez tout tel quel.",
    none: "Vous avez dit n’en connaître aucune.",
    unknown: "Personne n’a dit si l’une vise vos messages.",
  },
  holdSay: "Le dire dans les réglages",

  review: "Révision",
  reviewDue: "Parcourez ce qui est ouvert ci-dessus, puis vos conversations : reste-t-il quelque chose d’important qui n’est pas consigné ?",
  reviewOK: (next) => `Rien à faire. La prochaine sera le ${next}, si quelque chose est alors ouvert.`,
  reviewLast: (date) => `La dernière a eu lieu le ${date}.`,
  reviewDone: "J’ai tout parcouru",
  reviewSaved: "Noté, avec la date du jour.",
  final: "Révision finale…",
  finalWhy: "Avant de changer d’appareil ou de quitter votre poste.",
  leaving: (date) => `Votre dernier jour en poste est le ${date}. Une révision finale est à faire avant. (paragraphes 23 et 27)`,

  move: "Mieux là-bas",
  moveWhy: "Les systèmes de votre organisation. Ils s’ouvrent sans aucun texte de vous.",
  moveTo: (name) => `Ouvrir ${name}`,

  more: "Autres pages",
};
