// Where the folder's handle is kept: a handle survives in IndexedDB only.

import type { Store } from "./store.ts";

const FOLDER = "folder";

export async function savedFolder(store: Store): Promise<FileSystemDirectoryHandle | null> {
  const stored = await store.read("places", (s) => s.get(FOLDER) as IDBRequest<unknown>);
  return (stored as FileSystemDirectoryHandle | undefined) ?? null;
}

export async function saveFolder(store: Store, handle: FileSystemDirectoryHandle): Promise<void> {
  await store.write("places", (s) => s.put(handle, FOLDER));
}

export async function forgetFolder(store: Store): Promise<void> {
  await store.remove("places", FOLDER);
}
