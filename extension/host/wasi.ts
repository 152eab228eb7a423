// What core.wasm asks of WASI. The core has no clock, file or random source of
// its own; the Go runtime around it asks for a little of each at start.

const EBADF = 8;
const ENOSYS = 52;
const MODULE = "wasi_snapshot_preview1";

/**
 * The imports of a module. memory is called at each use: the instance does not
 * exist yet when the imports are made, and growth detaches old views. A function
 * not listed answers ENOSYS. What the guest prints is dropped, as a Go panic may
 * quote the text it was reading.
 */
export function wasi(module: WebAssembly.Module, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const view = () => new DataView(memory().buffer);
  const zeros = (...at: number[]) => {
    for (const p of at) view().setUint32(p, 0, true);
    return 0;
  };
  const known: Record<string, (...args: never[]) => number> = {
    args_sizes_get: zeros,
    args_get: () => 0,
    environ_sizes_get: zeros,
    environ_get: () => 0,
    clock_time_get: (_id: number, _precision: bigint, out: number) => {
      view().setBigUint64(out, BigInt(Date.now()) * 1_000_000n, true);
      return 0;
    },
    random_get: (out: number, n: number) => {
      for (let i = 0; i < n; i += 65536) {
        crypto.getRandomValues(new Uint8Array(memory().buffer, out + i, Math.min(65536, n - i)));
      }
      return 0;
    },
    fd_write: (_fd: number, vectors: number, count: number, written: number) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += view().getUint32(vectors + 8 * i + 4, true);
      view().setUint32(written, sum, true);
      return 0;
    },
    fd_fdstat_get: (_fd: number, out: number) => {
      new Uint8Array(memory().buffer, out, 24).fill(0);
      return 0;
    },
    fd_prestat_get: () => EBADF, // no directories: any other answer traps at start
    sched_yield: () => 0,
    proc_exit: (code: number) => {
      throw new Error(`the core exited with ${code}`);
    },
  };
  const functions = WebAssembly.Module.imports(module).map(({ name }) => [name, known[name] ?? (() => ENOSYS)]);
  return { [MODULE]: Object.fromEntries(functions) as WebAssembly.ModuleImports };
}
