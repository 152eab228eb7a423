import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { Browser } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { vectors } from "../vectors.ts";

test("the shipped core.wasm in the extension's worker gives the bytes that native Go gave", async () => {
  const { outputFiles } = await build({
    stdin: { contents: `export { Guest } from "./extension/host/guest.ts"`, resolveDir: paths.root },
    bundle: true, write: false, format: "iife", globalName: "HanaperTest", target: "es2022",
  });
  const source = `${outputFiles[0]?.text ?? ""}; globalThis.HanaperTest = HanaperTest;`;
  const all = vectors(paths.root);
  assert.ok(all.length >= 30, `${all.length} vectors`);
  const browser = await Browser.start();
  try {
    const worker = browser.worker();
    assert.ok(worker, "the worker runs");
    await worker.evaluate(source);
    const answers = await worker.evaluate(async (list: { operation: string; request: string }[]) => {
      const { Guest } = (globalThis as unknown as { HanaperTest: { Guest: new (s: () => Promise<WebAssembly.Module>) => { text(o: string, r: string): Promise<string> } } }).HanaperTest;
      const guest = new Guest(async () => WebAssembly.compile(await (await fetch(chrome.runtime.getURL("core.wasm"))).arrayBuffer()));
      const out: string[] = [];
      for (const v of list) out.push(await guest.text(v.operation, v.request));
      return out;
    }, all.map(({ operation, request }) => ({ operation, request })));
    all.forEach((v, i) => { assert.equal(answers[i], v.response, v.name); });
  } finally {
    await browser.close();
  }
});
