/** The stand-in's conversations: synthetic people, numbers reserved for fiction. */

export interface Attached {
  readonly name: string;
  /** bytes */
  readonly size: number;
  readonly type: string;
}

export type Status = "pending" | "sent" | "delivered" | "read";

export interface Row {
  readonly id: string;
  /** "" is the person at the keyboard */
  readonly from: string;
  readonly at: Date;
  readonly kind: "text" | "document" | "image" | "voice" | "deleted" | "system" | "privacy";
  readonly text: string;
  readonly quoted?: { readonly from: string; readonly text: string };
  readonly file?: Attached;
  readonly status?: Status;
  readonly card?: { readonly title: string; readonly about: string; readonly host: string };
  readonly reaction?: boolean;
}

export interface Chat {
  readonly key: string;
  readonly title: string;
  readonly kind: "one" | "group";
  /** digits of the other person, or of the group */
  readonly jid: string;
  readonly phone: string;
  readonly members: readonly string[];
  readonly unread: number;
  readonly disappearing: boolean;
  readonly hue: number;
  readonly rows: readonly Row[];
}

/** The person at the keyboard, as the page names them. */
export const self = { name: "Dana Ellis", phone: "+44 7700 900100" };

/** Numbers of the people in the groups. */
export const phones: Readonly<Record<string, string>> = {
  "Amira Khan": "+44 7700 900111",
  "Ben Osei": "+44 7700 900112",
  "Nuala Byrne": "+44 7700 900113",
  "Leila Haddad": "+44 7700 900114",
  "Tom Whitlow": "+44 7700 900115",
  "Julie Lacasse": "+1 613 555 0142",
  "Rhéal Cormier": "+1 506 555 0117",
  "Deb Hensley": "+1 919 555 0133",
  "Travis Queen": "+1 828 555 0159",
};

interface Line extends Partial<Omit<Row, "id" | "at">> {
  /** minutes before the page was opened */
  readonly ago: number;
}

/** FNV-1a over the whole seed, drawn out to the length wanted. */
function hex(seed: string, length: number): string {
  let out = "";
  for (let round = 0; out.length < length; round++) {
    let h = 0x811c9dc5 ^ round;
    for (const c of seed) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    out += (h >>> 8).toString(16).padStart(6, "0");
  }
  return out.slice(0, length).toUpperCase();
}

let counter = 0;

/** A message id of the page's kind: 32 digits from a phone of one's own, 20 of another's. */
export function newId(own: boolean, seed = `${Date.now()}/${counter}`): string {
  counter++;
  return own ? `A5${hex(seed, 30)}` : `3A${hex(seed, 18)}`;
}

function rows(key: string, lines: readonly Line[], now: number): Row[] {
  return lines.map((l, i) => ({
    kind: "text",
    text: "",
    from: "",
    ...(l.from === undefined || l.from === "" ? { status: "read" as const } : {}),
    ...l,
    id: newId((l.from ?? "") === "", `${key}/${i}`),
    at: new Date(now - l.ago * 60_000),
  }));
}

function long(): Line[] {
  const people = ["Ben Osei", "Nuala Byrne", "", "Amira Khan"];
  const said = ["On my way", "Room 4 is free again", "Lift is back", "Thanks, all sorted", "Copies are on the printer"];
  return Array.from({ length: 300 }, (_, i) => ({
    ago: 900 - i * 3,
    from: people[i % people.length] ?? "",
    text: `${said[i % said.length] ?? ""} (${i + 1})`,
  }));
}

function group(key: string, title: string, jid: string, members: string[], hue: number, lines: Line[], now: number): Chat {
  return { key, title, kind: "group", jid, phone: "", members, unread: 0, disappearing: false, hue, rows: rows(key, lines, now) };
}

function one(key: string, title: string, phone: string, hue: number, lines: Line[], now: number): Chat {
  const jid = phone.replace(/\D/g, "");
  return { key, title, kind: "one", jid, phone, members: [title], unread: 0, disappearing: false, hue, rows: rows(key, lines, now) };
}

const harbour: Line[] = [
  { ago: 60, from: "Nuala Byrne", text: "Morning all. Gauge at the old bridge reads 2.9 and rising" },
  { ago: 58, from: "Nuala Byrne", kind: "image", text: "", file: { name: "IMG_0412.jpg", size: 184_220, type: "image/jpeg" } },
  { ago: 52, from: "Ben Osei", text: "Seen it. Crews are asking whether the quay closes today 🌊", reaction: true },
  { ago: 47, text: "Asking the duty lead now", quoted: { from: "Ben Osei", text: "Seen it. Crews are asking whether the quay closes today 🌊" } },
  { ago: 41, from: "Amira Khan", kind: "document", file: { name: "tide-table-week-47.pdf", size: 88_040, type: "application/pdf" } },
  { ago: 30, from: "Ben Osei", kind: "deleted" },
  { ago: 26, from: "Amira Khan", text: "Forecast page: https://floods.example/harbour", card: { title: "Harbour forecast", about: "Levels for the next 36 hours", host: "floods.example" } },
  { ago: 12, text: "Thanks Amira" },
  { ago: 11, text: "Back in ten" },
];

const amira: Line[] = [
  { ago: 130, from: "Amira Khan", text: "Are you in the office tomorrow?" },
  { ago: 128, text: "Yes, from nine 🙂" },
  { ago: 127, from: "Amira Khan", kind: "voice" },
  { ago: 90, from: "Amira Khan", text: "Great. I will bring the print-outs" },
];

const crew: Line[] = [
  { ago: 75, from: "Deb Hensley", text: "yall awake" },
  { ago: 74, from: "Travis Queen", text: "unfortunately" },
];

const evac: Line[] = [
  { ago: 33, from: "Rhéal Cormier", text: "bon matin la gang" },
  { ago: 31, from: "Julie Lacasse", text: "la carte des fumées est sur le portail" },
];

/** Every conversation of the stand-in, told from `now` (milliseconds). */
export function makeChats(now: number): Chat[] {
  const team = ["Amira Khan", "Ben Osei", "Nuala Byrne"];
  return [
    group("harbour", "Harbour flood desk", "120363000000000101", team, 205, harbour, now),
    one("amira", "Amira Khan", "+44 7700 900111", 265, amira, now),
    { ...one("unsaved", "+44 7700 900321", "+44 7700 900321", 30, [{ ago: 200, from: "+44 7700 900321", text: "Hello, is this the press office?" }], now), unread: 1 },
    { ...one("press", "Leila Haddad", "+44 7700 900114", 330, [{ ago: 80, kind: "system" }, { ago: 79, from: "Leila Haddad", text: "Call me when you can?" }], now), disappearing: true },
    group("crew", "I-40 night crew", "120363000000000202", ["Deb Hensley", "Travis Queen"], 20, crew, now),
    group("evac", "Évac Nord 🔥", "120363000000000303", ["Julie Lacasse", "Rhéal Cormier"], 12, evac, now),
    one("mum", "Mum", "+44 7700 900177", 150, [{ ago: 300, from: "Mum", text: "Lunch on Sunday?" }], now),
    group("five", "Five-a-side Thursdays", "120363000000000404", ["Tom Whitlow", "Ben Osei"], 100, [{ ago: 1000, from: "Tom Whitlow", text: "We are one short" }], now),
    one("audit", "Farida Noor", "+44 7700 900116", 180, [{ ago: 400, kind: "privacy" }, { ago: 390, from: "Farida Noor", text: "The auditor wants the tender stopped until Friday" }], now),
    group("estates", "Estates all-hands", "120363000000000505", team, 230, long(), now),
  ];
}
