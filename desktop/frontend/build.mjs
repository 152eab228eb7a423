// Builds the page of the desktop window into desktop/frontend/dist, where the Go
// program takes it from: node desktop/frontend/build.mjs
import { build } from "esbuild";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const out = join(here, "dist");

await mkdir(out, { recursive: true });
await build({
  absWorkingDir: root, // paths in comments do not depend on where the checkout is
  entryPoints: ["desktop/frontend/main.ts"],
  outfile: join(out, "main.js"),
  bundle: true,
  format: "iife",
  target: ["safari17.5", "chrome123"], // WebKitGTK 2.44 and WebView2 that know light-dark()
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text" },
  logLevel: "warning",
});
await cp(join(root, "extension", "ui", "pages", "pages.css"), join(out, "pages.css"));
await cp(join(root, "extension", "icons", "128.png"), join(out, "icon.png"));
for (const file of ["index.html", "window.css"]) await cp(join(here, file), join(out, file));
