import { Candidate } from '../../shared/domain/observation.ts';
import type { ReceivedCandidate } from '../ports/player.ts';

/** Something that happened and can be played again: the seed facts, or the log of an earlier run. It never changes. */
export interface Recording {
  /** The span it can be played over; nothing in it arrived before or after. Epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** Places in it worth stopping at, ascending. */
  readonly marksMs: readonly number[];
  /** Candidates with `afterMs` < `receivedAtMs` ≤ `untilMs`, in order of arrival. */
  readBetween(afterMs: number, untilMs: number): Promise<readonly ReceivedCandidate[]>;
  /**
   * One candidate per series: the one the state holds once it has received everything up to and including `atMs`, i.e. the
   * newest `observedAtMs`, ties to the later arrival ([R1]). In order of arrival.
   */
  currentAt(atMs: number): Promise<readonly ReceivedCandidate[]>;
}

/** A wider span than that of the candidates shows the wall before the first report. */
type RecordingFrame = Pick<Recording, 'startMs' | 'endMs' | 'marksMs'>;

/**
 * A recording small enough to hold in memory. `candidates` may come in any order; those that arrived in the same millisecond
 * keep theirs. Without a `frame` it spans its candidates and has no marks.
 * @throws Error when there is nothing to play, or a candidate lies outside the frame.
 */
export function createMemoryRecording(candidates: readonly ReceivedCandidate[], frame?: RecordingFrame): Recording {
  const arrivals = candidates.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
  const first = arrivals[0];
  const last = arrivals.at(-1);
  if (first === undefined || last === undefined) {
    throw new Error('A recording has no candidates, so there is nothing to play.');
  }
  const { startMs, endMs, marksMs } = frame ?? { startMs: first.receivedAtMs, endMs: last.receivedAtMs, marksMs: [] };
  if (first.receivedAtMs < startMs || last.receivedAtMs > endMs) {
    throw new Error(`A recording holds candidates from ${first.receivedAtMs} to ${last.receivedAtMs} ms, outside its span ${startMs}..${endMs} ms. Widen the span.`);
  }
  return {
    startMs, endMs, marksMs,
    readBetween: async (afterMs, untilMs) => arrivals.filter(({ receivedAtMs }) => receivedAtMs > afterMs && receivedAtMs <= untilMs),
    async currentAt(atMs) {
      const current = new CurrentCandidates();
      for (const received of arrivals) if (received.receivedAtMs <= atMs) current.take(received);
      return current.list();
    },
  };
}

/** The candidate of each series that a state would hold, of all taken so far. They are taken in order of arrival. */
export class CurrentCandidates {
  readonly #heldByKey = new Map<string, { readonly observedAtMs: number; readonly received: ReceivedCandidate }>();

  take(received: ReceivedCandidate): void {
    const parsed = Candidate.safeParse(received.candidate);
    // What the gate would refuse was never current.
    if (!parsed.success) return;
    const { localityCode, indicatorId, observedAtMs } = parsed.data;
    const key = `${localityCode}/${indicatorId}`;
    const held = this.#heldByKey.get(key);
    if (held !== undefined && held.observedAtMs > observedAtMs) return;
    // Set anew, so that the map stays in order of arrival.
    this.#heldByKey.delete(key);
    this.#heldByKey.set(key, { observedAtMs, received });
  }

  /** In order of arrival. */
  list(): ReceivedCandidate[] {
    return [...this.#heldByKey.values()].map(({ received }) => received);
  }
}
