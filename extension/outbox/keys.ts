// The two keys of this browser profile: one seals the outbox, one signs records.
// Both are made here and cannot be exported by any script. A key beside its data
// protects against casual reading of the disk only; the storage page says so.

import type { Signature } from "../wire.ts";
import type { Sealed } from "./database.ts";
import type { Store } from "./store.ts";

const utf8 = new TextEncoder();

export interface Keys {
  content: CryptoKey;
  signing: CryptoKeyPair;
}

/** The profile's keys, made at first use. When two contexts race, the first to write wins. */
export async function openKeys(store: Store): Promise<Keys> {
  const stored = () => store.read("keys", (s) => s.get("keys") as IDBRequest<Keys | undefined>);
  const known = await stored();
  if (known) return known;
  const fresh: Keys = {
    content: await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
    signing: await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]),
  };
  try {
    await store.write("keys", (s) => s.add(fresh, "keys"));
    return fresh;
  } catch (error) {
    const winner = await stored();
    if (winner) return winner;
    throw error;
  }
}

/** Seals a JSON value under a name ("head sha256:..."), without which it does not open. */
export async function seal(keys: Keys, name: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: "AES-GCM", iv, additionalData: utf8.encode(name) };
  return { iv, data: await crypto.subtle.encrypt(algorithm, keys.content, utf8.encode(JSON.stringify(value))) };
}

/** Opens what seal made; rejects when a byte, the key or the name differs. */
export async function unseal(keys: Keys, name: string, { iv, data }: Sealed): Promise<unknown> {
  const algorithm = { name: "AES-GCM", iv, additionalData: utf8.encode(name) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, keys.content, data)));
}

/** What is signed of a record: not its text, which the id stands for. */
const signed = (id: string) => utf8.encode(`hanaper record v1\n${id}`);

export async function sign(keys: Keys, id: string): Promise<Signature> {
  const value = await crypto.subtle.sign("Ed25519", keys.signing.privateKey, signed(id));
  const publicKey = await crypto.subtle.exportKey("raw", keys.signing.publicKey);
  return { algorithm: "Ed25519", public_key: base64(publicKey), value: base64(value) };
}

/** The public key that names this profile, base64. */
export async function publicKey(keys: Keys): Promise<string> {
  return base64(await crypto.subtle.exportKey("raw", keys.signing.publicKey));
}

/** Proves that key to the program on this computer; nothing else begins with these words. */
export async function proveKey(keys: Keys, challenge: string): Promise<string> {
  const said = new Uint8Array([...utf8.encode("hanaper bridge v1\n"), ...bytes(challenge)]);
  return base64(await crypto.subtle.sign("Ed25519", keys.signing.privateKey, said));
}

/** Whether the signature is over this id by the key it names. */
export async function verifySignature(id: string, signature: Signature): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", bytes(signature.public_key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, bytes(signature.value), signed(id));
  } catch {
    return false; // no key, or no base64
  }
}

/** "sha256:" and the hexadecimal SHA-256. */
export async function digest(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return "sha256:" + Array.from(sum, (b) => b.toString(16).padStart(2, "0")).join("");
}

const base64 = (data: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(data)));
const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
