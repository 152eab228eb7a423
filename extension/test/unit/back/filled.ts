// A filled-in one of each form, of synthetic people.

import type { FormId, SavedForm, Values } from "../../../form/form.ts";
import { knownAddresses } from "../../../form/form.ts";
import { formOf } from "../../../form/registry.ts";
import { defaults } from "../../../settings.ts";
import type { Contact, Settings } from "../../../wire.ts";

const address = (role: Contact["role"]): Contact => ({ role, name: role, address: `${role.replace("_", "-")}@department.example` });

export const office: Settings = {
  ...defaults(),
  name: "Dana Ellis",
  address: "dana.ellis@department.example",
  contacts: (["records", "head", "security", "privacy", "abuse", "private_office", "administrator"] as const).map(address),
  alerts: { to: ["security", "privacy"], on: ["block"] },
};

/** A mail's original with bytes above 127, bare line feeds and a line that looks like a boundary. */
export const original = Uint8Array.from(
  "Received: from mx.example by mail.department.example; Sun, 22 Nov 2026 14:00:00 +0000\r\nFrom: nobody@prize.example\r\nSubject: You won\r\n\r\nCaf\xe9\n--hanaper-0-0\r\nOpen http://prize.example\r\n\x00end".split("").map((c) => c.charCodeAt(0)),
);

export const FILLED: Record<FormId, Values> = {
  "exceptional-use": { name: "Dana Ellis", unit: "Harbour", role: "official", device: "unmanaged", channel: "WhatsApp", when: "2026-11-22 14:03", information: "marked", marking: "OFFICIAL-SENSITIVE", why: "The office system was down\nduring the flood", safeguards: "Disappearing messages off", kept: "sha256:1234" },
  breach: { name: "Dana Ellis", discovered: "2026-11-22 14:03", happened: "A list went to the wrong group", channel: "WhatsApp", data: "Names and telephone numbers", people: "40", consequences: "Unwanted calls", measures: "Recalled within five minutes" },
  abuse: { original: btoa(String.fromCharCode(...original)), original_name: "prize.eml", note: "Claims a prize" },
  judgement: { decided: "not_significant", when: "2026-11-22 14:03", channel: "WhatsApp", paragraph: "UK-14", why: "Only the place of the meeting changed" },
  delegate: { task: "hanaper-task-0123456789ab", from: "Dana Ellis", delegate: "Sam Reed", channel: "WhatsApp", chat: "Ministers and harbour", since: "2026-11-16", until: "2026-11-22", due: "2026-11-25" },
  "final-review": { name: "Dana Ellis", reason: "post", last_day: "2026-12-01", undecided: "2", earlier: "0", pending: "1", records: "14", forms: "0", hold: "held", chats: "yes", phone: "yes", why_open: "The folder is down until Monday", minister: "yes" },
  "office-routine": { principal: "Dana Ellis", who: "Sam Reed", cover: "Ben Lindqvist", how_often: "daily", channels: "WhatsApp, SMS", where: "Registry, series 14", groups: "Harbour flood desk", review: "2027-03-01" },
  alert: { since: "2026-11-20", until: "2026-11-22", stops: "uk-nccc-2023/UK-11, whatsapp, block: 2" },
};

export function filled(form: FormId, id = "0".repeat(32)): SavedForm {
  return { id, form, values: { ...FILLED[form] }, to: knownAddresses(formOf(form), office), item: "", saved_at: "2026-11-22T14:03:00+00:00", handed_at: "" };
}
