/** Set by build.mjs. */
declare const BROWSER: "chromium" | "firefox";
/** The core's version, which is the extension's. */
declare const VERSION: string;

/** Firefox only. */
declare const browser: { sidebarAction: { toggle(): Promise<void> } };

declare module "*.css" {
  const text: string;
  export default text;
}

// File System Access: what TypeScript's DOM library does not declare.
interface FileSystemHandle {
  queryPermission(descriptor: { mode: "read" | "readwrite" }): Promise<PermissionState>;
  requestPermission(descriptor: { mode: "read" | "readwrite" }): Promise<PermissionState>;
}

interface DataTransferItem {
  /** Absent in Firefox. */
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

interface Window {
  /** Absent in Firefox. */
  showDirectoryPicker?(options: { id?: string; mode?: "read" | "readwrite" }): Promise<FileSystemDirectoryHandle>;
}

// Storage Buckets: folders of storage apart from the origin's default one.
interface Navigator {
  /** Absent in Firefox. */
  storageBuckets?: {
    open(name: string, options: { durability: "strict" | "relaxed"; persisted: boolean }): Promise<{ indexedDB: IDBFactory }>;
  };
}
