import type { TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { type FigureInput, figureText } from '../../../client/panels/figureText.ts';

let t: TFunction;
beforeAll(async () => { t = (await startI18n('vi')).t; });

const NOW = 1_000_000_000;

/** 96.0 % of 705 districts, measured 12 s ago, everyone heard; change what the test is about. */
function write(reading: Partial<FigureInput['reading']> = {}, more: Partial<FigureInput> = {}) {
  return figureText({
    reading: { value: 96.03, numerator: 677, denominator: 705, observedAtMs: NOW - 12_000, provenance: 'measured', comparator: 'exactly', membersFresh: 61, membersExpected: 63, ...reading },
    freshness: 'fresh', decimals: 1, unit: '%', show: 'value', memberUnit: 'tỉnh', isLinkLost: false, nowMs: NOW, ...more,
  }, t);
}

describe('[FG1] a number is never alone', () => {
  test('value, parts, coverage, provenance and age', () => {
    expect(write()).toMatchObject({
      look: 'fresh', main: '96,0', unit: '%', parts: { numerator: '677', denominator: '705' }, coverage: 'phủ 61/63 tỉnh', note: 'đo · 12 giây trước', noteShort: 'đo · 12 giây', mark: 'fresh', isMadeUp: false,
    });
  });

  test('parts can stand in place of the percentage', () => {
    expect(write({}, { show: 'parts' })).toMatchObject({ main: '677', denominator: '705', unit: '' });
  });

  test('zero is a value', () => {
    expect(write({ value: 0, numerator: null, denominator: null }, { unit: '', decimals: 0 })).toMatchObject({ main: '0', look: 'fresh' });
  });

  test('nothing of nothing is neither 0 % nor 100 %', () => {
    expect(write({ value: 0, numerator: 0, denominator: 0 }).main).toBe('Không áp dụng');
  });

  test('a hundred needs no decimals; 99.9 keeps them', () => {
    expect([write({ value: 100 }).main, write({ value: 99.9 }).main, write({ value: 100 }, { unit: 'ms' }).main]).toEqual(['100', '99,9', '100,0']);
  });

  test.each([['more-than', '> 96,0'], ['about', '≈ 96,0'], ['less-than', '< 96,0']] as const)('%s is said', (comparator, main) => {
    expect(write({ comparator }).main).toBe(main);
  });
});

describe('[FG2] old data looks old by itself', () => {
  test('late: its age, and the value still stands', () => {
    expect(write({ observedAtMs: NOW - 360_000 }, { freshness: 'late' })).toMatchObject({ look: 'late', main: '96,0', note: 'trễ · 6 phút', mark: 'late' });
  });

  test('stale: the stale look', () => {
    expect(write({ observedAtMs: NOW - 41 * 60_000 }, { freshness: 'stale' })).toMatchObject({ look: 'stale', main: '96,0', note: 'cũ · 41 phút', mark: 'stale' });
  });

  test('dead: a dash, never the number, not even its parts', () => {
    const dead = write({ observedAtMs: NOW - 192 * 60_000 }, { freshness: 'dead' });
    expect(dead).toMatchObject({ look: 'dead', main: '—', unit: '', parts: null, note: 'mất tin · 3 giờ 12' });
    expect(JSON.stringify(dead)).not.toContain('96');
  });

  test('dead before the link was lost is still dead: losing the server brings no number back', () => {
    expect(write({ observedAtMs: NOW - 192 * 60_000 }, { freshness: 'dead', isLinkLost: true })).toMatchObject({ look: 'dead', main: '—', parts: null });
  });

  test('never: says so', () => {
    expect(write({ value: null, observedAtMs: null, provenance: null, comparator: null, membersFresh: 0 }, { freshness: 'never' })).toMatchObject({ look: 'never', main: '—', note: 'chưa có số', mark: 'never' });
  });

  test('"no reading" from the source is not zero', () => {
    expect(write({ value: null }).main).toBe('—');
  });

  test('link lost: hollow, old, and the coverage is not known', () => {
    expect(write({ observedAtMs: NOW - 240_000 }, { isLinkLost: true, freshness: 'stale' })).toMatchObject({ look: 'lost', main: '96,0', note: 'cũ · 4 phút', coverage: 'không rõ độ phủ' });
  });
});

describe('[FG3] an aggregate is worth what its coverage is worth', () => {
  test('below nine tenths it looks stale', () => {
    expect(write({ membersFresh: 56 }).look).toBe('stale');
    expect(write({ membersFresh: 57 }).look).toBe('fresh');
  });

  test('below one half it is withheld', () => {
    expect(write({ membersFresh: 31 })).toMatchObject({ look: 'withheld', main: '—', coverage: 'Chưa đủ số (31/63 tỉnh)' });
    expect(write({ membersFresh: 32 }).look).toBe('stale');
  });

  test('an observed series has no coverage to speak of', () => {
    expect(write({ membersFresh: 0, membersExpected: 0 })).toMatchObject({ look: 'fresh', coverage: null });
  });
});

describe('[FG4] made-up figures are marked', () => {
  test.each([['simulated', 'mô phỏng · 12 giây trước', true], ['illustrative', 'minh họa · 12 giây trước', true], ['declared', 'khai báo · 12 giây trước', false], ['reported', 'báo chí nêu · 12 giây trước', false]] as const)('%s', (provenance, note, isMadeUp) => {
    expect(write({ provenance })).toMatchObject({ note, isMadeUp });
  });

  test('a simulated figure that is late is still marked', () => {
    expect(write({ provenance: 'simulated' }, { freshness: 'late' }).isMadeUp).toBe(true);
  });
});
