import type { Resolution } from '../ports/store.ts';
import type { MetaTable } from '../storage/metaTable.ts';
import type { TierFloors } from './foldSeries.ts';
import type { TierTables } from './tierTables.ts';
import { DAY_HOURS, DAY_MS, dayOfHour, HOUR_MS, hourOf } from './times.ts';

const RAW_KEEP_MS = 48 * HOUR_MS;
const MINUTE_KEEP_MS = 35 * DAY_MS;
/** Five years, with room for two leap days. */
const HOUR_KEEP_MS = (5 * 365 + 2) * DAY_MS;

export function readFloors(meta: MetaTable): TierFloors {
  return {
    rawHour: meta.readNumber('raw-floor-hour'), minuteHour: meta.readNumber('minute-floor-hour'), hourDay: meta.readNumber('hour-floor-day'),
  };
}

/**
 * Deletes whole periods that ended before a tier's limit, within the caller's transaction. Floors never go back: what was
 * deleted is not claimed again when a clock is set back.
 */
export function retainTiers(tables: TierTables, meta: MetaTable, before: TierFloors, nowMs: number): Readonly<Record<Resolution, number>> {
  const floors: TierFloors = {
    rawHour: Math.max(before.rawHour, hourOf(nowMs - RAW_KEEP_MS)),
    minuteHour: Math.max(before.minuteHour, hourOf(nowMs - MINUTE_KEEP_MS)),
    hourDay: Math.max(before.hourDay, dayOfHour(hourOf(nowMs - HOUR_KEEP_MS))),
  };
  meta.writeNumber('raw-floor-hour', floors.rawHour);
  meta.writeNumber('minute-floor-hour', floors.minuteHour);
  meta.writeNumber('hour-floor-day', floors.hourDay);
  // A day that the minute tier still covers in part keeps a checkpoint for each hour.
  tables.checkpoints.thin(dayOfHour(floors.minuteHour) * DAY_HOURS, floors.hourDay * DAY_HOURS);
  return {
    raw: tables.raw.deleteBefore(floors.rawHour), minute: tables.minute.deleteBefore(floors.minuteHour), hour: tables.hour.deleteBefore(floors.hourDay),
  };
}
