// The questions of the quiz, by rule book. right: the place of the right answer,
// the same in both languages; why names the paragraph.

import type { Language } from "../../wire.ts";

export interface Question {
  ask: string;
  answers: string[];
  right: number;
  why: string;
}

const uk: Record<Language, Question[]> = {
  en: [
    { ask: "A colleague asks in WhatsApp where the meeting is. May you answer there on your work phone?", answers: ["Yes, at your discretion", "Only with a report", "No"], right: 0, why: "Logistical information is permitted; use your discretion. (paragraph 9b)" },
    { ask: "The minister writes in a group: “Agreed, stop work on option B.” What does it need?", answers: ["Nothing, everybody has seen it", "A record in the department’s system", "To be deleted"], right: 1, why: "A decision changes the direction of the work: significant information is captured into government systems. (paragraphs 14 and 19)" },
    { ask: "May something marked SECRET go into a messenger?", answers: ["On a work device", "If the chat is encrypted", "Never"], right: 2, why: "SECRET and TOP SECRET must not be shared there, on any device. (paragraph 11)" },
    { ask: "You had to send significant information from your own, unmanaged phone. Who is told?", answers: ["Nobody", "Your Knowledge and Information Management team and your Head of Unit", "Your IT support"], right: 1, why: "Such use needs exceptional circumstances and is reported to both. (paragraph 10a)" },
    { ask: "Messages in a chat disappear after a week. Is that allowed?", answers: ["Yes, as long as what must be kept is on record before", "No, never", "Only in private chats"], right: 0, why: "Disappearing messages have a role, but must not affect recordkeeping. (paragraph 24)" },
  ],
  fr: [
    { ask: "Un collègue demande dans WhatsApp où est la réunion. Pouvez-vous y répondre avec votre téléphone de travail ?", answers: ["Oui, à votre discrétion", "Seulement avec un rapport", "Non"], right: 0, why: "Les informations pratiques sont permises ; usez de discrétion. (paragraphe 9b)" },
    { ask: "La ministre écrit dans un groupe : « D’accord, on arrête l’option B. » Que faut-il ?", answers: ["Rien, tout le monde l’a vu", "Le consigner dans le système du ministère", "Le supprimer"], right: 1, why: "Une décision change la direction du travail : ce qui importe est versé aux systèmes de l’État. (paragraphes 14 et 19)" },
    { ask: "Un contenu marqué SECRET peut-il aller dans une messagerie ?", answers: ["Sur un appareil de travail", "Si la conversation est chiffrée", "Jamais"], right: 2, why: "SECRET et TOP SECRET ne doivent pas y être partagés, quel que soit l’appareil. (paragraphe 11)" },
    { ask: "Vous avez dû envoyer une information importante de votre propre téléphone, non géré. À qui le dire ?", answers: ["À personne", "À l’équipe de gestion de l’information et à votre chef d’unité", "Au soutien informatique"], right: 1, why: "Un tel usage demande des circonstances exceptionnelles et est signalé aux deux. (paragraphe 10a)" },
    { ask: "Les messages d’une conversation disparaissent après une semaine. Est-ce permis ?", answers: ["Oui, si ce qui doit être conservé est consigné avant", "Non, jamais", "Seulement dans les conversations privées"], right: 0, why: "Les messages éphémères ont leur rôle, mais ne doivent pas nuire à la conservation. (paragraphe 24)" },
  ],
};

const ca: Record<Language, Question[]> = {
  en: [
    { ask: "By message you approve a purchase that is recorded nowhere else. What now?", answers: ["Keep it in the official repository", "Nothing", "Forward it to your private e-mail"], right: 0, why: "It has business value: it is documented in another format and stored in the repository. (employees, paragraph 4)" },
    { ask: "Which five fields does a kept message always have?", answers: ["To, from, date, time, subject", "Name, place, date, file, note", "Only the text"], right: 0, why: "To, from, date, time and subject, in all cases. (employees, paragraph 5)" },
    { ask: "An access request has come in. A message of yours looks worthless. May you delete it?", answers: ["Yes, it has no business value", "No, not until the ATIP office has a complete copy", "Yes, after a week"], right: 1, why: "Once a request is in, erasing or altering to deny access is an offence. (employees, paragraph 6)" },
    { ask: "May Protected information go into a messenger?", answers: ["Yes, if both phones are at work", "Only where security and technical authorities approved that service for it", "Yes, in French"], right: 1, why: "Never, unless the service was exceptionally approved by both. (institutions, paragraph 3)" },
    { ask: "Should an institution log all messages automatically?", answers: ["Yes, to be safe", "No", "Only on weekdays"], right: 1, why: "Automatic logging is not recommended: logs are no repository. (institutions, paragraph 1)" },
  ],
  fr: [
    { ask: "Par message, vous approuvez un achat qui n’est consigné nulle part ailleurs. Que faire ?", answers: ["Le conserver dans le dépôt officiel", "Rien", "Le transférer à votre courriel privé"], right: 0, why: "Il a une valeur opérationnelle : il est consigné sous une autre forme dans le dépôt. (employés, paragraphe 4)" },
    { ask: "Quels sont les cinq champs d’un message conservé ?", answers: ["À, de, date, heure, objet", "Nom, lieu, date, fichier, note", "Seulement le texte"], right: 0, why: "À, de, date, heure et objet, dans tous les cas. (employés, paragraphe 5)" },
    { ask: "Une demande d’accès est arrivée. Un de vos messages semble sans valeur. Pouvez-vous le supprimer ?", answers: ["Oui, il n’a pas de valeur opérationnelle", "Non, pas avant que le bureau de l’AIPRP ait une copie complète", "Oui, après une semaine"], right: 1, why: "Dès qu’une demande est reçue, effacer ou modifier pour empêcher l’accès est une infraction à la loi. (employés, paragraphe 6)" },
    { ask: "Un renseignement Protégé peut-il aller dans une messagerie ?", answers: ["Oui, si les deux téléphones sont au travail", "Seulement si les autorités de sécurité et technique ont approuvé ce service", "Oui, en français"], right: 1, why: "Jamais, sauf approbation exceptionnelle du service par les deux. (institutions, paragraphe 3)" },
    { ask: "Une institution doit-elle consigner tous les messages automatiquement ?", answers: ["Oui, par prudence", "Non", "Seulement en semaine"], right: 1, why: "La consignation automatique n’est pas recommandée : un journal n’est pas un dépôt. (institutions, paragraphe 1)" },
  ],
};

const nc: Record<Language, Question[]> = {
  en: [
    { ask: "Your agency has no approved risk assessment for a messenger. May you use it for work?", answers: ["Yes, for short messages", "No", "Only with colleagues"], right: 1, why: "Only where the risks are identified and mitigated, or with an approved deviation. (030319)" },
    { ask: "Somebody asks for their Social Security number by message. What do you do?", answers: ["Send it, it is theirs", "Send the last digits first", "Leave it out and give it another way"], right: 2, why: "Such numbers are to be flagged or dropped; use a service approved for them. (030319, confidential information)" },
    { ask: "A stranger sends a link that looks like your agency’s site. What first?", answers: ["Open it to see", "Leave it and report it", "Forward it to the team"], right: 1, why: "Links in messages are a common way in. The original with all headers goes to the abuse account. (030319, URLs; 100301)" },
    { ask: "How often is security awareness training due?", answers: ["Once", "Every year", "Every five years"], right: 1, why: "Once a year, and for new or changed policies. (030319, training)" },
    { ask: "You want to install another messenger for work. Who says yes?", answers: ["You", "Your agency’s security or IT staff", "The app store"], right: 1, why: "Software is installed as the agency directs. (030319, software)" },
  ],
  fr: [
    { ask: "Votre organisme n’a pas d’évaluation des risques approuvée pour une messagerie. Pouvez-vous l’utiliser au travail ?", answers: ["Oui, pour de courts messages", "Non", "Seulement entre collègues"], right: 1, why: "Seulement si les risques sont connus et réduits, ou avec une dérogation approuvée. (030319)" },
    { ask: "Une personne demande son numéro de sécurité sociale par message. Que faites-vous ?", answers: ["L’envoyer, c’est le sien", "Envoyer d’abord les derniers chiffres", "Ne pas l’écrire et le donner autrement"], right: 2, why: "Ces numéros sont à signaler ou à retenir ; utilisez un service approuvé. (030319, renseignements confidentiels)" },
    { ask: "Un inconnu envoie un lien qui ressemble au site de votre organisme. Que faire d’abord ?", answers: ["L’ouvrir pour voir", "Ne pas y toucher et le signaler", "Le transférer à l’équipe"], right: 1, why: "Les liens sont une porte d’entrée courante. L’original avec tous ses en-têtes va au compte des abus. (030319, liens ; 100301)" },
    { ask: "À quelle fréquence la formation à la sécurité est-elle due ?", answers: ["Une fois", "Chaque année", "Tous les cinq ans"], right: 1, why: "Une fois l’an, et pour des règles nouvelles ou changées. (030319, formation)" },
    { ask: "Vous voulez installer une autre messagerie pour le travail. Qui l’autorise ?", answers: ["Vous", "La sécurité ou l’informatique de votre organisme", "La boutique d’applications"], right: 1, why: "Les logiciels s’installent comme l’organisme le prescrit. (030319, logiciels)" },
  ],
};

export const QUIZ: Record<string, Record<Language, Question[]>> = { "uk-nccc-2023": uk, "ca-im-protocol": ca, "us-nc-030319": nc };
