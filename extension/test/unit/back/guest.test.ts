import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Guest, GuestError } from "../../../host/guest.ts";
import { coreModule, noCore } from "./core.ts";

describe("guest", { skip: noCore }, () => {
  it("compiles once and keeps one instance", async () => {
    let asked = 0;
    const guest = new Guest(() => (asked++, coreModule()));
    await Promise.all([guest.warm(), guest.warm(), guest.call("info", { language: "en" })]);
    await guest.call("info", { language: "en" });
    assert.deepEqual([asked, guest.instances], [1, 1]);
  });

  it("answers calls made at once, each its own", async () => {
    const guest = new Guest(coreModule);
    const bodies = Array.from({ length: 20 }, (_, i) => `message ${i}`);
    const ask = (body: string) => guest.call("capture", { capture: { v: 1, nonce: body } });
    const answers = await Promise.all(bodies.map(ask));
    for (const answer of answers) assert.match((answer as { error: string }).error, /nonce/);
    assert.equal(guest.instances, 1);
  });

  it("a request over the limit is refused by name, and the next one is answered", async () => {
    const guest = new Guest(coreModule);
    await assert.rejects(guest.text("verify", " ".repeat(80 << 20)), GuestError);
    assert.ok(await guest.call("info", { language: "en" }));
  });

  it("after a trap a fresh instance answers", async () => {
    const module = await coreModule();
    let trap = true;
    const guest = new Guest(() => Promise.resolve(module));
    const real = WebAssembly.instantiate;
    // The first instance's memory is pulled away under it: buf then gives an address outside.
    const broken = async (m: WebAssembly.Module, imports: WebAssembly.Imports) => {
      const instance = await real(m, imports);
      if (!trap) return instance;
      trap = false;
      return { exports: { ...instance.exports, info: () => { throw new WebAssembly.RuntimeError("unreachable"); } } };
    };
    WebAssembly.instantiate = broken as unknown as typeof WebAssembly.instantiate;
    try {
      await assert.rejects(guest.call("info", { language: "en" }), /the core stopped in info/);
      assert.ok(await guest.call("info", { language: "en" }));
      assert.equal(guest.instances, 2);
    } finally {
      WebAssembly.instantiate = real;
    }
  });

  it("an install the core refused is not asked again of a fresh instance", async () => {
    const guest = new Guest(coreModule);
    assert.match(((await guest.install({ packs: [{}] })) as { error: string }).error, /json/);
    const real = WebAssembly.instantiate;
    const installs: unknown[] = [];
    const counting = async (m: WebAssembly.Module, imports: WebAssembly.Imports) => {
      const { exports } = await real(m, imports);
      return { exports: { ...exports, install: (n: number) => (installs.push(n), (exports["install"] as (n: number) => bigint)(n)) } };
    };
    WebAssembly.instantiate = counting as unknown as typeof WebAssembly.instantiate;
    try {
      await assert.rejects(guest.text("verify", " ".repeat(80 << 20)), GuestError);
      assert.ok(await guest.call("info", { language: "en" }));
      assert.deepEqual(installs, []);
    } finally {
      WebAssembly.instantiate = real;
    }
  });

  it("a core that could not be read is asked for again", async () => {
    let tries = 0;
    const guest = new Guest(() => (tries++ === 0 ? Promise.reject(new Error("disk")) : coreModule()));
    await assert.rejects(guest.warm(), /disk/);
    await guest.warm();
    assert.equal(guest.instances, 1);
  });
});
