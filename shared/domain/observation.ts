import { z } from 'zod';
import { IndicatorId, LocalityCode, SourceId } from './ids.ts';
import { Comparator, Provenance } from './provenance.ts';

/**
 * What any player hands to the gate, and the only shape the gate admits. A candidate is `unknown` until `admit` has parsed it.
 * Names follow OGC SensorThings: `observedAtMs` is phenomenonTime.
 */
export const Candidate = z.strictObject({
  sourceId: SourceId,
  /** The sender's own id of this item; `(sourceId, eventId)` is stored once for seven days. Absent: the item is its own identity. */
  eventId: z.string().min(1).max(200).optional(),
  localityCode: LocalityCode,
  indicatorId: IndicatorId,
  /** When the world had this value, by the source's own clock. Epoch ms, UTC. */
  observedAtMs: z.number().int().nonnegative(),
  /** In the indicator's unit. `null`: the source said "no reading". No observation at all: it said nothing. */
  value: z.number().nullable(),
  /** Parts of a ratio where the source states them; both or neither. */
  numerator: z.number().nonnegative().optional(),
  denominator: z.number().nonnegative().optional(),
  comparator: Comparator.optional(),
  provenance: Provenance,
  /** Id of the record this came from: a seed fact's id. Absent for feeds. */
  ref: z.string().max(100).optional(),
});
export type Candidate = z.infer<typeof Candidate>;

/**
 * `ref` of what an administrator released from quarantine: it was too late when it came, and is judged as in time. In the log, so that a
 * replay admits it too; no feed can send a `ref`.
 */
export const RELEASED_REF = 'released-from-quarantine';

/** Admitted: refers to a series, rounded, both times known. Immutable from here on. */
export interface Observation {
  /** Position in the channel's `SeriesTable`. */
  readonly seriesIndex: number;
  readonly sourceId: SourceId;
  /** `null`: the sender gave none. */
  readonly eventId: string | null;
  readonly observedAtMs: number;
  /** When we got it. A replay keeps the recorded time, so lateness is replayed too. */
  readonly receivedAtMs: number;
  /** `null`: the source said "no reading". */
  readonly value: number | null;
  /** `null`: not stated. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly comparator: Comparator;
  readonly provenance: Provenance;
  readonly ref: string | null;
}
