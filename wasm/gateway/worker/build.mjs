// Builds the Worker into build/gateway: app.wasm, the Go runtime's JavaScript, and ours.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "../../../build/gateway");
mkdirSync(out, { recursive: true });
const go = (...args) => execFileSync("go", args, { cwd: here, encoding: "utf8", env: { ...process.env, GOOS: "js", GOARCH: "wasm" }, stdio: ["ignore", "pipe", "inherit"] });
go("build", "-trimpath", "-ldflags=-s -w", "-o", join(out, "app.wasm"), ".");
const workers = go("list", "-m", "-f", "{{.Dir}}", "github.com/syumai/workers").trim();
const assets = join(workers, "cmd/workers-assets-gen/assets");
copyFileSync(join(assets, "wasm_exec_go.js"), join(out, "wasm_exec.js"));
// The stock entry, for comparison only (worker_test.go).
copyFileSync(join(assets, "common/worker.mjs"), join(out, "stock.mjs"));
copyFileSync(join(assets, "runtime/cloudflare.mjs"), join(out, "runtime.mjs"));
for (const name of ["pool.mjs", "entry.mjs"]) copyFileSync(join(here, name), join(out, name));
const kib = (n) => Math.round(n / 1024);
const wasm = readFileSync(join(out, "app.wasm"));
console.log(`build/gateway: app.wasm ${kib(wasm.length)} KiB, ${kib(gzipSync(wasm).length)} KiB compressed (Cloudflare takes 10,240)`);
