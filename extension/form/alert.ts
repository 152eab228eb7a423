// An alert about stops: how many, by which rule, where and when. No text, value,
// name or digest (North Carolina, 030319, alerts; ruling 14). The person sees it
// first and sends it.

import type { StopEvent } from "../wire.ts";
import type { Form } from "./form.ts";

/** A line for each rule and channel, most first. */
export function tally(events: StopEvent[]): string {
  const counts = new Map<string, number>();
  for (const { channel, action, rules } of events) {
    for (const rule of rules) {
      const key = `${rule}, ${channel}, ${action}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([key, n]) => `${key}: ${n}`).join("\n");
}

export const alert: Form = {
  id: "alert",
  clause: "us-nc-030319/NC-G7d",
  fields: [
    { id: "since", kind: "fact" },
    { id: "until", kind: "fact" },
    { id: "stops", kind: "fact" },
  ],
  to: ({ alerts }) => alerts.to,
  begin: ({ settings, events }) => {
    const told = events.filter(({ action }) => settings.alerts.on.length === 0 || settings.alerts.on.includes(action));
    return { since: told[0]?.at.slice(0, 10) ?? "", until: told.at(-1)?.at.slice(0, 10) ?? "", stops: tally(told) };
  },
  faults: ({ stops }) => (stops ? [] : ["stops"]),
  texts: {
    en: {
      title: "Alert about stops",
      why: "Your organisation asks to be told how often messages are stopped, and by which rule. It is told no text, no name and no chat. (030319, filters and alerts)",
      subject: "Alert: messages stopped",
      opening: "Messages were stopped on this device. Nothing of their content is in this alert.",
      fields: { since: { label: "From" }, until: { label: "To" }, stops: { label: "Rule, channel, what was asked: how often" } },
    },
    fr: {
      title: "Avis sur les messages retenus",
      why: "Votre organisation demande à savoir combien de messages sont retenus, et selon quelle règle. Elle n’apprend ni texte, ni nom, ni conversation. (030319, filtres et avis)",
      subject: "Avis : messages retenus",
      opening: "Des messages ont été retenus sur cet appareil. Rien de leur contenu ne figure dans cet avis.",
      fields: { since: { label: "Du" }, until: { label: "Au" }, stops: { label: "Règle, canal, ce qui était demandé : nombre" } },
    },
  },
};
