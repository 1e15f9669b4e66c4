import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutText, printable, readingsOf, roomBelow, unitsOfTable, worstFirst } from '../../../client/screens/report/reportModel.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import { type ReadingDto, ReadingDto as ReadingSchema, SnapshotDto } from '../../../shared/protocol/http.ts';
import { indicators, smallNation } from '../../support/aChannelView.ts';

const share = indicators.find(({ id }) => id === 'dossiers-on-time-share')!;
const unitsOf = (count: number): Locality[] => Array.from({ length: count }, (_, i) => ({ ...smallNation[2]!, code: String(100 + i) as Locality['code'], name: `Huyện ${String.fromCodePoint(65 + i % 26)}${i}` }));
const reading = (localityCode: string, value: number | null, over: Partial<ReadingDto> = {}): ReadingDto => ReadingSchema.parse({
  localityCode, indicatorId: share.id, value, numerator: null, denominator: null, observedAtMs: 1, freshness: value === null ? 'never' : 'fresh', provenance: value === null ? null : 'measured',
  comparator: value === null ? null : 'exactly', membersFresh: 0, membersExpected: 0, ...over,
});
const ofReadings = (readings: ReadingDto[]) => readingsOf(SnapshotDto.parse({ channel: 'live', edition: '2021', epoch: '0123456789abcdef', atMs: 1, resolution: 'raw', readings }));

describe('[PA2] the unit table', () => {
  test('has every unit by name where all fit, else the worst, worst first', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 130 }), fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }), { minLength: 130, maxLength: 130 }), (count, values) => {
      const units = unitsOf(count);
      const readingOf = ofReadings(units.map(({ code }, i) => reading(code, values[i] ?? null)));
      const { shown, isAll } = unitsOfTable(units, share, readingOf);
      expect(shown.length).toBe(Math.min(count, 30));
      expect(isAll).toBe(count <= 30);
      const valueAt = (unit: Locality) => printable(readingOf(unit.code, share.id)) ?? Number.POSITIVE_INFINITY;
      if (isAll) expect(shown.map(({ name }) => name)).toEqual(units.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'vi')));
      else {
        const worst = Math.max(...shown.map(valueAt));
        for (const unit of units) if (!shown.includes(unit)) expect(valueAt(unit)).toBeGreaterThanOrEqual(worst);
      }
    }));
  });

  test('what is silent, missing or of too few members is not printed and not ranked', () => {
    expect(printable(undefined)).toBeNull();
    expect(printable(reading('100', 5, { freshness: 'dead' }))).toBeNull();
    expect(printable(reading('100', 5, { membersFresh: 4, membersExpected: 9 }))).toBeNull();
    expect(printable(reading('100', 0))).toBe(0);
    expect(printable(reading('100', 5, { freshness: 'stale' }))).toBe(5);
    const units = unitsOf(3);
    expect(worstFirst(units, share, ofReadings([reading('100', 90), reading('101', 1, { freshness: 'dead' }), reading('102', 80)])).map(({ code }) => String(code))).toEqual(['102', '100', '101']);
  });

  test('fewer units leave more room for alarms and notes, and never less than is always there', () => {
    expect(roomBelow(30)).toEqual({ alarms: 5, notes: 3 });
    fc.assert(fc.property(fc.nat(30), fc.nat(30), (a, b) => {
      const [few, many] = [roomBelow(Math.min(a, b)), roomBelow(Math.max(a, b))];
      expect(few.alarms).toBeGreaterThanOrEqual(many.alarms);
      expect(few.notes).toBeGreaterThanOrEqual(many.notes);
    }));
  });
});

test('[PA3] a text that is cut says so, in one line', () => {
  expect(cutText('một\nhai   ba', 40)).toBe('một hai ba');
  expect(cutText('một hai ba', 8)).toBe('một hai…');
});
