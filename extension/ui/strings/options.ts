// Further parts of the settings page. French has the type of English.

const en = {
  channels: "Where Hanaper works",
  channelsWhy: "Switched off, it neither reads nor says anything there.",
  allowedOnly: "Your organisation allows only some of the places.",
  review: "Review",
  reviewWhy: "From time to time the side panel asks you to go through what is open. (paragraph 23)",
  reviewDays: "Days from one review to the next",
  contacts: "Where reports go",
  contactsWhy: "Proposed as recipients of the forms. You send them yourself.",
  contactsNone: "None entered.",
  contactRole: "Role",
  contactName: "Name, if you like",
  contactAddress: "E-mail address",
};

export const optionsEN = en;

export const optionsFR: typeof en = {
  channels: "Où Hanaper agit",
  channelsWhy: "Désactivé, il n’y lit rien et n’y dit rien.",
  allowedOnly: "Votre organisation n’autorise que certains lieux.",
  review: "Révision",
  reviewWhy: "De temps à autre, le panneau latéral vous demande de parcourir ce qui reste ouvert. (paragraphe 23)",
  reviewDays: "Jours d’une révision à l’autre",
  contacts: "Où vont les rapports",
  contactsWhy: "Proposés comme destinataires des formulaires. Vous les envoyez vous-même.",
  contactsNone: "Aucun indiqué.",
  contactRole: "Rôle",
  contactName: "Nom, si vous voulez",
  contactAddress: "Adresse de courriel",
};
