import { describe, expect, test } from 'vitest';
import { packStatus } from '../../../shared/domain/readingColumns.ts';
import { channelShares } from '../../../client/panels/ChannelBar.tsx';
import { classLabels } from '../../../client/panels/Legend.tsx';
import { leagueOf } from '../../../client/panels/leagueOf.ts';
import { trendRange } from '../../../client/panels/TrendLine.tsx';
import { wallModeOf } from '../../../client/panels/wallMode.ts';
import { aLand } from '../../support/aCatalogue.ts';

const status = (...provenances: readonly ('measured' | 'simulated' | 'illustrative' | 'declared')[]) =>
  Uint8Array.from([0, ...provenances.map((provenance) => packStatus({ freshness: 'fresh', provenance, comparator: 'exactly' }))]);
const live = { capabilities: [], exercise: null };

describe('[MO1] the header claims no more than the data allows', () => {
  test('measured data is live', () => {
    expect(wallModeOf(status('measured', 'declared'), live)).toBe('live');
  });

  test.each(['simulated', 'illustrative'] as const)('one %s reading anywhere makes it a simulation', (provenance) => {
    expect(wallModeOf(status('measured', 'measured', provenance), live)).toBe('simulation');
  });

  test('without a reading it claims nothing', () => {
    expect(wallModeOf(status(), live)).toBe('unknown');
    expect(wallModeOf(status(), null)).toBe('unknown');
  });

  test('what can be wound back is a replay', () => {
    expect(wallModeOf(status('measured'), { capabilities: ['pause', 'seek'], exercise: null })).toBe('replay');
  });

  test('[EX5] an exercise is one, whatever is measured beside it', () => {
    const exercise = { scenario: 'storm-central', name: { vi: 'Bão', en: 'Storm' }, sinceMs: 1, endsAtMs: 2 };
    expect([status('measured', 'simulated'), status('measured'), status()].map((column) => wallModeOf(column, { ...live, exercise }))).toEqual(['exercise', 'exercise', 'exercise']);
  });
});

describe('[LG1] the legend says what the colours mean', () => {
  test('of connectivity and of time limits, as drawn', () => {
    expect(classLabels([100, 95, 90, 80])).toEqual(['100', '95 – <100', '90 – <95', '80 – <90', '<80']);
    expect(classLabels([97, 95, 93, 90])).toEqual(['≥97', '95 – <97', '93 – <95', '90 – <93', '<90']);
    expect(classLabels([])).toEqual([]);
  });
});

describe('[LE1] the league names those who need help', () => {
  const provinces = aLand({ provinces: 4, localsPerProvince: 0 }).filter(({ level }) => level === 'province');
  const overdue = new Map([['01', 5], ['02', 9], ['03', 0]]);

  test('largest first; none without a value or with none', () => {
    expect(leagueOf(provinces, (code) => overdue.get(code) ?? null, 6).map(({ code }) => code)).toEqual(['02', '01']);
    expect(leagueOf(provinces, (code) => overdue.get(code) ?? null, 1).map(({ code }) => code)).toEqual(['02']);
  });
});

describe('[CH1] shares of the channels add up to a hundred', () => {
  test('the third is what the two reported leave', () => {
    expect(channelShares(58.4, 8.5)).toEqual({ online: 58.4, postal: 8.5, direct: 100 - 58.4 - 8.5 });
  });

  test('without one of them, or with more than all, nothing is drawn', () => {
    expect([channelShares(null, 8), channelShares(58, null), channelShares(70, 40)]).toEqual([null, null, null]);
  });
});

describe('[TR1] a trend’s scale holds every value and the target', () => {
  test('with air on both sides', () => {
    const [low, high] = trendRange([94, 94.5], 96);
    expect(low).toBeLessThan(94);
    expect(high).toBeGreaterThan(96);
  });

  test('of one repeated value is not empty', () => {
    const [low, high] = trendRange([95, 95], null);
    expect(high).toBeGreaterThan(low);
  });
});
