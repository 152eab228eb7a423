/** The page's words in the languages of the stand-in. */

export interface Words {
  readonly lang: string;
  readonly send: string;
  readonly body: string;
  readonly subject: string;
  readonly to: string;
  readonly attach: string;
  readonly schedule: string;
  readonly compose: string;
  readonly fresh: string;
  readonly account: string;
  readonly date: (at: Date) => string;
  readonly outlook: OutlookWords;
}

export interface OutlookWords {
  readonly lang: string;
  readonly send: string;
  readonly enter: string;
  readonly more: string;
  readonly body: string;
  readonly subject: string;
  readonly to: string;
  readonly cc: string;
  readonly attach: string;
  readonly attachments: string;
  readonly schedule: string;
  readonly compose: string;
  readonly folders: string;
  readonly pane: string;
  readonly message: string;
  readonly document: string;
  readonly from: string;
  readonly toPrefix: string;
  readonly date: (at: Date) => string;
}

const dated = (lang: string) => (at: Date): string =>
  at.toLocaleString(lang, { weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

/** "Sat 09/19/2026 09:51 AM". */
const figures = (lang: string) => (at: Date): string =>
  `${at.toLocaleDateString(lang, { weekday: "short" })} ${at.toLocaleDateString(lang, { year: "numeric", month: "2-digit", day: "2-digit" })} ${at.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" })}`;

const outlook: Readonly<Record<"en" | "fr", OutlookWords>> = {
  en: {
    lang: "en", send: "Send", enter: "Enter", more: "More send options", body: "Message body, press Alt+F10 to exit", subject: "Subject", to: "To", cc: "Cc", attach: "Attach file", attachments: "attachments",
    schedule: "Schedule send", compose: "New mail", folders: "Folders", pane: "Reading Pane", message: "Email message", document: "Message body", from: "From: ", toPrefix: "To: ", date: figures("en-US"),
  },
  fr: {
    lang: "fr", send: "Envoyer", enter: "Entrée", more: "Autres options d’envoi", body: "Corps du message, appuyez sur Alt+F10 pour quitter", subject: "Objet", to: "À", cc: "Cc", attach: "Joindre un fichier", attachments: "pièces jointes",
    schedule: "Programmer l’envoi", compose: "Nouveau message", folders: "Dossiers", pane: "Volet de lecture", message: "Message électronique", document: "Corps du message", from: "De : ", toPrefix: "À : ", date: figures("fr-FR"),
  },
};

export const wordsOf: Readonly<Record<"en" | "fr", Words>> = {
  en: { lang: "en", send: "Send ‪(Ctrl-Enter)‬", body: "Message Body", subject: "Subject", to: "To recipients", attach: "Attach files", schedule: "Schedule send", compose: "Compose", fresh: "New Message", account: "Google Account: Dana Ellis (dana.ellis@department.example)", date: dated("en-US"), outlook: outlook.en },
  fr: { lang: "fr", send: "Envoyer ‪(Ctrl-Enter)‬", body: "Corps du message", subject: "Objet", to: "Destinataires", attach: "Joindre des fichiers", schedule: "Programmer l'envoi", compose: "Nouveau message", fresh: "Nouveau message", account: "Compte Google : Dana Ellis (dana.ellis@department.example)", date: dated("fr-FR"), outlook: outlook.fr },
};
