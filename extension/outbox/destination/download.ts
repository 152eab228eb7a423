// A file the person saves. A worker cannot start a download and no page can see
// where it went, so there is nothing to read back: the record stays pending until
// the person gives the file back (filing.ts, giveBack).

import type { Destination } from "./destination.ts";

export class Download implements Destination {
  readonly kind = "download";
  readonly where = "download";
  readonly readback = false;
  readonly #offer: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;

  /** offer starts the download; only a page can. */
  constructor(offer: (name: string, bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#offer = offer;
  }

  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<null> {
    this.#offer(name, bytes);
    return Promise.resolve(null);
  }
}
