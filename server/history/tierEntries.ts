import { type ByteReader, type ByteWriter, MalformedBytes, readVarint, writeVarint } from '../storage/bytes.ts';
import { readObservations, writeObservations } from '../storage/observationCodec.ts';
import { clearColumns, copyRow, createObservationColumns, type ObservationColumns, rowsUpTo } from '../storage/observationColumns.ts';
import { readNumbers, readWholes, writeNumbers, writeWholes } from '../storage/packedColumn.ts';

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
const detailed = new Int32Array(MAX_SLOTS);
const ended = new Int32Array(MAX_SLOTS);
const column = new Float64Array(MAX_SLOTS);

export function writeEntries(writer: ByteWriter, entries: TierEntries): void {
  let slotCount = 0;
  let detailedCount = 0;
  let endedCount = 0;
  for (let slot = 0; slot < entries.slotCount; slot++) {
    if (entries.isPresent[slot] === 0) continue;
    const detail = detailOf(entries, slot);
    details[slotCount] = detail;
    slots[slotCount++] = slot;
    if (detail !== ALONE) detailed[detailedCount++] = slot;
    if (detail === IS_NULL) ended[endedCount++] = slot;
  }
  writeVarint(writer, slotCount);
  writeWholes(writer, details, rowsUpTo(slotCount), slotCount);
  writeWholes(writer, entries.readings, detailed, detailedCount);
  writeNumbers(writer, entries.min, detailed, detailedCount);
  writeNumbers(writer, entries.max, detailed, detailedCount);
  writeNumbers(writer, entries.last, ended, endedCount);
  writeWholes(writer, entries.lastAgoMs, ended, endedCount);
  writeObservations(writer, entries.newest, slots, slotCount, 'of-one-series', 'lag');
}

/** What `readEntries` reads into before it knows the slots. */
const packed = createObservationColumns(MAX_SLOTS);

/** Inverse of `writeEntries`; `entries` must be cleared. `times-and-values` leaves the rest of each newest observation unset. */
export function readEntries(reader: ByteReader, entries: TierEntries, depth: 'all' | 'times-and-values'): void {
  const slotCount = readVarint(reader);
  if (slotCount > entries.slotCount) throw new MalformedBytes(`${slotCount} slots in a period of ${entries.slotCount}`);
  readWholes(reader, details, 0, slotCount);
  const statsAt = reader.position;
  skipStats(reader, slotCount);
  clearColumns(packed);
  if (readObservations(reader, packed, depth) !== slotCount) throw new MalformedBytes('slots and their observations differ in number');
  for (let i = 0; i < slotCount; i++) {
    const slot = Math.floor((packed.observedAtMs[i] ?? 0) / entries.slotMs) % entries.slotCount;
    slots[i] = slot;
    entries.isPresent[slot] = 1;
    if (depth === 'all') {
      copyRow(entries.newest, slot, packed, i);
    } else {
      entries.newest.observedAtMs[slot] = packed.observedAtMs[i] ?? 0;
      entries.newest.value[slot] = packed.value[i] ?? 0;
    }
  }
  readStats({ bytes: reader.bytes, position: statsAt }, entries, slotCount);
}

/** Slots with more to say than their newest observation: all such, and of those the ones whose newest is null. */
function countDetails(slotCount: number) {
  let detailedCount = 0;
  let endedCount = 0;
  for (let i = 0; i < slotCount; i++) {
    if (details[i] !== ALONE) detailedCount++;
    if (details[i] === IS_NULL) endedCount++;
  }
  return { detailedCount, endedCount };
}

function skipStats(reader: ByteReader, slotCount: number): void {
  const { detailedCount, endedCount } = countDetails(slotCount);
  readWholes(reader, column, 0, detailedCount);
  readNumbers(reader, column, 0, detailedCount);
  readNumbers(reader, column, 0, detailedCount);
  readNumbers(reader, column, 0, endedCount);
  readWholes(reader, column, 0, endedCount);
}

function readStats(reader: ByteReader, entries: TierEntries, slotCount: number): void {
  let detailedCount = 0;
  let endedCount = 0;
  for (let i = 0; i < slotCount; i++) {
    const slot = slots[i] ?? 0;
    const value = entries.newest.value[slot] ?? Number.NaN;
    entries.readings[slot] = Number.isNaN(value) ? 0 : 1;
    entries.min[slot] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
    entries.max[slot] = Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
    entries.last[slot] = value;
    entries.lastAgoMs[slot] = 0;
    if (details[i] !== ALONE) detailed[detailedCount++] = slot;
    if (details[i] === IS_NULL) ended[endedCount++] = slot;
  }
  readWholes(reader, column, 0, detailedCount);
  scatter(entries.readings, detailed, detailedCount);
  readNumbers(reader, column, 0, detailedCount);
  scatter(entries.min, detailed, detailedCount);
  readNumbers(reader, column, 0, detailedCount);
  scatter(entries.max, detailed, detailedCount);
  readNumbers(reader, column, 0, endedCount);
  scatter(entries.last, ended, endedCount);
  readWholes(reader, column, 0, endedCount);
  scatter(entries.lastAgoMs, ended, endedCount);
}

function scatter(into: Float64Array | Int32Array, at: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) into[at[i] ?? 0] = column[i] ?? 0;
}
