// A folder the person picked once (File System Access). The browser may let the
// grant lapse; then a page asks again after a click, and everything waiting is filed.

import { DestinationError, equal, type Destination } from "./destination.ts";

const TRIES = 9; // name, then name-2 ... name-9

export class Folder implements Destination {
  readonly kind = "folder";
  readonly readback = true;
  readonly #handle: FileSystemDirectoryHandle;

  constructor(handle: FileSystemDirectoryHandle) {
    this.#handle = handle;
  }

  get where(): string {
    return this.#handle.name;
  }

  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (!(await granted(this.#handle))) throw new DestinationError("permission");
    try {
      for (let i = 1; i <= TRIES; i++) {
        const candidate = i === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${i}$1`);
        const found = await this.#read(candidate);
        if (found && equal(found, bytes)) return found; // written before a crash: only the receipt was missing
        // An empty file is a write of ours that was cut short: no text is lost by filling it.
        if (found && found.length > 0) continue;
        await this.#write(candidate, bytes);
        return (await this.#read(candidate)) ?? new Uint8Array();
      }
    } catch (error) {
      throw explain(error);
    }
    throw new DestinationError("conflict");
  }

  async #read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const file = await (await this.#handle.getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotFoundError") {
        // Either the file is not there, or the folder is not: only creating tells.
        return null;
      }
      throw error;
    }
  }

  async #write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = await this.#handle.getFileHandle(name, { create: true });
    const stream = await file.createWritable(); // to a swap file; close moves it into place
    try {
      await stream.write(bytes);
      await stream.close();
    } catch (error) {
      await stream.abort().catch(() => undefined);
      throw error;
    }
  }
}

/** Whether files may be written there now, without asking. */
export async function granted(handle: FileSystemDirectoryHandle): Promise<boolean> {
  return (await handle.queryPermission({ mode: "readwrite" })) === "granted";
}

function explain(error: unknown): DestinationError {
  if (error instanceof DestinationError) return error;
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return new DestinationError("permission", error);
  if (name === "NotFoundError") return new DestinationError("missing", error);
  if (name === "TypeMismatchError") return new DestinationError("conflict", error);
  return new DestinationError("write", error);
}
