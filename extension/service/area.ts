// The part of storage.local, .session and .managed the service uses; the entry
// hands in the browser's own.

export interface Area {
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Areas {
  local: Area;
  session: Area;
  /** The organisation's policy; Firefox rejects where none is set. */
  managed: () => Promise<Record<string, unknown>>;
}
