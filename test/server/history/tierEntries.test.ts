import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearEntries, createTierEntries, mergeObservation, readEntries, type TierEntries, writeEntries } from '../../../server/history/tierEntries.ts';
import { createByteReader, createByteWriter, takeBytes } from '../../../server/storage/bytes.ts';
import { createObservationColumns } from '../../../server/storage/observationColumns.ts';
import { appendObservation, createObservationReader } from '../../../server/storage/observationRow.ts';
import { arbitraryObservation } from '../../support/arbitraryObservation.ts';
import { START_MS } from '../../support/anObservation.ts';
import { newestOf } from '../../support/naiveHistory.ts';

const MINUTE_MS = 60_000;
const writer = createByteWriter();
const inOneHour = fc.array(fc.tuple(arbitraryObservation(1), fc.nat(9), fc.nat(3)), { maxLength: 30 })
  .map((list) => list.map(([observation, minute, sec]) => ({ ...observation, eventId: null, observedAtMs: START_MS + minute * MINUTE_MS + sec })));

function written(entries: TierEntries): Uint8Array {
  writeEntries(writer, entries);
  return takeBytes(writer);
}

test('[HI2] slots merged, written, read back and merged further keep newest, extremes, last reading and count', () => {
  fc.assert(fc.property(inOneHour, fc.nat(30), (observations, cut) => {
    const entries = createTierEntries(60, MINUTE_MS);
    const source = createObservationColumns();
    observations.forEach((observation) => { appendObservation(source, observation, 0); });
    for (let row = 0; row < observations.length; row++) {
      if (row === cut) {
        const bytes = written(entries);
        clearEntries(entries);
        readEntries(createByteReader(bytes), entries, 'all');
      }
      mergeObservation(entries, source, row);
    }
    const bytes = written(entries);
    for (const depth of ['all', 'times-and-values'] as const) {
      clearEntries(entries);
      readEntries(createByteReader(bytes), entries, depth);
      const observationAt = createObservationReader(entries.newest);
      for (let slot = 0; slot < 60; slot++) {
        const inSlot = observations.filter(({ observedAtMs }) => Math.floor((observedAtMs - START_MS) / MINUTE_MS) === slot);
        expect(entries.isPresent[slot]).toBe(inSlot.length > 0 ? 1 : 0);
        if (inSlot.length === 0) continue;
        const readings = inSlot.filter(({ value }) => value !== null);
        if (depth === 'all') expect(observationAt(slot, 0, null)).toEqual({ ...newestOf(inSlot), seriesIndex: 0 });
        expect(entries.readings[slot]).toBe(readings.length);
        if (readings.length === 0) continue;
        expect(entries.min[slot]! + 0).toBe(Math.min(...readings.map(({ value }) => value!)) + 0);
        expect(entries.max[slot]! + 0).toBe(Math.max(...readings.map(({ value }) => value!)) + 0);
        expect(entries.last[slot]).toBe(newestOf(readings)!.value);
        expect(entries.newest.observedAtMs[slot]! - entries.lastAgoMs[slot]!).toBe(newestOf(readings)!.observedAtMs);
      }
    }
  }), { numRuns: 300 });
});
