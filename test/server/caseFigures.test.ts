import { describe, expect, test } from 'vitest';
import { createCaseFigures } from '../../server/caseFigures.ts';
import { createCoverage } from '../../server/cases/coverage.ts';
import type { CaseFigure } from '../../server/ports/cases.ts';
import { IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import type { Candidate } from '../../shared/domain/observation.ts';
import { aLand, realIndicators } from '../support/aCatalogue.ts';
import { START_MS } from '../support/anObservation.ts';
import { aFeed } from '../support/someAlerts.ts';

const MINUTE_MS = 60_000;

function aSayer(feeds = [aFeed()], provenance: CaseFigure['provenance'] = 'measured', indicatorId = 'alerts-open') {
  const figure = { value: 0, seenAtMs: new Map<string, number>(), fails: false };
  const said: Candidate[][] = [];
  const figures = createCaseFigures({
    feeds, coverage: createCoverage(aLand({ provinces: 2 })), indicators: realIndicators(), lastSeenAtMs: (id) => figure.seenAtMs.get(id) ?? null,
    cases: { figures: () => [{ localityCode: LocalityCode.parse('01'), indicatorId: IndicatorId.parse(indicatorId), value: figure.value, provenance }] },
    receive: async (candidates) => {
      if (figure.fails) throw new Error('disk full');
      said.push([...candidates]);
    },
  });
  /** What was said at that moment: by whom, and how many. */
  const sayAt = async (atMs: number) => {
    const before = said.length;
    figures.say(atMs);
    await Promise.resolve();
    return said.slice(before).flat().map(({ sourceId, value, observedAtMs }) => [sourceId, value, observedAtMs - START_MS]);
  };
  return { figure, sayAt };
}

describe('[FD5] what the books amount to is said', () => {
  test('when it has changed, and at the cadence of its indicator', async () => {
    const { figure, sayAt } = aSayer();
    expect(await sayAt(START_MS)).toEqual([['soc-a', 0, 0]]);
    expect(await sayAt(START_MS + 1_000)).toEqual([]);
    figure.value = 2;
    expect(await sayAt(START_MS + 2_000)).toEqual([['soc-a', 2, 2_000]]);
    expect(await sayAt(START_MS + MINUTE_MS)).toEqual([]);
    expect(await sayAt(START_MS + 2_000 + MINUTE_MS)).toEqual([['soc-a', 2, 2_000 + MINUTE_MS]]);
  });

  test('by each feed that stands behind it and keeps its promise', async () => {
    const beating = aFeed({ id: 'soc-b', localities: ['001'], expectEveryMs: MINUTE_MS });
    const { figure, sayAt } = aSayer([aFeed(), beating, aFeed({ id: 'soc-elsewhere', localities: ['02'] }), aFeed({ id: 'links', domain: 'connectivity' })]);
    expect(await sayAt(START_MS)).toEqual([['soc-a', 0, 0]]);
    figure.seenAtMs.set('soc-b', START_MS + 1_000);
    expect(await sayAt(START_MS + 1_000)).toEqual([['soc-b', 0, 1_000]]);
    expect((await sayAt(START_MS + 3 * MINUTE_MS)).map(([id]) => id)).toEqual(['soc-a', 'soc-b']);
    expect((await sayAt(START_MS + 5 * MINUTE_MS)).map(([id]) => id)).toEqual(['soc-a']);
  });

  test('again at once if it could not be stored', async () => {
    const { figure, sayAt } = aSayer();
    figure.fails = true;
    expect(await sayAt(START_MS)).toEqual([]);
    await Promise.resolve();
    figure.fails = false;
    expect(await sayAt(START_MS + 1_000)).toHaveLength(1);
  });

  test('a derived figure, which does not age, is taken back once when all behind it are silent, and comes back with them', async () => {
    const { figure, sayAt } = aSayer([aFeed({ id: 'one-stop', format: 'dossiers', expectEveryMs: MINUTE_MS })], 'derived', 'dossiers-waiting');
    figure.value = 5;
    expect(await sayAt(START_MS)).toEqual([]);
    figure.seenAtMs.set('one-stop', START_MS);
    expect(await sayAt(START_MS)).toEqual([['one-stop', 5, 0]]);
    expect(await sayAt(START_MS + 4 * MINUTE_MS)).toEqual([['one-stop', null, 4 * MINUTE_MS]]);
    expect(await sayAt(START_MS + 5 * MINUTE_MS)).toEqual([]);
    figure.seenAtMs.set('one-stop', START_MS + 6 * MINUTE_MS);
    expect(await sayAt(START_MS + 6 * MINUTE_MS)).toEqual([['one-stop', 5, 6 * MINUTE_MS]]);
  });
});
