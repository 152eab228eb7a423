import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Window } from "happy-dom";
import type * as Frame from "../../../ui/pages/frame.ts";
import type * as Options from "../../../ui/pages/options.ts";
import type * as Stored from "../../../ui/pages/stored.ts";
import { pageTexts } from "../../../ui/strings/pages.ts";
import { defaults, effective } from "../../../settings.ts";
import type { Language, OwnPack, PackInfo, RecordState, Settings, Trouble } from "../../../wire.ts";

const NOW = Date.parse("2026-11-22T14:03:00Z");
const PACK = { id: "uk-nccc-2023", version: "1", title: "Using non-corporate communication channels", url: "", published: "2023-03-30", review_by: "2025-12-31", languages: ["en"], clauses: [{ id: "UK-35", para: "paragraph 35", para_fr: "paragraphe 35", text: "", text_fr: "" }], logging: { content: "never_auto", events: "optional" as const, evidence: "optional", clause: "UK-35" } };

let frame: typeof Frame;
let options: typeof Options;
let stored: typeof Stored;
let body: HTMLElement;
/** The person leaves a field they changed. */
let left: (id: string) => void;

before(async () => {
  const window = new Window({ url: "https://extension.example/options.html" });
  for (const name of ["document", "HTMLElement", "HTMLInputElement", "HTMLTextAreaElement", "Node", "CSS"] as const) {
    Object.defineProperty(globalThis, name, { value: (window as unknown as Record<string, unknown>)[name], configurable: true });
  }
  Object.defineProperty(globalThis, "requestAnimationFrame", { value: (f: () => void) => setTimeout(f, 0), configurable: true });
  [frame, options, stored] = await Promise.all([import("../../../ui/pages/frame.ts"), import("../../../ui/pages/options.ts"), import("../../../ui/pages/stored.ts")]);
  body = document.body;
  left = (id) => byId(id).dispatchEvent(new window.Event("change") as unknown as Event);
});

interface Given {
  language?: Language;
  settings?: Partial<Settings>;
  locked?: (keyof Settings)[];
  hold?: Settings["hold"]["state"];
  packs?: PackInfo[] | null;
  own?: OwnPack[] | null;
}

/** Keys of packs that were asked to be removed. */
const removed: string[] = [];

/** Draws the settings page; what it asks to save is gathered. */
function drawOptions({ language = "en", settings = {}, locked = [], hold = "unknown", own = [], packs = [PACK] }: Given = {}): Partial<Settings>[] {
  const saved: Partial<Settings>[] = [];
  const whole = { ...defaults(), ...settings };
  const answer = { settings: whole, problems: [], locked, sources: effective(settings, undefined).sources, generation: 1, language, hold, ready: true };
  const place = { kind: whole.destination.kind, folder: null, locked: locked.includes("destination"), picker: true, allowed: whole.allowed_destinations, desktop: null };
  const nothing = () => undefined;
  const actions = { save: (changes: Partial<Settings>) => saved.push(changes), stateHold: nothing, destination: nothing, pickFolder: nothing, dropFolder: nothing, renewFolder: nothing, forgetFolder: nothing, connectDesktop: nothing, loadPack: nothing, removePack: (key: string) => removed.push(key), addSite: nothing, allowSite: nothing, removeSite: nothing };
  const model = { answer, packs, own, place, channels: ["whatsapp", "gmail"], sites: [], undelivered: 2, now: NOW };
  frame.draw(body, language, "Settings", options.optionsPage(pageTexts(language), model, actions));
  return saved;
}

/** Draws the page of what is stored; what it asks to do is gathered. */
function drawStored(records: Stored.RecordDetails[], more: Partial<Stored.StoredModel> = {}): string[] {
  const acts: string[] = [];
  const model: Stored.StoredModel = { language: "en", hold: "none", records, events: [], packs: [PACK], areas: [], usage: 2048, persisted: true, filing: "ready", busy: false, given: [], ...more };
  const act = (name: string) => () => acts.push(name);
  frame.draw(body, model.language, "x", stored.storedPage(pageTexts(model.language), model, { fileAll: act("file"), renew: act("renew"), save: (ids) => acts.push(`save ${ids.length}`), giveBack: act("give"), saveEvents: (form) => acts.push(form), empty: act("empty") }));
  return acts;
}

const byId = (id: string) => document.getElementById(id) as HTMLInputElement;

describe("settings page", () => {
  it("what the organisation set is shown, said and cannot be changed", () => {
    drawOptions({ settings: { device: "managed" }, locked: ["device", "packs", "destination", "hold", "name", "language"] });
    assert.equal(document.querySelectorAll(".policy").length, 6);
    assert.equal((document.getElementById("device-kind") as HTMLFieldSetElement).disabled, true);
    assert.equal(byId("device-kind-managed").checked, true);
    assert.deepEqual(["pack-uk-nccc-2023", "name"].map((id) => byId(id).disabled), [true, true]);
    assert.equal(byId("role").disabled, false);
  });

  it("each control of a member says so when the organisation set that member, and is shut", () => {
    const CONTROLS: Partial<Record<keyof Settings, string>> = {
      packs: "pack-uk-nccc-2023", device: "device-kind", role: "role", name: "name", address: "address", leaver_date: "leaver-date", organisation: "organisation-name",
      channels: "channel-gmail", default_scope: "default-scope", watch_drift: "watch-drift", context_messages: "context", destination: "destination", purge_days: "purge",
      hold: "hold-state", review_days: "review-days", contacts: "contact-add", authorisations: "auth-add", events: "note-events", language: "language-choice", chats: "forget-chats", sites: "site-file",
    };
    // Without a control: only policy sets them, or the page of training, the panel or a file does.
    const none: (keyof Settings)[] = ["v", "approved_channels", "fail_mode", "block_patterns", "final_blocks", "high_risk", "briefings", "pack_files", "trusted_keys", "allowed_destinations", "allowed_domains", "alerts", "systems", "reviewed"];
    assert.deepEqual([...Object.keys(CONTROLS), ...none].sort(), Object.keys(defaults()).sort());
    const packs = [PACK, { ...PACK, id: "us-nc-030319" }];
    const settings = { packs: ["us-nc-030319"], chats: { ["a".repeat(32)]: { scope: "work" as const, at: "" } } };
    for (const [member, id] of Object.entries(CONTROLS) as [keyof Settings, string][]) {
      drawOptions({ settings, packs, hold: "none" });
      assert.equal(document.querySelectorAll(".policy").length, 0, "nothing is set");
      assert.equal((document.getElementById(id) as HTMLInputElement | null)?.disabled, false, `${id} is open`);
      drawOptions({ settings, packs, hold: "none", locked: [member] });
      const control = document.getElementById(id) as HTMLInputElement | null;
      assert.ok(control === null || control.disabled, `${id} is shut`);
      assert.equal(document.querySelectorAll(".policy").length, 1, `${member} is said to be set`);
    }
  });

  it("drawing again keeps focus, the text being typed and open details", () => {
    drawOptions();
    byId("name").focus();
    byId("name").value = "Ada Ok";
    drawOptions({ language: "fr" });
    assert.equal(document.activeElement?.id, "name");
    assert.equal(byId("name").value, "Ada Ok");
    assert.equal(document.documentElement.lang, "fr");
  });

  it("an address that is none is not saved, and the field says so", () => {
    const saved = drawOptions();
    byId("address").value = "nobody";
    left("address");
    assert.deepEqual(saved, []);
    assert.equal(byId("address").getAttribute("aria-invalid"), "true");
    assert.ok(document.getElementById("address-fault"));
    byId("address").value = "ada@dept.example";
    left("address");
    assert.deepEqual(saved, [{ address: "ada@dept.example" }]);
    assert.equal(document.getElementById("address-fault"), null);
  });

  it("an overdue rule book says so; a statement that ran out is not shown as chosen", () => {
    drawOptions({ settings: { hold: { state: "none", stated_at: "2026-09-01T09:00:00Z" } }, hold: "unknown" });
    assert.match(document.querySelector("#packs")?.textContent ?? "", /review it by 31 December 2025/);
    assert.equal(byId("hold-state-none").checked, false);
    assert.match(document.querySelector("#hold .stated")?.textContent ?? "", /no longer counts/);
  });

  it("rule books from outside are listed with version, signer and fault; the policy's cannot be removed", () => {
    const pack = { key: "k1", file: "dx.pack.jsonl", from: "person" as const, id: "dx-rules", version: "1.2.0", title: "Rules", overlay: "uk-nccc-2023", trust: "unsigned" as const, signer: "", fault: "" };
    drawOptions({ own: [pack, { ...pack, key: "k2", from: "policy", overlay: "", trust: "signed", signer: "Records team" }, { ...pack, key: "k3", id: "", title: "", fault: "the signature does not fit" }] });
    const lines = [...document.querySelectorAll("#own-list li")].map((li) => li.textContent);
    assert.match(lines[0] ?? "", /^dx-rules 1\.2\.0 Rules \(adds to uk-nccc-2023, not signed\)Remove$/);
    assert.match(lines[1] ?? "", /\(signed by Records team\)Set by your organisation\.$/);
    assert.match(lines[2] ?? "", /^dx\.pack\.jsonl.*Not in force: the signature does not fit/);
    assert.equal(document.getElementById("own-remove-1"), null);
    byId("own-remove-2").click();
    assert.deepEqual(removed, ["k3"]);
    drawOptions({ language: "fr" });
    assert.match(document.getElementById("own-packs")?.textContent ?? "", /Aucun pour l’instant/);
  });

  it("a rule book from outside is no box among those to choose: the settings cannot name it", () => {
    drawOptions({ packs: [PACK, { ...PACK, id: "dx-rules" }] });
    assert.deepEqual([...document.querySelectorAll("#packs input")].map(({ id }) => id), ["pack-uk-nccc-2023"]);
  });

  it("where the worker does not say which rule books there are, the page says so and is there", () => {
    drawOptions({ packs: null, own: null });
    for (const id of ["packs", "own-packs"]) assert.match(document.getElementById(id)?.textContent ?? "", /gave no answer/);
    assert.equal(document.getElementById("events"), null);
    assert.ok(byId("own-file"));
  });

  it("North Carolina's approvals are asked only where its rules apply, and an outdated one is marked", () => {
    drawOptions();
    assert.equal(document.getElementById("authorisations"), null);
    const old = { pack: "us-nc-030319", kind: "assessment" as const, by: "State CIO", date: "2025-01-10", expires: "2026-01-10", scope: "", channels: [], devices: [] };
    drawOptions({ settings: { packs: ["us-nc-030319"], authorisations: [old] } });
    assert.match(document.querySelector("#authorisations .over")?.textContent ?? "", /out of date/);
  });
});

describe("settings page: notes of how stops ended", () => {
  const box = () => byId("note-events");
  const pack = (id: string, events: "off" | "optional" | "required") => ({ ...PACK, id, logging: { ...PACK.logging, events } });

  it("may be switched where the rule books leave it open, and is shown as it is where they do not", () => {
    const saved = drawOptions({ settings: { events: true } });
    assert.deepEqual([box().checked, box().disabled], [true, false]);
    box().checked = false;
    left("note-events");
    assert.deepEqual(saved, [{ events: false }]);
    drawOptions({ settings: { events: false }, packs: [pack("uk-nccc-2023", "required")] });
    assert.deepEqual([box().checked, box().disabled], [true, true]);
    assert.match(document.querySelector("#events")?.textContent ?? "", /Asked for by: United Kingdom.*paragraph 35/);
    drawOptions({ language: "fr", settings: { events: true }, packs: [pack("uk-nccc-2023", "off")] });
    assert.deepEqual([box().checked, box().disabled], [false, true]);
    assert.match(document.querySelector("#events")?.textContent ?? "", /Ne se fait pas selon.*paragraphe 35/);
  });

  it("set by the organisation it is locked", () => {
    drawOptions({ settings: { events: false }, locked: ["events"] });
    assert.deepEqual([box().checked, box().disabled], [false, true]);
    assert.ok(document.querySelector("#events .policy"));
  });

  it("a rule book that requires them where another forbids them is named (ruling 13)", () => {
    drawOptions({ settings: { packs: ["uk-nccc-2023", "us-nc-030319"] }, packs: [pack("uk-nccc-2023", "off"), pack("us-nc-030319", "required")] });
    assert.match(document.querySelector("#events .note")?.textContent ?? "", /North Carolina/);
  });
});

describe("stored page: how stops ended", () => {
  const event = { at: "2026-11-22T14:03:00Z", channel: "whatsapp", action: "block" as const, rules: ["uk-nccc-2023/UK-35"], way: "not_what_it_looks" as const };

  it("reads as a table, newest first, in both languages, with the paragraph", () => {
    for (const [language, words] of [["en", /WhatsApp.*asked you not to send it.*Paragraph 35, United Kingdom.*not what it looks like/], ["fr", /WhatsApp.*ne pas l’envoyer.*Paragraphe 35.*pas ce que l’on croit/]] as const) {
      drawStored([], { language, events: [event, { ...event, way: "edited" }] });
      const rows = [...document.querySelectorAll("#events tbody tr")].map((row) => row.textContent);
      assert.equal(rows.length, 2);
      assert.match(rows[1] ?? "", words);
      assert.equal(document.querySelectorAll("#events th[scope=col]").length, 5);
    }
  });

  it("shows the newest hundred and says how many there are; a pack that is gone leaves its id", () => {
    drawStored([], { events: Array.from({ length: 101 }, () => event), packs: [] });
    assert.equal(document.querySelectorAll("#events tbody tr").length, 100);
    assert.match(document.querySelector("#events .hint")?.textContent ?? "", /100 of 101/);
    assert.match(document.querySelector("#events tbody")?.textContent ?? "", /uk-nccc-2023\/UK-35/);
    drawStored([], { events: [{ ...event, channel: "other" }] });
    assert.match(document.querySelector("#events tbody")?.textContent ?? "", /other/, "a channel without a name by its id");
  });

  it("is saved by a button that names what goes, and removed with the filed records", () => {
    const acts = drawStored([], { events: [event, event] });
    assert.match(byId("events-csv").textContent, /these 2 lines as a table \(CSV\)/);
    byId("events-csv").click();
    byId("events-json").click();
    byId("empty").click();
    byId("empty-yes").click();
    assert.deepEqual(acts, ["csv", "json", "empty"]);
    drawStored([], { events: [event], hold: "held" });
    assert.equal(document.getElementById("empty"), null);
    assert.equal(/\bdelet|\bremove\b|\bpurg|dropped/i.test(document.body.textContent), false);
  });
});

describe("stored page", () => {
  const record = (state: RecordState, trouble: Trouble | "", more: Partial<Stored.RecordDetails> = {}): Stored.RecordDetails => ({
    id: `sha256:${"ab".repeat(32)}`, state, trouble, file_name: "2026-11-22-1402-x-abababab.eml", kept_at: "2026-11-22T14:03:00Z", where: "Registry", content: true,
    subject: "Pilot", channel: "whatsapp", identical: true, delivered_at: state === "delivered" ? "2026-11-22T14:03:01Z" : "", eml_digest: "sha256:00", proof: "folder", unreadable: false, ...more,
  });

  it("says of every trouble what it is, in both languages, and never calls it filed", () => {
    const troubles: Trouble[] = ["no_destination", "permission", "missing", "conflict", "differs", "write", "unsaved", "unproven"];
    for (const language of ["en", "fr"] as const) {
      const texts = new Set<string>();
      for (const trouble of troubles) {
        drawStored([record("pending", trouble)], { language });
        const text = document.querySelector(".record > p:not(.when)")?.textContent ?? "";
        assert.ok(text.length > 20, trouble);
        texts.add(text);
        assert.equal(document.querySelector<HTMLElement>(".state")?.dataset["tone"], "warn");
      }
      assert.equal(texts.size, troubles.length);
    }
  });

  it("filed means read back; given back and rewritten are told apart", () => {
    const said = (r: Stored.RecordDetails) => (drawStored([r]), document.querySelector(".record > p:not(.when)")?.textContent ?? "");
    assert.match(said(record("delivered", "")), /Filed in “Registry”\. Read back and compared\.$/);
    assert.match(said(record("delivered", "", { proof: "file", where: "a.eml", identical: false })), /Proven by the file.*rewritten on its way/);
    assert.match(said(record("delivered", "", { content: false })), /receipt/);
    assert.match(said(record("kept", "no_destination", { unreadable: true })), /cannot be opened/);
  });

  it("what waits is warned of, with the way out that is open", () => {
    for (const [filing, id] of [["ready", "file-all"], ["renew", "renew"], ["none", "choose-place"]] as const) {
      const acts = drawStored([record("pending", "permission"), record("kept", "no_destination")], { filing });
      assert.match(document.querySelector(".note")?.textContent ?? "", /loses these 2 records/);
      assert.ok(document.getElementById(id), id);
      document.getElementById("save-all")?.click();
      assert.deepEqual(acts, ["save 2"]);
    }
  });

  it("emptying asks once more; under a hold there is nothing to press", () => {
    const acts = drawStored([record("delivered", "")]);
    document.getElementById("empty")?.click();
    assert.deepEqual(acts, []);
    document.getElementById("empty-yes")?.click();
    assert.deepEqual(acts, ["empty"]);
    for (const hold of ["held", "unknown"] as const) {
      drawStored([record("delivered", "")], { hold });
      assert.equal(document.getElementById("empty"), null);
      assert.ok(document.getElementById("empty-refused"));
    }
  });

  it("a subject is text, whatever it holds", () => {
    drawStored([record("delivered", "", { subject: '<img src=x onerror="alert(1)">' })]);
    assert.equal(document.querySelector("img"), null);
    assert.equal(document.querySelector("h3")?.textContent, '<img src=x onerror="alert(1)">');
  });
});

describe("texts", () => {
  /** Every text of an object, by path; functions are called with sample values. */
  function texts(value: unknown, path = ""): [string, string][] {
    if (typeof value === "string") return [[path, value]];
    if (typeof value === "function") return [0, 1, 3].flatMap((n) => texts((value as (...a: unknown[]) => unknown)(n, "b", "c", "d", "e"), `${path}(${n})`));
    return Object.entries(value as object).flatMap(([name, v]) => texts(v, `${path}.${name}`));
  }

  it("are whole in both languages, and nobody is accused", () => {
    const [en, fr] = [texts(pageTexts("en")), texts(pageTexts("fr"))];
    assert.deepEqual(fr.map(([path]) => path), en.map(([path]) => path));
    for (const [path, text] of [...en, ...fr]) {
      assert.ok(text.trim(), path);
      assert.equal(/violat|infraction|illegal|illégal|forbidden|undefined|\[object/i.test(text), false, `${path}: ${text}`);
    }
    const same = en.filter(([, text], i) => text === fr[i]?.[1]).map(([path]) => path);
    const may = [".product", ".channels.whatsapp", ".channels.gmail", ".settings.languages.en", ".settings.languages.fr"];
    assert.deepEqual(same.filter((path) => !may.includes(path) && !/^\.training\.(messages\.\d\.0|fields\.date)$/.test(path)), []); // names, "Date"
  });
});
