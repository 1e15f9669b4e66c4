import type { ByteReader, ByteWriter } from '../storage/bytes.ts';
import { readObservations, writeObservations } from '../storage/observationCodec.ts';
import { clearColumns, copyRow, createObservationColumns, type ObservationColumns } from '../storage/observationColumns.ts';

/**
 * The newest observation of every series, row = series id. What is offered in order of arrival ends with the newest
 * `observedAtMs`, ties to the later arrival; offering the same observations again changes nothing.
 */
export interface NewestBySeries {
  readonly columns: ObservationColumns;
  readonly isPresent: Uint8Array;
}

export function createNewestBySeries(maxSeriesId: number): NewestBySeries {
  return { columns: createObservationColumns(maxSeriesId + 1), isPresent: new Uint8Array(maxSeriesId + 1) };
}

export function clearNewest(newest: NewestBySeries): void {
  newest.isPresent.fill(0);
  clearColumns(newest.columns);
}

export function offer(newest: NewestBySeries, seriesId: number, source: ObservationColumns, row: number): void {
  const { columns, isPresent } = newest;
  if (isPresent[seriesId] === 1 && (columns.observedAtMs[seriesId] ?? 0) > (source.observedAtMs[row] ?? 0)) return;
  isPresent[seriesId] = 1;
  copyRow(columns, seriesId, source, row);
  columns.seriesId[seriesId] = seriesId;
}

/** Offers every observation of `source` observed at or before `atMs`. */
export function offerAll(newest: NewestBySeries, source: ObservationColumns, atMs: number): void {
  for (let row = 0; row < source.count; row++) {
    if ((source.observedAtMs[row] ?? 0) <= atMs) offer(newest, source.seriesId[row] ?? 0, source, row);
  }
}

const packed = createObservationColumns();

export function writeNewest(writer: ByteWriter, newest: NewestBySeries): void {
  const rows = new Int32Array(newest.isPresent.length);
  let count = 0;
  for (let seriesId = 0; seriesId < newest.isPresent.length; seriesId++) {
    if (newest.isPresent[seriesId] === 1) rows[count++] = seriesId;
  }
  writeObservations(writer, newest.columns, rows, count, 'of-many-series', 'lag');
}

/** Offers what `writeNewest` wrote. */
export function readNewest(reader: ByteReader, newest: NewestBySeries): void {
  clearColumns(packed);
  readObservations(reader, packed, 'all');
  offerAll(newest, packed, Number.POSITIVE_INFINITY);
}
