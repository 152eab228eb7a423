// Measures the built extension in Chromium and prints rows of JSON for tools/bench:
// `node extension/test/bench.mjs [--channels]`. The same rows are written to build/bench/extension.json.
import { bundle } from "./build.mjs";
import { buildStage } from "./stage/build.mjs";

await buildStage();
await import((await bundle("extension/test/bench.ts", "bench.mjs")).href);
