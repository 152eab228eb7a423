import type { Settings } from "../extension/wire.ts";
import type { StageQuery } from "../extension/test/harness.ts";

/** What the person of the demo does with a message that was stopped. */
export type Then = "edit" | "send anyway" | "give a reason";

export interface Line {
  readonly text: string;
  /** "when due": if the record duty is capture and the message went */
  readonly keep?: true | "when due";
  /** Where the message is stopped; edit when not said. */
  readonly then?: Then;
  readonly reason?: string;
  /** Name of a picture to take when the verdict is there. */
  readonly picture?: string;
}

export interface Scene {
  readonly title: string;
  readonly settings: Partial<Settings>;
  readonly stage: StageQuery;
  /** The chat's title, and what the person said it is for. */
  readonly chat: string;
  readonly scope: "work" | "mixed" | "personal";
  readonly lines: readonly Line[];
}

const person = { v: 1 as const, name: "Dana Ellis", address: "dana.ellis@department.example", language: "en" as const, default_scope: "work" as const };

/** Lines of the conversations in this project's own labelled chats, and a few with markings and numbers reserved for tests. */
export const scenes: readonly Scene[] = [
  {
    title: "United Kingdom, a managed phone, a group of colleagues",
    settings: { ...person, packs: ["uk-nccc-2023"], device: "managed" },
    stage: { gen: "g3", lang: "en", chat: "harbour" },
    chat: "Harbour flood desk",
    scope: "work",
    lines: [
      { text: "25 mins if traffic is kind. traffic is not kind" },
      { text: "who's bringing the biscuits for secret santa" },
      { text: "Going to Flood Warning for Lower Pitchcombe and the caravan site. Jaz issue it now pls dont wait for the 2030 run", keep: true, picture: "notice" },
      { text: "Right, you can use the resilience line for a passenger boat meantime, up to 60k. I'll clear it my end, dont wait on the paperwork", keep: true },
      { text: "OFFICIAL-SENSITIVE: the quay wall report says it will not hold another tide", then: "send anyway", keep: true, picture: "warn" },
      { text: "SECRET: convoy leaves the depot at 0200, route B", picture: "block" },
      { text: "card for the pumps is 4111 1111 1111 1111, expires 12/29", picture: "card" },
    ],
  },
  {
    title: "The same person at home: a private chat",
    settings: { ...person, packs: ["uk-nccc-2023"], device: "managed" },
    stage: { gen: "g3", lang: "en", chat: "mum" },
    chat: "Mum",
    scope: "personal",
    lines: [{ text: "Mum the surveyor's report came back. 41 pages. apparently we have \"historic movement\"" }],
  },
  {
    title: "United Kingdom, the person's own unmanaged phone",
    settings: { ...person, packs: ["uk-nccc-2023"], device: "unmanaged" },
    stage: { gen: "g2", lang: "en", chat: "amira", theme: "dark" },
    chat: "Amira Khan",
    scope: "work",
    lines: [
      { text: "OBR have moved the growth number again. 1.1 not 1.3 for next yr. table 2.4 is wrong in every copy", then: "give a reason", reason: "The office system is down and the printer closes at six", keep: true, picture: "justify-dark" },
      { text: "on the 8.45, see you in the lobby" },
    ],
  },
  {
    title: "Canada, in French",
    settings: { ...person, packs: ["ca-im-protocol"], device: "managed", language: "fr" },
    stage: { gen: "g3", lang: "fr", chat: "evac" },
    chat: "Évac Nord 🔥",
    scope: "work",
    lines: [
      { text: "vu, j'avise le COG" },
      { text: "Bon. On ne parle plus de réduction du quota. On recommande la fermeture à la ministre pour cette saison", keep: true, picture: "notice-fr" },
      { text: "PROTÉGÉ B : la liste des évacués par nom et par chambre", picture: "block-fr" },
    ],
  },
  {
    title: "North Carolina, nobody assessed this messenger yet",
    settings: { ...person, packs: ["us-nc-030319"], device: "managed" },
    stage: { gen: "g1", lang: "en", chat: "crew", clock: "12" },
    chat: "I-40 night crew",
    scope: "work",
    lines: [
      { text: "Pull everybody off the EB side now. No equipment past the barrier till geotech has been out", then: "send anyway", keep: true, picture: "nc" },
      { text: "Eastbound shoulder at mm 4.2 is gone. not cracked, gone. river is running right under the slab" },
      { text: "his ssn is 123-45-6789, put it on the claim" },
    ],
  },
];

/** The scene in which the person's own lines are typed: `./task demo -- FILE`. */
export function sceneOf(lines: readonly string[]): Scene {
  return {
    title: "Your lines, by the United Kingdom guidance, on a managed device",
    settings: { ...person, packs: ["uk-nccc-2023"], device: "managed" },
    stage: { gen: "g3", lang: "en", chat: "harbour" },
    chat: "Harbour flood desk",
    scope: "work",
    lines: lines.map((text) => ({ text, then: "edit", keep: "when due" })),
  };
}
