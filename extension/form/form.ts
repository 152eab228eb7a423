// What a form is. Each form is one file beside this one, with its texts in both
// languages. Pure: a form makes a document; the person sends it.

import type { ContactRole, Earlier, Hold, Language, OpenItem, Settings, StopEvent } from "../wire.ts";

export type FormId = "exceptional-use" | "breach" | "abuse" | "judgement" | "delegate" | "final-review" | "office-routine" | "alert";

/** What stands in the fields, by id; a file's bytes as base64. */
export type Values = Record<string, string>;

export interface Field {
  id: string;
  /** fact: worked out, shown, not written by the person. tick: "yes" or "". file: a mail's original, unchanged. */
  kind: "line" | "text" | "date" | "choice" | "fact" | "tick" | "file";
  required?: boolean;
  /** Left out of every draft unless the person ticks it (ruling 14). */
  ticked?: boolean;
}

export interface FormTexts {
  /** Of the list and the button that begins one. */
  title: string;
  /** What it is for, with the paragraph. */
  why: string;
  /** Of the mail; no word of the person's. */
  subject: string;
  /** Before the fields, in the document. */
  opening: string;
  fields: Record<string, { label: string; hint?: string; options?: Record<string, string> }>;
  /** Lines a form adds by itself. */
  more?: Record<string, string>;
}

/** What a new form can be begun with. */
export interface FormContext {
  settings: Settings;
  language: Language;
  hold: Hold;
  /** RFC 3339 with the device's zone. */
  now: string;
  /** 32 hexadecimal digits. */
  random: string;
  /** The message it is about, where it was begun from the panel. */
  item: OpenItem | null;
  /** What is open, for the final review. */
  open: { undecided: number; earlier: Earlier; pending: number; records: number; forms: number };
  /** Oldest first. */
  events: StopEvent[];
}

export interface Form {
  id: FormId;
  /** The clause it serves, "pack/clause". */
  clause: string;
  fields: Field[];
  /** Whom it goes to; each needs an address. */
  to(settings: Settings): ContactRole[];
  begin(context: FormContext): Values;
  /** Fields with a fault beyond those missing. */
  faults?(values: Values): string[];
  /** Lines after the fields. */
  closing?(values: Values, texts: FormTexts): string[];
  /** May be kept as a record of its own. */
  record?: boolean;
  texts: Record<Language, FormTexts>;
}

/** A form as it is stored. */
export interface SavedForm {
  id: string;
  form: FormId;
  values: Values;
  /** Addresses by role. */
  to: Partial<Record<ContactRole, string>>;
  /** The panel's item it is about, or "". */
  item: string;
  /** RFC 3339. */
  saved_at: string;
  /** When a draft of it was handed to the person, RFC 3339, or "". */
  handed_at: string;
}

/** Ids of required fields that are empty, and of those with another fault. */
export function faultsOf(form: Form, values: Values): string[] {
  const missing = form.fields.filter(({ id, required }) => required && !values[id]?.trim()).map(({ id }) => id);
  return [...new Set([...missing, ...(form.faults?.(values) ?? [])])];
}

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;

/** Roles whose address is missing, malformed, or not in a domain the organisation allows. */
export function badAddresses(form: Form, to: SavedForm["to"], settings: Settings): ContactRole[] {
  const allowed = (address: string) => {
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    const under = settings.allowed_domains;
    return under.length === 0 || under.some((one) => domain === one || domain.endsWith(`.${one}`));
  };
  return form.to(settings).filter((role) => {
    const address = to[role]?.trim() ?? "";
    return !ADDRESS.test(address) || address.length > 254 || !allowed(address);
  });
}

/** The addresses known by role, for a new form. */
export function knownAddresses(form: Form, settings: Settings): SavedForm["to"] {
  const out: SavedForm["to"] = {};
  for (const role of form.to(settings)) {
    const known = settings.contacts.find((contact) => contact.role === role)?.address;
    // An operator of mail keeps abuse@ its own domain (030319's companion 100301, mail).
    const domain = role === "abuse" ? settings.organisation.domains[0] : undefined;
    out[role] = known ?? (domain ? `abuse@${domain}` : "");
  }
  return out;
}
