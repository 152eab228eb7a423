// The vault of the Hanaper program on this computer. What was put there is read
// back from it, as from a folder.

import type { DesktopState, Trouble } from "../../wire.ts";
import { BridgeError, type Bridge } from "./bridge.ts";
import { DestinationError, type Destination } from "./destination.ts";

/** What a state of the program means for a record that waits. */
const TROUBLES: Record<Exclude<DesktopState, "paired">, Trouble> = {
  not_allowed: "not_running",
  not_running: "not_running",
  too_old: "too_old",
  extension_too_old: "too_old",
  asked: "not_paired",
  no_vault: "locked",
  locked: "locked",
  faulty: "write",
};

export class Desktop implements Destination {
  readonly kind = "desktop";
  readonly where = "Hanaper";
  readonly readback = true;
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async put(_name: string, bytes: Uint8Array<ArrayBuffer>, id: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#bridge.put(id, bytes);
    } catch (error) {
      if (error instanceof BridgeError && error.state !== "paired") throw new DestinationError(TROUBLES[error.state], error);
      throw new DestinationError("write", error);
    }
  }
}
