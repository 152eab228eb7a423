import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageDraft, Party } from "../../../wire.ts";
import { Machine } from "./world.ts";

const CHAT = { channel: "gmail", chat: "sam@agency.example" };
const sam: Party = { name: "Sam", address: "sam@agency.example" };
const eve: Party = { name: "Eve", address: "eve@agency.example" };

function draft(to: Party[], met: Party[] = []): PageDraft {
  return {
    v: 1, id: "d1", channel: "gmail", account: "", to, members_complete: true, title: "x", subject: "",
    body: "His Social Security number is 219-09-9998", attachments: [], timer_s: 0, context: [], met,
  };
}

/** A North Carolina agency whose webmail is assessed. */
function machine(): Machine {
  const assessment = { pack: "us-nc-030319", kind: "assessment", by: "Agency head", date: "2026-01-05", expires: "2030-01-05" } as const;
  return new Machine({
    packs: ["us-nc-030319"], device: "managed", default_scope: "work", authorisations: [{ ...assessment, scope: "all", channels: [], devices: [] }],
    organisation: { name: "Agency", domains: ["agency.example"], channels: [] },
  });
}

test("whoever was not written to in this session is asked about, with the number of them; whoever was, or is answered, is not", async () => {
  const { service } = machine().start();
  const asked = async (to: Party[], met: Party[] = []): Promise<string[]> => {
    const { verdict } = await service.handlers.judge({ op: "judge", draft: draft(to, met) });
    assert.equal(verdict.error, "");
    return verdict.reasons.filter((reason) => reason.detector === "unusual").map((reason) => /\((\d+)\)/.exec(reason.text)?.[1] ?? "");
  };
  assert.deepEqual(await asked([sam, eve]), ["2"]);
  assert.deepEqual(await asked([sam, eve], [sam]), ["1"], "Sam is being answered");
  await service.handlers.shown({ op: "shown", ...CHAT, reasons: [], to: [sam] });
  assert.deepEqual(await asked([sam]), []);
  assert.deepEqual(await asked([{ name: "Samuel", address: "Sam@Agency.example" }]), [], "by address, however it is written");
  assert.deepEqual(await asked([{ name: "Sam", address: "sam@agency-example.example" }]), [], "one outside is asked about as such");
  assert.deepEqual(await asked([sam, eve]), ["1"]);
});

test("of people written to only keyed hashes are stored, and only until the browser closes", async () => {
  const my = machine();
  const { service, memory } = my.start();
  await service.handlers.shown({ op: "shown", ...CHAT, reasons: [], to: [sam, eve] });
  const [local, session] = [JSON.stringify(my.local.items), JSON.stringify(memory.items)];
  assert.doesNotMatch(local + session, /sam@|eve@|"sam"|"eve"/i);
  assert.match(session, /"written":\["[0-9a-f]{32}","[0-9a-f]{32}"\]/);
  assert.doesNotMatch(local, /written/);
});
