import type { AuditDraft } from './alarmLog.ts';
import type { Resolution } from './store.ts';

/** One batch as the file keeps it; only the log's codec reads `payload`. */
export interface StoredBatch {
  readonly firstOffset: number;
  readonly count: number;
  readonly payload: Uint8Array;
}

/** One series in equal buckets, one array per property. `count` 0: none in that bucket, and the others are NaN. */
export interface BucketColumns {
  readonly resolution: Resolution;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  readonly count: Int32Array;
}

export interface StoreStats {
  readonly fileBytes: number;
  readonly nextOffset: number;
  /** Rows by table: batches, and (hour or day, series) pairs. */
  readonly rows: Readonly<Record<Resolution | 'log' | 'checkpoints', number>>;
  /** Observations held in memory because they are not in the tiers yet. */
  readonly unfoldedObservations: number;
  readonly foldsDone: number;
  /** Why the last step of a fold failed; until one succeeds, memory grows and the log is not cut. `null`: none failed. */
  readonly foldProblem: string | null;
  /** Stored observations left out of answers because their series is no longer in the catalogue. */
  readonly unknownSeriesSkipped: number;
}

/** A row of the audit trail as the file keeps it: JSON, and the hash it is chained by. */
export interface StoredAuditRow {
  readonly text: string;
  readonly hash: string;
}

/** JSON of the oldest events, and of the checkpoint before them. */
export interface StoredOldEvents {
  readonly checkpoint: string | null;
  readonly events: readonly string[];
  readonly afterSeq: number;
  readonly throughSeq: number;
}

/** Every question the thread that owns the file answers, in the order asked. */
export interface StoreCalls {
  append: {
    ask: { readonly payload: Uint8Array; readonly count: number; readonly receivedAtMs: number; readonly fingerprints: Uint32Array };
    answer: number;
  };
  /** Batches that hold `offset` or begin after it, at most `maxBatches`. */
  readFrom: { ask: { readonly offset: number; readonly maxBatches: number }; answer: readonly StoredBatch[] };
  readFingerprints: { ask: { readonly sinceMs: number }; answer: Uint32Array };
  reserveSequence: { ask: { readonly count: number }; answer: number };
  restart: { ask: null; answer: string };
  series: { ask: { readonly seriesId: number; readonly fromMs: number; readonly toMs: number; readonly points: number }; answer: BucketColumns };
  asOf: { ask: { readonly atMs: number }; answer: { readonly resolution: Resolution; readonly payload: Uint8Array } };
  begin: { ask: null; answer: number | null };
  retain: { ask: { readonly nowMs: number }; answer: Readonly<Record<Resolution | 'log' | 'fingerprints', number>> };
  /** JSON of one line of the log of notes. Refused once the disk has failed, like `append`. */
  appendNote: { ask: { readonly entry: string }; answer: null };
  readNotes: { ask: null; answer: readonly string[] };
  /** JSON of one delivery of reports. Refused once the disk has failed, like `append`. */
  appendReports: { ask: { readonly reports: string }; answer: null };
  readReports: { ask: null; answer: readonly string[] };
  lastReportSeq: { ask: null; answer: number };
  /** One delivery of those that the next `compactReports` is to keep, since a message of all of them holds the sender. `null`: there is none yet. */
  stageReports: { ask: { readonly reports: string | null }; answer: null };
  /** What is there up to `throughSeq` gives way to the deliveries staged; what came later stays. */
  compactReports: { ask: { readonly throughSeq: number }; answer: null };
  /** All of it or none. JSON of events; the rows are chained by the thread. Refused once the disk has failed, like `append`. */
  appendAlarms: { ask: { readonly events: readonly string[]; readonly audit: readonly AuditDraft[] }; answer: null };
  readAlarms: { ask: null; answer: readonly string[] };
  /** JSON; `null`: the log was never cut. */
  readAlarmCheckpoint: { ask: null; answer: string | null };
  readOldAlarms: { ask: { readonly beforeMs: number; readonly limit: number }; answer: StoredOldEvents };
  /** Refused once the disk has failed, like `append`. */
  cutAlarms: { ask: { readonly afterSeq: number; readonly throughSeq: number; readonly checkpoint: string }; answer: null };
  readAudit: { ask: { readonly limit: number; readonly beforeSeq: number | null }; answer: readonly StoredAuditRow[] };
  stats: { ask: null; answer: Omit<StoreStats, 'unknownSeriesSkipped'> };
  close: { ask: null; answer: null };
}

/** The main thread's end of the line to the thread that owns the file. */
export interface StoreConnection {
  /** Changes only by `restart`. */
  readonly epoch: string;
  /** Id in the file of each series of the table; -1: a file opened to read knows no such series. */
  readonly idBySeriesIndex: Int32Array;
  /** Index in the table of each id in the file; -1: no longer in the catalogue. */
  readonly seriesIndexById: Int32Array;
  /** Rejects with a `StoreError`. `transfer`: buffers given away with the question. */
  ask<K extends keyof StoreCalls>(call: K, ask: StoreCalls[K]['ask'], transfer?: readonly ArrayBuffer[]): Promise<StoreCalls[K]['answer']>;
  /** Counts stored observations left out of an answer. */
  noteUnknownSeries(count: number): void;
}
