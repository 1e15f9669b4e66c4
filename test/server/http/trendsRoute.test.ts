import { describe, expect, test } from 'vitest';
import { createReadingColumns, packStatus } from '../../../shared/domain/readingColumns.ts';
import { aChannelView, NOW_MS } from '../../support/aChannelView.ts';
import { DEFAULT_HTTP_LIMITS } from '../../../server/http/createHttpApp.ts';
import { get, listen, read, readProblem } from './listen.ts';

const DAY_MS = 24 * 3_600_000;
const ASKED = '/api/v1/trends?locality=10&indicators=tslcd-share,dossiers-received';

function aChannelWithHistory(asked: unknown[]) {
  const base = aChannelView();
  return aChannelView({ history: { ...base.history,
    series: async (query) => {
      asked.push(query);
      return { resolution: 'raw', bucketMs: DAY_MS / 2, points: [5, null].map((last, i) => ({ atMs: query.fromMs + i, min: last, max: last, last, count: Number(last !== null) })) };
    },
    asOf: async (atMs) => { asked.push(atMs); return { resolution: 'raw', observations: [] }; },
  } });
}

describe('[XP7] the figures of a page in one answer', () => {
  test('each with its run, gaps as null, and the reading at the start; what was not known then is "never", not zero', async () => {
    const asked: unknown[] = [];
    const channel = aChannelWithHistory(asked);
    const listening = await listen({
      channels: new Map([['live', channel]]),
      projectAsOf: (_channel, _answer, _atMs, table = channel.table) => {
        const columns = createReadingColumns(table.series.length);
        const index = table.indexOf('10', 'tslcd-share')!;
        columns.value[index] = 91.2;
        columns.status[index] = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly' });
        return columns;
      },
    });
    const answer = await read(listening, `${ASKED}&points=2`);
    expect(answer).toMatchObject({ localityCode: '10', fromMs: NOW_MS - DAY_MS, toMs: NOW_MS, bucketMs: DAY_MS / 2 });
    expect(answer.trends.map(({ indicatorId, points, before }: { indicatorId: string; points: unknown; before: { value: unknown; freshness: unknown } }) => [indicatorId, points, before.value, before.freshness])).toEqual([
      ['tslcd-share', [5, null], 91.2, 'fresh'], ['dossiers-received', [5, null], null, 'never'],
    ]);
    expect(asked[0]).toBe(NOW_MS - DAY_MS);
    expect(asked).toHaveLength(3);
  });

  test('as of a past time the whole span is before it', async () => {
    const asked: unknown[] = [];
    const listening = await listen({ channels: new Map([['live', aChannelWithHistory(asked)]]) });
    const answer = await read(listening, `${ASKED}&at=${NOW_MS - DAY_MS}&hours=168`);
    expect([answer.fromMs, answer.toMs]).toEqual([NOW_MS - 8 * DAY_MS, NOW_MS - DAY_MS]);
  });

  test.each([
    ['an indicator twice', '/api/v1/trends?locality=10&indicators=tslcd-share,tslcd-share', 400, 'query indicators'],
    ['no indicator', '/api/v1/trends?locality=10&indicators=', 400, 'query indicators'],
    ['more than twelve', `/api/v1/trends?locality=10&indicators=${Array.from({ length: 13 }, (_, i) => `i-${i}`).join(',')}`, 400, 'query indicators'],
    ['a month and more', `${ASKED}&hours=721`, 400, 'query hours'],
    ['the future', `${ASKED}&at=${NOW_MS + DAY_MS}`, 400, 'query at'],
  ])('%s is refused', async (_, path, status, where) => {
    const problem = await readProblem(await get(await listen(), path));
    expect([problem.status, problem.errors[0]?.where]).toEqual([status, where]);
  });

  test('an indicator that the place does not have is a 404', async () => {
    expect((await get(await listen(), '/api/v1/trends?locality=10&indicators=tslcd-share,soc-share')).status).toBe(404);
  });

  test('it counts as a past picture and a chart for each', async () => {
    const tooFew = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, costUnitsPerTenSec: 12 } });
    const enough = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, costUnitsPerTenSec: 13 } });
    expect([(await get(tooFew, ASKED)).status, (await get(enough, ASKED)).status]).toEqual([429, 200]);
  });
});
