// Bundles a TypeScript program of the tests, the demo or the bench, so that Node
// 20 can run it: bundle("demo/demo.ts", "demo.mjs") -> URL of build/test/demo.mjs.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../../", import.meta.url);

export async function bundle(source, name) {
  const out = new URL(`build/test/${name}`, root);
  await mkdir(new URL(".", out), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL(source, root))],
    outfile: fileURLToPath(out),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
    // Functions sent into pages must not name helpers of the bundle.
    keepNames: false,
  });
  return out;
}
