import assert from "node:assert/strict";
import { IDBFactory, IDBVersionChangeEvent } from "fake-indexeddb";
import { describe, it } from "node:test";
import { openDatabase, transact, type Row, type StoreName } from "../../../outbox/database.ts";
import { noCore } from "./core.ts";
import { capture, Life, Machine, request } from "./world.ts";

const DAY = 86_400_000;
const FOLDER = { destination: { kind: "folder" as const } };

async function keepOne(machine: Machine, body: string): Promise<string> {
  const answer = await machine.start().keep(capture({}, body), request());
  assert.ok(answer?.ok, JSON.stringify(answer));
  return answer.id;
}

/** What one database alone holds. */
async function held(factory: IDBFactory, name: StoreName = "records"): Promise<unknown[]> {
  const db = await openDatabase(factory);
  try {
    return await transact(db, name, "readonly", (s) => s.getAll() as IDBRequest<unknown[]>);
  } finally {
    db.close();
  }
}

/** Each row's state, and whether it still has its content. */
const marks = (rows: unknown[]) => (rows as Row[]).map((row) => [row.id, row.state, row.content !== null]);

/** Writes a changed row into one database alone, as something cut short leaves it. */
async function alone(factory: IDBFactory, id: string, change: Partial<Row>): Promise<void> {
  const row = ((await held(factory)) as Row[]).find((each) => each.id === id) ?? assert.fail();
  const db = await openDatabase(factory);
  await transact(db, "records", "readwrite", (s) => s.put({ ...row, ...change }));
  db.close();
}

const ids = (rows: unknown[]) => (rows as Row[]).map((row) => row.id).sort();

describe("two databases", { skip: noCore }, () => {
  it("whichever the browser deleted, its records and the key come back from the other, again and again", async () => {
    const machine = new Machine({});
    const kept: string[] = [];
    for (const lost of ["factory", "copy", "copy", "factory", "factory"] as const) {
      kept.push(await keepOne(machine, `Before ${lost} was lost`));
      machine[lost] = new IDBFactory();
      const outbox = await machine.outbox();
      const rows = await outbox.rows();
      assert.deepEqual(ids(rows), [...kept].sort());
      for (const row of rows) assert.ok(await outbox.content(row), "opens with the key that sealed it");
      for (const each of [machine.factory, machine.copy]) assert.deepEqual(ids(await held(each)), [...kept].sort());
    }
  });

  it("what was answered as kept stands in both", async () => {
    const machine = new Machine(FOLDER);
    const id = await keepOne(machine, "Agreed");
    for (const each of [machine.factory, machine.copy]) {
      assert.deepEqual((await held(each) as Row[]).map((row) => [row.id, row.state]), [[id, "delivered"]]);
      assert.equal((await held(each, "keys")).length, 1);
    }
  });

  it("killed at every step of a keep, then one database lost: the other has all that was answered", async () => {
    for (const lost of ["factory", "copy"] as const) {
      for (let steps = 0; ; steps++) {
        const machine = new Machine(FOLDER);
        const first = await keepOne(machine, "First");
        const life = new Life(steps);
        const answer = await machine.start(life).keep(capture({}, "Second"), request());
        machine[lost] = new IDBFactory();
        const rows = await (await machine.outbox()).rows();
        const must = answer?.ok ? [first, answer.id] : [first];
        for (const id of must) assert.ok(ids(rows).includes(id), `${lost} lost after ${steps} steps`);
        if (!life.dead) break;
        assert.ok(steps < 200);
      }
    }
  });

  it("emptied and purged, cut short at any step: nothing that was said to be gone comes back", async () => {
    for (const lost of ["factory", "copy"] as const) {
      for (let steps = 0; ; steps++) {
        const machine = new Machine(FOLDER);
        await keepOne(machine, "Agreed");
        const life = new Life(steps);
        const later = new Date(machine.now.getTime() + 31 * DAY);
        const purging = machine.outbox(life).then((outbox) => outbox.purge("none", 30, later)).catch(() => 0);
        const gone = await Promise.race([purging, life.died]);
        assert.ok(steps < 200);
        machine[lost] = new IDBFactory();
        const [row] = await (await machine.outbox()).rows();
        assert.ok(row, "the receipt stays");
        if (gone === 1) assert.equal(row.content, null, `${lost} lost`);
        if (!life.dead) break;
      }
      const machine = new Machine(FOLDER);
      await keepOne(machine, "Agreed");
      assert.equal(await (await machine.outbox()).empty("none"), 1);
      machine[lost] = new IDBFactory();
      assert.deepEqual(await (await machine.outbox()).rows(), []);
    }
  });

  it("killed at any step of a keep, the two agree after the next opening, and what is purged then is gone from both", async () => {
    for (let steps = 0; ; steps++) {
      const machine = new Machine(FOLDER);
      const life = new Life(steps);
      await machine.start(life).keep(capture(), request());
      const outbox = await machine.outbox();
      assert.deepEqual(marks(await held(machine.copy)), marks(await held(machine.factory)), `after ${steps} steps`);
      await outbox.purge("none", 30, new Date(machine.now.getTime() + 31 * DAY));
      machine.factory = new IDBFactory();
      for (const row of await (await machine.outbox()).rows()) {
        assert.equal(row.content === null, row.state === "delivered", `${row.state} after ${steps} steps`);
      }
      if (!life.dead) break;
      assert.ok(steps < 200);
    }
  });

  it("where the two differ the first leads, but what was purged from one is gone from both", async () => {
    const cases: [Partial<Row>, Partial<Row>, Row["state"], boolean][] = [
      [{}, { state: "pending" }, "delivered", true],
      [{ state: "pending" }, { state: "kept" }, "pending", true],
      [{ content: null }, { state: "pending" }, "delivered", false],
      [{ content: null }, {}, "delivered", false],
      [{}, { content: null }, "delivered", false],
    ];
    for (const [first, second, state, content] of cases) {
      const machine = new Machine(FOLDER);
      const id = await keepOne(machine, "Agreed");
      await alone(machine.factory, id, first);
      await alone(machine.copy, id, second);
      await machine.outbox();
      for (const each of [machine.factory, machine.copy]) assert.deepEqual(marks(await held(each)), [[id, state, content]]);
    }
  });

  it("another page was cut short: what is purged without a new opening is gone from both", async () => {
    const machine = new Machine(FOLDER);
    const id = await keepOne(machine, "Agreed");
    const outbox = await machine.outbox();
    await alone(machine.copy, id, { state: "pending" });
    assert.equal(await outbox.purge("none", 30, new Date(machine.now.getTime() + 31 * DAY)), 1);
    for (const each of [machine.factory, machine.copy]) assert.deepEqual(marks(await held(each)), [[id, "delivered", false]]);
  });

  it("closed by the browser, the outbox is opened anew", async () => {
    const machine = new Machine({});
    const session = machine.start();
    assert.ok((await session.keep(capture(), request()))?.ok);
    const before = await session.service.outbox();
    session.databases.at(-1)?.dispatchEvent(new IDBVersionChangeEvent("close"));
    assert.equal(before.store.closed, true);
    assert.ok((await session.keep(capture({}, "After"), request()))?.ok);
    assert.notEqual(await session.service.outbox(), before);
    assert.equal((await (await machine.outbox()).rows()).length, 2);
  });
});
