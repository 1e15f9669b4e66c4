import type { QuarantinedItem } from '../ports/ingest.ts';

export interface Quarantine {
  hold(held: Omit<QuarantinedItem, 'id'>): void;
  /** Newest first. */
  list(): readonly QuarantinedItem[];
}

/** [I8] Keeps the newest `maxItems`; ids count on from 1 and never repeat. */
export function createQuarantine(maxItems: number): Quarantine {
  const ring: QuarantinedItem[] = [];
  let heldCount = 0;
  return {
    hold(held) {
      ring[heldCount % maxItems] = { id: ++heldCount, ...held };
    },
    list: () => [...ring].sort((a, b) => b.id - a.id),
  };
}
