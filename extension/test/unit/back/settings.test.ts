import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Guest } from "../../../host/guest.ts";
import type { Info } from "../../../wire.ts";
import { coreModule, noCore } from "./core.ts";
import { defaults, effective, holdAt, spoken } from "../../../settings.ts";

describe("settings", () => {
  it("nothing at all gives the documented defaults", () => {
    const { settings, problems, locked } = effective(undefined, undefined);
    assert.deepEqual(problems, []);
    assert.deepEqual(locked, ["fail_mode", "block_patterns", "final_blocks", "high_risk", "pack_files", "trusted_keys", "allowed_destinations", "allowed_domains", "alerts"]);
    assert.deepEqual(settings, defaults());
    assert.deepEqual(
      [settings.packs, settings.device, settings.role, settings.language, settings.default_scope, settings.destination],
      [["uk-nccc-2023"], "unknown", "official", "auto", "unset", { kind: "none" }],
    );
    assert.deepEqual([settings.hold, settings.fail_mode, settings.context_messages], [{ state: "unknown", stated_at: "" }, "open", 3]);
  });

  it("a member that does not validate is named, its default used, and the rest counts", () => {
    const { settings, problems } = effective(
      { device: "mine", role: "minister", context_messages: 2.5, colour: "red", organisation: { name: 7, domains: ["dept.example", "NOT A DOMAIN"] } },
      undefined,
    );
    assert.equal(settings.device, "unknown");
    assert.equal(settings.role, "minister");
    assert.equal(settings.context_messages, 3);
    assert.deepEqual(settings.organisation, { name: "", domains: ["dept.example"], channels: [] });
    assert.deepEqual(problems.map((p) => p.path).sort(), ["colour", "context_messages", "device", "organisation.domains[1]", "organisation.name"]);
    assert.match(problems.find((p) => p.path === "device")?.text ?? "", /managed, byod_managed, unmanaged, unknown/);
    assert.equal("colour" in settings, false);
  });

  it("a list element with a fault is dropped and named; the others stay", () => {
    const good = { pack: "us-nc-030319", kind: "assessment", by: "CIO", date: "2026-01-05", expires: "2027-01-05" };
    const { settings, problems } = effective({ authorisations: [good, { ...good, date: "5 January" }, { kind: "deviation" }] }, undefined);
    assert.deepEqual(settings.authorisations, [{ ...good, scope: "", channels: [], devices: [] }]);
    assert.deepEqual(problems.map((p) => p.path), ["authorisations[1].date", "authorisations[2].pack"]);
  });

  it("a rule book that is not bundled is named and left out", () => {
    const some = effective({ packs: ["ca-im-protocol", "xx-none"] }, undefined);
    assert.deepEqual([some.settings.packs, some.problems.map((p) => p.path)], [["ca-im-protocol"], ["packs[1]"]]);
    const none = effective({ packs: ["xx-none"] }, undefined);
    assert.deepEqual([none.settings.packs, none.problems.map((p) => p.path)], [["uk-nccc-2023"], ["packs[0]"]]);
  });

  it("the rule books that may be named are those of the core", { skip: noCore }, async () => {
    const info = (await new Guest(coreModule).call("info", { language: "en" })) as Info;
    const ids = info.packs.map((p) => p.id);
    assert.deepEqual(effective({ packs: ids }, undefined).settings.packs, ids);
    assert.deepEqual(effective({ packs: ids }, undefined).problems, []);
  });

  it("whatever the document is, reading it does not fail", () => {
    for (const junk of [null, 7, "x", [], [1], { v: 2 }, { packs: [] }, { packs: "uk" }, { chats: { short: {} } }, { __proto__: { device: "managed" } }]) {
      const { settings } = effective(junk, junk);
      assert.deepEqual(settings, defaults(), JSON.stringify(junk));
    }
    assert.equal(effective({ packs: [] }, undefined).problems[0]?.path, "packs");
    assert.equal(effective(7, undefined).problems.length, 1);
  });

  it("no member of Object.prototype passes for one of ours", () => {
    const { problems } = effective(JSON.parse('{"constructor":1,"__proto__":{"device":"managed"},"toString":2}'), undefined);
    assert.deepEqual(problems.map((p) => p.path).sort(), ["__proto__", "constructor", "toString"]);
  });

  it("enforced wins and locks, then the person, then the policy's defaults", () => {
    const { settings, locked, problems } = effective(
      { device: "managed", role: "minister" },
      { enforced: { device: "unmanaged" }, defaults: { role: "contractor", name: "Registry", device: "managed" } },
    );
    assert.deepEqual([settings.device, settings.role, settings.name], ["unmanaged", "minister", "Registry"]);
    assert.deepEqual(locked, ["device", "fail_mode", "block_patterns", "final_blocks", "high_risk", "pack_files", "trusted_keys", "allowed_destinations", "allowed_domains", "alerts"]);
    assert.deepEqual(problems, []);
  });

  it("a faulty enforced member is named and does not lock", () => {
    const { settings, locked, problems } = effective({ device: "managed" }, { enforced: { device: "ours" } });
    assert.equal(settings.device, "managed");
    assert.equal(locked.includes("device"), false);
    assert.deepEqual(problems.map((p) => p.path), ["enforced.device"]);
  });

  it("only policy closes on failure or blocks patterns", () => {
    const own = effective({ fail_mode: "closed", block_patterns: true, final_blocks: true, high_risk: true }, undefined);
    assert.deepEqual([own.settings.fail_mode, own.settings.block_patterns, own.settings.high_risk], ["open", false, false]);
    assert.deepEqual(own.problems.map((p) => p.path), ["fail_mode", "block_patterns", "final_blocks", "high_risk"]);
    const policy = effective({}, { enforced: { fail_mode: "closed", block_patterns: true } });
    assert.deepEqual([policy.settings.fail_mode, policy.settings.block_patterns], ["closed", true]);
  });

  it("a person's word that no hold exists counts for 30 days, a policy's always", () => {
    const stated = Date.parse("2026-10-01T09:00:00+01:00");
    const day = 86_400_000;
    const own = effective({ hold: { state: "none", stated_at: "2026-10-01T09:00:00+01:00" } }, undefined);
    assert.equal(holdAt(own, stated), "none");
    assert.equal(holdAt(own, stated + 30 * day), "none");
    assert.equal(holdAt(own, stated + 30 * day + 1), "unknown");
    assert.equal(holdAt(own, stated - 1), "unknown", "stated in the future");
    assert.equal(holdAt(effective({ hold: { state: "none" } }, undefined), stated), "unknown", "stated at no time");
    assert.equal(holdAt(effective({ hold: { state: "held" } }, undefined), stated + 400 * day), "held");
    assert.equal(holdAt(effective(undefined, { enforced: { hold: { state: "none" } } }), stated + 400 * day), "none");
  });

  it("speaks the language chosen, else the browser's, else English", () => {
    assert.equal(spoken("auto", "fr-CA"), "fr");
    assert.equal(spoken("auto", "de"), "en");
    assert.equal(spoken("auto", "fry"), "en");
    assert.equal(spoken("en", "fr"), "en");
  });
});
