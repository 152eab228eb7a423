// A folder in memory that behaves as File System Access does: createWritable
// writes to a swap file and close moves it into place. Each operation is a step
// at which a test can fail it, or end the world.

export type Step = (name: string) => Promise<void>;

const never: Step = () => Promise.resolve();

export class Disk {
  files = new Map<string, Uint8Array<ArrayBuffer>>();
  permission: PermissionState = "granted";
  gone = false;
  /** Changes what is written, as a faulty share might. */
  corrupt: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (bytes) => bytes;
  step: Step = never;

  handle(name = "records"): FileSystemDirectoryHandle {
    const handle = {
      kind: "directory",
      name,
      queryPermission: () => Promise.resolve(this.permission),
      getFileHandle: async (file: string, options?: { create?: boolean }) => {
        await this.step("getFileHandle");
        if (this.gone) throw new DOMException("no folder", "NotFoundError");
        if (!this.files.has(file)) {
          if (!options?.create) throw new DOMException("no file", "NotFoundError");
          this.files.set(file, new Uint8Array());
          await this.step("created");
        }
        return this.#file(file);
      },
    };
    return handle as unknown as FileSystemDirectoryHandle;
  }

  #file(name: string) {
    return {
      kind: "file",
      name,
      getFile: async () => {
        await this.step("getFile");
        return new Blob([this.files.get(name) ?? new Uint8Array()]);
      },
      createWritable: async () => {
        await this.step("createWritable");
        let swap: Uint8Array<ArrayBuffer> = new Uint8Array();
        return {
          write: async (bytes: Uint8Array<ArrayBuffer>) => {
            await this.step("write");
            swap = bytes.slice();
          },
          close: async () => {
            await this.step("close");
            this.files.set(name, this.corrupt(swap));
            await this.step("closed");
          },
          abort: () => Promise.resolve(),
        };
      },
    };
  }
}
