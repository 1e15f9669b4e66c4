import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorkingDays, HolidayFile } from '../../../server/cases/workingDays.ts';
import { newMoonDay } from '../../support/newMoon.ts';

const file = HolidayFile.parse(JSON.parse(readFileSync(new URL('../../../seeds/calendar/holidays.json', import.meta.url), 'utf8')));
const announced = createWorkingDays(file);
const byRule = createWorkingDays({ lunar: file.lunar, announced: [] });

const DAY_MS = 86_400_000;
const isoDate = fc.date({ min: new Date('2019-01-01'), max: new Date('2033-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
const daysFrom = (from: string, until: string) => Array.from({ length: (Date.parse(until) - Date.parse(from)) / DAY_MS + 1 }, (_, after) => new Date(Date.parse(from) + after * DAY_MS).toISOString().slice(0, 10));
const daysOff = (calendar: typeof announced, from: string, until: string) => daysFrom(from, until).filter((day) => !calendar.isWorkingDay(day)).map((day) => day.slice(5));

describe('working days of Viet Nam', () => {
  test.each([
    ['2024-02-08', '2024-02-15', '02-08 02-09 02-10 02-11 02-12 02-13 02-14'], ['2024-04-26', '2024-05-06', '04-27 04-28 04-29 04-30 05-01 05-05'], ['2025-01-24', '2025-02-03', '01-25 01-26 01-27 01-28 01-29 01-30 01-31 02-01 02-02'],
    ['2025-04-25', '2025-05-05', '04-27 04-30 05-01 05-02 05-03 05-04'], ['2022-04-28', '2022-05-04', '04-30 05-01 05-02 05-03'], ['2023-04-28', '2023-05-04', '04-29 04-30 05-01 05-02 05-03'],
    ['2023-08-31', '2023-09-05', '09-01 09-02 09-03 09-04'], ['2020-09-01', '2020-09-04', '09-02'], ['2021-09-01', '2021-09-06', '09-02 09-03 09-04 09-05'], ['2026-02-13', '2026-02-23', '02-14 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22'],
  ])('[WD1] from %s to %s these were off: %s', (from, until, days) => {
    expect(daysOff(announced, from, until).join(' ')).toBe(days);
  });

  test('[WD1] a year without a notice is by rule: Tết is its eve and four days, and what falls on a weekend is given back', () => {
    expect(daysOff(byRule, '2027-02-04', '2027-02-12').join(' ')).toBe('02-05 02-06 02-07 02-08 02-09 02-10 02-11');
    expect(daysOff(byRule, '2028-01-01', '2028-01-04').join(' ')).toBe('01-01 01-02 01-03');
    expect(daysOff(byRule, '2040-01-23', '2040-02-17').filter((day) => !['01-28', '01-29', '02-04', '02-05', '02-11', '02-12'].includes(day))).toEqual([]);
  });

  test('[WD2] Tết begins with the new moon at +07:00 that comes before the sun\'s "rain water", Hùng Kings\' day is the tenth of such a month', () => {
    for (const { year, tet, hungKings } of file.lunar) {
      expect(newMoonDay(tet), String(year)).toBe(tet);
      const firstOfThird = new Date(Date.parse(hungKings) - 9 * DAY_MS).toISOString().slice(0, 10);
      expect(newMoonDay(firstOfThird), String(year)).toBe(firstOfThird);
      expect(tet >= `${year}-01-20` && tet <= `${year}-02-19`).toBe(true);
      expect(hungKings >= `${year}-03-30` && hungKings <= `${year}-04-29`).toBe(true);
    }
    // The Chinese calendar of 2007 and 2030, an hour ahead, has the next day.
    expect(newMoonDay('2007-02-18')).toBe('2007-02-17');
    expect(file.lunar.find(({ year }) => year === 2030)?.tet).toBe('2030-02-02');
  });

  test('[WD2] a notice names days of its own year, and only what differs from the rule', () => {
    for (const { year, off, worked } of file.announced) {
      for (const day of [...off, ...worked]) expect(day.slice(0, 4)).toBe(String(year));
      for (const day of off) expect(byRule.isWorkingDay(day), day).toBe(true);
      for (const day of worked) expect(byRule.isWorkingDay(day), day).toBe(false);
    }
  });

  test('[WD3] days added and days counted are one another\'s inverse', () => {
    fc.assert(fc.property(isoDate, fc.integer({ min: 1, max: 60 }), (from, days) => {
      const until = announced.addWorkingDays(from, days);
      expect(announced.isWorkingDay(until)).toBe(true);
      expect(announced.countWorkingDays(from, until)).toBe(days);
    }));
  });

  test('[WD3] more days, or a later start, never end earlier', () => {
    fc.assert(fc.property(isoDate, isoDate, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }), (a, b, days, more) => {
      const [from, later] = a <= b ? [a, b] : [b, a];
      expect(announced.addWorkingDays(from, days + more) >= announced.addWorkingDays(from, days)).toBe(true);
      expect(announced.addWorkingDays(later, days) >= announced.addWorkingDays(from, days)).toBe(true);
      expect(announced.countWorkingDays(from, later)).toBeGreaterThanOrEqual(0);
      expect(announced.countWorkingDays(later, from)).toBe(0);
    }));
  });

  test('[WD4] a time limit on a day off ends with the next working day, any other where it is', () => {
    const at = (text: string) => Date.parse(`${text}+07:00`);
    expect(announced.endOfTimeLimitMs(at('2026-06-19T17:00:00'))).toBe(at('2026-06-19T17:00:00'));
    expect(announced.endOfTimeLimitMs(at('2026-06-20T10:00:00'))).toBe(at('2026-06-23T00:00:00'));
    expect(announced.endOfTimeLimitMs(at('2025-05-02T17:00:00'))).toBe(at('2025-05-06T00:00:00'));
    expect(announced.endOfTimeLimitMs(at('2026-06-22T00:00:00'))).toBe(at('2026-06-22T00:00:00'));
    const momentMs = fc.integer({ min: at('2019-01-01T00:00:00'), max: at('2033-11-30T00:00:00') });
    fc.assert(fc.property(momentMs, momentMs, (a, b) => {
      expect(announced.endOfTimeLimitMs(Math.max(a, b))).toBeGreaterThanOrEqual(announced.endOfTimeLimitMs(Math.min(a, b)));
      expect(announced.endOfTimeLimitMs(a)).toBeGreaterThanOrEqual(a);
    }));
  });
});
