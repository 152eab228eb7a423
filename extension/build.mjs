// Builds the extension for both browsers: node extension/build.mjs [--out DIR] [--core FILE]
// Reads build/core.wasm; writes build/extension-chromium and build/extension-firefox.
// Two builds of the same sources give the same bytes.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { manifest } from "./manifest.mjs";
import { managedSchema } from "./schema/managed.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const PAGES = ["options", "stored", "welcome", "panel", "forms", "training", "policy", "coverage", "transcript"];

const { values: args } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "build") },
    core: { type: "string", default: join(root, "build", "core.wasm") },
  },
});

const version = /Version = "([^"]+)"/.exec(await readFile(join(root, "core", "core.go"), "utf8"))?.[1];
if (!version) throw new Error("core/core.go names no Version");
const core = await readFile(args.core).catch(() => {
  throw new Error(`${relative(root, args.core)} is missing: ./task guest builds it`);
});

/** @param {"chromium" | "firefox"} browser */
async function target(browser) {
  const out = join(args.out, `extension-${browser}`);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await build({
    absWorkingDir: root, // paths in comments do not depend on where the checkout is
    entryPoints: ["worker", "content", ...PAGES].map((name) => `extension/entry/${name}.ts`),
    outdir: out,
    bundle: true,
    format: "iife",
    target: browser === "chromium" ? "chrome137" : "firefox140",
    charset: "utf8",
    legalComments: "inline",
    loader: { ".css": "text" },
    define: { BROWSER: JSON.stringify(browser), VERSION: JSON.stringify(version) },
    logLevel: "warning",
  });
  const json = (value) => JSON.stringify(value, null, 2) + "\n";
  await writeFile(join(out, "manifest.json"), json(manifest(browser, version)));
  await writeFile(join(out, "core.wasm"), core);
  if (browser === "chromium") {
    const schema = JSON.parse(await readFile(join(here, "schema", "settings.schema.json"), "utf8"));
    await writeFile(join(out, "managed.schema.json"), json(managedSchema(schema)));
  }
  const html = await readFile(join(here, "entry", "page.html"), "utf8");
  for (const page of PAGES) await writeFile(join(out, `${page}.html`), html.replace("PAGE", page));
  await cp(join(here, "ui", "pages", "pages.css"), join(out, "pages.css"));
  await cp(join(here, "_locales"), join(out, "_locales"), { recursive: true });
  await cp(join(here, "icons"), join(out, "icons"), { recursive: true, filter: (f) => !f.endsWith(".svg") });
  return out;
}

for (const browser of /** @type {const} */ (["chromium", "firefox"])) {
  console.log(relative(root, await target(browser)) || ".");
}
