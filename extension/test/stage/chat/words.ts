/** The chat pages' words in the languages of the stand-ins. */

export interface Words {
  readonly lang: string;
  readonly send: string;
  readonly write: string;
  readonly today: string;
  readonly sentByYou: string;
  /** The name a page gives a message for those who hear it. */
  readonly said: (name: string, text: string, own: boolean, at: string) => string;
  readonly you: string;
  readonly clock: (at: Date) => string;
  readonly full: (at: Date) => string;
}

const clock = (lang: string) => (at: Date): string => at.toLocaleTimeString(lang, { hour: "numeric", minute: "2-digit" });
const full = (lang: string) => (at: Date): string => at.toLocaleString(lang, { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" });

export const wordsOf: Readonly<Record<"en" | "fr", Words>> = {
  en: {
    lang: "en", send: "Send", write: "Write a message", today: "Today", sentByYou: "You sent", you: "You", clock: clock("en-US"), full: full("en-US"),
    said: (name, text, own, at) => `${name} said: ${text}. ${own ? "Sent" : "Received"} on ${at}.`,
  },
  fr: {
    lang: "fr", send: "Envoyer", write: "Écrire un message", today: "Aujourd’hui", sentByYou: "Vous avez envoyé", you: "Vous", clock: clock("fr-FR"), full: full("fr-FR"),
    said: (name, text, own, at) => `${name} a dit : ${text}. ${own ? "Envoyé" : "Reçu"} le ${at}.`,
  },
};
