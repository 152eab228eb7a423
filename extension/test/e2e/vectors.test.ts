import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { Browser } from "../harness.ts";
import { paths } from "../harness-paths.ts";

interface Vector {
  readonly name: string;
  readonly operation: string;
  readonly request: string;
  readonly response: string;
}

/** Reads testdata/vectors: `-- OP[-NAME].request.json --` and `-- OP[-NAME].result.json --`. */
function vectors(): Vector[] {
  const dir = join(paths.root, "testdata", "vectors");
  return readdirSync(dir).filter((f) => f.endsWith(".txtar")).flatMap((file) => {
    const parts = new Map<string, string>();
    const text = readFileSync(join(dir, file), "utf8");
    const marks = [...text.matchAll(/^-- (\S+) --\n/gm)];
    marks.forEach((m, i) => parts.set(m[1] ?? "", text.slice(m.index + m[0].length, marks[i + 1]?.index).trimEnd()));
    return [...parts].filter(([k]) => k.endsWith(".request.json")).map(([k, request]) => {
      const name = k.replace(/\.request\.json$/, "");
      return { name: `${file}: ${name}`, operation: name.split("-")[0] ?? "", request, response: parts.get(`${name}.result.json`) ?? "" };
    });
  });
}

test("the shipped core.wasm in the extension's worker gives the bytes that native Go gave", async () => {
  const { outputFiles } = await build({
    stdin: { contents: `export { Guest } from "./extension/host/guest.ts"`, resolveDir: paths.root },
    bundle: true, write: false, format: "iife", globalName: "HanaperTest", target: "es2022",
  });
  const source = `${outputFiles[0]?.text ?? ""}; globalThis.HanaperTest = HanaperTest;`;
  const all = vectors();
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
