import { type ByteReader, type ByteWriter, MalformedBytes, readVarint, writeVarint } from '../storage/bytes.ts';
import { readObservations, writeObservations } from '../storage/observationCodec.ts';
import { clearColumns, copyRow, createObservationColumns, type ObservationColumns, rowsUpTo } from '../storage/observationColumns.ts';
import { readWholes, writeWholes } from '../storage/packedColumn.ts';
import { readNumbers, writeNumbers } from '../storage/packedNumbers.ts';

/**
 * One series over one period, cut into slots of equal length: the minutes of an hour, or the hours of a day. Each slot keeps its
 * newest observation in full, which is what an as-of needs, and the count, extremes and last of its readings, which is what a
 * chart needs. A null observation ("no reading") can be newest but is no reading.
 */
export interface TierEntries {
  readonly slotMs: number;
  readonly slotCount: number;
  /** Row = slot. */
  readonly newest: ObservationColumns;
  readonly isPresent: Uint8Array;
  readonly readings: Int32Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** How long before the slot's newest observation its last reading was observed. */
  readonly lastAgoMs: Float64Array;
}

export function createTierEntries(slotCount: number, slotMs: number): TierEntries {
  const floats = () => new Float64Array(slotCount);
  return {
    slotMs, slotCount, newest: createObservationColumns(slotCount), isPresent: new Uint8Array(slotCount),
    readings: new Int32Array(slotCount), min: floats(), max: floats(), last: floats(), lastAgoMs: floats(),
  };
}

export function clearEntries(entries: TierEntries): void {
  entries.isPresent.fill(0);
  clearColumns(entries.newest);
}

/** Merges one observation, which must come after every merged one in order of arrival. */
export function mergeObservation(entries: TierEntries, source: ObservationColumns, row: number): void {
  const observedAtMs = source.observedAtMs[row] ?? 0;
  const value = source.value[row] ?? Number.NaN;
  const slot = Math.floor(observedAtMs / entries.slotMs) % entries.slotCount;
  if (entries.isPresent[slot] === 0) {
    entries.isPresent[slot] = 1;
    copyRow(entries.newest, slot, source, row);
    entries.readings[slot] = 0;
    entries.min[slot] = Number.POSITIVE_INFINITY;
    entries.max[slot] = Number.NEGATIVE_INFINITY;
    entries.last[slot] = Number.NaN;
    entries.lastAgoMs[slot] = 0;
  }
  const newestAtMs = entries.newest.observedAtMs[slot] ?? 0;
  const lastAtMs = (entries.readings[slot] ?? 0) === 0 ? Number.NEGATIVE_INFINITY : newestAtMs - (entries.lastAgoMs[slot] ?? 0);
  const isNewest = observedAtMs >= newestAtMs;
  if (isNewest) copyRow(entries.newest, slot, source, row);
  const isLast = !Number.isNaN(value) && observedAtMs >= lastAtMs;
  if (isLast) entries.last[slot] = value;
  if (isLast || isNewest) {
    const at = isLast ? observedAtMs : lastAtMs;
    entries.lastAgoMs[slot] = Number.isFinite(at) ? Math.max(newestAtMs, observedAtMs) - at : 0;
  }
  if (!Number.isNaN(value)) {
    entries.readings[slot] = (entries.readings[slot] ?? 0) + 1;
    entries.min[slot] = Math.min(entries.min[slot] ?? value, value);
    entries.max[slot] = Math.max(entries.max[slot] ?? value, value);
  }
}

/** What the newest observation says of its slot. */
const ALONE = 0;      // it is the only reading, or there is none: nothing more is written
const IS_LAST = 1;    // it is the last of several readings
const IS_NULL = 2;    // it says "no reading" after one or more readings

function detailOf(entries: TierEntries, slot: number): number {
  const readings = entries.readings[slot] ?? 0;
  if (Number.isNaN(entries.newest.value[slot] ?? 0)) return readings === 0 ? ALONE : IS_NULL;
  return readings === 1 ? ALONE : IS_LAST;
}

// One per thread: a write or a read finishes with them before the next begins.
const MAX_SLOTS = 60;
const slots = new Int32Array(MAX_SLOTS);
const details = new Uint8Array(MAX_SLOTS);
/** Slots with more to say than their newest observation; and those of them whose newest is null. */
const several = new Int32Array(MAX_SLOTS);
const ended = new Int32Array(MAX_SLOTS);

export function writeEntries(writer: ByteWriter, entries: TierEntries): void {
  let slotCount = 0;
  let severalCount = 0;
  let endedCount = 0;
  for (let slot = 0; slot < entries.slotCount; slot++) {
    if (entries.isPresent[slot] === 0) continue;
    const detail = detailOf(entries, slot);
    details[slotCount] = detail;
    slots[slotCount++] = slot;
    if (detail !== ALONE) several[severalCount++] = slot;
    if (detail === IS_NULL) ended[endedCount++] = slot;
  }
  writeVarint(writer, slotCount);
  writeWholes(writer, details, rowsUpTo(slotCount), slotCount);
  writeWholes(writer, entries.readings, several, severalCount);
  writeNumbers(writer, entries.min, several, severalCount, true);
  writeNumbers(writer, entries.max, several, severalCount, true);
  writeNumbers(writer, entries.last, ended, endedCount, true);
  writeWholes(writer, entries.lastAgoMs, ended, endedCount);
  writeObservations(writer, entries.newest, slots, slotCount, 'of-one-series', 'lag');
}

/** What is read before the slots it belongs to are known. */
const packed = createObservationColumns(MAX_SLOTS);
const stats = {
  readings: new Int32Array(MAX_SLOTS), min: new Float64Array(MAX_SLOTS), max: new Float64Array(MAX_SLOTS),
  last: new Float64Array(MAX_SLOTS), lastAgoMs: new Float64Array(MAX_SLOTS),
};

/** Inverse of `writeEntries`; `entries` must be cleared. `times-and-values` leaves the rest of each newest observation unset. */
export function readEntries(reader: ByteReader, entries: TierEntries, depth: 'all' | 'times-and-values'): void {
  const slotCount = readVarint(reader);
  if (slotCount > entries.slotCount) throw new MalformedBytes(`${slotCount} slots in a period of ${entries.slotCount}`);
  readStats(reader, slotCount);
  clearColumns(packed);
  if (readObservations(reader, packed, depth) !== slotCount) throw new MalformedBytes('slots and their observations differ in number');
  let severalAt = 0;
  let endedAt = 0;
  for (let i = 0; i < slotCount; i++) {
    const slot = placeNewest(entries, i, depth);
    if (details[i] !== ALONE) {
      entries.readings[slot] = stats.readings[severalAt] ?? 0;
      entries.min[slot] = stats.min[severalAt] ?? 0;
      entries.max[slot] = stats.max[severalAt++] ?? 0;
    }
    if (details[i] === IS_NULL) {
      entries.last[slot] = stats.last[endedAt] ?? 0;
      entries.lastAgoMs[slot] = stats.lastAgoMs[endedAt++] ?? 0;
    }
  }
}

function readStats(reader: ByteReader, slotCount: number): void {
  readWholes(reader, details, 0, slotCount);
  let severalCount = 0;
  let endedCount = 0;
  for (let i = 0; i < slotCount; i++) {
    if (details[i] !== ALONE) severalCount++;
    if (details[i] === IS_NULL) endedCount++;
  }
  readWholes(reader, stats.readings, 0, severalCount);
  readNumbers(reader, stats.min, 0, severalCount);
  readNumbers(reader, stats.max, 0, severalCount);
  readNumbers(reader, stats.last, 0, endedCount);
  readWholes(reader, stats.lastAgoMs, 0, endedCount);
}

/** Puts packed row `i` in its slot as if it were alone there. */
function placeNewest(entries: TierEntries, i: number, depth: 'all' | 'times-and-values'): number {
  const observedAtMs = packed.observedAtMs[i] ?? 0;
  const value = packed.value[i] ?? Number.NaN;
  const slot = Math.floor(observedAtMs / entries.slotMs) % entries.slotCount;
  if (depth === 'all') copyRow(entries.newest, slot, packed, i);
  entries.newest.observedAtMs[slot] = observedAtMs;
  entries.newest.value[slot] = value;
  const isNull = Number.isNaN(value);
  entries.isPresent[slot] = 1;
  entries.readings[slot] = isNull ? 0 : 1;
  entries.min[slot] = isNull ? Number.POSITIVE_INFINITY : value;
  entries.max[slot] = isNull ? Number.NEGATIVE_INFINITY : value;
  entries.last[slot] = value;
  entries.lastAgoMs[slot] = 0;
  return slot;
}
