import type { StoreCalls } from '../ports/storeConnection.ts';
import { createByteReader, createByteWriter, takeBytes } from '../storage/bytes.ts';
import { readObservations } from '../storage/observationCodec.ts';
import { clearColumns, createObservationColumns } from '../storage/observationColumns.ts';
import type { Fold } from './fold.ts';
import type { TierFloors } from './foldSeries.ts';
import { clearNewest, type NewestBySeries, offer, offerAll, readNewest, writeNewest } from './newestBySeries.ts';
import { resolutionAt } from './querySeries.ts';
import { clearEntries, createTierEntries, readEntries, type TierEntries } from './tierEntries.ts';
import type { TierTable, TierTables } from './tierTables.ts';
import { DAY_HOURS, dayOfHour, HOUR_MS, hourOf, MINUTE_MS } from './times.ts';

// One per thread: a query finishes with them before the next begins.
const writer = createByteWriter();
const stored = createObservationColumns();
const minutes = createTierEntries(60, MINUTE_MS);
const hours = createTierEntries(DAY_HOURS, HOUR_MS);

/**
 * The newest kept observation of every series at or before `atMs`: what the checkpoint knew, then the one period that `atMs` is
 * in, then what is still in memory. Each hour with data has a checkpoint at its end, so nothing lies between the first two.
 */
export function queryAsOf(tables: TierTables, floors: TierFloors, fold: Fold, newest: NewestBySeries, atMs: number): StoreCalls['asOf']['answer'] {
  clearNewest(newest);
  const resolution = resolutionAt(floors, atMs);
  const hour = hourOf(atMs);
  const day = dayOfHour(hour);
  // Beyond the minute tier only one checkpoint a day is kept.
  const checkpointHour = tables.checkpoints.newestAtOrBefore(resolution === 'hour' ? day * DAY_HOURS : hour);
  const checkpoint = checkpointHour === null ? undefined : tables.checkpoints.get(checkpointHour);
  if (checkpoint !== undefined) readNewest(createByteReader(checkpoint), newest);
  switch (resolution) {
    case 'raw':
      offerRaw(tables.raw, hour, newest, atMs);
      break;
    case 'minute':
      offerEntries(tables.minute, minutes, hour, newest, atMs);
      break;
    case 'hour':
      offerEntries(tables.hour, hours, day, newest, atMs);
      break;
  }
  if (fold.folding !== null) offerAll(newest, fold.folding.pending.columns, atMs);
  offerAll(newest, fold.hot.columns, atMs);
  writeNewest(writer, newest);
  return { resolution, payload: takeBytes(writer) };
}

function offerRaw(table: TierTable, hour: number, newest: NewestBySeries, atMs: number): void {
  for (const { seriesId, payload } of table.ofPeriod(hour)) {
    clearColumns(stored);
    readObservations(createByteReader(payload), stored, 'all');
    // Stored in order of time, equal times in order of arrival: the last one not too late is the newest.
    let row = stored.count - 1;
    while (row >= 0 && (stored.observedAtMs[row] ?? 0) > atMs) row--;
    if (row >= 0) offer(newest, seriesId, stored, row);
  }
}

function offerEntries(table: TierTable, entries: TierEntries, period: number, newest: NewestBySeries, atMs: number): void {
  for (const { seriesId, payload } of table.ofPeriod(period)) {
    clearEntries(entries);
    readEntries(createByteReader(payload), entries, 'all');
    let slot = entries.slotCount - 1;
    while (slot >= 0 && (entries.isPresent[slot] === 0 || (entries.newest.observedAtMs[slot] ?? 0) > atMs)) slot--;
    if (slot >= 0) offer(newest, seriesId, entries.newest, slot);
  }
}
