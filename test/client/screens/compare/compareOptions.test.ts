import fc from 'fast-check';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { startI18n } from '../../../../client/i18n/i18n.ts';
import { CHART_ORDERS, inDomain, MOST_PLACES, PEER_CHOICES, PERIODS_HOURS, readCompareOptions, VIEWS, writeCompareOptions } from '../../../../client/screens/compare/compareOptions.ts';
import { differenceWords, rankChangeWords } from '../../../../client/screens/compare/compareWords.ts';
import { sortLeague } from '../../../../client/screens/compare/leagueRows.ts';
import { DOMAINS } from '../../../../client/screens/province/domainViews.ts';
import { neighboursOf } from '../../../../client/screens/province/neighbours.ts';
import { IndicatorId, LocalityCode } from '../../../../shared/domain/ids.ts';
import { ranksOf } from '../../../../shared/domain/ranking.ts';
import type { LeagueRow } from '../../../../shared/protocol/league.ts';
import { anIndicator } from '../../../support/aCatalogue.ts';

const aCode = fc.integer({ min: 10, max: 99 }).map(String);
const anAddress = fc.record({
  places: fc.uniqueArray(aCode, { maxLength: MOST_PLACES }), peers: fc.constantFrom(...PEER_CHOICES), domain: fc.constantFrom(...DOMAINS),
  indicatorId: fc.constantFrom('dossiers-overdue', 'tslcd-share', 'dossiers-on-time-share'), view: fc.constantFrom(...VIEWS), hours: fc.constantFrom(...PERIODS_HOURS), order: fc.constantFrom(...CHART_ORDERS),
});

describe('[CP4] the address says what the page shows', () => {
  test('what is written is read again, and what is not ours stays', () => {
    fc.assert(fc.property(anAddress, (options) => {
      const search = writeCompareOptions(new URLSearchParams('lang=en&at=1795000000000'), options);
      expect(readCompareOptions(search)).toEqual(options);
      expect([search.get('lang'), search.get('at')]).toEqual(['en', '1795000000000']);
    }));
  });

  test('whatever it says, the page opens', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('places', 'peers', 'domain', 'indicator', 'view', 'hours', 'order'), fc.string()), (said) => {
      const options = readCompareOptions(new URLSearchParams(said));
      expect(options.places.length).toBeLessThanOrEqual(MOST_PLACES);
      expect(readCompareOptions(writeCompareOptions(new URLSearchParams(), options))).toEqual(options);
    }));
    expect(readCompareOptions(new URLSearchParams('places=48,48,7,VN,79,01,68,92'))).toMatchObject({ places: ['48', '79', '01', '68'], domain: 'dossiers', indicatorId: 'dossiers-on-time-share', hours: 168 });
  });

  test('another domain begins with its own indicator', () => {
    expect(inDomain(readCompareOptions(new URLSearchParams('indicator=dossiers-overdue')), 'security')).toMatchObject({ domain: 'security', indicatorId: 'alerts-open' });
  });
});

function aRow(code: string, value: number | null, rank: number | null, rankChange: number | null = null): LeagueRow {
  return {
    localityCode: LocalityCode.parse(code), indicatorId: IndicatorId.parse('x'), value, numerator: null, denominator: null, observedAtMs: 0, freshness: 'fresh', provenance: 'measured', comparator: 'exactly',
    membersFresh: 0, membersExpected: 0, rank, unranked: rank === null ? 'stale' : null, previousRank: rankChange === null || rank === null ? null : rank + rankChange, previousValue: null, rankChange,
  };
}

describe('[LG17] neighbours in rank', () => {
  const rows = fc.uniqueArray(aCode, { maxLength: 20 }).chain((codes) => fc.array(fc.option(fc.nat(5)), { minLength: codes.length, maxLength: codes.length }).map((values) => {
    const ranks = ranksOf(values, 'higher-is-better');
    return codes.map((code, i) => aRow(code, values[i] ?? null, ranks[i] ?? null)).sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  }));

  test('one behind and then one before is where one was; going on comes to every province once, and ends', () => {
    fc.assert(fc.property(rows, (league) => {
      const visited: string[] = [];
      for (let at: LeagueRow | null = league[0] ?? null; at !== null; at = neighboursOf({ rows: league }, at.localityCode).next) {
        const { next } = neighboursOf({ rows: league }, at.localityCode);
        if (next !== null) expect(neighboursOf({ rows: league }, next.localityCode).previous).toBe(at);
        visited.push(at.localityCode);
      }
      expect(visited).toEqual(league.map(({ localityCode }) => localityCode));
    }));
  });

  test('the first has none before it, the last none behind it, a stranger neither', () => {
    const league = { rows: [aRow('48', 3, 1), aRow('79', 2, 2)] };
    expect([neighboursOf(league, '48').previous, neighboursOf(league, '79').next, neighboursOf(league, '01')]).toEqual([null, null, { previous: null, next: null }]);
  });
});

test('[LG18] the table is sorted by rank, by places gained with the unknown last, or by name as Vietnamese are', () => {
  const names = new Map([['48', 'Đà Nẵng'], ['66', 'Đắk Lắk'], ['75', 'Đồng Nai'], ['04', 'Cao Bằng']]);
  const rows = [aRow('75', 9, 1, 0), aRow('48', 8, 2, 3), aRow('04', 7, 3, -2), aRow('66', null, null)];
  const sorted = (sort: 'rank' | 'change' | 'place') => sortLeague(rows, sort, (code) => names.get(code) ?? code).map(({ localityCode }) => localityCode as string);
  expect(sorted('rank')).toEqual(['75', '48', '04', '66']);
  expect(sorted('change')).toEqual(['48', '75', '04', '66']);
  expect(sorted('place')).toEqual(['04', '48', '66', '75']);
});

describe('[LG18] words', () => {
  beforeAll(() => startI18n('vi'));

  test('a change of rank has a mark to see and words to hear', () => {
    const words = (row: LeagueRow) => Object.values(rankChangeWords(row, i18next.t));
    expect(words(aRow('48', 1, 3, 2))).toEqual(['▲2', 'lên 2 bậc']);
    expect(words(aRow('48', 1, 3, -1))).toEqual(['▼1', 'xuống 1 bậc']);
    expect(words(aRow('48', 1, 3, 0))).toEqual(['=', 'giữ nguyên hạng']);
    expect(words(aRow('48', 1, 3))).toEqual(['–', 'chưa biết hạng kỳ trước']);
    expect(words(aRow('48', 1, null))).toEqual(['–', 'không xếp hạng']);
  });

  test('[CP5] a difference of percentages is in points, of counts in their unit, and a withheld one says why', () => {
    const share = anIndicator({ unit: { vi: '%', en: '%' }, decimals: 1 });
    const words = (difference: Parameters<typeof differenceWords>[0], indicator = share) => differenceWords(difference, indicator, 'vi', i18next.t);
    expect(words({ kind: 'points', amount: 2.34, verdict: 'better' })).toBe('+2,3 điểm · tốt hơn');
    expect(words({ kind: 'points', amount: -1200, verdict: null }, anIndicator())).toBe('−1.200 hồ sơ');
    expect(words({ kind: 'points', amount: 0, verdict: 'same' })).toBe('bằng nhau');
    expect(words({ kind: 'withheld', reason: 'stale' })).toBe('không tính chênh: số cũ');
  });
});
