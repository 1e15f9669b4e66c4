import { describe, expect, test } from 'vitest';
import { createAlertBook } from '../../../server/cases/alertBook.ts';
import { createCoverage } from '../../../server/cases/coverage.ts';
import { createCases } from '../../../server/cases/createCases.ts';
import { createEmptyBook } from '../../support/anEmptyBook.ts';
import type { FiledReport } from '../../../server/ports/cases.ts';
import { aLand } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';
import { aFeed, filed } from '../../support/someAlerts.ts';

function someCases({ stored = [], mostCases = 100 }: { stored?: readonly FiledReport[]; mostCases?: number } = {}) {
  const log = {
    appended: [] as (readonly FiledReport[])[], compacted: [] as (readonly FiledReport[])[], failWith: null as Error | null,
    append: async (reports: readonly FiledReport[]) => {
      if (log.failWith !== null) throw log.failWith;
      log.appended.push(reports);
    },
    compact: async (live: readonly FiledReport[]) => { log.compacted.push(live); },
  };
  const alert = createAlertBook({ feeds: [aFeed()], coverage: createCoverage(aLand({ provinces: 1 })), mostCases });
  const cases = createCases({ log, books: { alert, dossier: createEmptyBook() }, filed: stored, nowMs: START_MS });
  const openCount = () => cases.figures(START_MS).find(({ indicatorId }) => indicatorId === 'alerts-open')?.value;
  return { log, cases, openCount };
}
const alerts = (...ids: string[]) => ids.map((alertId) => filed({ alertId }));

describe('[CB7] a delivery is judged, logged, and only then seen', () => {
  test('what is logged is what is news; repeats within a delivery and of another are duplicates', async () => {
    const { log, cases, openCount } = someCases();
    expect(await cases.file(alerts('a', 'b', 'a'))).toEqual(['stored', 'stored', 'duplicate']);
    expect(await cases.file(alerts('b', 'c'))).toEqual(['duplicate', 'stored']);
    expect(await cases.file(alerts('c'))).toEqual(['duplicate']);
    expect([openCount(), log.appended[1]?.map(({ report }) => 'alertId' in report && report.alertId)]).toEqual([3, ['c']]);
  });

  test('two deliveries at once are judged one after the other', async () => {
    const { cases } = someCases();
    expect(await Promise.all([cases.file(alerts('a')), cases.file(alerts('a'))])).toEqual([['stored'], ['duplicate']]);
  });

  test('what could not be logged is not seen, and is news when it is sent again', async () => {
    const { log, cases, openCount } = someCases();
    log.failWith = new Error('disk full');
    await expect(cases.file(alerts('a'))).rejects.toThrow('disk full');
    expect(openCount()).toBe(0);
    log.failWith = null;
    expect(await cases.file(alerts('a'))).toEqual(['stored']);
  });

  test('a full book says so, and what it refuses is not logged', async () => {
    const { log, cases } = someCases({ mostCases: 1 });
    expect(await cases.file(alerts('a'))).toEqual(['stored']);
    expect(await cases.file(alerts('b', 'a'))).toEqual(['book-full', 'duplicate']);
    expect(log.appended.flat()).toHaveLength(1);
  });

  test('after a restart the books are as the log tells them', () => {
    expect(someCases({ stored: [...alerts('a', 'b'), filed({ alertId: 'b', transition: 'cleared' })] }).openCount()).toBe(1);
  });
});

test('[CB8] the log is cut to what the books need once it has grown well beyond that', async () => {
  const many = Array.from({ length: 1_200 }, (_, number) => filed({ alertId: `a-${number}`, transition: 'seen', atMs: START_MS - 40 * 3_600_000 }));
  const { log, cases } = someCases({ stored: [...many, ...alerts('open')], mostCases: 10_000 });
  await cases.compact(START_MS);
  expect(log.compacted).toMatchObject([[{ report: { alertId: 'open' } }]]);
  await cases.compact(START_MS);
  expect(log.compacted).toHaveLength(1);
});
