// Bundles the stand-in into build/stage: `node extension/test/stage/build.mjs`.
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const out = new URL("../../../build/stage/", here);

export async function buildStage() {
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL("main.tsx", here))],
    outfile: fileURLToPath(new URL("stage.js", out)),
    bundle: true,
    format: "iife",
    jsx: "automatic",
    target: "es2022",
    minify: true,
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  for (const name of ["index.html", "stage.css"]) await copyFile(new URL(name, here), new URL(name, out));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStage();
