// Runs the tests in real browsers: `node extension/test/e2e/run.mjs [NAME...]`.
// Each file is independent and starts what it needs; HANAPER_NIGHTLY=1 runs the long versions.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle } from "../build.mjs";
import { buildStage } from "../stage/build.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const here = new URL("./", import.meta.url);

function need(path, task) {
  if (existsSync(`${root}${path}`)) return;
  console.error(`${path} is missing: run ./task ${task} first`);
  process.exit(2);
}
need("build/extension-chromium/manifest.json", "extension");
need("build/core.wasm", "guest");

const wanted = process.argv.slice(2);
const sources = readdirSync(here)
  .filter((f) => f.endsWith(".test.ts"))
  .filter((f) => wanted.length === 0 || wanted.some((w) => f.startsWith(w)));
if (sources.length === 0) {
  console.error(`no test is called ${wanted.join(" or ")}`);
  process.exit(2);
}
await buildStage();
const bundles = await Promise.all(sources.map((f) => bundle(`extension/test/e2e/${f}`, `e2e/${f.replace(/\.ts$/, ".mjs")}`)));
const child = spawn(
  process.execPath,
  ["--enable-source-maps", "--test", "--test-concurrency=2", "--test-reporter=spec", ...bundles.map((b) => fileURLToPath(b))],
  { cwd: root, stdio: "inherit" },
);
child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 2)));
