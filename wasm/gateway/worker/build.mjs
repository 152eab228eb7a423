// Builds the Worker into build/gateway: app.wasm, the Go runtime's JavaScript, and ours.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "../../../build/gateway");
mkdirSync(out, { recursive: true });
const go = (...args) => execFileSync("go", args, { cwd: here, encoding: "utf8", env: { ...process.env, GOOS: "js", GOARCH: "wasm" }, stdio: ["ignore", "pipe", "inherit"] });
go("build", "-trimpath", "-ldflags=-s -w", "-o", join(out, "app.wasm"), ".");
const workers = go("list", "-m", "-f", "{{.Dir}}", "github.com/syumai/workers").trim();
copyFileSync(join(workers, "cmd/workers-assets-gen/assets/wasm_exec_go.js"), join(out, "wasm_exec.js"));
for (const name of ["pool.mjs", "entry.mjs"]) copyFileSync(join(here, name), join(out, name));
const kib = (n) => Math.round(n / 1024);
const wasm = readFileSync(join(out, "app.wasm"));
console.log(`build/gateway: app.wasm ${kib(statSync(join(out, "app.wasm")).size)} KiB, ${kib(gzipSync(wasm).length)} KiB compressed (Cloudflare takes 10,240)`);
