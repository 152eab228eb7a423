// The conversation with the Hanaper program on this computer (native messaging);
// desktop/bridge/bridge.go is the other side and says what each message means.

import type { DesktopState } from "../../wire.ts";

/** A connection to the program, as the browser gives it. */
export interface Pipe {
  send(message: object): void;
  onMessage(heard: (message: unknown) => void): void;
  /** The program ended, or was never started; why in the browser's words. */
  onClose(closed: (why: string) => void): void;
  close(): void;
}

/** Starts the program; null where the browser may not. */
export type Connect = () => Pipe | null;

/** Who this profile is to the program. */
export interface Identity {
  /** Base64 of the public key that records are signed with. */
  key: () => Promise<string>;
  /** Base64 of the signature that proves it, over the program's challenge. */
  prove: (challenge: string) => Promise<string>;
  /** Of the extension. */
  version: string;
}

/** That of the protocol. A program that speaks an older one is too old. */
const PROTOCOL = 1;
/** What a program must be able to do. */
const NEEDED = ["put", "get"];
/** Longest wait for one answer, ms: opening a vault by passphrase takes a second, a slow disk more. */
const PATIENCE = 30_000;
/** Bytes in a message; base64 adds a third, and the program takes 1 MiB. */
const CHUNK = 480 << 10;
/** Milliseconds after the last question at which the program is let go. */
const LINGER = 5_000;

/** Why the program did not do what it was asked. */
export class BridgeError extends Error {
  readonly state: DesktopState;

  constructor(state: DesktopState, why = "") {
    super(why || state);
    this.state = state;
  }
}

interface Heard {
  op?: unknown;
  v?: unknown;
  version?: unknown;
  capabilities?: unknown;
  challenge?: unknown;
  state?: unknown;
  pairing?: unknown;
  offset?: unknown;
  size?: unknown;
  data?: unknown;
  code?: unknown;
  text?: unknown;
}

/** What the program's errors say of its state. */
const STATES: Record<string, DesktopState> = {
  extension_too_old: "extension_too_old",
  not_paired: "asked",
  no_vault: "no_vault",
  locked: "locked",
};

export class Bridge {
  readonly #connect: Connect;
  readonly #who: Identity;
  #pipe: Pipe | null = null;
  #waiting: { heard: (m: Heard) => void; failed: (e: BridgeError) => void } | null = null;
  #open: Promise<{ code: string; version: string }> | null = null;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(connect: Connect, who: Identity) {
    this.#connect = connect;
    this.#who = who;
  }

  /** How things stand with the program. Never rejects. */
  async state(): Promise<{ state: DesktopState; code: string; version: string }> {
    this.close(); // an approval given since counts
    try {
      const { code, version } = await this.#inTurn(async () => {
        const said = await this.#hello();
        if (!said.code) await this.#ask({ op: "ready" });
        return said;
      });
      return { state: code ? "asked" : "paired", code, version };
    } catch (error) {
      return { state: error instanceof BridgeError ? error.state : "not_running", code: "", version: "" };
    }
  }

  /** Puts a record's file into the vault and gives the bytes that are there then. Rejects with a BridgeError. */
  put(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    return this.#inTurn(async () => {
      const { code } = await this.#hello();
      if (code) throw new BridgeError("asked");
      let said = await this.#ask({ op: "put", id, size: bytes.length });
      while (said.op === "send") {
        const offset = whole(said.offset, bytes.length - 1);
        said = await this.#ask({ op: "chunk", offset, data: base64(bytes.subarray(offset, offset + CHUNK)) });
      }
      return this.#get(id, whole(said.size, Number.MAX_SAFE_INTEGER));
    });
  }

  close(): void {
    clearTimeout(this.#linger);
    this.#pipe?.close();
    this.#lost();
  }

  async #get(id: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
    const out = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const said = await this.#ask({ op: "get", id, offset: at });
      const part = Uint8Array.from(atob(text(said.data)), (c) => c.charCodeAt(0));
      if (said.op !== "data" || part.length === 0 || at + part.length > size) throw new BridgeError("faulty");
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  /** One thing at a time: an answer has no number, it is that of the last question. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work).finally(() => {
      clearTimeout(this.#linger);
      this.#linger = setTimeout(() => this.close(), LINGER);
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #hello(): Promise<{ code: string; version: string }> {
    return (this.#open ??= this.#greet().catch((error: unknown) => {
      this.close();
      throw error;
    }));
  }

  async #greet(): Promise<{ code: string; version: string }> {
    const pipe = this.#connect();
    if (!pipe) throw new BridgeError("not_allowed");
    this.#pipe = pipe;
    pipe.onMessage((message) => this.#waiting?.heard(message as Heard));
    pipe.onClose((why) => {
      if (this.#pipe === pipe) this.#lost(why);
    });
    const hello = await this.#ask({ op: "hello", v: PROTOCOL, version: this.#who.version, key: await this.#who.key() });
    const able = Array.isArray(hello.capabilities) ? (hello.capabilities as unknown[]) : [];
    if (hello.op !== "hello" || typeof hello.v !== "number" || hello.v < PROTOCOL || NEEDED.some((one) => !able.includes(one))) {
      throw new BridgeError("too_old");
    }
    const signature = await this.#who.prove(text(hello.challenge));
    const said = await this.#ask({ op: "prove", signature });
    const code = said.state === "paired" ? "" : text(said.pairing);
    if (said.state !== "paired" && !code) throw new BridgeError("faulty");
    return { code, version: text(hello.version) };
  }

  #ask(question: object): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const pipe = this.#pipe;
      if (!pipe) {
        reject(new BridgeError("not_running"));
        return;
      }
      const timer = setTimeout(() => this.#waiting?.failed(new BridgeError("not_running", "no answer")), PATIENCE);
      const end = () => {
        clearTimeout(timer);
        this.#waiting = null;
      };
      this.#waiting = {
        heard: (message) => {
          end();
          if (message.op === "error") reject(new BridgeError(STATES[text(message.code)] ?? "faulty", text(message.text)));
          else resolve(message);
        },
        failed: (error) => {
          end();
          reject(error);
        },
      };
      pipe.send(question);
    });
  }

  #lost(why = ""): void {
    this.#pipe = null;
    this.#open = null;
    this.#waiting?.failed(new BridgeError("not_running", why));
  }
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function whole(value: unknown, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most) throw new BridgeError("faulty");
  return value as number;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
