// F10: a task for somebody of the private office to keep records for a minister or
// senior official (UK guidance, 22). It holds no content, and the chat's name only
// where that is ticked.

import type { Form } from "./form.ts";

export const delegate: Form = {
  id: "delegate",
  clause: "uk-nccc-2023/UK-22",
  fields: [
    { id: "task", kind: "fact" },
    { id: "from", kind: "line", required: true },
    { id: "delegate", kind: "line", required: true },
    { id: "channel", kind: "line", required: true },
    { id: "chat", kind: "line", ticked: true },
    { id: "since", kind: "date", required: true },
    { id: "until", kind: "date", required: true },
    { id: "due", kind: "date", required: true },
    { id: "done", kind: "line" },
  ],
  to: () => ["private_office"],
  begin: ({ settings, now, item, random }) => {
    const day = (item?.at ?? now).slice(0, 10);
    const office = settings.contacts.find(({ role }) => role === "private_office");
    return { task: `hanaper-task-${random.slice(0, 12)}`, from: settings.name, delegate: office?.name ?? "", channel: item?.channel ?? "", since: day, until: day };
  },
  faults: ({ since = "", until = "", due = "" }) => [...(until < since ? ["until"] : []), ...(due && due < until ? ["due"] : [])],
  closing: (values, { more }) => [values["done"] ? "" : (more?.["reply"] ?? "")],
  texts: {
    en: {
      title: "Task for the private office",
      why: "Ministers and senior officials can have their private office keep the record. This gives the task to one person, without what was written. (paragraph 22)",
      subject: "Task: keep a record of messages",
      opening: "Please keep a record of the significant messages of the period below (guidance on non-corporate communication channels, paragraph 22).",
      fields: {
        task: { label: "Task" },
        from: { label: "From" },
        delegate: { label: "To be done by" },
        channel: { label: "Channel" },
        chat: { label: "Name of the chat" },
        since: { label: "Messages from" },
        until: { label: "to" },
        due: { label: "Due" },
        done: { label: "Done: id of the record", hint: "Filled in when the delegate reports it." },
      },
      more: { reply: "When it is done, please answer with the record’s id." },
    },
    fr: {
      title: "Tâche pour le cabinet",
      why: "Les ministres et hauts fonctionnaires peuvent confier la consignation à leur cabinet. Ceci donne la tâche à une personne, sans ce qui a été écrit. (paragraphe 22)",
      subject: "Tâche : consigner des messages",
      opening: "Veuillez consigner les messages importants de la période ci-dessous (lignes directrices sur les canaux non institutionnels, paragraphe 22).",
      fields: {
        task: { label: "Tâche" },
        from: { label: "De la part de" },
        delegate: { label: "À faire par" },
        channel: { label: "Canal" },
        chat: { label: "Nom de la conversation" },
        since: { label: "Messages du" },
        until: { label: "au" },
        due: { label: "Échéance" },
        done: { label: "Fait : identifiant du document", hint: "À remplir quand la personne le signale." },
      },
      more: { reply: "Une fois la tâche faite, veuillez répondre avec l’identifiant du document." },
    },
  },
};
