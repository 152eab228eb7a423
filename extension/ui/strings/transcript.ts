// What a person reads where they write down by hand what no page of ours shows.
// French has the type of English.

import type { Language } from "../../wire.ts";

const en = {
  title: "Write down by hand",
  intro: "For Signal, SMS on a phone, a call, or any program that Hanaper does not see. What you write becomes a record with its five fields, like any other, marked as a transcript.",
  before: "Keep the original where it is as long as you can: a transcript says what you wrote down, not what was sent.",
  program: "Where was it?",
  programs: {
    signal: "Signal",
    sms: "SMS on a phone",
    imessage: "iMessage",
    whatsapp: "WhatsApp on a phone",
    instagram: "Instagram",
    x: "X",
    teams: "Teams",
    slack: "Slack",
    manual: "A call, a meeting, something else",
  },
  who: "With whom?",
  whoHint: "A name or number; several with semicolons between. For a group, its name first.",
  whoNeeded: "Please say with whom it was.",
  write: "Write it down…",
  kept: "Kept. You can write down the next one.",
};

export type TranscriptStrings = typeof en;

const fr: TranscriptStrings = {
  title: "Noter à la main",
  intro: "Pour Signal, les SMS d’un téléphone, un appel, ou tout programme que Hanaper ne voit pas. Ce que vous notez devient un document à cinq champs comme les autres, marqué comme transcription.",
  before: "Gardez l’original où il est aussi longtemps que possible : une transcription dit ce que vous avez noté, pas ce qui a été envoyé.",
  program: "Où était-ce ?",
  programs: {
    signal: "Signal",
    sms: "SMS sur un téléphone",
    imessage: "iMessage",
    whatsapp: "WhatsApp sur un téléphone",
    instagram: "Instagram",
    x: "X",
    teams: "Teams",
    slack: "Slack",
    manual: "Un appel, une réunion, autre chose",
  },
  who: "Avec qui ?",
  whoHint: "Un nom ou un numéro ; plusieurs séparés par des points-virgules. Pour un groupe, son nom d’abord.",
  whoNeeded: "Indiquez avec qui c’était.",
  write: "Noter…",
  kept: "Conservé. Vous pouvez noter le suivant.",
};

export const transcriptTexts = (language: Language): TranscriptStrings => (language === "fr" ? fr : en);
