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
}

const dated = (lang: string) => (at: Date): string =>
  at.toLocaleString(lang, { weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

export const wordsOf: Readonly<Record<"en" | "fr", Words>> = {
  en: { lang: "en", send: "Send ‪(Ctrl-Enter)‬", body: "Message Body", subject: "Subject", to: "To recipients", attach: "Attach files", schedule: "Schedule send", compose: "Compose", fresh: "New Message", account: "Google Account: Dana Ellis (dana.ellis@department.example)", date: dated("en-US") },
  fr: { lang: "fr", send: "Envoyer ‪(Ctrl-Enter)‬", body: "Corps du message", subject: "Objet", to: "Destinataires", attach: "Joindre des fichiers", schedule: "Programmer l'envoi", compose: "Nouveau message", fresh: "Nouveau message", account: "Compte Google : Dana Ellis (dana.ellis@department.example)", date: dated("fr-FR") },
};
