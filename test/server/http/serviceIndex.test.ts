import { describe, expect, test } from 'vitest';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { ServiceIndexDto } from '../../../shared/protocol/serviceIndex.ts';
import { type AChannelView, aChannelView, NOW_MS } from '../../support/aChannelView.ts';
import { get, listen, read, readProblem } from './listen.ts';

const DAY_MS = 86_400_000;

const ask = async (channel: AChannelView, query = 'locality=10') => ServiceIndexDto.parse(await read(await listen({ channels: new Map([['live', channel]]) }), `/api/v1/service-index?${query}`));
const groupOf = ({ groups }: ServiceIndexDto, id: string) => groups.find((group) => group.id === id)!;

/** Progress of province 10: 191 of 200 on time. */
function aCountedChannel(): AChannelView {
  const channel = aChannelView();
  channel.set('10', 'dossiers-on-time', { value: 191, membersFresh: 3, membersExpected: 3 });
  channel.set('10', 'dossiers-resolved', { value: 200, membersFresh: 3, membersExpected: 3 });
  return channel;
}

describe('the service index over HTTP', () => {
  test('[SI6] a group is its components, a component its counts, a count its reading and where it is from', async () => {
    const channel = aCountedChannel();
    channel.set('10', 'feedback-due', { value: 8, sourceId: 'laocai-onestop', offset: 12 });
    channel.set('10', 'feedback-in-time', { value: 6, sourceId: 'laocai-onestop', offset: 13, status: { provenance: 'simulated' } });
    const index = await ask(channel);
    expect(index).toMatchObject({
      channel: 'live', edition: '2021', localityCode: '10', atMs: NOW_MS, points: 100, judgedPoints: 24.5, score: 22.48, possible: { min: 22.48, max: 97.98 },
      provenances: ['measured', 'simulated'], period: { fromMs: Date.parse('2026-03-01T00:00:00+07:00'), toMs: Date.parse('2026-04-01T00:00:00+07:00') },
    });
    const progress = groupOf(index, 'progress');
    expect(progress).toMatchObject({ points: 20, judgedPoints: 20, score: 19.1, provenances: ['measured'], standing: { basis: 'document' }, sharing: { basis: 'not-established' } });
    expect(progress.components).toMatchObject([{ number: '2.1', state: 'judged', valuePct: 95.5, score: 19.1, rule: { symbols: '191 / 200 × 100', standing: { basis: 'not-established' } } }]);
    const [, answered] = groupOf(index, 'satisfaction').components;
    expect(answered).toMatchObject({ number: '5.2', valuePct: 75, score: 3.38, rule: { symbols: '6 / 8 × 100' } });
    expect(answered?.counts).toMatchObject([
      { indicatorId: 'feedback-in-time', state: 'counted', reading: { value: 6, provenance: 'simulated' }, source: { sourceId: 'laocai-onestop', offset: 13 } },
      { indicatorId: 'feedback-due', state: 'counted', reading: { value: 8 }, source: { offset: 12 } },
    ]);
  });

  test('[SI6] the parts shown add up to the group, and the groups to the total', async () => {
    const index = await ask(aCountedChannel());
    const hundredths = (scores: readonly (number | null)[]) => scores.reduce<number>((sum, score) => sum + Math.round(100 * (score ?? 0)), 0);
    for (const group of index.groups) expect(hundredths(group.components.map(({ score }) => score)), group.id).toBe(hundredths([group.score]));
    expect(hundredths(index.groups.map(({ score }) => score))).toBe(hundredths([index.score]));
  });

  test('[SI3] what is missing is never 0, and says why', async () => {
    const channel = aCountedChannel();
    channel.set('10', 'feedback-due', { value: 0 });
    channel.set('10', 'feedback-in-time', { value: 0 });
    channel.set('10', 'dossiers-complained', { status: { freshness: 'fresh' } });
    const index = await ask(channel);
    expect(groupOf(index, 'openness')).toMatchObject({ score: null, judgedPoints: 0, components: [{ state: 'no-rule', rule: null, counts: [] }, { state: 'missing-counts', counts: [{ state: 'never' }, { state: 'never' }, { state: 'never' }] }] });
    const [, answered, satisfied] = groupOf(index, 'satisfaction').components;
    expect(answered).toMatchObject({ state: 'nothing-to-count', score: null });
    expect(satisfied).toMatchObject({ state: 'missing-counts', score: null, rule: { symbols: '' } });
    expect(satisfied?.counts.map(({ indicatorId, state }) => [indicatorId, state])).toEqual([['dossiers-on-time', 'counted'], ['dossiers-resolved', 'counted'], ['dossiers-complained', 'none']]);
  });

  test.each([
    { what: 'of a silent source', reading: { value: 191, status: { freshness: 'dead' } }, state: 'dead' },
    { what: 'of too few districts', reading: { value: 191, membersFresh: 1, membersExpected: 3 }, state: 'withheld' },
    { what: 'of last month', reading: { value: 191, observedAtMs: NOW_MS - DAY_MS }, state: 'other-period' },
  ] as const)('[SI3] a count $what is not counted', async ({ reading, state }) => {
    const channel = aCountedChannel();
    channel.set('10', 'dossiers-on-time', reading);
    expect(groupOf(await ask(channel), 'progress')).toMatchObject({ score: null, judgedPoints: 0, components: [{ state: 'missing-counts', counts: [{ state }, { state: 'counted' }] }] });
  });

  test('[SI5] what the portal publishes is compared within one month, and by how much is not known where not all was judged', async () => {
    const channel = aCountedChannel();
    channel.set('10', 'portal-index-progress', { value: 18.9, sourceId: 'national-portal' });
    channel.set('10', 'portal-index-total', { value: 84, sourceId: 'national-portal' });
    channel.set('10', 'portal-index-openness', { value: 15, sourceId: 'national-portal' });
    channel.set('10', 'portal-index-payment', { value: 6, sourceId: 'national-portal', observedAtMs: NOW_MS - DAY_MS });
    channel.set('10', 'portal-index-online', { sourceId: 'national-portal' });
    const index = await ask(channel);
    expect(index.portal).toMatchObject({ state: 'published', reading: { value: 84 }, difference: { min: -15.1, max: 64.9 }, source: { sourceId: 'national-portal' } });
    expect(groupOf(index, 'progress').portal).toMatchObject({ state: 'published', difference: { min: -0.2, max: -0.2 } });
    expect(groupOf(index, 'openness').portal).toMatchObject({ state: 'published', difference: null });
    expect(groupOf(index, 'payment').portal).toMatchObject({ state: 'other-period', reading: { value: 6 }, difference: null });
    expect(groupOf(index, 'online').portal).toMatchObject({ state: 'none', difference: null });
    expect(groupOf(index, 'digitisation').portal).toEqual({ state: 'not-published', reading: null, source: null, difference: null });
  });

  test('[SI6] the past is history as of then; the country has an index and no figure of the portal', async () => {
    const atMs = NOW_MS - 3_600_000;
    const base = aChannelView();
    const channel = aChannelView({ history: { ...base.history, asOf: async () => ({ resolution: 'minute', observations: [] }) } });
    const listening = await listen({ channels: new Map([['live', channel]]), projectAsOf: ({ table }) => {
      const columns = createReadingColumns(table.series.length);
      for (const [id, value] of [['dossiers-on-time', 5], ['dossiers-resolved', 10]] as const) {
        const at = table.indexOf('VN', id)!;
        columns.value[at] = value;
        columns.observedAtMs[at] = atMs;
        columns.status[at] = 1;
      }
      return columns;
    } });
    const index = ServiceIndexDto.parse(await read(listening, `/api/v1/service-index?locality=VN&at=${atMs}`));
    expect(index).toMatchObject({ atMs, localityCode: 'VN', score: 10, judgedPoints: 20, portal: { state: 'not-published', reading: null } });
  });

  test('[SI6] a district, an unknown place, a time to come and unknown parameters are refused, saying what to ask', async () => {
    const listening = await listen();
    const refused = async (query: string) => readProblem(await get(listening, `/api/v1/service-index?${query}`));
    expect(await refused('locality=080')).toMatchObject({ status: 404, kind: 'not-found', detail: 'The service index is of provinces and the nation; 080 of edition 2021 is below them. Ask for 10.' });
    expect(await refused('locality=99')).toMatchObject({ status: 404, detail: expect.stringContaining('no locality "99"') });
    expect(await refused('locality=10&channel=demo')).toMatchObject({ status: 404, detail: 'This server runs no channel "demo". It runs: live.' });
    expect(await refused('')).toMatchObject({ status: 400, errors: [{ where: 'query locality', got: 'nothing' }] });
    expect(await refused('locality=10&group=progress')).toMatchObject({ status: 400, detail: 'Known parameters: channel, locality, at.' });
    expect(await refused(`locality=10&at=${NOW_MS + 61_000}`)).toMatchObject({ status: 400, errors: [{ where: 'query at' }] });
    expect(await refused('locality=10&at=2026-03-01T07:00:00')).toMatchObject({ status: 400, errors: [{ where: 'query at', expected: expect.stringContaining('a time without an offset is refused') }] });
  });
});
