import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDatabase, transact, type Row } from "../../../outbox/database.ts";
import { provenId } from "../../../outbox/filing.ts";
import type { Answer } from "../../../wire.ts";
import { noCore } from "./core.ts";
import { capture, Life, Machine, request } from "./world.ts";

const FOLDER = { destination: { kind: "folder" as const }, name: "Ada Okafor" };
type Kept = Extract<Answer<"keep">, { ok: true }>;

function assertKept(answer: Answer<"keep"> | undefined): asserts answer is Kept {
  assert.ok(answer?.ok, JSON.stringify(answer));
}

/** Records and files agree: one of each, delivered, and the file proves itself. */
async function assertFiledOnce(machine: Machine): Promise<string> {
  const outbox = await machine.outbox();
  const rows = await outbox.rows();
  assert.deepEqual(rows.map((r) => [r.state, r.trouble, r.identical]), [["delivered", "", true]]);
  assert.equal(machine.disk.files.size, 1);
  const [file] = machine.disk.files.values();
  assert.ok(file);
  assert.equal(await provenId(file, machine.start().service.verify), rows[0]?.id);
  return rows[0]?.id ?? "";
}

/** The copy has no room for its nth write of a record, counted from 1 over all openings, where full says so. */
function fillCopy(machine: Machine, full: (nth: number) => boolean): void {
  const open = machine.databases.bind(machine);
  let nth = 0;
  machine.databases = async (life) => {
    const [db, copy] = await open(life);
    const refusing = new Proxy(copy, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return (...args: unknown[]): unknown => {
          if (name === "transaction" && args[0] === "records" && args[1] === "readwrite" && full(++nth)) {
            throw new DOMException("the disk is full", "QuotaExceededError");
          }
          return (value as (...args: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    return [db, refusing];
  };
}

/** The ids in each of the two databases. */
async function inBoth(machine: Machine): Promise<string[][]> {
  const dbs = [await openDatabase(machine.factory), await openDatabase(machine.copy)];
  const rows = await Promise.all(dbs.map((db) => transact(db, "records", "readonly", (s) => s.getAll() as IDBRequest<Row[]>)));
  for (const db of dbs) db.close();
  return rows.map((all) => all.map((row) => row.id));
}

describe("keep", { skip: noCore }, () => {
  it("kept, filed in the folder, read back, delivered", async () => {
    const machine = new Machine(FOLDER);
    const session = machine.start();
    const answer = await session.keep(capture(), request());
    assertKept(answer);
    assert.deepEqual([answer.state, answer.where, answer.trouble], ["delivered", "records", ""]);
    assert.equal(await assertFiledOnce(machine), answer.id);
    const [name] = machine.disk.files.keys();
    assert.match(name ?? "", new RegExp(`^2026-11-22-1402-pilot-starts-monday-${answer.id.slice(7, 15)}\\.eml$`));
    assert.equal(session.badge, 0);
  });

  it("words may be taken out only where it is stated that there is no hold, and then nothing of them is kept", async () => {
    const whole = capture({}, "Call █████ tonight");
    const taken = { ...whole, verdict: { ...whole.verdict, digest: "" }, messages: whole.messages.map((m) => ({ ...m, redactions: [{ at: 5, length: 3 }] })) };
    for (const state of ["held", "unknown"] as const) {
      const machine = new Machine({ hold: { state, stated_at: "2026-11-22T09:00:00Z" } });
      const answer = await machine.start().keep(taken, request());
      assert.deepEqual(answer, { ok: false, missing: [], error: `hold is ${state}: words must not be taken out` });
      assert.equal((await (await machine.outbox()).rows()).length, 0);
      assertKept(await machine.start().keep(whole, request()));
    }
    const machine = new Machine({ ...FOLDER, hold: { state: "none", stated_at: "2026-11-22T09:00:00Z" } });
    assertKept(await machine.start().keep(taken, request()));
    await assertFiledOnce(machine);
    const digest = { ...taken, verdict: { ...taken.verdict, digest: `sha256:${"0".repeat(64)}` } };
    assert.match(JSON.stringify(await machine.start().keep(digest, request())), /could be guessed/);
  });

  it("names the missing fields and keeps nothing", async () => {
    const machine = new Machine(FOLDER);
    const { fields } = capture();
    for (let mask = 1; mask < 32; mask++) {
      const lacks = ["to", "from", "date", "time", "subject"].filter((_, i) => mask & (1 << i));
      const blank = { to: [], from: { name: "", address: "" }, date: "", time: "", subject: " " };
      const left = Object.fromEntries(lacks.map((name) => [name, blank[name as keyof typeof blank]]));
      const answer = await machine.start().keep(capture({ fields: { ...fields, ...left } }), request());
      assert.deepEqual(answer, { ok: false, missing: lacks, error: "" });
    }
    assert.equal((await (await machine.outbox()).rows()).length, 0);
    assert.equal(machine.disk.files.size, 0);
  });

  it("a capture that is no record is refused with the place", async () => {
    const session = new Machine(FOLDER).start();
    const answer = await session.keep({ ...capture(), method: "telepathy" as never }, request());
    assert.ok(answer && !answer.ok);
    assert.match(answer.error, /method/);
  });

  it("asked again with the same request, it gives the record already made", async () => {
    const machine = new Machine(FOLDER);
    const click = request();
    const session = machine.start();
    const answers = await Promise.all([session.keep(capture(), click), session.keep(capture(), click)]);
    const again = await machine.start().keep(capture(), click);
    assertKept(again);
    for (const answer of answers) assert.equal((answer as Kept).id, again.id);
    await assertFiledOnce(machine);
  });

  it("two clicks on the same message are two records, not told apart by their text", async () => {
    const machine = new Machine(FOLDER);
    const session = machine.start();
    const [a, b] = [await session.keep(capture(), request()), await session.keep(capture(), request())];
    assert.notEqual((a as Kept).id, (b as Kept).id);
    assert.equal(machine.disk.files.size, 2);
  });

  it("without a destination it is kept, and says why it is not filed", async () => {
    const machine = new Machine({});
    const session = machine.start();
    const answer = await session.keep(capture(), request());
    assertKept(answer);
    assert.deepEqual([answer.state, answer.trouble, session.badge], ["kept", "no_destination", 1]);
  });

  it("for a download it is pending until the person saved it", async () => {
    const answer = await new Machine({ destination: { kind: "download" } }).start().keep(capture(), request());
    assertKept(answer);
    assert.deepEqual([answer.state, answer.trouble], ["pending", "unsaved"]);
  });

  it("killed at any step, nothing acknowledged is lost and nothing is filed twice", async () => {
    const whole = new Life();
    await new Machine(FOLDER).start(whole).keep(capture(), request());
    assert.ok(whole.steps > 12, `only ${whole.steps} steps: the kill test is not looking`);
    let acknowledged = 0;
    for (let limit = 0; limit <= whole.steps; limit++) {
      const machine = new Machine(FOLDER);
      const click = request();
      const first = await machine.start(new Life(limit)).keep(capture(), click);
      const restarted = machine.start();
      await restarted.service.resume();
      const rows = await (await machine.outbox()).rows();
      if (first?.ok) acknowledged++;
      if (first) assert.equal(rows.length, 1, `acknowledged and lost at step ${limit}`);
      assert.ok(rows.every((row) => row.state === "delivered"), `waits for ever after step ${limit}`);
      const again = await restarted.keep(capture(), click);
      assertKept(again);
      assert.equal(await assertFiledOnce(machine), again.id, `step ${limit}`);
      assert.equal(restarted.badge, 0);
    }
    assert.ok(acknowledged > 0 && acknowledged < whole.steps);
  });

  it("with no room for the copy it is not kept; with room again the same request makes no second record", async () => {
    const machine = new Machine(FOLDER);
    let room = false;
    fillCopy(machine, () => !room);
    const session = machine.start();
    const click = request();
    const answers = await Promise.all([session.keep(capture(), click), session.keep(capture(), click)]);
    answers.push(await session.keep(capture(), click), await machine.start().keep(capture(), click));
    for (const answer of answers) assert.equal(answer?.ok, false, JSON.stringify(answer));
    assert.equal((await inBoth(machine))[1]?.length, 0);
    room = true;
    const again = await session.keep(capture(), click);
    assertKept(again);
    assert.deepEqual(await inBoth(machine), [[again.id], [again.id]]);
    await session.service.resume();
    assert.equal(await assertFiledOnce(machine), again.id);
  });

  it("asked again between the two writes, it does not answer by the first alone", async () => {
    const machine = new Machine(FOLDER);
    const click = request();
    let again: Promise<string> | undefined;
    fillCopy(machine, () => {
      again ??= outbox.byRequest(click).then((row) => row?.id ?? "", () => "refused");
      return true;
    });
    const session = machine.start();
    const outbox = await session.service.outbox();
    assert.equal((await session.keep(capture(), click))?.ok, false);
    assert.equal(await again, "refused");
  });

  it("refused by the copy once, it is kept when both hold it after all", async () => {
    const machine = new Machine(FOLDER);
    fillCopy(machine, (nth) => nth === 1);
    const answer = await machine.start().keep(capture(), request());
    assertKept(answer);
    assert.deepEqual(await inBoth(machine), [[answer.id], [answer.id]]);
    assert.equal(await assertFiledOnce(machine), answer.id);
  });

  it("kept, then no room to note the filing: it is answered as kept and filed later", async () => {
    for (const later of [2, 3]) {
      const machine = new Machine(FOLDER);
      fillCopy(machine, (nth) => nth === later);
      const session = machine.start();
      const answer = await session.keep(capture(), request());
      assertKept(answer);
      await session.service.resume();
      assert.equal(await assertFiledOnce(machine), answer.id);
    }
  });

  it("with the grant lapsed it is pending; renewed, everything waiting is filed", async () => {
    const machine = new Machine(FOLDER);
    machine.disk.permission = "prompt";
    const session = machine.start();
    for (let i = 0; i < 3; i++) {
      const answer = await session.keep(capture({}, `decision ${i}`), request());
      assertKept(answer);
      assert.deepEqual([answer.state, answer.trouble], ["pending", "permission"]);
    }
    assert.equal(session.badge, 3);
    const next = machine.start();
    await next.service.resume();
    assert.equal(next.badge, 3, "a restart alone renews nothing");
    machine.disk.permission = "granted";
    await next.service.resume();
    assert.equal(next.badge, 0);
    assert.equal(machine.disk.files.size, 3);
  });

  it("a full disk, a lost folder and a faulty share leave it pending and say why", async () => {
    const troubles: [string, (machine: Machine) => void][] = [
      ["missing", (m) => (m.disk.gone = true)],
      ["differs", (m) => (m.disk.corrupt = (bytes) => bytes.slice(0, bytes.length / 2))],
      ["write", (m) => (m.disk.step = () => Promise.reject(new DOMException("full", "QuotaExceededError")))],
      ["permission", (m) => (m.disk.step = () => Promise.reject(new DOMException("no", "NotAllowedError")))],
    ];
    for (const [trouble, spoil] of troubles) {
      const machine = new Machine(FOLDER);
      const session = machine.start();
      spoil(machine);
      const answer = await session.keep(capture(), request());
      assertKept(answer);
      assert.deepEqual([answer.state, answer.trouble], ["pending", trouble]);
      assert.equal(session.badge, 1);
    }
  });
});
