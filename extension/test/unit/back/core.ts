// The real core.wasm for tests: $HANAPER_CORE, else build/core.wasm.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

declare const ROOT: string;

export const corePath = process.env["HANAPER_CORE"] ?? join(ROOT, "build", "core.wasm");

/** Why tests that need the core are skipped, or false. */
export const noCore = existsSync(corePath) ? false : `${corePath} is not built: ./task guest builds it`;

let compiled: Promise<WebAssembly.Module> | undefined;

export function coreModule(): Promise<WebAssembly.Module> {
  return (compiled ??= WebAssembly.compile(readFileSync(corePath)));
}
