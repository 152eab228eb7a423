// `./task demo` runs this after the builds: see demo.ts.
import { bundle } from "../extension/test/build.mjs";
import { buildStage } from "../extension/test/stage/build.mjs";

await buildStage();
await import((await bundle("demo/demo.ts", "demo.mjs")).href);
