// A place records go. One file each beside this one.

import type { Trouble } from "../../wire.ts";

export interface Destination {
  readonly kind: "folder" | "download" | "desktop";
  /** The place in words: the folder's name. */
  readonly where: string;
  /** Whether put can read back what it wrote. Without it a record stays pending (ruling 7). */
  readonly readback: boolean;
  /**
   * Puts a file there and gives the bytes found there afterwards, null without
   * readback. Putting the same bytes again changes nothing; a different file of
   * that name is never overwritten. id is the record's. Rejects with a DestinationError.
   */
  put(name: string, bytes: Uint8Array<ArrayBuffer>, id: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Why a file is not there; the record stays pending. */
export class DestinationError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause?: unknown) {
    super(`destination: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
