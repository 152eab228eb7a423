// Where records go: shown on the settings page and on the welcome page.

import type { DesktopAnswer, Settings } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { radios } from "./controls.ts";
import { button, dropZone } from "./frame.ts";

/** The picked folder: its name, and whether the browser lets us write now. */
export interface FolderState {
  name: string;
  granted: boolean;
}

export interface PlaceModel {
  kind: Settings["destination"]["kind"];
  folder: FolderState | null;
  locked: boolean;
  /** Kinds the organisation allows; all where empty. */
  allowed: Settings["allowed_destinations"];
  /** False in Firefox: no folder can be picked. */
  picker: boolean;
  /** What the program on this computer said last; null before it was asked. */
  desktop: DesktopAnswer | null;
}

export interface PlaceActions {
  destination(kind: PlaceModel["kind"]): void;
  pickFolder(): void;
  dropFolder(data: DataTransfer): void;
  renewFolder(): void;
  forgetFolder(): void;
  connectDesktop(): void;
}

export function place(t: PageTexts, model: PlaceModel, actions: PlaceActions): HTMLElement {
  const s = t.settings;
  const offered = model.picker || model.kind === "folder" ? (["folder", "desktop", "download", "none"] as const) : (["desktop", "download", "none"] as const);
  const kinds = offered.filter((kind) => kind === "none" || model.allowed.length === 0 || model.allowed.includes(kind));
  return h(
    "div",
    { class: "place" },
    model.allowed.length > 0 && !model.locked ? h("p", { class: "policy" }, s.allowedOnly) : null,
    radios(
      {
        id: "destination",
        label: s.where,
        hideLabel: true,
        value: model.kind,
        disabled: model.locked,
        options: kinds.map((kind) => [kind, ...asPair(s.destinations[kind])] as const),
      },
      (kind) => actions.destination(kind),
    ),
    model.kind !== "folder" ? null : model.picker ? folderBox(t, model.folder, actions) : h("p", { class: "fault" }, s.noPicker),
    model.kind === "desktop" ? desktopBox(t, model.desktop, actions) : null,
  );
}

function folderBox(t: PageTexts, folder: FolderState | null, actions: PlaceActions): HTMLElement {
  const s = t.settings;
  const state = folder ? h("p", { class: "folder", "data-tone": folder.granted ? "good" : "warn" }, h("strong", {}, s.folderIs(folder.name)), " ", folder.granted ? s.folderGranted : s.folderLapsed) : h("p", {}, s.folderNone);
  return h(
    "div",
    { class: "box" },
    state,
    h(
      "div",
      { class: "acts" },
      folder && !folder.granted ? button("renew", s.renew, () => actions.renewFolder(), { strong: true }) : null,
      button("pick", folder ? s.pickOther : s.pick, () => actions.pickFolder(), { strong: !folder }),
      folder ? button("forget-folder", s.forgetFolder, () => actions.forgetFolder()) : null,
    ),
    dropZone(s.drop, (data) => actions.dropFolder(data)),
  );
}

function desktopBox(t: PageTexts, said: DesktopAnswer | null, actions: PlaceActions): HTMLElement {
  const s = t.settings;
  const good = said?.state === "paired";
  return h(
    "div",
    { class: "box desktop" },
    said ? h("p", { class: "folder", "data-tone": good ? "good" : "warn", "data-state": said.state }, s.desktopStates[said.state]) : h("p", {}, s.desktopHow),
    said?.state === "asked" ? h("p", {}, s.desktopCode, " ", h("strong", { class: "code" }, said.code), h("br", {}), h("code", {}, `hanaper bridge approve ${said.code}`)) : null,
    h("div", { class: "acts" }, button("connect-desktop", said ? s.desktopAgain : s.desktopConnect, () => actions.connectDesktop(), { strong: !good })),
  );
}

/** The texts of a choice are written as [label, hint]. */
export function asPair(texts: string[]): [string, string] {
  return [texts[0] ?? "", texts[1] ?? ""];
}
