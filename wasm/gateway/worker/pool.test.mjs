// node --test pool.test.mjs, with WASM naming testdata/canary compiled and EXEC the Go
// runtime's JavaScript; worker_test.go does.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

const dir = mkdtempSync(join(tmpdir(), "pool-"));
copyFileSync("pool.mjs", join(dir, "pool.mjs"));
copyFileSync(process.env.EXEC, join(dir, "wasm_exec.js"));
const { Pool } = await import(join(dir, "pool.mjs"));
const module = await WebAssembly.compile(readFileSync(process.env.WASM));
const quiet = () => {};

test("an instance serves one call at a time, and no more than so many there are", async () => {
  const pool = new Pool(module, {}, 3);
  const inside = await Promise.all(Array.from({ length: 20 }, () => pool.call("a", "slow", () => wait(3), {})));
  assert.deepEqual(new Set(inside), new Set([1]));
  assert.ok(pool.made <= 3, `${pool.made} instances`);
});

test("what one tenant leaves in memory no other finds", async () => {
  const pool = new Pool(module, {}, 2);
  let own = 0;
  for (let i = 0; i < 40; i++) {
    const tenant = ["a", "b", "c"][Math.floor(i / 3) % 3];
    const found = await pool.call(tenant, "remember", tenant, {});
    assert.ok(found === "" || found === tenant, `${tenant} found ${found}`);
    own += found === tenant ? 1 : 0;
  }
  assert.ok(own > 0, "no instance was ever used twice: nothing was tested");
  assert.ok(pool.dropped.tenant > 0, "no instance ever gave way to another tenant");
});

test("an instance is made anew after so many calls", async () => {
  const pool = new Pool(module, {}, 1, 5);
  for (let i = 0; i < 12; i++) await pool.call("a", "remember", "x", {});
  assert.equal(pool.made, 3);
  assert.equal(pool.dropped.old, 2);
});

for (const [name, error, why] of [
  ["panic", /the program failed: in the call/, "left"],
  ["crash", /./, "trap"],
  ["hang", /no answer in time/, "trap"],
]) {
  test(`after ${name} the caller has an error and the next a new instance`, async (t) => {
    t.mock.method(console, "error", quiet);
    t.mock.method(console, "warn", quiet);
    const pool = new Pool(module, {}, 1, 1000, 300);
    await pool.call("a", "remember", "before", {});
    await assert.rejects(pool.call("a", name, null, {}), error);
    assert.equal(await pool.call("a", "remember", "after", {}), "");
    assert.equal(pool.dropped[why], 1);
  });
}

for (const name of ["goroutine", "timer"]) {
  test(`a ${name} that outlives its call ends its instance`, async () => {
    let fired = 0;
    const pool = new Pool(module, { fired: () => fired++ }, 1);
    await pool.call("a", "remember", "before", {});
    assert.equal(await pool.call("a", name, null, {}), "answered");
    assert.equal(await pool.call("a", "remember", "after", {}), "");
    assert.equal(pool.dropped.left, 1);
    await wait(60);
    assert.equal(fired, 0, "the timer ran in somebody else's time");
  });
}
