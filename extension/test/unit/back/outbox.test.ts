import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { giveBack } from "../../../outbox/filing.ts";
import { openDatabase, transact, update } from "../../../outbox/database.ts";
import { sign, unseal, verifySignature } from "../../../outbox/keys.ts";
import { HoldError } from "../../../outbox/outbox.ts";
import type { KeptRecord } from "../../../wire.ts";
import { noCore } from "./core.ts";
import { capture, Machine, request } from "./world.ts";

const DAY = 86_400_000;
const utf8 = (text: string) => new TextEncoder().encode(text);
const FOLDER = { destination: { kind: "folder" as const } };

async function keepOne(machine: Machine, body?: string): Promise<string> {
  const answer = await machine.start().keep(capture({}, body), request());
  assert.ok(answer?.ok);
  return answer.id;
}

describe("outbox", { skip: noCore }, () => {
  it("nothing that was written stands in the database in the clear", async () => {
    const machine = new Machine({ name: "Zebulon Quarterstaff" });
    const words = ["Canary Gullfeather", "zinnia-canary", "Canary Chat", "zebulon quarterstaff"];
    const to = [{ name: "Canary Gullfeather", address: "" }];
    await machine.start().keep(capture({ chat: "Canary Chat", fields: { ...capture().fields, to, subject: "zinnia-canary" } }, "zinnia-canary"), request());
    const rows = await (await machine.outbox()).rows();
    assert.equal(rows.length, 1);
    for (const row of rows) {
      const stored = [JSON.stringify(row), Buffer.from(row.head.data).toString("latin1"), Buffer.from(row.content?.data ?? new ArrayBuffer()).toString("latin1")].join("\n").toLowerCase();
      for (const word of words) assert.equal(stored.includes(word.toLowerCase()), false, word);
    }
    assert.equal(JSON.stringify(machine.local.items).includes("canary"), false);
  });

  it("keys cannot be exported; they stay the same after a restart", async () => {
    const machine = new Machine({});
    const [a, b] = [await machine.outbox(), await machine.outbox()];
    await assert.rejects(crypto.subtle.exportKey("raw", a.keys.content));
    await assert.rejects(crypto.subtle.exportKey("pkcs8", a.keys.signing.privateKey));
    const signature = await sign(a.keys, "sha256:00");
    assert.equal((await sign(b.keys, "sha256:00")).public_key, signature.public_key);
    assert.equal(await verifySignature("sha256:00", signature), true);
    assert.equal(await verifySignature("sha256:01", signature), false);
    assert.equal(await verifySignature("sha256:00", { ...signature, value: "!" }), false);
  });

  it("sealed bytes open only unchanged, and only as what they were", async () => {
    const machine = new Machine({});
    const id = await keepOne(machine);
    const outbox = await machine.outbox();
    const row = (await outbox.row(id)) ?? assert.fail();
    await assert.rejects(unseal(outbox.keys, `head ${id}x`, row.head));
    await assert.rejects(unseal(outbox.keys, `content ${id}`, row.head));
    const bytes = new Uint8Array(row.head.data);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await assert.rejects(outbox.head(row));
  });

  it("a record whose bytes were changed does not keep the others from being listed and filed", async () => {
    const machine = new Machine(FOLDER);
    machine.disk.permission = "prompt";
    const [spoilt, whole] = [await keepOne(machine, "one"), await keepOne(machine, "two")];
    const db = await openDatabase(machine.factory);
    const rotten = { iv: new Uint8Array(12), data: new ArrayBuffer(40) };
    await update(db, spoilt, (row) => ({ ...row, head: rotten, content: rotten }));
    machine.disk.permission = "granted";
    const session = machine.start();
    await session.service.resume();
    const { records } = await session.service.handlers.records({ op: "records" });
    const states = new Map(records.map((r) => [r.id, [r.state, r.file_name !== ""]]));
    assert.deepEqual([states.get(spoilt), states.get(whole)], [["pending", false], ["delivered", true]]);
    assert.equal(session.badge, 1);
  });

  it("a write that failed is not taken for the same request asked again", async () => {
    const outbox = await new Machine({}).outbox();
    const record = { kept: { at: "2026-11-22T14:03:00Z" }, fields: { subject: "" }, channel: "whatsapp" } as KeptRecord;
    const kept = { id: "sha256:1", request: request(), record, signature: await sign(outbox.keys, ""), eml: "", file_name: "a.eml" };
    const first = await outbox.keep(kept);
    assert.deepEqual(await outbox.keep({ ...kept, id: "sha256:2" }), first);
    outbox.store.write = () => Promise.reject(new DOMException("the disk is full", "QuotaExceededError"));
    await assert.rejects(outbox.keep(kept), { name: "QuotaExceededError" });
  });

  it("when it cannot be written, the answer says that nothing was kept", async () => {
    const machine = new Machine(FOLDER);
    const session = machine.start();
    const outbox = await session.service.outbox();
    outbox.keep = () => Promise.reject(new DOMException("the disk is full", "QuotaExceededError"));
    assert.deepEqual(await session.keep(capture(), request()), { ok: false, missing: [], error: "the disk is full" });
    assert.equal(machine.disk.files.size, 0);
  });

  it("summaries carry no message text", async () => {
    const machine = new Machine({});
    await keepOne(machine, "swordfish");
    const outbox = await machine.outbox();
    const summaries = await Promise.all((await outbox.rows()).map((row) => outbox.summary(row)));
    assert.equal(JSON.stringify(summaries).includes("swordfish"), false);
    assert.equal(summaries[0]?.subject, "Pilot starts Monday");
  });

  it("purges only what was delivered long enough ago, and only with no hold stated", async () => {
    const machine = new Machine(FOLDER);
    const id = await keepOne(machine);
    const outbox = await machine.outbox();
    const later = new Date(machine.now.getTime() + 31 * DAY);
    for (const hold of ["unknown", "held"] as const) assert.equal(await outbox.purge(hold, 30, later), 0);
    assert.equal(await outbox.purge("none", 30, new Date(machine.now.getTime() + 29 * DAY)), 0);
    assert.equal(await outbox.purge("none", 30, later), 1);
    const row = (await outbox.row(id)) ?? assert.fail();
    assert.equal(await outbox.content(row), null);
    assert.deepEqual([row.state, (await outbox.head(row)).where, row.eml_digest.length], ["delivered", "records", 71]);
  });

  it("never purges or empties what is undelivered", async () => {
    const machine = new Machine({ destination: { kind: "download" } });
    const id = await keepOne(machine);
    const outbox = await machine.outbox();
    assert.equal(await outbox.purge("none", 1, new Date(machine.now.getTime() + 4000 * DAY)), 0);
    assert.equal(await outbox.empty("none"), 0);
    assert.ok(await outbox.content((await outbox.row(id)) ?? assert.fail()));
  });

  it("emptying is refused under a hold and when nobody said there is none", async () => {
    const machine = new Machine(FOLDER);
    await keepOne(machine);
    const outbox = await machine.outbox();
    for (const hold of ["unknown", "held"] as const) await assert.rejects(outbox.empty(hold), HoldError);
    assert.equal((await outbox.rows()).length, 1);
    assert.equal(await outbox.empty("none"), 1);
    assert.equal((await outbox.rows()).length, 0);
  });

  it("a delivered record never goes back", async () => {
    const machine = new Machine(FOLDER);
    const id = await keepOne(machine);
    const outbox = await machine.outbox();
    await outbox.pending(id, "folder", "permission");
    await outbox.delivered(id, "file", "elsewhere", false, "2027-01-01T00:00:00Z");
    const row = (await outbox.row(id)) ?? assert.fail();
    assert.deepEqual([row.state, row.identical, (await outbox.head(row)).where], ["delivered", true, "records"]);
  });

  it("given back, a file proves its record; another file, or a changed one, does not", async () => {
    const machine = new Machine({ destination: { kind: "download" } });
    const [first, second] = [await keepOne(machine, "one"), await keepOne(machine, "two")];
    const outbox = await machine.outbox();
    const eml = async (id: string) => (await outbox.content((await outbox.row(id)) ?? assert.fail()))?.eml ?? assert.fail();
    const verify = machine.start().service.verify;
    const give = (name: string, text: string) => giveBack(outbox, name, utf8(text), verify, "2026-11-22T15:00:00+00:00");
    assert.deepEqual(await give("x.eml", "From: nobody\r\n\r\n"), { name: "x.eml", id: "" });
    assert.deepEqual(await give("x.eml", (await eml(first)).replace("record.json", "recorb.json").replace("record.json", "recorb.json")), { name: "x.eml", id: "" });
    assert.deepEqual(await give("a.eml", await eml(first)), { name: "a.eml", id: first });
    assert.deepEqual(await give("b.eml", `Received: by server.example\r\n${await eml(second)}`), { name: "b.eml", id: second });
    const rows = await Promise.all([first, second].map((id) => outbox.row(id)));
    assert.deepEqual(rows.map((r) => [r?.state, r?.identical]), [["delivered", true], ["delivered", false]]);
    const other = new Machine({});
    assert.deepEqual(await giveBack(await other.outbox(), "a.eml", utf8(await eml(first)), verify, ""), { name: "a.eml", id: "" });
  });

  it("writes ask for strict durability and report only after complete", async () => {
    const machine = new Machine({});
    const db = await openDatabase(machine.factory);
    const asked: unknown[] = [];
    const spy = new Proxy(db, {
      get: (target, name) =>
        name === "transaction"
          ? (...args: Parameters<IDBDatabase["transaction"]>) => (asked.push(args[2]), target.transaction(...args))
          : (Reflect.get(target, name, target) as unknown),
    });
    let complete = false;
    await transact(spy, "places", "readwrite", (store) => {
      store.transaction.addEventListener("complete", () => (complete = true));
      return store.put("x", "y");
    });
    assert.deepEqual([asked, complete], [[{ durability: "strict" }], true]);
  });
});
