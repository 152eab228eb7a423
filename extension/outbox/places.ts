// Where the folder's handle is kept: a handle survives in IndexedDB only.

import { transact } from "./database.ts";

const FOLDER = "folder";

export async function savedFolder(db: IDBDatabase): Promise<FileSystemDirectoryHandle | null> {
  const stored = await transact(db, "places", "readonly", (s) => s.get(FOLDER) as IDBRequest<unknown>);
  return (stored as FileSystemDirectoryHandle | undefined) ?? null;
}

export async function saveFolder(db: IDBDatabase, handle: FileSystemDirectoryHandle): Promise<void> {
  await transact(db, "places", "readwrite", (s) => s.put(handle, FOLDER));
}

export async function forgetFolder(db: IDBDatabase): Promise<void> {
  await transact(db, "places", "readwrite", (s) => s.delete(FOLDER));
}
