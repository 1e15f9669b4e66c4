import type { StoreErrorCode } from './store.ts';
import type { StoreCalls } from './storeConnection.ts';

/** What the thread that owns the file is started with. */
export interface StoreThreadOptions {
  readonly path: string;
  readonly isReadOnly: boolean;
  /** Locality and indicator of each series, in the order of the table. */
  readonly seriesKeys: readonly { readonly localityCode: string; readonly indicatorId: string }[];
  readonly foldEveryMs: number;
  readonly foldAtCount: number;
}

/**
 * What was found. `new`: nothing. `continued`: the log as it was left. `cut`: a log that is behind what had been acknowledged, or
 * cannot be shown not to be: an older copy put back. `lost`: the file of a log that had been begun is gone. The last two begin a
 * new epoch, and people must be told.
 */
export interface StoreOpening {
  readonly kind: 'new' | 'continued' | 'cut' | 'lost';
  readonly detail: string;
}

export interface StoreReady {
  readonly epoch: string;
  readonly opening: StoreOpening;
  readonly idBySeriesIndex: Int32Array;
  readonly maxSeriesId: number;
}

export type StoreQuestion<K extends keyof StoreCalls = keyof StoreCalls> = {
  [P in K]: { readonly id: number; readonly call: P; readonly ask: StoreCalls[P]['ask'] };
}[K];

interface StoreFailure {
  readonly code: StoreErrorCode;
  readonly message: string;
}

/** `id` 0 is the answer to being started. */
export type StoreReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: StoreFailure };
