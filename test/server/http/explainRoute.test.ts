import { describe, expect, test } from 'vitest';
import { SourceId } from '../../../shared/domain/ids.ts';
import { aChannelView, NOW_MS } from '../../support/aChannelView.ts';
import { listen, read } from './listen.ts';

describe('explaining', () => {
  test('[X13] a share says how many of how many, and its parts go down to the source', async () => {
    const channel = aChannelView();
    for (const [code, value] of [['080', 2], ['082', 0], ['085', 2]] as const) {
      channel.set(code, 'tslcd-link-state', { value, sourceId: 'laocai-tslcd', offset: Number(code) });
    }
    for (const [code, value] of [['094', 2], ['095', 1]] as const) channel.set(code, 'tslcd-link-state', { value, sourceId: 'dienbien-tslcd' });
    channel.set('10', 'tslcd-share', { value: 66.7, numerator: 2, denominator: 3 });
    channel.set('11', 'tslcd-share', { value: 50, numerator: 1, denominator: 2 });
    channel.set('VN', 'tslcd-share', { value: 60, numerator: 3, denominator: 5 });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const tree = await read(listening, '/api/v1/explain?locality=VN&indicator=tslcd-share&depth=2');
    expect(tree).toMatchObject({ rule: 'share', formula: '3 / 5 × 100', recomputed: 60, source: null, reading: { value: 60 }, facts: [] });
    expect(tree.members[0]).toMatchObject({ rule: 'share', formula: '2 / 3 × 100', recomputed: 66.7, reading: { localityCode: '10' } });
    expect(tree.members[0].members).toHaveLength(3);
    expect(tree.members[0].members[2]).toMatchObject({
      rule: 'observed', formula: '', recomputed: 2, members: [], reading: { localityCode: '085', indicatorId: 'tslcd-link-state', value: 2 },
      source: { sourceId: SourceId.parse('laocai-tslcd'), receivedAtMs: NOW_MS + 1_000, offset: 85, ref: null },
    });
    channel.set('085', 'tslcd-link-state', { value: 2, sourceId: 'laocai-tslcd', offset: -1 });
    expect((await read(listening, '/api/v1/explain?locality=085&indicator=tslcd-link-state')).source).toMatchObject({ sourceId: 'laocai-tslcd', offset: null });
    const shallow = await read(listening, '/api/v1/explain?locality=VN&indicator=tslcd-share&depth=0');
    expect([shallow.formula, shallow.members]).toEqual(['3 / 5 × 100', []]);
  });

  test('[X13] a sum, a worst and a ratio show their figures; what is wrong shows as a difference', async () => {
    const channel = aChannelView();
    for (const [code, received, latency] of [['080', 10, 5], ['082', 0, 80], ['085', 7, 12]] as const) {
      channel.set(code, 'dossiers-received', { value: received, sourceId: 's' });
      channel.set(code, 'tslcd-latency', { value: latency, sourceId: 's' });
    }
    channel.set('10', 'dossiers-received', { value: 18 });
    channel.set('10', 'dossiers-online', { value: 9, sourceId: 's' });
    channel.set('10', 'dossiers-online-share', { value: 50, numerator: 9, denominator: 18 });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const explained = (indicator: string) => read(listening, `/api/v1/explain?locality=10&indicator=${indicator}`);
    expect(await explained('dossiers-received')).toMatchObject({ rule: 'sum', formula: '10 + 0 + 7', recomputed: 17, reading: { value: 18 } });
    expect(await explained('tslcd-latency')).toMatchObject({ rule: 'worst', formula: 'max(5; 80; 12)', recomputed: 80 });
    const ratio = await explained('dossiers-online-share');
    expect(ratio).toMatchObject({ rule: 'ratio', formula: '9 / 18 × 100', recomputed: 50 });
    expect(ratio.members.map(({ reading }: { reading: { indicatorId: string } }) => reading.indicatorId)).toEqual(['dossiers-online', 'dossiers-received']);
  });

  test('[X13] what is known counts however old; a silent unit stays in the denominator; nothing at all is no zero', async () => {
    const channel = aChannelView();
    channel.set('080', 'dossiers-received', { value: 10, sourceId: 's', status: { freshness: 'late' } });
    channel.set('082', 'dossiers-received', { value: 5, sourceId: 's', status: { freshness: 'stale' } });
    channel.set('080', 'tslcd-link-state', { value: 2, sourceId: 's' });
    channel.set('10', 'tslcd-share', { value: 33.3, numerator: 1, denominator: 3 });
    channel.set('11', 'tslcd-share', { membersExpected: 2, status: { freshness: 'never' } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const explained = async (locality: string, indicator: string) => {
      const { formula, recomputed, members } = await read(listening, `/api/v1/explain?locality=${locality}&indicator=${indicator}`);
      return [formula, recomputed, members.length];
    };
    expect(await explained('10', 'dossiers-received')).toEqual(['10 + 5', 15, 3]);
    expect(await explained('10', 'tslcd-share')).toEqual(['1 / 3 × 100', 33.3, 3]);
    expect(await explained('VN', 'tslcd-share')).toEqual(['1 / 5 × 100', 20, 2]);
    expect(await explained('11', 'dossiers-received')).toEqual(['', null, 2]);
    expect(await explained('11', 'tslcd-share')).toEqual(['', null, 2]);
  });

  test('[X13] a figure reported for an aggregate is observed there and cites its fact', async () => {
    const channel = aChannelView();
    channel.set('VN', 'tslcd-share', { value: 100, sourceId: 'seed-documents', ref: 'tslcd-2020', status: { provenance: 'reported' } });
    const fact = {
      id: 'tslcd-2020', indicatorId: 'tslcd-share', localityCode: 'VN', value: 100, numerator: null, denominator: null, comparator: 'exactly' as const, asOf: '2020-12-31', period: null,
      dateBasis: 'stated' as const, dateNote: '', reportedOn: '2021-01-15', document: 'a', publisher: 'b', statement: { vi: 'x', en: 'x' }, evidence: ['100%'], contradicts: [], supersedes: [],
    };
    const facts = [fact, { ...fact, id: 'other', localityCode: '10' }] as never;
    const listening = await listen({ channels: new Map([['live', channel]]), facts });
    const tree = await read(listening, '/api/v1/explain?locality=VN&indicator=tslcd-share');
    expect(tree).toMatchObject({ rule: 'observed', source: { sourceId: 'seed-documents', ref: 'tslcd-2020' }, members: [], facts: [{ id: 'tslcd-2020' }] });
    const ids = async (query: string) => (await read(listening, `/api/v1/facts${query}`)).map(({ id }: { id: string }) => id);
    expect([await ids(''), await ids('?locality=10'), await ids('?id=tslcd-2020'), await ids('?indicator=lgsp-state')]).toEqual([['tslcd-2020', 'other'], ['other'], ['tslcd-2020'], []]);
  });

  test('[X13] at a past time, the origin is that of the observation known then', async () => {
    const base = aChannelView();
    const seriesIndex = base.table.indexOf('085', 'tslcd-latency')!;
    const observation = {
      seriesIndex, sourceId: SourceId.parse('laocai-tslcd'), eventId: null, observedAtMs: NOW_MS - 9_000, receivedAtMs: NOW_MS - 8_000, value: 4, numerator: null, denominator: null,
      comparator: 'exactly' as const, provenance: 'measured' as const, ref: null,
    };
    const channel = aChannelView({ history: { ...base.history, asOf: async () => ({ resolution: 'raw', observations: [observation] }) } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const tree = await read(listening, `/api/v1/explain?locality=085&indicator=tslcd-latency&at=${NOW_MS - 5_000}`);
    expect([tree.atMs, tree.source]).toEqual([NOW_MS - 5_000, { sourceId: 'laocai-tslcd', receivedAtMs: NOW_MS - 8_000, offset: null, ref: null }]);
  });
});
