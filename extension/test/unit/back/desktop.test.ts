import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bridge, BridgeError, type Pipe } from "../../../outbox/destination/bridge.ts";
import { Desktop } from "../../../outbox/destination/desktop.ts";
import { DestinationError } from "../../../outbox/destination/destination.ts";

const ID = `sha256:${"a".repeat(64)}`;
const file = (size: number) => Uint8Array.from({ length: size }, (_, i) => i % 251);
const base64 = (b: Uint8Array) => Buffer.from(b).toString("base64");

interface Asked {
  op: string;
  id?: string;
  size?: number;
  offset?: number;
  data?: string;
  signature?: string;
}

/** The program on this computer, as far as the extension sees it. */
class Program {
  readonly stored = new Map<string, Uint8Array>();
  readonly asked: string[] = [];
  started = 0;
  /** Answers instead of the usual one, or "gone" for none and the end. */
  instead: (q: Asked) => object | "gone" | undefined = () => undefined;
  private coming = { id: "", size: 0, bytes: Buffer.alloc(0) };

  readonly connect = (): Pipe => {
    this.started++;
    let heard: (m: unknown) => void = () => undefined;
    let closed: (why: string) => void = () => undefined;
    return {
      send: (message) => {
        const q = message as Asked;
        this.asked.push(q.op);
        const said = this.instead(q) ?? this.answer(q);
        queueMicrotask(() => {
          if (said === "gone") closed("Native host has exited.");
          else heard(structuredClone(said));
        });
      },
      onMessage: (f) => (heard = f),
      onClose: (f) => (closed = f),
      close: () => undefined,
    };
  };

  private answer(q: Asked): object {
    switch (q.op) {
      case "hello":
        return { op: "hello", v: 1, version: "0.1.0", capabilities: ["put", "get"], challenge: "Y2hhbGxlbmdl" };
      case "prove":
        return q.signature === "signed Y2hhbGxlbmdl" ? { op: "state", state: "paired" } : { op: "error", code: "bad_message" };
      case "ready":
        return { op: "ready" };
      case "put":
        if (this.coming.id !== q.id) this.coming = { id: q.id ?? "", size: q.size ?? 0, bytes: Buffer.alloc(0) };
        return { op: "send", offset: this.coming.bytes.length };
      case "chunk":
        return this.chunk(q);
      case "get": {
        const all = this.stored.get(q.id ?? "") ?? new Uint8Array();
        return { op: "data", size: all.length, data: base64(all.subarray(q.offset, (q.offset ?? 0) + 300_000)) };
      }
    }
    return { op: "error", code: "bad_message" };
  }

  private chunk(q: Asked): object {
    const { coming } = this;
    if (q.offset === coming.bytes.length) coming.bytes = Buffer.concat([coming.bytes, Buffer.from(q.data ?? "", "base64")]);
    if (coming.bytes.length < coming.size) return { op: "send", offset: coming.bytes.length };
    this.stored.set(coming.id, new Uint8Array(coming.bytes));
    return { op: "stored", id: coming.id, size: coming.size };
  }
}

const who = { key: () => Promise.resolve("key"), prove: (c: string) => Promise.resolve(`signed ${c}`), version: "1" };
const bridgeTo = (program: Program) => new Bridge(program.connect, who);

describe("the program on this computer", () => {
  it("takes a record in pieces, and gives back what it has", async () => {
    const program = new Program();
    const bridge = bridgeTo(program);
    for (const size of [1, 480 << 10, 1_300_000]) {
      const bytes = file(size);
      program.stored.clear();
      assert.deepEqual(await new Desktop(bridge).put("name.eml", bytes, `${ID}${size}`), bytes);
      assert.deepEqual(program.stored.get(`${ID}${size}`), bytes);
    }
    assert.equal(program.started, 1, "started once for all");
    bridge.close();
  });

  it("goes on after a broken connection where it was", async () => {
    const program = new Program();
    const bridge = bridgeTo(program);
    let chunks = 0;
    program.instead = (q) => (q.op === "chunk" && ++chunks === 2 ? "gone" : undefined);
    const bytes = file(1_300_000);
    await assert.rejects(bridge.put(ID, bytes), (e: BridgeError) => e.state === "not_running");
    assert.deepEqual(await bridge.put(ID, bytes), bytes);
    assert.equal(program.asked.filter((op) => op === "chunk").length, 4, "three pieces, one of them twice");
    bridge.close();
  });

  it("several at once come one after another", async () => {
    const program = new Program();
    const bridge = bridgeTo(program);
    const all = await Promise.all([1, 2, 3, 4].map((n) => bridge.put(`${ID}${n}`, file(n * 1000))));
    assert.deepEqual(all.map((b) => b.length), [1000, 2000, 3000, 4000]);
    bridge.close();
  });

  const states: [string, Program["instead"], string, string][] = [
    ["is not there", () => "gone", "not_running", "not_running"],
    ["speaks an older protocol", (q) => (q.op === "hello" ? { op: "hello", v: 0, capabilities: ["put", "get"], challenge: "" } : undefined), "too_old", "too_old"],
    ["cannot do what is needed", (q) => (q.op === "hello" ? { op: "hello", v: 1, capabilities: ["put"], challenge: "" } : undefined), "too_old", "too_old"],
    ["finds the extension too old", (q) => (q.op === "hello" ? { op: "error", code: "extension_too_old", text: "" } : undefined), "extension_too_old", "too_old"],
    ["waits for approval", (q) => (q.op === "prove" ? { op: "state", state: "asked", pairing: "ABCD-EFGH" } : undefined), "asked", "not_paired"],
    ["has no vault", (q) => (["ready", "put"].includes(q.op) ? { op: "error", code: "no_vault", text: "" } : undefined), "no_vault", "locked"],
    ["cannot open its vault", (q) => (["ready", "put"].includes(q.op) ? { op: "error", code: "locked", text: "" } : undefined), "locked", "locked"],
    ["talks nonsense", (q) => (["ready", "put"].includes(q.op) ? { op: "error", code: 7 } : undefined), "faulty", "write"],
  ];
  for (const [what, instead, state, trouble] of states) {
    it(`${what}: the page says so, and the record waits`, async () => {
      const program = new Program();
      program.instead = instead;
      const bridge = bridgeTo(program);
      const said = await bridge.state();
      assert.deepEqual([said.state, said.code], [state, state === "asked" ? "ABCD-EFGH" : ""]);
      await assert.rejects(new Desktop(bridge).put("a", file(10), ID), (e: DestinationError) => e instanceof DestinationError && e.trouble === trouble);
      assert.equal(program.stored.size, 0);
      bridge.close();
    });
  }

  it("was not allowed by the browser", async () => {
    const bridge = new Bridge(() => null, who);
    assert.equal((await bridge.state()).state, "not_allowed");
    await assert.rejects(new Desktop(bridge).put("a", file(10), ID), (e: DestinationError) => e.trouble === "not_running");
    bridge.close();
  });

  it("is asked anew after it was approved", async () => {
    const program = new Program();
    const bridge = bridgeTo(program);
    program.instead = (q) => (q.op === "prove" ? { op: "state", state: "asked", pairing: "ABCD-EFGH" } : undefined);
    assert.equal((await bridge.state()).state, "asked");
    program.instead = () => undefined;
    assert.deepEqual(await bridge.state(), { state: "paired", code: "", version: "0.1.0" });
    bridge.close();
  });

  for (const [what, wrong] of [
    ["an offset beyond the file", { op: "send", offset: 99 }],
    ["an offset that is none", { op: "send", offset: "0" }],
    ["stored, but nothing to read back", { op: "stored", size: 5 }],
    ["stored, without a size", { op: "stored" }],
  ] as const) {
    it(`is not believed: ${what}`, async () => {
      const program = new Program();
      program.instead = (q) => (q.op === "put" ? wrong : undefined);
      const bridge = bridgeTo(program);
      await assert.rejects(bridge.put(ID, file(10)), (e: BridgeError) => e.state === "faulty");
      bridge.close();
    });
  }
});
