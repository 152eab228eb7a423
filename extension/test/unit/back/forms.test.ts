import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import PostalMime from "postal-mime";
import { headerOf, originalState } from "../../../form/abuse.ts";
import { tally } from "../../../form/alert.ts";
import { deadline } from "../../../form/breach.ts";
import { addressesOf, documentOf, LINK_MOST, mailFile, mailLink, tickOf } from "../../../form/draft.ts";
import { badAddresses, faultsOf, knownAddresses, type FormContext } from "../../../form/form.ts";
import { noteCapture } from "../../../form/record.ts";
import { FORMS, formOf } from "../../../form/registry.ts";
import { openDatabase, transact } from "../../../outbox/database.ts";
import { removeForm, saveForm, savedForms } from "../../../outbox/forms.ts";
import { HoldError } from "../../../outbox/outbox.ts";
import type { Language } from "../../../wire.ts";
import { noCore } from "./core.ts";
import { FILLED, filled, office, original } from "./filled.ts";
import { Life, Machine, request } from "./world.ts";

const text = (bytes: Uint8Array) => Array.from(bytes, (b) => String.fromCharCode(b)).join("");
const context: FormContext = {
  settings: office, language: "en", hold: "unknown", now: "2026-11-22T14:03:00+00:00", random: "ab".repeat(16), item: null,
  open: { undecided: 0, earlier: { messages: 0, chats: 0 }, pending: 0, records: 0, forms: 0 }, events: [],
};

describe("every form", () => {
  for (const form of FORMS) {
    for (const language of ["en", "fr"] as Language[]) {
      it("are these, each once", () => {
    assert.deepEqual(FORMS.map(({ id }) => id).sort(), ["abuse", "alert", "breach", "delegate", "exceptional-use", "final-review", "judgement", "office-routine"]);
  });

  it(`${form.id}, ${language}: filled, saved, reopened, it reaches its recipients' draft`, async () => {
        const box = await new Machine().outbox();
        await saveForm(box, filled(form.id));
        const [again] = await savedForms(box);
        assert.deepEqual(again, filled(form.id));
        const saved = again;
        assert.deepEqual([faultsOf(form, saved.values), badAddresses(form, saved.to, office)], [[], []]);
        const document = documentOf(form, saved.values, language);
        const to = addressesOf(form, saved, office);
        assert.equal(to.length, form.to(office).length);
        const bytes = mailFile(to, document, saved.id, form.id === "abuse" ? original : undefined);
        const mail = await PostalMime.parse(bytes, { attachmentEncoding: "arraybuffer" });
        assert.deepEqual((mail.to ?? []).map(({ address }) => address), to);
        assert.equal(mail.subject, form.texts[language].subject);
        assert.equal(mail.text?.replace(/\r\n/g, "\n").trimEnd(), document.text.trimEnd());
        for (const field of form.fields) {
          const value = FILLED[form.id][field.id];
          if (!value || field.ticked || field.kind === "file" || field.kind === "tick") continue;
          const shown = form.texts[language].fields[field.id]?.options?.[value] ?? value;
          assert.ok(document.text.includes(shown), `${field.id}: ${shown} in ${document.text}`);
        }
      });
    }

    it(`${form.id}: each required field that is empty is named, and so is each recipient without an address`, () => {
      for (const { id, required } of form.fields) {
        if (required) assert.deepEqual(faultsOf(form, { ...FILLED[form.id], [id]: " " }).includes(id), true, id);
      }
      for (const role of form.to(office)) assert.deepEqual(badAddresses(form, { ...filled(form.id).to, [role]: "" }, office), [role]);
    });

    it(`${form.id}: French has the fields of English, and none is left without words`, () => {
      const { en, fr } = form.texts;
      assert.deepEqual(Object.keys(fr.fields), Object.keys(en.fields));
      assert.deepEqual(form.fields.map(({ id }) => id).sort(), Object.keys(en.fields).sort());
      for (const [id, { options }] of Object.entries(en.fields)) assert.deepEqual(Object.keys(fr.fields[id]?.options ?? {}), Object.keys(options ?? {}), id);
      for (const [id, { kind }] of form.fields.map((field) => [field.id, field] as const)) assert.equal(kind === "choice", en.fields[id]?.options !== undefined && kind !== "fact", id);
      assert.doesNotMatch(JSON.stringify(form.texts), /violat|infraction|illegal/i);
      assert.doesNotThrow(() => form.begin(context));
    });
  }
});

describe("what may leave", () => {
  it("a link has no words of the person's until they tick that; too long, it is none", () => {
    const form = formOf("exceptional-use");
    const document = documentOf(form, FILLED[form.id], "en");
    const bare = mailLink(["a@dept.example", "b@dept.example"], document, false) ?? "";
    assert.equal(bare, `mailto:a@dept.example,b@dept.example?subject=${encodeURIComponent(document.subject)}`);
    assert.match(decodeURIComponent(mailLink(["a@dept.example"], document, true) ?? ""), /The office system was down/);
    assert.equal(mailLink(["a@dept.example"], { ...document, text: "x".repeat(LINK_MOST) }, true), null);
  });

  it("a task tells the chat's name only where that is ticked", () => {
    const form = formOf("delegate");
    assert.doesNotMatch(documentOf(form, FILLED.delegate, "en").text, /Ministers and harbour/);
    assert.match(documentOf(form, { ...FILLED.delegate, [tickOf("chat")]: "yes" }, "en").text, /Name of the chat: Ministers and harbour/);
  });

  it("an address outside what the organisation allows is refused, one below it is not", () => {
    const form = formOf("breach");
    const under = { ...office, allowed_domains: ["dept.example"] };
    for (const [address, bad] of [["dpo@dept.example", false], ["dpo@sub.dept.example", false], ["dpo@notdept.example", true], ["dpo@dept.example.evil.example", true], ["a@b@dept.example", true], ["dpo@dept.example\r\nBcc: x@evil.example", true]] as const) {
      assert.equal(badAddresses(form, { privacy: address }, under).length > 0, bad, address);
    }
  });

  it("an exceptional use goes to both or to nobody", () => {
    const form = formOf("exceptional-use");
    assert.deepEqual(form.to(office), ["records", "head"]);
    assert.deepEqual(badAddresses(form, { records: "kim@dept.example" }, office), ["head"]);
  });
});

describe("abuse report", () => {
  it("carries the original as message/rfc822, byte for byte, whatever its lines end with", () => {
    const mail = mailFile(["abuse@dept.example"], { subject: "Abuse report", text: "x\n" }, "0", original);
    const whole = text(mail);
    const boundary = /boundary="([^"]+)"/.exec(whole)?.[1] ?? "";
    assert.notEqual(boundary, "hanaper-0-0", "the boundary does not stand in the original");
    const part = whole.split(`--${boundary}`)[2] ?? "";
    assert.match(part, /Content-Type: message\/rfc822\r\n/);
    assert.match(part, /Content-Transfer-Encoding: binary\r\n/);
    assert.equal(part.slice(part.indexOf("\r\n\r\n") + 4, -2), text(original));
  });

  it("what has no headers is refused; what has no Received headers is said to be incomplete", () => {
    const state = (mail: string) => originalState({ original: btoa(mail) });
    assert.equal(state("Dear all,\r\n\r\nhello"), "none");
    assert.equal(state("---------- Forwarded message ----------\r\nFrom: a@b.example\r\n\r\nx"), "none");
    assert.equal(state("From: a@b.example\r\nTo: c@d.example\r\n\r\nReceived: in the body"), "partial");
    assert.equal(state("Received: from x\r\nFrom: a@b.example\r\n\r\nx"), "whole");
    assert.equal(headerOf(btoa("A: 1\nB: 2\n\nC: 3")), "A: 1\nB: 2");
    const form = formOf("abuse");
    assert.deepEqual(faultsOf(form, { original: btoa("no mail") }), ["original"]);
    assert.match(documentOf(form, { original: btoa("From: a@b.example\r\n\r\nx") }, "en").text, /may not be complete/);
  });

  it("goes to abuse@ the organisation's own domain where no other address is set", () => {
    const form = formOf("abuse");
    assert.deepEqual(knownAddresses(form, { ...office, contacts: [], organisation: { name: "", domains: ["nc.example"], channels: [] } }), { abuse: "abuse@nc.example" });
  });
});

describe("single forms", () => {
  it("the 72 hours run from the discovery, through the end of a month", () => {
    assert.equal(deadline({ discovered: "2026-11-29 23:30" }), "2026-12-02 23:30");
    for (const discovered of ["", "yesterday", "2026-13-40 10:00", "29/11/2026 23:30"]) assert.equal(deadline({ discovered }), "", discovered);
    assert.deepEqual(faultsOf(formOf("breach"), { ...FILLED.breach, discovered: "yesterday" }), ["discovered"]);
  });

  it("a final review cannot pass over what is open in silence, and ministers read of their Code", () => {
    const form = formOf("final-review");
    assert.deepEqual(faultsOf(form, { ...FILLED["final-review"], why_open: "" }), ["why_open"]);
    assert.deepEqual(faultsOf(form, { ...FILLED["final-review"], undecided: "0", pending: "0", why_open: "" }), []);
    const statement = documentOf(form, FILLED["final-review"], "en").text;
    for (const words of [/belong to the Crown/, /Ministerial Code/, /kept everything as it is/, /not decided: 2/, /not filed yet: 1/]) assert.match(statement, words);
    assert.doesNotMatch(documentOf(form, { ...FILLED["final-review"], minister: "", hold: "none" }, "en").text, /Ministerial|kept everything/);
    assert.doesNotMatch(JSON.stringify(form.texts), /delet|supprim/i, "under a hold nothing speaks of deleting");
  });

  it("an alert counts rules and channels and holds nothing else", () => {
    const event = { at: "2026-11-22T14:03:00+00:00", channel: "whatsapp", action: "block" as const, rules: ["uk-nccc-2023/UK-11"], way: "edited" as const };
    assert.equal(tally([event, event, { ...event, channel: "gmail" }]), "uk-nccc-2023/UK-11, whatsapp, block: 2\nuk-nccc-2023/UK-11, gmail, block: 1");
    const begun = formOf("alert").begin({ ...context, events: [event, { ...event, action: "warn" }] });
    assert.deepEqual(begun, { since: "2026-11-22", until: "2026-11-22", stops: "uk-nccc-2023/UK-11, whatsapp, block: 1" });
    assert.deepEqual(faultsOf(formOf("alert"), formOf("alert").begin(context)), ["stops"]);
  });

  it("a note of judgement is kept as a record with its five fields", { skip: noCore }, async () => {
    const session = new Machine({ name: "Dana Ellis", address: "dana@dept.example", destination: { kind: "none" } }).start();
    const form = formOf("judgement");
    const capture = noteCapture(documentOf(form, FILLED.judgement, "en"), form, { name: "Dana Ellis", address: "dana@dept.example" }, "2026-11-22T14:03:00+00:00");
    const kept = await session.keep(capture, request());
    assert.equal(kept?.ok, true, JSON.stringify(kept));
    const box = await session.service.outbox();
    const [row] = await box.rows();
    assert.match(JSON.stringify(row && (await box.content(row))?.record), /Only the place of the meeting changed/);
  });
});

describe("saved forms", () => {
  it("have their place in a database made before there were forms, and nothing of it is lost", async () => {
    const factory = new IDBFactory();
    await new Promise<void>((done) => {
      const old = factory.open("hanaper", 1);
      old.onupgradeneeded = () => {
        for (const name of ["records", "keys", "places"]) old.result.createObjectStore(name).put({ id: name }, name);
      };
      old.onsuccess = () => { old.result.close(); done(); };
    });
    const db = await openDatabase(factory);
    assert.deepEqual([...db.objectStoreNames], ["forms", "keys", "places", "records"]);
    assert.deepEqual(await transact(db, "records", "readonly", (s) => s.getAll()), [{ id: "records" }]);
  });

  it("hold no word in the clear, change in place, and are removed only where no hold is stated", async () => {
    const machine = new Machine();
    const box = await machine.outbox();
    const report = filled("exceptional-use");
    await saveForm(box, report);
    await saveForm(box, { ...report, saved_at: "2026-11-22T15:00:00+00:00", handed_at: "2026-11-22T15:00:00+00:00" });
    const rows = await box.store.read("forms", (s) => s.getAll());
    assert.equal(rows.length, 1);
    const clear = JSON.stringify(rows, (_, v: unknown) => (v instanceof ArrayBuffer ? text(new Uint8Array(v)) : v));
    assert.doesNotMatch(clear, /flood|exceptional|Dana/);
    for (const hold of ["held", "unknown"] as const) await assert.rejects(removeForm(box, report.id, hold), HoldError);
    assert.equal((await savedForms(await machine.outbox())).length, 1);
    await removeForm(box, report.id, "none");
    assert.deepEqual(await savedForms(await machine.outbox()), []);
  });

  it("one that was torn off one database comes back from the other, in its last state", async () => {
    const machine = new Machine();
    const box = await machine.outbox();
    const report = filled("breach");
    await saveForm(box, report);
    await saveForm(box, { ...report, saved_at: "2026-11-22T16:00:00+00:00", values: { ...report.values, people: "41" } });
    const [db] = await machine.databases(new Life());
    await new Promise((done) => { const t = db.transaction("forms", "readwrite"); t.objectStore("forms").clear(); t.oncomplete = done; });
    const [again] = await savedForms(await machine.outbox());
    assert.equal(again?.values["people"], "41");
  });
});
