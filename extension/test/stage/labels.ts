import type { Language } from "./options";

/** The accessible names the page carries in one language. */
export interface Labels {
  readonly htmlLang: string;
  readonly you: string;
  readonly youPrefix: string;
  readonly typeTo: (name: string) => string;
  readonly typeToGroup: (name: string) => string;
  readonly typeMessage: string;
  readonly send: string;
  readonly voice: string;
  readonly attach: string;
  readonly document: string;
  readonly caption: string;
  readonly close: string;
  readonly search: string;
  readonly chats: string;
  readonly profile: string;
  readonly quoted: string;
  readonly deletedByYou: string;
  readonly deleted: string;
  readonly today: string;
  readonly yesterday: string;
  readonly encrypted: string;
  readonly disappearing: string;
  readonly advancedPrivacy: string;
  readonly status: Readonly<Record<"pending" | "sent" | "delivered" | "read", string>>;
  readonly pick: string;
  readonly react: string;
}

const en: Labels = {
  htmlLang: "en",
  you: "You",
  youPrefix: "You:",
  typeTo: (n) => `Type a message to ${n}`,
  typeToGroup: (n) => `Type a message to group ${n}`,
  typeMessage: "Type a message",
  send: "Send",
  voice: "Voice message",
  attach: "Attach",
  document: "Document",
  caption: "Add a caption",
  close: "Close",
  search: "Search or start a new chat",
  chats: "Chats",
  profile: "Profile details",
  quoted: "Quoted message",
  deletedByYou: "You deleted this message",
  deleted: "This message was deleted",
  today: "Today",
  yesterday: "Yesterday",
  encrypted: "Messages are end-to-end encrypted. Only people in this chat can read them.",
  disappearing: "Messages disappear from this chat 24 hours after they are sent.",
  advancedPrivacy: "You turned on advanced chat privacy.",
  status: { pending: "Pending", sent: "Sent", delivered: "Delivered", read: "Read" },
  pick: "Choose a conversation to begin.",
  react: "reaction 👍. View reactions",
};

const fr: Labels = {
  htmlLang: "fr",
  you: "Vous",
  youPrefix: "Vous\u00a0:",
  typeTo: (n) => `Saisissez un message à ${n}`,
  typeToGroup: (n) => `Saisissez un message au groupe ${n}`,
  typeMessage: "Entrez un message",
  send: "Envoyer",
  voice: "Message vocal",
  attach: "Joindre",
  document: "Document",
  caption: "Ajouter une légende",
  close: "Fermer",
  search: "Rechercher ou démarrer une discussion",
  chats: "Discussions",
  profile: "Détails du profil",
  quoted: "Message cité",
  deletedByYou: "Vous avez supprimé ce message",
  deleted: "Ce message a été supprimé",
  today: "Aujourd’hui",
  yesterday: "Hier",
  encrypted: "Les messages sont chiffrés de bout en bout. Seules les personnes de cette discussion peuvent les lire.",
  disappearing: "Les messages disparaissent de cette discussion 24 heures après leur envoi.",
  advancedPrivacy: "Vous avez activé la confidentialité avancée de la discussion.",
  status: { pending: "En attente", sent: "Envoyé", delivered: "Distribué", read: "Lu" },
  pick: "Choisissez une conversation pour commencer.",
  react: "réaction 👍. Voir les réactions",
};

const pt: Labels = {
  htmlLang: "pt-BR",
  you: "Você",
  youPrefix: "Você:",
  typeTo: (n) => `Digite uma mensagem para ${n}`,
  typeToGroup: (n) => `Digite uma mensagem para o grupo ${n}`,
  typeMessage: "Digite uma mensagem",
  send: "Enviar",
  voice: "Mensagem de voz",
  attach: "Anexar",
  document: "Documento",
  caption: "Adicione uma legenda",
  close: "Fechar",
  search: "Pesquisar ou começar uma nova conversa",
  chats: "Conversas",
  profile: "Dados do perfil",
  quoted: "Mensagem citada",
  deletedByYou: "Você apagou esta mensagem",
  deleted: "Esta mensagem foi apagada",
  today: "Hoje",
  yesterday: "Ontem",
  encrypted: "As mensagens são protegidas com criptografia de ponta a ponta.",
  disappearing: "As mensagens desaparecem desta conversa 24 horas após o envio.",
  advancedPrivacy: "Você ativou a privacidade avançada da conversa.",
  status: { pending: "Pendente", sent: "Enviada", delivered: "Entregue", read: "Lida" },
  pick: "Escolha uma conversa para começar.",
  react: "reação 👍. Ver reações",
};

const it: Labels = {
  htmlLang: "it",
  you: "Tu",
  youPrefix: "Tu:",
  typeTo: (n) => `Scrivi un messaggio a ${n}`,
  typeToGroup: (n) => `Scrivi un messaggio al gruppo ${n}`,
  typeMessage: "Scrivi un messaggio",
  send: "Invia",
  voice: "Messaggio vocale",
  attach: "Allega",
  document: "Documento",
  caption: "Aggiungi una didascalia",
  close: "Chiudi",
  search: "Cerca o inizia una nuova chat",
  chats: "Chat",
  profile: "Dettagli profilo",
  quoted: "Messaggio citato",
  deletedByYou: "Hai eliminato questo messaggio",
  deleted: "Questo messaggio è stato eliminato",
  today: "Oggi",
  yesterday: "Ieri",
  encrypted: "I messaggi sono crittografati end-to-end.",
  disappearing: "I messaggi scompaiono da questa chat 24 ore dopo l’invio.",
  advancedPrivacy: "Hai attivato la privacy avanzata della chat.",
  status: { pending: "In attesa", sent: "Inviato", delivered: "Consegnato", read: "Letto" },
  pick: "Scegli una conversazione per iniziare.",
  react: "reazione 👍. Vedi reazioni",
};

export const labelsOf: Readonly<Record<Language, Labels>> = { en, fr, pt, it };
