import assert from "node:assert/strict";
import { test } from "node:test";
import { Guest } from "../../../host/guest.ts";
import { vectors } from "../../vectors.ts";
import { coreModule, noCore } from "./core.ts";

declare const ROOT: string;

test("core.wasm in Node gives the bytes that native Go gave", { skip: noCore }, async () => {
  const all = vectors(ROOT);
  assert.ok(all.length >= 100, `${all.length} vectors`);
  const guest = new Guest(coreModule);
  for (const v of all) assert.equal(await guest.text(v.operation as Parameters<Guest["text"]>[0], v.request), v.response, v.name);
  assert.equal(guest.instances, 1, "no vector stops the core");
});
