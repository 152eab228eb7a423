// The first page a person sees: what Hanaper does, and the questions without
// which the rules do not fit. It draws what it is given and tells what was chosen.

import type { Device, PackInfo } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { checkbox } from "./controls.ts";
import { button, frame, note, section } from "./frame.ts";
import { deviceRadios } from "./options.ts";
import { place, type PlaceActions, type PlaceModel } from "./place.ts";

export interface WelcomeModel {
  /** Null until the person, or policy, said. */
  device: Device | null;
  deviceLocked: boolean;
  packs: PackInfo[];
  active: string[];
  packsLocked: boolean;
  place: PlaceModel;
  undelivered: number;
  /** Start was pressed before the device was said. */
  missing: boolean;
  started: boolean;
}

export interface WelcomeActions extends PlaceActions {
  device(device: Device): void;
  packs(ids: string[]): void;
  start(): void;
}

export function welcomePage(t: PageTexts, model: WelcomeModel, actions: WelcomeActions): HTMLElement[] {
  const w = t.welcome;
  const list = (items: string[]) => h("ul", { class: "points" }, ...items.map((item) => h("li", {}, item)));
  return frame(
    t,
    "welcome",
    model.undelivered,
    h("h1", {}, w.title),
    h("p", { class: "lead" }, w.lead),
    h("div", { class: "twins" }, section("does", w.does, "", list(w.doesList)), section("does-not", w.doesNot, "", list(w.doesNotList))),
    note("info", w.phones, h("p", {}, w.phonesWhy)),
    ...questions(t, model, actions),
    model.started ? started(t) : h("div", { class: "acts" }, button("start", w.start, () => actions.start(), { strong: true })),
  );
}

function questions(t: PageTexts, model: WelcomeModel, actions: WelcomeActions): HTMLElement[] {
  const w = t.welcome;
  const policy = (on: boolean) => (on ? h("p", { class: "policy" }, t.byPolicy) : null);
  const boxes = model.packs.map((pack) =>
    checkbox({ id: `pack-${pack.id}`, label: t.settings.packNames[pack.id] ?? pack.title, checked: model.active.includes(pack.id), disabled: model.packsLocked }, (checked) =>
      actions.packs(checked ? [...model.active, pack.id] : model.active.filter((id) => id !== pack.id)),
    ),
  );
  return [
    section(
      "device",
      `1. ${w.one}`,
      t.settings.deviceWhy,
      policy(model.deviceLocked),
      deviceRadios(t, model.device, model.deviceLocked, (device) => actions.device(device), model.missing),
      model.missing ? h("p", { class: "fault", role: "alert" }, w.needDevice) : null,
    ),
    section("packs", `2. ${w.two}`, t.settings.packsWhy, policy(model.packsLocked), ...boxes),
    section("where", `3. ${w.three}`, `${t.settings.whereWhy} ${w.later}`, policy(model.place.locked), place(t, model.place, actions)),
  ];
}

function started(t: PageTexts): HTMLElement {
  const w = t.welcome;
  return note("good", w.started, h("p", {}, w.reload), h("p", {}, h("a", { href: "options.html" }, w.toSettings)));
}
