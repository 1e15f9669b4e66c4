import { beforeAll, describe, expect, test } from 'vitest';
import type { TFunction } from 'i18next';
import { comparatorSign, formatAge, formatClock, formatCounter, formatDate, formatNumber, formatWeekday } from '../../../client/i18n/format.ts';
import { startI18n } from '../../../client/i18n/i18n.ts';

let t: TFunction;
beforeAll(async () => { t = (await startI18n('vi')).t; });

describe('[I18N3] figures are written the Vietnamese way', () => {
  test.each([[182_406, 0, '182.406'], [95.14, 1, '95,1'], [0, 0, '0'], [38.01, 2, '38,01'], [-3, 0, '-3']])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  test('clocks show the time of Vietnam, wherever the display stands', () => {
    const at = Date.parse('2026-11-23T07:32:07Z');
    expect([formatClock(at), formatDate(at), formatWeekday(at, 'vi')]).toEqual(['14:32:07', '23/11/2026', 'Thứ Hai']);
  });

  test('midnight is 00, not 24', () => {
    expect(formatClock(Date.parse('2026-11-22T17:00:00Z'))).toBe('00:00:00');
  });

  test('a source that says "more than" or "about" is quoted so', () => {
    expect([comparatorSign('more-than'), comparatorSign('about'), comparatorSign('exactly'), comparatorSign(null)]).toEqual(['> ', '≈ ', '', '']);
  });
});

describe('[I18N4] ages are rounded down to the unit a person thinks in', () => {
  test.each([
    [0, '0 giây'], [12_900, '12 giây'], [59_999, '59 giây'], [60_000, '1 phút'], [41 * 60_000, '41 phút'], [3_600_000, '1 giờ'],
    [(3 * 60 + 12) * 60_000, '3 giờ 12'], [(3 * 60 + 2) * 60_000, '3 giờ 02'], [86_400_000, '1 ngày'], [-5_000, '0 giây'],
  ])('%d ms is %s', (ageMs, text) => {
    expect(formatAge(ageMs, t)).toBe(text);
  });

  test.each([[252_000, '04:12'], [42_000, '00:42'], [3_852_000, '1:04:12'], [-1, '00:00']])('a counter of %d ms shows %s', (ms, text) => {
    expect(formatCounter(ms)).toBe(text);
  });
});
