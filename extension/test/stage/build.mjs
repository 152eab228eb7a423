// Bundles the stand-in into build/stage: `node extension/test/stage/build.mjs`.
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const out = new URL("../../../build/stage/", here);

/** Each stand-in: its folder in build/stage, its program, page and style. */
const STAGES = [
  { folder: ".", entry: "main.tsx", page: "index.html", style: "stage.css" },
  { folder: "gmail", entry: "mail/gmail.ts", page: "mail/index.html", style: "mail/gmail.css" },
  { folder: "outlook", entry: "mail/outlook.ts", page: "mail/index.html", style: "mail/outlook.css" },
  { folder: "chat", entry: "chat/main.ts", page: "chat/index.html", style: "chat/chat.css" },
];

export async function buildStage() {
  await Promise.all(STAGES.map(async ({ folder, entry, page, style }) => {
    const to = new URL(`${folder}/`, out);
    await mkdir(to, { recursive: true });
    await build({
      entryPoints: [fileURLToPath(new URL(entry, here))],
      outfile: fileURLToPath(new URL("stage.js", to)),
      bundle: true,
      format: "iife",
      jsx: "automatic",
      target: "es2022",
      minify: true,
      legalComments: "none",
      define: { "process.env.NODE_ENV": '"production"' },
      logLevel: "warning",
    });
    await copyFile(new URL(page, here), new URL("index.html", to));
    await copyFile(new URL(style, here), new URL("stage.css", to));
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStage();
