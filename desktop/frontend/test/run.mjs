// Runs the tests of the desktop window's page: node desktop/frontend/test/run.mjs
// They need no GTK: the page meets the real App in Chromium (desktop/window/serve_test.go).
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle } from "../../../extension/test/build.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 2);
}
run(process.execPath, "desktop/frontend/build.mjs");
run("go", "test", "-c", "-o", "build/test/window.test", "./desktop/window");
const names = ["window", "release"];
const files = await Promise.all(names.map((name) => bundle(`desktop/frontend/test/${name}.test.ts`, `window/${name}.test.mjs`)));
const child = spawn(process.execPath, ["--enable-source-maps", "--test", "--test-concurrency=2", "--test-reporter=spec", ...files.map(fileURLToPath)], { cwd: root, stdio: "inherit" });
child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 2)));
