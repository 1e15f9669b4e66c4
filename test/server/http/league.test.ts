import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createColumnReader } from '../../../server/http/pastColumns.ts';
import { createKeptAnswers } from '../../../server/http/keptAnswers.ts';
import { toReadingDto } from '../../../server/http/readingDto.ts';
import type { AsOfAnswer, SeriesQuery } from '../../../server/ports/store.ts';
import { projectAsOf } from '../../../server/projectAsOf.ts';
import { createChannelState } from '../../../server/state/channelState.ts';
import { SourceId } from '../../../shared/domain/ids.ts';
import { toLevel } from '../../../shared/domain/locality.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { CompareDto, LeagueDto, LeagueSeriesDto } from '../../../shared/protocol/league.ts';
import { type AChannelView, aChannelView, NOW_MS } from '../../support/aChannelView.ts';
import { get, listen, read, readProblem } from './listen.ts';

const DAY_MS = 24 * 3_600_000;
const sourceId = SourceId.parse('laocai-tslcd');

function anObservation({ table }: AChannelView, code: string, indicatorId: string, value: number | null, observedAtMs: number): Observation {
  const seriesIndex = table.indexOf(code, indicatorId);
  if (seriesIndex === undefined) throw new Error(`No series ${code}/${indicatorId}.`);
  return { seriesIndex, sourceId, eventId: null, observedAtMs, receivedAtMs: observedAtMs, value, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null };
}

/** The fold of the product. */
const project = (channel: { readonly table: AChannelView['table'] }, answer: AsOfAnswer, atMs: number, table = channel.table) =>
  projectAsOf((of) => createChannelState({ table: of, sources: [] }), table, answer, atMs);

/** Province 10 was behind 11 on the latency of its links, and is before it now. */
function anOvertaking() {
  const base = aChannelView();
  const askedAtMs: number[] = [];
  const channel = aChannelView({ history: { ...base.history, asOf: async (atMs) => {
    askedAtMs.push(atMs);
    const latencies = { '080': 50, '082': 90, '085': 60, '094': 40, '095': 30 };
    return { resolution: 'minute', observations: Object.entries(latencies).map(([code, value]) => anObservation(base, code, 'tslcd-latency', value, atMs - 1_000)) };
  } } });
  channel.set('10', 'tslcd-latency', { value: 20, membersFresh: 3, membersExpected: 3 });
  channel.set('11', 'tslcd-latency', { value: 35, membersFresh: 2, membersExpected: 2 });
  channel.set('VN', 'tslcd-latency', { value: 35, membersFresh: 5, membersExpected: 5 });
  return { channel, askedAtMs, serve: () => listen({ channels: new Map([['live', channel]]), projectAsOf: project }) };
}

describe('the league table', () => {
  test('[LG13] provinces in the order of their rank, with the places gained since a week ago, and the country', async () => {
    const { serve, askedAtMs } = anOvertaking();
    const league = LeagueDto.parse(await read(await serve(), '/api/v1/league?indicator=tslcd-latency'));
    expect(league).toMatchObject({ indicatorId: 'tslcd-latency', atMs: NOW_MS, resolution: 'raw', previousResolution: 'minute', rankedCount: 2, previousRankedCount: 2, nation: { localityCode: 'VN', value: 35 } });
    expect(league.previousAtMs).toBe(NOW_MS - 7 * DAY_MS);
    expect(askedAtMs).toEqual([league.previousAtMs]);
    expect(league.rows.map(({ localityCode, value, rank, previousRank, previousValue, rankChange }) => [localityCode, value, rank, previousRank, previousValue, rankChange]))
      .toEqual([['10', 20, 1, 2, 90, 1], ['11', 35, 2, 1, 40, -1]]);
  });

  test('[LG11] [LG13] what is not to be compared is listed behind, with why and without a rank, and its change is not known', async () => {
    const { channel, serve } = anOvertaking();
    channel.set('10', 'tslcd-latency', { value: 20, membersFresh: 2, membersExpected: 3, status: { freshness: 'stale' } });
    const league = LeagueDto.parse(await read(await serve(), '/api/v1/league?indicator=tslcd-latency'));
    expect(league.rows.map(({ localityCode, rank, unranked, rankChange, previousRank }) => [localityCode, rank, unranked, rankChange, previousRank]))
      .toEqual([['11', 1, null, 0, 1], ['10', null, 'under-quorum', null, 2]]);
    expect(league.rankedCount).toBe(1);
  });

  test('[LG13] without a past every change is unknown, none is zero', async () => {
    const channel = aChannelView();
    channel.set('10', 'tslcd-latency', { value: 0 });
    const listening = await listen({ channels: new Map([['live', channel]]), projectAsOf: project });
    const league = LeagueDto.parse(await read(listening, '/api/v1/league?indicator=tslcd-latency'));
    expect(league.rows.map(({ localityCode, rank, unranked, previousRank, rankChange }) => [localityCode, rank, unranked, previousRank, rankChange]))
      .toEqual([['10', 1, null, null, null], ['11', null, 'never', null, null]]);
    expect(league.previousRankedCount).toBe(0);
  });

  test('[LG13] as of a past time both pictures are history', async () => {
    const { serve, askedAtMs } = anOvertaking();
    const league = LeagueDto.parse(await read(await serve(), `/api/v1/league?indicator=tslcd-latency&at=${NOW_MS - DAY_MS}&hours=24`));
    expect(league).toMatchObject({ atMs: NOW_MS - DAY_MS, previousAtMs: NOW_MS - 2 * DAY_MS, resolution: 'minute', nation: { value: 90 } });
    expect(league.rows.map(({ localityCode, rankChange }) => [localityCode, rankChange])).toEqual([['11', 0], ['10', 0]]);
    expect(askedAtMs).toEqual([NOW_MS - 2 * DAY_MS, NOW_MS - DAY_MS]);
  });

  test('[LG14] refused with what to do: an indicator that provinces have not, no span before, a future', async () => {
    const { serve } = anOvertaking();
    const listening = await serve();
    const refusal = async (query: string) => readProblem(await get(listening, `/api/v1/league?${query}`));
    expect(await refusal('indicator=tslcd-link-state')).toMatchObject({ status: 404, detail: 'Indicator "tslcd-link-state" exists at these levels: local; provinces have none to rank.' });
    expect(await refusal('indicator=no-such')).toMatchObject({ status: 404, detail: expect.stringContaining('/api/v1/indicators lists them') });
    expect(await refusal('')).toMatchObject({ status: 400, errors: [{ where: 'query indicator' }] });
    for (const hours of ['0', '8785', '-1']) expect(await refusal(`indicator=tslcd-latency&hours=${hours}`)).toMatchObject({ status: 400, errors: [{ where: 'query hours', expected: 'must be a whole number from 1 to 8784' }] });
    expect(await refusal(`indicator=tslcd-latency&at=${NOW_MS + 61_000}`)).toMatchObject({ status: 400, errors: [{ where: 'query at' }] });
    expect(await refusal('indicator=tslcd-latency&channel=demo')).toMatchObject({ status: 404 });
  });
});

describe('small charts of every province', () => {
  function charted() {
    const base = aChannelView();
    const asked: SeriesQuery[] = [];
    const channel = aChannelView({ history: { ...base.history, series: async (query) => {
      asked.push(query);
      const point = { atMs: query.fromMs, min: 1, max: 3, last: query.seriesIndex, count: 2 };
      return { resolution: 'minute', bucketMs: 1, points: [point, { ...point, min: null, max: null, last: null, count: 0 }] };
    } } });
    return { channel, asked, serve: () => listen({ channels: new Map([['live', channel]]) }) };
  }

  test('[LG15] one answer with a line for each, a gap as null; asked again in the same minute it is not made again', async () => {
    const { channel, asked, serve } = charted();
    const listening = await serve();
    const answer = LeagueSeriesDto.parse(await read(listening, '/api/v1/league/series?indicator=tslcd-latency&points=2'));
    expect(answer).toMatchObject({ toMs: NOW_MS, fromMs: NOW_MS - DAY_MS, bucketMs: DAY_MS / 2, resolution: 'minute' });
    expect(answer.rows).toEqual(['10', '11'].map((code) => ({ localityCode: code, min: [1, null], max: [3, null], last: [channel.table.indexOf(code, 'tslcd-latency'), null] })));
    expect(await read(listening, '/api/v1/league/series?indicator=tslcd-latency&points=2')).toEqual(answer);
    expect(asked.map(({ points }) => points)).toEqual([2, 2]);
  });

  test('[LG14] refused: too long, too late, too many points, nothing to rank', async () => {
    const { serve, asked } = charted();
    const listening = await serve();
    const refusal = async (query: string) => readProblem(await get(listening, `/api/v1/league/series?indicator=${query}`));
    for (const hours of ['0', '841']) expect(await refusal(`tslcd-latency&hours=${hours}`)).toMatchObject({ status: 400, errors: [{ where: 'query hours', expected: 'must be a whole number from 1 to 840' }] });
    expect(await refusal(`tslcd-latency&to=${NOW_MS + 61_000}`)).toMatchObject({ status: 400, errors: [{ where: 'query to' }] });
    for (const points of ['1', '97', 'x']) expect(await refusal(`tslcd-latency&points=${points}`)).toMatchObject({ status: 400, errors: [{ where: 'query points', expected: 'must be a whole number from 2 to 96' }] });
    expect(await refusal('egdi-rank')).toMatchObject({ status: 404 });
    expect(asked).toEqual([]);
  });
});

describe('several places at once', () => {
  test('[CP1] the own readings of each, in the order asked for, nothing of what is below them', async () => {
    const { serve } = anOvertaking();
    const listening = await serve();
    const answer = CompareDto.parse(await read(listening, '/api/v1/compare?places=11,VN,10&domain=connectivity'));
    expect(answer.places.map(({ localityCode, readings }) => [localityCode, readings.find(({ indicatorId }) => indicatorId === 'tslcd-latency')?.value])).toEqual([['11', 35], ['VN', 35], ['10', 20]]);
    for (const { localityCode, readings } of answer.places) {
      expect(new Set(readings.map((reading) => reading.localityCode))).toEqual(new Set([localityCode]));
      expect(readings.every(({ indicatorId }) => !indicatorId.startsWith('dossiers'))).toBe(true);
    }
    const past = CompareDto.parse(await read(listening, `/api/v1/compare?places=10&domain=connectivity&at=${NOW_MS - DAY_MS}`));
    expect(past.places[0]?.readings.map(({ indicatorId }) => indicatorId)).toEqual(answer.places[2]?.readings.map(({ indicatorId }) => indicatorId));
    expect(past.places[0]?.readings.find(({ indicatorId }) => indicatorId === 'tslcd-latency')).toMatchObject({ value: 90, membersFresh: 3, membersExpected: 3 });
  });

  test('[CP2] refused: a place twice, a district, one that is not there, more than there are, another domain', async () => {
    const listening = await listen();
    const refusal = async (query: string) => readProblem(await get(listening, `/api/v1/compare?${query}`));
    expect(await refusal('places=10,10&domain=dossiers')).toMatchObject({ status: 400, errors: [{ where: 'query places', expected: 'must name each place once' }] });
    expect(await refusal('places=080&domain=dossiers')).toMatchObject({ status: 400, errors: [{ where: 'query places', expected: expect.stringContaining('e.g. 48,79,VN') }] });
    expect(await refusal('places=10,99&domain=dossiers')).toMatchObject({ status: 404, detail: expect.stringContaining('no locality "99"') });
    const many = Array.from({ length: 65 }, (_, i) => String(i + 10)).join(',');
    expect(await refusal(`places=${many}&domain=dossiers`)).toMatchObject({ status: 400, errors: [{ where: 'query places', expected: 'must be at most 64 codes' }] });
    expect(await refusal('places=10&domain=weather')).toMatchObject({ status: 400, errors: [{ where: 'query domain' }] });
  });
});

describe('[LG12] a part of the past is that part of the whole past', () => {
  const channel = aChannelView();
  const observed = channel.table.series.filter(({ locality, indicator }) => indicator.observedAt === toLevel(locality));
  const ids = channel.table.indicators.filter(({ levels }) => levels.includes('province')).map(({ id }) => id);

  test('for any readings and any indicator, every figure of every place', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.record({ series: fc.constantFrom(...observed), value: fc.oneof(fc.nat(3), fc.constant(null)), agoMs: fc.integer({ min: 0, max: 900_000 }) }), { maxLength: 60 }),
      fc.constantFrom(...ids), async (readings, id) => {
        const newest = new Map(readings.map(({ series, value, agoMs }) => [series.index, anObservation(channel, series.locality.code, series.indicator.id, value, NOW_MS - agoMs)]));
        const answer: AsOfAnswer = { resolution: 'raw', observations: [...newest.values()] };
        const view = { ...channel, history: { ...channel.history, asOf: async () => answer } };
        const part = await createColumnReader({ projectAsOf: project, nowMs: () => NOW_MS })(view, [id], NOW_MS);
        const whole = project(channel, answer, NOW_MS);
        for (const { locality, indicator, index } of part.table.series) {
          expect(toReadingDto(part.table, part.columns, index)).toEqual(toReadingDto(channel.table, whole, channel.table.indexOf(locality.code, indicator.id)!));
        }
        expect(part.table.indicators.length).toBeLessThan(5);
      }), { numRuns: 60 });
  });
});

describe('[LG16] answers that many ask for', () => {
  test('are made once while they are kept, again afterwards or when they failed, and few are kept', async () => {
    const kept = createKeptAnswers<number>({ keptForMs: 1_000, most: 2 });
    let made = 0;
    const ask = (question: string, atMs: number) => kept.get(question, atMs, async () => ++made);
    expect(await Promise.all([ask('a', 0), ask('a', 0), ask('a', 999)])).toEqual([1, 1, 1]);
    expect(await ask('a', 1_000)).toBe(2);
    expect([await ask('b', 1_000), await ask('c', 1_000), await ask('a', 1_000)]).toEqual([3, 4, 5]);
    await expect(kept.get('d', 1_000, async () => { throw new Error('disk'); })).rejects.toThrow('disk');
    expect(await ask('d', 1_000)).toBe(6);
    expect(await ask('d', -5_000)).toBe(7);
  });
});
