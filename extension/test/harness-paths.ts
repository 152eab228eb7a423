import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository, found upwards from the running file: bundles live under build/. */
function repository(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(dir, "package.json");
    if (existsSync(file) && readFileSync(file, "utf8").includes('"hanaper-extension"')) return dir;
    if (dirname(dir) === dir) throw new Error("no package.json of hanaper-extension above this file");
    dir = dirname(dir);
  }
}

const root = repository();
const build = join(root, "build");

export const paths = {
  root,
  build,
  extension: process.env["HANAPER_EXTENSION"] ?? join(build, "extension-chromium"),
  firefox: process.env["HANAPER_EXTENSION_FIREFOX"] ?? join(build, "extension-firefox"),
  stage: join(build, "stage"),
  hanaper: process.env["HANAPER_BIN"] ?? join(build, "hanaper"),
  chromium: process.env["HANAPER_CHROMIUM"] ?? "/usr/bin/chromium",
  shared: resolve(root, process.env["HANAPER_SHARED"] ?? "../shared"),
} as const;
