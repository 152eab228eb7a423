import type { Area } from "../../../service/area.ts";

/** An area in memory, for tests. */
export function memoryArea(items: Record<string, unknown> = {}): Area & { items: Record<string, unknown> } {
  return {
    items,
    get: (key) => Promise.resolve(structuredClone(key === null ? items : key in items ? { [key]: items[key] } : {})),
    set: (more) => {
      Object.assign(items, structuredClone(more));
      return Promise.resolve();
    },
    remove: (key) => {
      delete items[key];
      return Promise.resolve();
    },
  };
}
