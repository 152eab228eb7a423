import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { CHANNELS } from "../../../channel/registry.ts";
import { page } from "./dom.ts";

declare const ROOT: string;

test("the manifest runs content scripts on the channels' hosts, and on no other", async () => {
  page("<html></html>");
  const url = pathToFileURL(join(ROOT, "extension", "manifest.mjs")).href;
  const { HOSTS } = (await import(url)) as { HOSTS: Record<string, string[]> };
  const named = Object.fromEntries(CHANNELS.map((make) => make()).map(({ id, hosts }) => [id, hosts.map((host) => `https://${host}/*`)]));
  assert.deepEqual(HOSTS, named);
});
