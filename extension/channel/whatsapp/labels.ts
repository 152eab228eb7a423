// Words that WhatsApp Web shows, by what they mean. English, French,
// Portuguese, Italian, Spanish, German and Polish, as seen or reported up to
// November 2026 (shared/dom/NOTES.md); matched in lower case. A missing
// language costs an anchor, never a wrong reading: other evidence remains.

import { plain } from "../text.ts";

/**
 * "You", by the page's language: aria-label of the hidden sender of one's own
 * bubble ("You:") and last in a group's list of members. By language, because
 * a person may well be called Ty or Tu.
 */
const YOU: Record<string, readonly string[]> = {
  en: ["you"],
  fr: ["vous"],
  pt: ["você", "tu"],
  it: ["tu", "io"],
  es: ["tú", "tu", "usted"],
  de: ["du", "sie"],
  pl: ["ty"],
};

/** Whether a name is the page's word for its reader. */
export function isYou(name: string): boolean {
  const words = YOU[document.documentElement.lang.slice(0, 2).toLowerCase()];
  const lower = plain(name).toLowerCase();
  return words ? words.includes(lower) : Object.values(YOU).some((list) => list.includes(lower));
}

/** Status of one's own message, from the meta's aria-label. */
export const STATUS: Record<string, "pending" | "sent" | "delivered" | "read"> = {
  pending: "pending",
  "en attente": "pending",
  pendente: "pending",
  "in attesa": "pending",
  pendiente: "pending",
  ausstehend: "pending",
  sent: "sent",
  envoyé: "sent",
  enviada: "sent",
  enviado: "sent",
  inviato: "sent",
  gesendet: "sent",
  delivered: "delivered",
  distribué: "delivered",
  remis: "delivered",
  entregue: "delivered",
  consegnato: "delivered",
  entregado: "delivered",
  zugestellt: "delivered",
  read: "read",
  lu: "read",
  lida: "read",
  letto: "read",
  leído: "read",
  gelesen: "read",
};

/** Before the chat's name in the composer's aria-label. */
export const COMPOSE = {
  group: [
    "type a message to group ",
    "entrez un message pour le groupe ",
    "saisissez un message au groupe ",
    "écrire un message au groupe ",
    "écrivez un message au groupe ",
    "digite uma mensagem para o grupo ",
    "scrivi un messaggio al gruppo ",
    "escribe un mensaje al grupo ",
    "nachricht an gruppe ",
  ],
  one: [
    "type a message to ",
    "entrez un message pour ",
    "saisissez un message à ",
    "écrire un message à ",
    "écrivez un message à ",
    "digite uma mensagem para ",
    "scrivi un messaggio a ",
    "escribe un mensaje a ",
    "nachricht an ",
  ],
  /** Older pages: no name. */
  bare: [
    "type a message",
    "taper un message",
    "entrez un message",
    "saisissez un message",
    "écrire un message",
    "écrivez un message",
    "digite uma mensagem",
    "mensagem",
    "scrivi un messaggio",
    "escribe un mensaje",
    "nachricht eingeben",
    "nachricht schreiben",
  ],
  caption: [
    "add a caption",
    "ajouter une légende",
    "ajoutez une légende",
    "adicione uma legenda",
    "adicionar uma legenda",
    "aggiungi una didascalia",
    "añade un comentario",
    "añadir un comentario",
    "bildunterschrift hinzufügen",
  ],
} as const;

/** The send control's aria-label. */
export const SEND = new Set([
  "send",
  "envoyer",
  "enviar",
  "invia",
  "senden",
  "wyślij",
]);

/** The quoted message's aria-label. */
export const QUOTED = [
  "Quoted message",
  "Message cité",
  "Mensagem citada",
  "Messaggio citato",
  "Mensaje citado",
  "Zitierte Nachricht",
] as const;

/** The control that opens the rest of a long message. */
export const MORE = new Set([
  "read more",
  "lire la suite",
  "en savoir plus",
  "ler mais",
  "leia mais",
  "leggi di più",
  "leggi tutto",
  "leer más",
  "mehr lesen",
  "weiterlesen",
]);

/** "Today" between messages. */
export const TODAY = new Set(["today", "aujourd'hui", "aujourd’hui", "hoje", "oggi", "hoy", "heute"]);
/** "Yesterday" between messages. */
export const YESTERDAY = new Set(["yesterday", "hier", "ontem", "ieri", "ayer", "gestern"]);

/** What a deleted message says, from its start. */
export const DELETED = [
  "this message was deleted",
  "you deleted this message",
  "ce message a été supprimé",
  "ce message a été effacé",
  "vous avez supprimé ce message",
  "esta mensagem foi apagada",
  "mensagem apagada",
  "você apagou esta mensagem",
  "questo messaggio è stato eliminato",
  "hai eliminato questo messaggio",
  "se eliminó este mensaje",
  "eliminaste este mensaje",
  "diese nachricht wurde gelöscht",
] as const;

/** Before a name the page itself is not sure of: "Maybe Ravi Menon". */
export const MAYBE = ["maybe ", "peut-être ", "talvez ", "forse ", "quizás ", "vielleicht "] as const;

/**
 * A duration in a notice about disappearing messages, in seconds: the page says
 * 24 hours, 7 days or 90 days. 0 where none is named.
 */
export function durationIn(text: string): number {
  const lower = plain(text).toLowerCase();
  if (/\b24\s?(hours?|heures?|horas?|ore|stunden|h)\b/.test(lower)) return 86_400;
  if (/\b7\s?(days?|jours?|dias?|días?|giorni|tage?n?)(?!\p{L})/u.test(lower)) return 604_800;
  if (/\b90\s?(days?|jours?|dias?|días?|giorni|tage?n?)(?!\p{L})/u.test(lower)) return 7_776_000;
  return 0;
}

/** Whether a notice row speaks of disappearing messages, on or off. */
export function disappearing(text: string): "on" | "off" | null {
  const lower = plain(text).toLowerCase();
  const named =
    /disappear|éphémère|disparaiss|temporária|desaparec|effimer|scompa|temporales|selbstlöschend|verschwind/.test(lower);
  if (!named) return null;
  return /turned off|désactivé|desativ|disattiv|desactiv|deaktiviert|ausgeschaltet/.test(lower)
    ? "off"
    : "on";
}

/**
 * Whether a notice row speaks of advanced chat privacy, on or off: it asks that
 * nothing be exported from the chat (WhatsApp, April 2025). Names as in the app's
 * settings; the notices themselves are told from help pages, not from captures.
 */
export function advancedPrivacy(text: string): "on" | "off" | null {
  const lower = plain(text).toLowerCase();
  const named =
    /advanced chat privacy|confidentialité.{0,24}avancée|privacidade avançada|privacy avanzata|privacidad avanzada|erweiterte.{0,3} chat-?(datenschutz|privatsphäre)/;
  if (!named.test(lower)) return null;
  return /turned off|désactivé|desativ|disattiv|desactiv|deaktiviert|ausgeschaltet/.test(lower) ? "off" : "on";
}

/** "You:" and the like: aria-label of one's own bubble. */
export function saysYou(label: string): boolean {
  const clean = plain(label);
  return clean.endsWith(":") && isYou(clean.slice(0, -1));
}

/** A label that names somebody else as the sender: "Asha Rao:". */
export function saysOther(label: string): boolean {
  const clean = plain(label);
  return clean.length > 1 && clean.endsWith(":") && !saysYou(clean);
}

export function statusOf(label: string): "pending" | "sent" | "delivered" | "read" | "" {
  return STATUS[plain(label).toLowerCase()] ?? "";
}

/** What a composer's label says: caption, the kind of chat and its name; null if not a composer. */
export function readComposeLabel(
  label: string,
): { use: "caption" | "message"; kind: "one" | "group" | "unknown"; name: string } | null {
  const clean = plain(label);
  const lower = clean.toLowerCase();
  if (COMPOSE.caption.some((text) => lower.startsWith(text))) {
    return { use: "caption", kind: "unknown", name: "" };
  }
  for (const kind of ["group", "one"] as const) {
    const head = COMPOSE[kind].find((text) => lower.startsWith(text));
    if (head) return { use: "message", kind, name: clean.slice(head.length).trim() };
  }
  const bare = COMPOSE.bare.some((text) => lower === text || lower === `${text}…` || lower === `${text}...`);
  return bare ? { use: "message", kind: "unknown", name: "" } : null;
}
