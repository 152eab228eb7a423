// The page "What is stored": the records, what can be done with them, and every
// storage area. It draws what it is given and tells what the person chose.

import type { Hold, Language, PackInfo, RecordSummary, StopEvent } from "../../wire.ts";
import { h } from "../dom.ts";
import type { PageTexts } from "../strings/pages.ts";
import { channelName } from "./channels.ts";
import { events } from "./events.ts";
import { button, dayAndTime, dropZone, frame, note, section } from "./frame.ts";

/** A record's receipt, as its row holds it. */
export interface RecordDetails extends RecordSummary {
  identical: boolean;
  delivered_at: string;
  eml_digest: string;
  /** How it was proven: read back in a folder, or given back as a file. */
  proof: "" | "folder" | "file" | "desktop";
  /** The sealed bytes do not open. */
  unreadable: boolean;
}

export type AreaId = "records" | "forms" | "keys" | "folder" | "settings" | "packs" | "events" | "other" | "session" | "managed";

export interface AreaContent {
  id: AreaId;
  entries: number;
  /** JSON of what can be read; null where nothing can. */
  raw: string | null;
}

export interface StoredModel {
  language: Language;
  hold: Hold;
  records: RecordDetails[];
  /** Oldest first. */
  events: StopEvent[];
  /** For their paragraphs. */
  packs: PackInfo[];
  areas: AreaContent[];
  /** Bytes on the disk, as the browser estimates them. */
  usage: number;
  persisted: boolean;
  /** What filing needs: nothing, the person's click to renew the grant, or a choice of place. */
  filing: "ready" | "renew" | "none";
  busy: boolean;
  /** What was said of the files given back last, a line each. */
  given: string[];
}

export interface StoredActions {
  fileAll(): void;
  renew(): void;
  save(ids: string[]): void;
  giveBack(files: File[]): void;
  saveEvents(form: "csv" | "json"): void;
  empty(): void;
}

export function storedPage(t: PageTexts, model: StoredModel, actions: StoredActions): HTMLElement[] {
  const s = t.stored;
  const waiting = model.records.filter((r) => r.state !== "delivered");
  return frame(
    t,
    "stored",
    waiting.length,
    h("h1", {}, s.title),
    h("p", { class: "lead" }, s.intro),
    summary(t, model, waiting, actions),
    section("records", s.records, "", records(t, model, actions)),
    giveBack(t, model, actions),
    events(t, model, actions),
    areas(t, model),
    empty(t, model, actions),
  );
}

function summary(t: PageTexts, model: StoredModel, waiting: RecordDetails[], actions: StoredActions): HTMLElement {
  const s = t.stored;
  if (model.records.length === 0) return note("info", s.noRecords, h("p", {}, s.noRecordsHow));
  if (waiting.length === 0) return note("good", s.allFiled);
  const file = {
    ready: () => button("file-all", model.busy ? s.filing : s.fileAll, () => actions.fileAll(), { strong: true }),
    renew: () => button("renew", model.busy ? s.filing : s.renew, () => actions.renew(), { strong: true }),
    none: () => h("a", { class: "act strong", id: "choose-place", href: "options.html#where" }, s.chooseFolder),
  }[model.filing]();
  const save = button("save-all", s.saveAll(waiting.length), () => actions.save(waiting.map((r) => r.id)));
  return note("warn", s.waiting(waiting.length), h("p", {}, s.losing(waiting.length)), h("div", { class: "acts" }, file, save));
}

function records(t: PageTexts, model: StoredModel, actions: StoredActions): HTMLElement {
  const s = t.stored;
  if (model.records.length === 0) return h("p", {}, s.noRecords);
  return h("ul", { class: "records" }, ...model.records.map((record, i) => card(t, model.language, record, i, actions)));
}

function card(t: PageTexts, language: Language, record: RecordDetails, i: number, actions: StoredActions): HTMLElement {
  const s = t.stored;
  const subject = record.subject ?? record.id;
  const tone = record.state === "delivered" ? "good" : "warn";
  return h(
    "li",
    { class: "record", id: `record-${record.id.slice(7, 23)}` },
    h("div", { class: "head" }, h("h3", { dir: "auto" }, record.unreadable ? record.id : subject), h("span", { class: "state", "data-tone": tone }, s.states[record.state])),
    h("p", { class: "when" }, s.keptAt(dayAndTime(language, record.kept_at))),
    h("p", {}, explain(t, record)),
    record.content && !record.unreadable
      ? h("div", { class: "acts" }, button(`save-${i}`, s.save, () => actions.save([record.id]), { label: s.saveOf(subject) }))
      : null,
    h("details", { id: `details-${record.id.slice(7, 23)}` }, h("summary", {}, s.show), receipt(t, language, record)),
  );
}

function explain(t: PageTexts, record: RecordDetails): string {
  const s = t.stored;
  if (record.unreadable) return s.unreadable;
  if (record.state !== "delivered") return record.trouble ? s.troubles[record.trouble] : s.filing;
  const said = [record.proof === "file" ? s.provenBy(record.where) : record.proof === "desktop" ? s.inVault : s.filedIn(record.where)];
  if (!record.identical) said.push(s.notIdentical);
  if (!record.content) said.push(s.purged);
  return said.join(" ");
}

function receipt(t: PageTexts, language: Language, record: RecordDetails): HTMLElement {
  const s = t.stored;
  const rows: [string, string][] = [
    [s.id, record.id],
    [s.file, record.file_name],
    [s.fileDigest, record.eml_digest],
    [s.channel, channelName(record.channel ?? "")],
  ];
  if (record.delivered_at) rows.push([s.states.delivered, `${record.where}, ${dayAndTime(language, record.delivered_at)}`]);
  if (record.state === "delivered" && record.identical) rows.push([s.identical, s.identicalYes]);
  const list = h("dl", {});
  for (const [name, value] of rows) if (value) list.append(h("dt", {}, name), h("dd", {}, value));
  return list;
}

function giveBack(t: PageTexts, { given }: StoredModel, actions: StoredActions): HTMLElement {
  const s = t.stored;
  const input = h("input", { type: "file", id: "give-back", accept: ".eml,message/rfc822", multiple: true, class: "vh" });
  input.addEventListener("change", () => {
    actions.giveBack([...(input.files ?? [])]);
    input.value = "";
  });
  const label = h("label", { for: "give-back", class: "act" }, s.choose);
  return section("return", s.giveBack, s.giveBackWhy, h("div", { class: "acts" }, input, label), dropZone(s.dropFiles, (data) => actions.giveBack([...data.files])), h("ul", { id: "given", class: "lines", hidden: given.length === 0 }, ...given.map((line) => h("li", {}, line))));
}

function areas(t: PageTexts, model: StoredModel): HTMLElement {
  const s = t.stored;
  const items = model.areas.map(({ id, entries, raw }) => {
    const [name, what] = s.area[id];
    return h(
      "li",
      { class: "area" },
      h("div", { class: "head" }, h("h3", {}, name), h("span", { class: "count" }, s.count(entries))),
      h("p", {}, what),
      raw === null ? null : h("details", { id: `raw-${id}` }, h("summary", {}, s.raw), h("pre", { tabindex: 0 }, raw)),
    );
  });
  return section(
    "areas",
    s.areas,
    s.areasWhy,
    h("ul", { class: "areas" }, ...items),
    h("p", { class: "hint" }, s.bytes((model.usage / 1024).toFixed(0)), " ", model.persisted ? s.persisted : s.notPersisted),
    h("p", { class: "hint" }, s.honest),
  );
}

function empty(t: PageTexts, model: StoredModel, actions: StoredActions): HTMLElement | null {
  const s = t.stored;
  const filed = model.records.filter((r) => r.state === "delivered").length;
  // Under a hold there is no word of removing anything, only that nothing is (invariant 7).
  if (model.hold === "held") return h("p", { class: "stated", id: "empty-refused" }, s.emptyHeld);
  if (model.hold === "unknown") {
    return h("p", { class: "stated", id: "empty-refused" }, s.emptyUnknown, " ", h("a", { href: "options.html#hold" }, s.toHold));
  }
  const nothing = filed === 0 && model.events.length === 0;
  const ask = button("empty", s.empty, () => confirm.replaceChildren(h("p", {}, s.emptySure(filed, model.events.length)), h("div", { class: "acts" }, yes, no)), { disabled: nothing });
  const yes = button("empty-yes", s.yesRemove, () => actions.empty(), { strong: true });
  const no = button("empty-no", t.cancel, () => confirm.replaceChildren(ask));
  const confirm = h("div", { class: "confirm" }, ask);
  return section("emptying", s.empty, s.emptyWhy, confirm, nothing ? h("p", { class: "hint" }, s.emptyNothing) : null);
}
