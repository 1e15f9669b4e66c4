import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesPoint } from '../../shared/protocol/http.ts';
import type { EventFingerprints } from './ingest.ts';

/**
 * `full`: no room on the disk, nothing of the batch was kept, try again later. `io`: the disk failed; nothing more is accepted.
 * `closed`: the store was closed or its thread died. `locked`: another process holds the file. `corrupt`: the file is damaged.
 * `read-only`: a write was asked of a file opened to read. `invalid`: the question itself is wrong.
 */
export type StoreErrorCode = 'full' | 'io' | 'closed' | 'locked' | 'corrupt' | 'read-only' | 'invalid';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}

export interface LoggedBatch {
  /** Offset of the first observation; the others follow on. Offsets count observations and never repeat within an epoch. */
  readonly firstOffset: number;
  readonly observations: readonly Observation[];
}

/** The one record of what happened. Append before publish ([L1]); nothing is ever edited. */
export interface ObservationLog {
  /** 16 hex digits; stays over restarts, changes when the log is new, restored or cut ([P1]). */
  readonly epoch: string;
  /** Resolves after the batch is durable, with the offset of its first observation; rejects with a `StoreError` when none of it is. Batches commit in call order. */
  append(batch: readonly Observation[], fingerprints: EventFingerprints): Promise<number>;
  /** Batches from `offset` on, oldest first, at most `limit` of them; the rest of the batch that `offset` falls inside counts as one. */
  readFrom(offset: number, limit: number): Promise<readonly LoggedBatch[]>;
  /** Fingerprints received at or after `sinceMs`, oldest first. */
  readFingerprints(sinceMs: number): Promise<EventFingerprints>;
  /** The first of `count` sequence numbers that no earlier run of this epoch used ([P2]). */
  reserveSequence(count: number): Promise<number>;
  /** Deletes everything and begins a new epoch: a seek, or another recording. Never called on the log of a live channel. */
  restart(): Promise<string>;
  close(): Promise<void>;
}

export type Resolution = 'raw' | 'minute' | 'hour';

export interface SeriesQuery {
  readonly seriesIndex: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Buckets to return, 1-2,000. */
  readonly points: number;
}

export interface SeriesAnswer {
  readonly resolution: Resolution;
  readonly bucketMs: number;
  readonly points: readonly SeriesPoint[];
}

export interface AsOfAnswer {
  readonly resolution: Resolution;
  /** The newest observation of each observed series with `observedAtMs` at or before the time asked; series with none are absent. */
  readonly observations: readonly Observation[];
}

/** Reads over the raw (48 h), one-minute (35 days) and one-hour (5 years) tiers. Corrected by late data: what is now known, not what was on screen. */
export interface History {
  /**
   * Readings from `fromMs` (included) to `toMs` (excluded); "no reading" is no reading. In the coarser tiers a minute or an hour
   * stands where its newest observation does.
   */
  series(query: SeriesQuery): Promise<SeriesAnswer>;
  /** Never later than `atMs`. Exact in the raw tier; else the newest of those the tier kept, one a minute or an hour. Without event ids. */
  asOf(atMs: number): Promise<AsOfAnswer>;
  /** From when readings are kept, exact to the hour (to the day in the coarsest tier); `null`: none are. Epoch ms. */
  beginsAtMs(): Promise<number | null>;
  /** Deletes what each tier no longer keeps, after everything due is folded; returns rows deleted by tier. */
  retain(nowMs: number): Promise<Readonly<Record<Resolution | 'log' | 'fingerprints', number>>>;
}
