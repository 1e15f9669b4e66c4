import { createByteReader, createByteWriter, takeBytes } from '../storage/bytes.ts';
import { readObservations, writeObservations } from '../storage/observationCodec.ts';
import { appendRow, clearColumns, createObservationColumns, type ObservationColumns, rowsUpTo } from '../storage/observationColumns.ts';
import { type Pending, rowsOf } from './pending.ts';
import { clearEntries, createTierEntries, mergeObservation, readEntries, type TierEntries, writeEntries } from './tierEntries.ts';
import type { TierTable, TierTables } from './tierTables.ts';
import { DAY_HOURS, dayOfHour, HOUR_MS, hourOf, MINUTE_MS } from './times.ts';

/** First period each tier still keeps; observations from before go only to the coarser ones. */
export interface TierFloors {
  readonly rawHour: number;
  readonly minuteHour: number;
  readonly hourDay: number;
}

// One per thread: a fold of one series finishes with them before the next begins.
const writer = createByteWriter();
const stored = createObservationColumns();
const merged = createObservationColumns();
const minutes = createTierEntries(60, MINUTE_MS);
const hours = createTierEntries(DAY_HOURS, HOUR_MS);

/** Merges the pending observations of one series into its rows of all three tiers. */
export function foldSeries(tables: TierTables, floors: TierFloors, pending: Pending, seriesId: number): void {
  const { columns } = pending;
  const observedAt = (row: number) => columns.observedAtMs[row] ?? 0;
  // A stable sort keeps the order of arrival among equal times.
  const rows = rowsOf(pending, seriesId).sort((a, b) => observedAt(a) - observedAt(b));
  let start = 0;
  while (start < rows.length) {
    const hour = hourOf(observedAt(rows[start] ?? 0));
    let end = start + 1;
    while (end < rows.length && hourOf(observedAt(rows[end] ?? 0)) === hour) end++;
    const ofHour = rows.slice(start, end);
    if (hour >= floors.rawHour) mergeRaw(tables.raw, hour, seriesId, columns, ofHour);
    if (hour >= floors.minuteHour) mergeEntries(tables.minute, minutes, hour, seriesId, columns, ofHour);
    if (dayOfHour(hour) >= floors.hourDay) mergeEntries(tables.hour, hours, dayOfHour(hour), seriesId, columns, ofHour);
    start = end;
  }
}

function mergeRaw(table: TierTable, hour: number, seriesId: number, columns: ObservationColumns, rows: readonly number[]): void {
  clearColumns(stored);
  clearColumns(merged);
  const payload = table.get(hour, seriesId);
  if (payload !== undefined) readObservations(createByteReader(payload), stored, 'all');
  let next = 0;
  for (const row of rows) {
    // What is stored arrived earlier, so it comes first among equal times.
    while (next < stored.count && (stored.observedAtMs[next] ?? 0) <= (columns.observedAtMs[row] ?? 0)) appendRow(merged, stored, next++);
    appendRow(merged, columns, row);
  }
  while (next < stored.count) appendRow(merged, stored, next++);
  writeObservations(writer, merged, rowsUpTo(merged.count), merged.count, 'of-one-series', 'lag');
  table.put(hour, seriesId, takeBytes(writer));
}

function mergeEntries(
  table: TierTable, entries: TierEntries, period: number, seriesId: number, columns: ObservationColumns, rows: readonly number[],
): void {
  clearEntries(entries);
  const payload = table.get(period, seriesId);
  if (payload !== undefined) readEntries(createByteReader(payload), entries, 'all');
  for (const row of rows) mergeObservation(entries, columns, row);
  writeEntries(writer, entries);
  table.put(period, seriesId, takeBytes(writer));
}
