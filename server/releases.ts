import { RELEASED_REF } from '../shared/domain/observation.ts';
import type { HeldItem, Outcome, QuarantinedItem, Release, ReleaseAnswer } from './ports/ingest.ts';
import type { ReceivedCandidate } from './ports/player.ts';

interface ReleasesOptions {
  readonly held: () => readonly QuarantinedItem[];
  readonly nowMs: () => number;
  /** Judges, logs and answers it like any other. */
  readonly handOver: (received: ReceivedCandidate) => void;
}

/** What of the quarantine was let go, by whom and why. As long as the gate holds the item, and no longer. */
export function createReleases({ held, nowMs, handOver }: ReleasesOptions) {
  const releasedById = new Map<number, NonNullable<HeldItem['released']>>();

  function forgetGone(items: readonly QuarantinedItem[]): void {
    const ids = new Set(items.map(({ id }) => id));
    for (const id of releasedById.keys()) if (!ids.has(id)) releasedById.delete(id);
  }

  return {
    list: (): readonly HeldItem[] => held().map((item) => ({ ...item, released: releasedById.get(item.id) ?? null })),
    async release(itemId: number, { by, why }: Release): Promise<ReleaseAnswer> {
      const items = held();
      forgetGone(items);
      const item = items.find(({ id }) => id === itemId);
      if (item === undefined) return { kind: 'unknown' };
      if (releasedById.has(itemId)) return { kind: 'again' };
      const atMs = nowMs();
      // The gate has read it once: it is a candidate.
      const candidate = item.candidate as { readonly observedAtMs: number };
      if (candidate.observedAtMs > atMs) return { kind: 'too-early', fromMs: candidate.observedAtMs };
      releasedById.set(itemId, { by, why, atMs, outcome: null });
      try {
        const outcome = await new Promise<Outcome>((onOutcome, onFailure) => {
          handOver({ receivedAtMs: atMs, candidate: { ...candidate, ref: RELEASED_REF }, onOutcome, onFailure });
        });
        releasedById.set(itemId, { by, why, atMs, outcome });
        return { kind: 'released', outcome };
      } catch (error) {
        releasedById.delete(itemId);
        throw error;
      }
    },
  };
}
