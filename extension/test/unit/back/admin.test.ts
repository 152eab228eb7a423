import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { diagnostics, wordless, type Facts } from "../../../diagnostics.ts";
// @ts-expect-error -- a module of the build, in JavaScript
import { managedSchema } from "../../../schema/managed.mjs";
import { isObject, validate, type Schema } from "../../../schema/validate.ts";
import { defaults, effective } from "../../../settings.ts";

declare const ROOT: string;

const schema = JSON.parse(readFileSync(join(ROOT, "extension/schema/settings.schema.json"), "utf8")) as Schema;
const guide = readFileSync(join(ROOT, "docs/administrators.md"), "utf8");

/** Every object with a half of a policy in it, and what the admin console wraps unwrapped. */
function policies(value: unknown): Record<string, unknown>[] {
  if (!isObject(value)) return [];
  const half = (v: unknown) => (isObject(v) && isObject(v["Value"]) ? v["Value"] : v);
  if ("enforced" in value || "defaults" in value) return [Object.fromEntries(Object.entries(value).map(([name, v]) => [name, half(v)]))];
  return Object.values(value).flatMap(policies);
}

describe("the administrators' guide", () => {
  const blocks = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text ?? "") as unknown);

  it("every example is read without a fault, here and by Chromium's smaller schema", () => {
    const found = blocks.flatMap(policies);
    assert.ok(found.length >= 6, `${found.length} examples`);
    const managed = (managedSchema as (s: Schema) => Schema)(schema);
    for (const policy of found) {
      const { problems } = effective(undefined, policy);
      assert.deepEqual(problems, [], JSON.stringify(policy));
      const dropped: { path: string; text: string }[] = [];
      validate(managed, policy, "", dropped);
      assert.deepEqual(dropped, []);
    }
    assert.match(JSON.stringify(effective(undefined, { enforced: { devise: "managed" } }).problems), /devise/, "a faulty one is told");
  });

  it("names every member, and says which only count enforced", () => {
    const rows = [...guide.matchAll(/^\| (`.*?) \|.*\| (yes)? ?\|$/gm)].flatMap(([, names, only]) => [...(names ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => [name ?? "", only === "yes"] as const));
    assert.deepEqual(rows.map(([name]) => name).sort(), Object.keys(schema.properties ?? {}).sort());
    const own = Object.fromEntries(Object.keys(schema.properties ?? {}).map((name) => [name, defaults()[name as "v"]]));
    const policyOnly = effective(own, undefined).problems.map(({ path }) => path).sort();
    assert.deepEqual(rows.filter(([, only]) => only).map(([name]) => name).sort(), policyOnly);
  });
});

describe("settings in force", () => {
  it("say of each member whose it is", () => {
    const { sources } = effective({ role: "minister", device: "managed", name: "Ada" }, { enforced: { device: "unmanaged" }, defaults: { name: "Registry", language: "fr" } });
    assert.deepEqual([sources.device, sources.role, sources.name, sources.language, sources.packs], ["policy", "person", "person", "preset", "usual"]);
  });

  it("a destination the organisation does not allow is not used, and that is said", () => {
    const chosen = (kind: string) => effective({ destination: { kind } }, { enforced: { allowed_destinations: ["folder"] } });
    assert.deepEqual([chosen("folder").settings.destination.kind, chosen("folder").problems], ["folder", []]);
    assert.equal(chosen("download").settings.destination.kind, "none");
    assert.match(chosen("download").problems[0]?.text ?? "", /allows: folder/);
    assert.equal(effective({ allowed_destinations: ["download"], destination: { kind: "folder" } }, undefined).settings.destination.kind, "folder", "the person cannot set it");
  });
});

describe("the file for support", () => {
  const canary = "Qorvanelzyx";

  /** A value of the schema with the canary wherever words can stand. */
  function full(s: Schema): unknown {
    if (s.const !== undefined) return s.const;
    if (s.enum) return s.enum[0];
    if (s.type === "boolean") return true;
    if (s.type === "integer") return s.minimum ?? 1;
    if (s.type === "string") return canary;
    if (s.type === "array") return [full(s.items ?? {})];
    if (typeof s.additionalProperties === "object") return { [canary]: full(s.additionalProperties) };
    return Object.fromEntries(Object.entries(s.properties ?? {}).map(([name, inner]) => [name, full(inner)]));
  }

  const facts = (settings: unknown): Facts => ({
    date: "2026-11-22", version: "0.1.0", browser: "chromium: x", manifest: { permissions: ["storage"], hosts: [], csp: "" }, core: "0.1.0",
    packs: [{ id: "uk-nccc-2023", version: "1", title: canary, url: canary, published: "", review_by: "", languages: [], clauses: [{ id: canary, para: canary, para_fr: "", text: canary, text_fr: "" }], logging: { content: "", events: "off", evidence: "", clause: "" } }],
    own: [{ key: canary, file: canary, from: "person", id: canary, version: canary, title: canary, overlay: canary, trust: "unsigned", signer: canary, fault: canary }],
    answer: { settings: settings as Facts["answer"]["settings"], problems: [{ path: `enforced.${canary}`, text: canary }, { path: canary, text: canary }, { path: "device", text: canary }], locked: [], sources: effective(undefined, undefined).sources, generation: 1, language: "en", hold: "unknown", ready: true },
    records: { kept: 1, pending: 2, delivered: 3 }, forms: 1, openItems: 2, events: 3, usage: 1, persisted: true,
  });

  it("holds no word of anybody, wherever words can stand", () => {
    const settings = full(schema);
    assert.ok(JSON.stringify(settings).split(canary).length > 25, "the canary was everywhere");
    const text = JSON.stringify(diagnostics(facts(settings)));
    assert.ok(!text.includes(canary), text);
    assert.match(text, /"device":"managed"/);
    assert.match(text, /"name":"set"/);
    assert.match(text, /"problems":\["enforced","\(not known\)","device"\]/);
  });

  it("a string the schema does not fix is never given", () => {
    assert.deepEqual(wordless({ type: "string", pattern: "^x$" }, "x"), "set");
    assert.deepEqual(wordless({}, canary), "set");
    assert.deepEqual(wordless({ type: "object" }, { [canary]: canary }), {});
  });
});
