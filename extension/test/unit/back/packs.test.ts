import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openPack } from "../../../service/packfile.ts";
import type { PageDraft, Settings } from "../../../wire.ts";
import { noCore } from "./core.ts";
import { PACK } from "./pack.ts";
import { Machine } from "./world.ts";

const OVERLAY = JSON.stringify(PACK);

const DRAFT: PageDraft = {
  v: 1, id: "d1", channel: "whatsapp", account: "", to: [], members_complete: false, title: "Ben", subject: "",
  body: "ask them about Lantern", attachments: [], timer_s: 0, context: [],
};

const base64 = (data: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(data)));

/** Signs as "hanaper pack sign" does. */
async function signed(json: string, prefix = "hanaper pack v1\n"): Promise<{ file: string; key: string }> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const value = base64(await crypto.subtle.sign("Ed25519", pair.privateKey, new TextEncoder().encode(prefix + json)));
  const key = base64(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { file: `${json}\n${JSON.stringify({ algorithm: "Ed25519", public_key: key, value })}\n`, key };
}

const trusting = (key: string, may: Settings["trusted_keys"][number]["may"] = ["pack"]) => ({ trusted_keys: [{ key, name: "Records team", may }] });

async function judged(machine: Machine) {
  const { service } = machine.start();
  const { verdict } = await service.handlers.judge({ op: "judge", draft: DRAFT });
  return { action: verdict.action, packs: verdict.packs.map(({ id, trust, signer }) => [id, trust, signer].join(" ").trim()), error: verdict.error };
}

describe("the file of a pack", () => {
  it("is opened, signed or not, in either layout", async () => {
    const { file, key } = await signed(OVERLAY);
    assert.deepEqual(await openPack(file), { json: OVERLAY, key });
    assert.deepEqual(await openPack(OVERLAY), { json: OVERLAY, key: "" });
    const laidOut = JSON.stringify(JSON.parse(OVERLAY), null, 2);
    assert.deepEqual(await openPack(laidOut), { json: laidOut, key: "" });
  });

  it("is refused when a byte, the key or what was signed differs", async () => {
    const { file, key } = await signed(OVERLAY);
    const other = (await signed(OVERLAY)).key;
    for (const bad of [file.replace("Lantern", "lantern"), file.replace(key, other), file.replace('"Ed25519"', '"RSA"'), (await signed(OVERLAY, "")).file, file.replace(/"value":"..../, '"value":"AAAA')]) {
      await assert.rejects(openPack(bad), /signature/);
    }
  });
});

describe("packs from outside", { skip: noCore }, () => {
  it("a file the person loads counts from the next verdict on, is labelled unsigned, and can be removed", async () => {
    const machine = new Machine({ device: "managed", default_scope: "work" });
    assert.deepEqual(await judged(machine), { action: "allow", packs: ["uk-nccc-2023 bundled"], error: "" });
    const { service } = machine.start();
    const before = (await service.preferences.current()).generation;
    const { packs } = await service.handlers.load_pack({ op: "load_pack", name: "dx.json", text: OVERLAY });
    assert.deepEqual(packs.map(({ id, version, trust, overlay, from, file, fault }) => ({ id, version, trust, overlay, from, file, fault })), [
      { id: "dx-rules", version: "1.0.0", trust: "unsigned", overlay: "uk-nccc-2023", from: "person", file: "dx.json", fault: "" },
    ]);
    assert.ok((await service.preferences.current()).generation > before, "a verdict from before counts no longer");
    assert.deepEqual(await judged(machine), { action: "block", packs: ["uk-nccc-2023 bundled", "dx-rules unsigned"], error: "" });
    const info = await service.handlers.info({ op: "info" });
    assert.equal(info.packs.find(({ id }) => id === "dx-rules")?.clauses.some(({ id }) => id === "DX-1"), true);
    await service.handlers.remove_pack({ op: "remove_pack", key: packs[0]?.key ?? "" });
    assert.equal((await judged(machine)).action, "allow");
  });

  it("a signature counts only by a key the policy names for packs", async () => {
    const { file, key } = await signed(OVERLAY);
    const machine = new Machine({ device: "managed", default_scope: "work" });
    await machine.start().service.handlers.load_pack({ op: "load_pack", name: "dx.jsonl", text: file });
    assert.deepEqual((await judged(machine)).packs, ["uk-nccc-2023 bundled", "dx-rules unsigned"]);
    machine.managed = { enforced: trusting(key, ["hold"]) };
    assert.deepEqual((await judged(machine)).packs, ["uk-nccc-2023 bundled", "dx-rules unsigned"]);
    machine.managed = { enforced: trusting(key) };
    assert.deepEqual((await judged(machine)).packs, ["uk-nccc-2023 bundled", "dx-rules signed Records team"]);
    machine.local.items["settings"] = { v: 1, device: "managed", default_scope: "work", ...trusting(key) };
    machine.managed = {};
    assert.deepEqual((await judged(machine)).packs, ["uk-nccc-2023 bundled", "dx-rules unsigned"], "the person cannot trust a key");
  });

  it("the organisation's policy gives packs; one that is broken is named and the others count", async () => {
    const { file, key } = await signed(OVERLAY);
    const machine = new Machine({ device: "managed", default_scope: "work" });
    machine.managed = { enforced: { ...trusting(key), pack_files: [file.replace("Lantern", "lantern"), file] } };
    assert.deepEqual(await judged(machine), { action: "block", packs: ["uk-nccc-2023 bundled", "dx-rules signed Records team"], error: "" });
    const { packs } = await machine.start().service.handlers.packs({ op: "packs" });
    assert.deepEqual(packs.map(({ from, fault }) => [from, fault.slice(0, 13)]), [["policy", "the signature"], ["policy", ""]]);
  });

  it("a file that is no pack, or would weaken, is refused with the place and not kept", async () => {
    const machine = new Machine({});
    const { service } = machine.start();
    const load = (text: string) => service.handlers.load_pack({ op: "load_pack", name: "x", text });
    await assert.rejects(load("hello"), /line 1/);
    const cell = { action: "allow", clauses: ["DX-1"], states: ["action"], text: "W-DX-1", when: { tier: "secret" } };
    const weaker = { ...PACK, tables: [...PACK.tables, { facets: ["tier"], id: "matrix", partial: true, rows: [cell] }] };
    await assert.rejects(load(JSON.stringify(weaker)), /tables\[1\]\.rows\[0\]\.action: allow is below block, which uk-nccc-2023 requires in matrix\[0\] \(UK-11\)/);
    assert.deepEqual(machine.local.items["packs"], []);
    assert.deepEqual((await service.handlers.packs({ op: "packs" })).packs, []);
  });

  it("a core that was made anew after a trap judges by them too", async () => {
    const machine = new Machine({ device: "managed", default_scope: "work" });
    const { service } = machine.start();
    await service.handlers.load_pack({ op: "load_pack", name: "dx.json", text: OVERLAY });
    await assert.rejects(service.guest.text("evaluate", " ".repeat(9 << 20)), /over the core's limit|stopped/);
    const { verdict } = await service.handlers.judge({ op: "judge", draft: DRAFT });
    assert.deepEqual([verdict.action, service.guest.instances], ["block", 2]);
  });

  /** A pack of its own id, as large as one may be. */
  const large = (i: number) => JSON.stringify({ ...PACK, id: `dx-${i}` }).padEnd(1_040_000);

  it("files too large together: the one too many is refused and not kept, and judging goes on", async () => {
    const machine = new Machine({ device: "managed", default_scope: "work" });
    const { service } = machine.start();
    const load = (i: number) => service.handlers.load_pack({ op: "load_pack", name: `${i}.json`, text: large(i) });
    for (let i = 0; i < 8; i++) await load(i);
    await assert.rejects(load(8), /too large/);
    assert.equal((machine.local.items["packs"] as unknown[]).length, 8);
    assert.deepEqual([(await judged(machine)).action, (await judged(machine)).error], ["block", ""]);
  });

  it("too many that are stored already: the rest count, the others are named and can be removed", async () => {
    const machine = new Machine({ device: "managed", default_scope: "work" });
    machine.local.items["packs"] = Array.from({ length: 16 }, (_, i) => ({ key: `k${i}`, name: "x", text: large(i) }));
    assert.deepEqual([(await judged(machine)).action, (await judged(machine)).error], ["block", ""]);
    const { service } = machine.start();
    const { packs } = await service.handlers.packs({ op: "packs" });
    assert.deepEqual(packs.map(({ fault }) => fault !== ""), [...Array<boolean>(8).fill(false), ...Array<boolean>(8).fill(true)]);
    const rest = await service.handlers.remove_pack({ op: "remove_pack", key: "k0" });
    assert.deepEqual(rest.packs.map(({ fault }) => fault === "").filter(Boolean).length, 8);
  });

  it("where the core installs nothing, a new file is not kept, and those there are listed with the fault and removed", async () => {
    const machine = new Machine({});
    machine.local.items["packs"] = [{ key: "k", name: "dx.json", text: OVERLAY }];
    const { service } = machine.start();
    service.guest.install = () => Promise.reject(new Error("the core stopped in install"));
    await assert.rejects(service.handlers.load_pack({ op: "load_pack", name: "x", text: large(1) }), /the core stopped/);
    assert.equal((machine.local.items["packs"] as unknown[]).length, 1);
    const { packs } = await service.handlers.packs({ op: "packs" });
    assert.deepEqual(packs.map(({ file, fault }) => [file, fault]), [["dx.json", "the core stopped in install"]]);
    assert.deepEqual(await service.handlers.remove_pack({ op: "remove_pack", key: "k" }), { packs: [] });
  });

  it("an older state that takes longer to read never takes a newer one's place", async () => {
    const machine = new Machine({ device: "managed", default_scope: "work" });
    machine.local.items["packs"] = Array.from({ length: 8 }, (_, i) => ({ key: `k${i}`, name: "x", text: large(i) }));
    const { service } = machine.start();
    const older = service.packs.installed(await service.preferences.current());
    machine.local.items["packs"] = [];
    service.preferences.stale();
    const newer = service.packs.installed(await service.preferences.current());
    assert.deepEqual([await older, await newer], [[], []], "both answer what holds now");
    const { verdict } = await service.handlers.judge({ op: "judge", draft: DRAFT });
    assert.deepEqual(verdict.packs.map(({ id }) => id), ["uk-nccc-2023"]);
  });

  it("files loaded and removed at once are each kept or gone", async () => {
    const machine = new Machine({});
    const { service } = machine.start();
    const text = (i: number) => JSON.stringify({ ...PACK, id: `dx-${i}` });
    const load = (i: number) => service.handlers.load_pack({ op: "load_pack", name: `${i}`, text: text(i) });
    const { packs } = await load(0);
    await Promise.all([load(1), service.handlers.remove_pack({ op: "remove_pack", key: packs[0]?.key ?? "" }), load(2)]);
    assert.deepEqual((machine.local.items["packs"] as { name: string }[]).map(({ name }) => name), ["1", "2"]);
  });

  it("nothing is installed twice: a verdict costs one call of the core", async () => {
    const machine = new Machine({ device: "managed" });
    const { service } = machine.start();
    await service.handlers.load_pack({ op: "load_pack", name: "dx.json", text: OVERLAY });
    let calls = 0;
    const text = service.guest.text.bind(service.guest);
    service.guest.text = (operation, request) => (calls++, text(operation, request));
    for (let i = 0; i < 5; i++) await service.handlers.judge({ op: "judge", draft: DRAFT });
    assert.equal(calls, 5);
  });
});
