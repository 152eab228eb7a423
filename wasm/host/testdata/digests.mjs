// Judges the requests on standard input, one a line, with the core.wasm named, and prints
// the SHA-256 of each verdict.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const wasi = new WASI({ version: "preview1" });
const module = await WebAssembly.compile(readFileSync(process.argv[2]));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
const { memory, buf, evaluate } = instance.exports;
wasi.initialize(instance);
for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const request = new TextEncoder().encode(line);
  new Uint8Array(memory.buffer, buf(request.length), request.length).set(request);
  const packed = BigInt.asUintN(64, evaluate(request.length));
  const answer = new Uint8Array(memory.buffer, Number(packed >> 32n), Number(packed & 0xffffffffn));
  console.log(createHash("sha256").update(answer).digest("hex"));
}
