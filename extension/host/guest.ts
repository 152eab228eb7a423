// The one instance of core.wasm: made at first use, made anew after any trap.

import { wasi } from "./wasi.ts";

export type Operation = "evaluate" | "capture" | "render" | "verify" | "info" | "install";

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  buf(n: number): number;
  evaluate(n: number): bigint;
  capture(n: number): bigint;
  render(n: number): bigint;
  verify(n: number): bigint;
  info(n: number): bigint;
  install(n: number): bigint;
}

/** The core trapped or refused the request's size; the next call gets a fresh instance. */
export class GuestError extends Error {}

/** Above this the instance is let go after a call: memory of a module never shrinks. */
const MEMORY_LIMIT = 128 << 20; // bytes

export class Guest {
  #source: () => Promise<WebAssembly.Module>;
  #module: Promise<WebAssembly.Module> | undefined;
  #exports: Promise<Exports> | undefined;
  #packs = "";
  /** How many instances were made: 1, and one more after each trap. */
  instances = 0;

  /** source gives the compiled module; it is asked once, and again only if it failed. */
  constructor(source: () => Promise<WebAssembly.Module>) {
    this.#source = source;
  }

  /** Compiles and starts the core, so that the first call is quick. */
  async warm(): Promise<void> {
    await this.#ready();
  }

  /**
   * Runs one operation: JSON in, JSON out (package core says which). Calls never
   * interleave, since the core answers without waiting. Rejects with a GuestError,
   * or with the reason why the module could not be compiled.
   */
  async call(operation: Operation, request: unknown): Promise<unknown> {
    return JSON.parse(await this.text(operation, JSON.stringify(request)));
  }

  /** Installs packs from outside, in this instance and in every one made later. */
  async install(request: unknown): Promise<unknown> {
    const packs = JSON.stringify(request);
    const answer = JSON.parse(await this.text("install", packs)) as { error?: string };
    if (!answer.error) this.#packs = packs; // else those installed before stay, here and in later instances
    return answer;
  }

  /** call, with request and result as JSON text: the result's bytes are canonical. */
  async text(operation: Operation, request: string): Promise<string> {
    const bytes = new TextEncoder().encode(request);
    const exports = await this.#ready();
    try {
      return run(exports, operation, bytes);
    } catch (cause) {
      this.#exports = undefined;
      throw cause instanceof GuestError ? cause : new GuestError(`the core stopped in ${operation}`, { cause });
    } finally {
      if (exports.memory.buffer.byteLength > MEMORY_LIMIT) this.#exports = undefined;
    }
  }

  #ready(): Promise<Exports> {
    return (this.#exports ??= this.#start().catch((error: unknown) => {
      this.#exports = undefined;
      throw error;
    }));
  }

  async #start(): Promise<Exports> {
    this.#module ??= this.#source().catch((error: unknown) => {
      this.#module = undefined;
      throw error;
    });
    const module = await this.#module;
    const instance: WebAssembly.Instance = await WebAssembly.instantiate(
      module,
      wasi(module, () => (instance.exports as unknown as Exports).memory),
    );
    const exports = instance.exports as unknown as Exports;
    exports._initialize();
    if (this.#packs) run(exports, "install", new TextEncoder().encode(this.#packs));
    this.instances++;
    return exports;
  }
}

function run(exports: Exports, operation: Operation, request: Uint8Array): string {
  const input = exports.buf(request.length);
  if (input === 0) throw new GuestError(`the request is ${request.length} bytes, over the core's limit`);
  new Uint8Array(exports.memory.buffer, input, request.length).set(request);
  const result = BigInt.asUintN(64, exports[operation](request.length));
  const output = new Uint8Array(exports.memory.buffer, Number(result >> 32n), Number(result & 0xffffffffn));
  return new TextDecoder("utf-8", { fatal: true }).decode(output);
}
