import type { StoreCalls } from '../ports/storeConnection.ts';
import type { Resolution } from '../ports/store.ts';
import { createByteReader } from '../storage/bytes.ts';
import { readObservations } from '../storage/observationCodec.ts';
import { clearColumns, createObservationColumns } from '../storage/observationColumns.ts';
import { addReading, addReadings, type Buckets, createBuckets, toBucketColumns } from './buckets.ts';
import type { Fold } from './fold.ts';
import type { TierFloors } from './foldSeries.ts';
import { type Pending, rowsOf } from './pending.ts';
import { clearEntries, createTierEntries, readEntries, type TierEntries } from './tierEntries.ts';
import type { TierTable, TierTables } from './tierTables.ts';
import { DAY_HOURS, DAY_MS, HOUR_MS, MINUTE_MS } from './times.ts';

// One per thread: a query finishes with them before the next begins.
const stored = createObservationColumns();
const minutes = createTierEntries(60, MINUTE_MS);
const hours = createTierEntries(DAY_HOURS, HOUR_MS);

/** The finest tier that still keeps `atMs`. */
export function resolutionAt(floors: TierFloors, atMs: number): Resolution {
  if (atMs >= floors.rawHour * HOUR_MS) return 'raw';
  return atMs >= floors.minuteHour * HOUR_MS ? 'minute' : 'hour';
}

export function querySeries(
  tables: TierTables, floors: TierFloors, fold: Fold, { seriesId, fromMs, toMs, points }: StoreCalls['series']['ask'],
): StoreCalls['series']['answer'] {
  const buckets = createBuckets(fromMs, toMs, points);
  const resolution = resolutionAt(floors, fromMs);
  switch (resolution) {
    case 'raw':
      forEachPeriod(tables.raw, seriesId, fromMs, toMs, HOUR_MS, (payload) => addRaw(buckets, payload));
      break;
    case 'minute':
      forEachPeriod(tables.minute, seriesId, fromMs, toMs, HOUR_MS, (payload) => addEntries(buckets, minutes, payload));
      break;
    case 'hour':
      forEachPeriod(tables.hour, seriesId, fromMs, toMs, DAY_MS, (payload) => addEntries(buckets, hours, payload));
      break;
  }
  const { folding, hot } = fold;
  if (folding !== null && seriesId >= folding.nextSeriesId) addPending(buckets, folding.pending, seriesId);
  addPending(buckets, hot, seriesId);
  return toBucketColumns(buckets, resolution);
}

function forEachPeriod(table: TierTable, seriesId: number, fromMs: number, toMs: number, periodMs: number, add: (payload: Uint8Array) => void): void {
  const bounds = table.bounds();
  if (bounds === null) return;
  const last = Math.min(bounds[1], Math.floor((toMs - 1) / periodMs));
  for (let period = Math.max(bounds[0], Math.floor(fromMs / periodMs)); period <= last; period++) {
    const payload = table.get(period, seriesId);
    if (payload !== undefined) add(payload);
  }
}

function addRaw(buckets: Buckets, payload: Uint8Array): void {
  clearColumns(stored);
  readObservations(createByteReader(payload), stored, 'times-and-values');
  for (let row = 0; row < stored.count; row++) addReading(buckets, stored.observedAtMs[row] ?? 0, stored.value[row] ?? Number.NaN);
}

function addEntries(buckets: Buckets, entries: TierEntries, payload: Uint8Array): void {
  clearEntries(entries);
  readEntries(createByteReader(payload), entries, 'times-and-values');
  const { newest, readings, min, max, last, lastAgoMs } = entries;
  for (let slot = 0; slot < entries.slotCount; slot++) {
    if (entries.isPresent[slot] === 0) continue;
    const atMs = newest.observedAtMs[slot] ?? 0;
    addReadings(buckets, atMs, readings[slot] ?? 0, min[slot] ?? 0, max[slot] ?? 0, last[slot] ?? 0, atMs - (lastAgoMs[slot] ?? 0));
  }
}

function addPending(buckets: Buckets, pending: Pending, seriesId: number): void {
  const { observedAtMs, value } = pending.columns;
  for (const row of rowsOf(pending, seriesId)) addReading(buckets, observedAtMs[row] ?? 0, value[row] ?? Number.NaN);
}
