// npm test [-- NAME...]: bundles every *.test.ts under here with esbuild and runs them.
// NAME selects by a part of the path.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(dirname(here)));
const out = join(root, "build", `unit-tests-${process.pid}`); // inside the repository, so that packages are found

const wanted = process.argv.slice(2);
const all = (await readdir(here, { recursive: true })).filter((f) => f.endsWith(".test.ts")).sort();
const tests = all.filter((f) => wanted.length === 0 || wanted.some((w) => f.includes(w)));

await build({
  entryPoints: tests.map((f) => join(here, f)),
  outdir: out,
  outbase: here,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  sourcemap: "inline",
  loader: { ".css": "text" },
  define: { BROWSER: '"chromium"', VERSION: '"0.0.0"', ROOT: JSON.stringify(root) },
  logLevel: "warning",
});
const files = tests.map((f) => join(out, f.replace(/\.ts$/, ".mjs")));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit", cwd: root });
await rm(out, { recursive: true, force: true });
process.exit(run.status ?? 1);
