import type { Shelf } from '../../client/offline/shelf.ts';

/** What a browser keeps, by structured clone as IndexedDB does. */
export function createMemoryShelf(): Shelf & { readonly held: Map<string, unknown> } {
  const held = new Map<string, unknown>();
  return {
    held,
    read: async (key) => structuredClone(held.get(key)),
    readAll: async () => structuredClone(held),
    async write(key, value) { held.set(key, structuredClone(value)); },
    async remove(key) { held.delete(key); },
  };
}
