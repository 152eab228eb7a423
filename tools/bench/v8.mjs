// Prints {"micros","result"} for one request (a file) judged by core.wasm in V8,
// through the same host code the extension uses. Run by tools/bench.
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
mkdirSync(`${root}build/bench`, { recursive: true });
const outfile = `${root}build/bench/guest.mjs`;
await build({ entryPoints: [`${root}extension/host/guest.ts`], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
const { Guest } = await import(pathToFileURL(outfile).href);

const request = readFileSync(process.argv[2], "utf8");
const guest = new Guest(async () => WebAssembly.compile(readFileSync(`${root}build/core.wasm`)));
const result = await guest.text("evaluate", request);
const run = async (n) => {
  const start = process.hrtime.bigint();
  for (let i = 0; i < n; i++) await guest.text("evaluate", request);
  return Number(process.hrtime.bigint() - start) / 1000 / n;
};
await run(2000); // until the optimising compiler has seen it
let micros = Infinity; // the best of many rounds: what else the machine does only adds
for (let round = 0; round < 20; round++) micros = Math.min(micros, await run(100));
process.stdout.write(JSON.stringify({ micros, result }));
