import { createByteReader } from '../storage/bytes.ts';
import { readObservations } from '../storage/observationCodec.ts';
import { createObservationColumns, grownInts, type ObservationColumns } from '../storage/observationColumns.ts';

/** Observations that are in the log but not in the tiers yet, in order of arrival, with each series' own chained together. */
export interface Pending {
  readonly columns: ObservationColumns;
  /** Row of each series' latest arrival; -1: none. */
  readonly latest: Int32Array;
  /** Row of the arrival before this one of the same series; -1: none. */
  before: Int32Array;
  /** Offset that follows the last observation. */
  endOffset: number;
  /** When the oldest batch was received; `null` while empty. */
  sinceMs: number | null;
}

/** `maxSeriesId`: no observation names a series above it. */
export function createPending(maxSeriesId: number): Pending {
  return { columns: createObservationColumns(1024), latest: new Int32Array(maxSeriesId + 1).fill(-1), before: new Int32Array(1024), endOffset: 0, sinceMs: null };
}

export function addBatch(pending: Pending, payload: Uint8Array, endOffset: number, receivedAtMs: number): void {
  const { columns, latest } = pending;
  const start = columns.count;
  readObservations(createByteReader(payload), columns, 'all');
  if (pending.before.length < columns.value.length) pending.before = grownInts(pending.before, columns.value.length);
  for (let row = start; row < columns.count; row++) {
    const seriesId = columns.seriesId[row] ?? 0;
    pending.before[row] = latest[seriesId] ?? -1;
    latest[seriesId] = row;
  }
  pending.endOffset = endOffset;
  pending.sinceMs ??= receivedAtMs;
}

/** Rows of one series, in order of arrival. */
export function rowsOf(pending: Pending, seriesId: number): number[] {
  const rows: number[] = [];
  for (let row = pending.latest[seriesId] ?? -1; row >= 0; row = pending.before[row] ?? -1) rows.push(row);
  return rows.reverse();
}
