import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reading } from "../../../channel/types.ts";
import type { Port } from "../../../entry/page/port.ts";
import { Stops } from "../../../entry/page/stops.ts";
import { reason, verdict } from "./verdict.ts";

const reading = (body: string): Reading => ({
  channel: "whatsapp", account: "", title: "Amira", to: [], membersComplete: true, timerSeconds: 0, subject: "", body, attachments: [],
});

function ways(act: (stops: Stops) => void): string[] {
  const told: string[] = [];
  const port = { ask: (request: { way: string }) => { told.push(request.way); return Promise.resolve({}); } } as unknown as Port;
  const stops = new Stops(port, { id: "whatsapp" });
  stops.opened(verdict("block", { reasons: [reason("block")] }), reading("SECRET plan"));
  act(stops);
  stops.edited(); // whatever comes after: a stop ends once
  return told;
}

test("a stop that ends because settings changed is nobody's decision; another text is", () => {
  assert.deepEqual(ways((stops) => { stops.seen(reading("SECRET plan")); }), [], "the same text, judged anew");
  assert.deepEqual(ways((stops) => { stops.seen(null); }), [], "not judged");
  assert.deepEqual(ways((stops) => { stops.seen(reading("the plan")); }), ["edited"]);
  assert.deepEqual(ways((stops) => { stops.released("click"); }), ["sent_anyway"]);
});
