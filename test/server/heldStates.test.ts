import { describe, expect, test } from 'vitest';
import { createHeldStates } from '../../server/heldStates.ts';
import { FeedSettings } from '../../server/ports/feedSettings.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Candidate } from '../../shared/domain/observation.ts';
import { realTable } from '../support/aCatalogue.ts';

const NOW_MS = Date.parse('2026-11-29T08:00:00Z');
const EVERY_MS = 60_000;
const LINK = 'tslcd-link-state';

const table = buildSeriesTable(realTable('2021').localities, realTable('2021').indicators);
const feed = (more: object = {}) => FeedSettings.parse({
  id: 'noc-68', name: { vi: 'NOC Lâm Đồng', en: 'Lam Dong NOC' }, format: 'alertmanager', localities: ['68'], expectEveryMs: 300_000,
  states: [{ alert: 'LinkDown', indicator: LINK, raised: 0, cleared: 2 }], ...more,
});
const stored = (value: number, observedAtMs: number, more: object = {}) => ({ sourceId: 'noc-68', localityCode: '672', indicatorId: LINK, observedAtMs, value, provenance: 'measured', ...more });

function open({ settings = feed(), seenAtMs = NOW_MS, restored = [], isStoring = true }: { settings?: FeedSettings; seenAtMs?: number | null; restored?: Parameters<typeof createHeldStates>[0]['restored']; isStoring?: boolean } = {}) {
  const told: Candidate[] = [];
  const states = createHeldStates({
    feeds: [settings], table, restored, lastSeenAtMs: () => seenAtMs,
    receive: async (candidates) => {
      told.push(...candidates);
      if (!isStoring) throw new Error('full');
    },
  });
  const said = (atMs: number) => {
    told.length = 0;
    states.say(atMs);
    return told.map(({ localityCode, indicatorId, value, observedAtMs }) => [localityCode, indicatorId, value, observedAtMs]);
  };
  return { states, said };
}

describe('[FD8] a state lasts between its two alerts', () => {
  test('it is said again at its indicator’s cadence, as observed then, and not before', () => {
    const { states, said } = open();
    states.note(stored(0, NOW_MS));
    expect(said(NOW_MS + EVERY_MS - 1)).toEqual([]);
    expect(said(NOW_MS + EVERY_MS)).toEqual([['672', LINK, 0, NOW_MS + EVERY_MS]]);
    expect(said(NOW_MS + EVERY_MS + 1)).toEqual([]);
    expect(said(NOW_MS + 2 * EVERY_MS)).toHaveLength(1);
  });

  test('an end that comes after it was said again is said at once, though it is older than what was said', () => {
    const { states, said } = open();
    states.note(stored(0, NOW_MS));
    expect(said(NOW_MS + EVERY_MS)).toHaveLength(1);
    states.note(stored(2, NOW_MS + EVERY_MS - 5_000));
    expect(said(NOW_MS + EVERY_MS + 1_000)).toEqual([['672', LINK, 2, NOW_MS + EVERY_MS + 1_000]]);
    states.note(stored(0, NOW_MS));
    expect(said(NOW_MS + EVERY_MS + 2_000)).toEqual([]);
  });

  test.each<[string, object, number | null]>([
    ['a feed that has broken its promise', {}, NOW_MS - 3 * 300_000],
    ['one that was never heard', {}, null],
    ['one that promises nothing', { expectEveryMs: null }, NOW_MS],
  ])('%s says nothing again', (_what, more, seenAtMs) => {
    const { states, said } = open({ settings: feed(more), seenAtMs });
    states.note(stored(0, NOW_MS));
    expect(said(NOW_MS + EVERY_MS)).toEqual([]);
  });

  test('other feeds, other indicators and "no reading" are not held', () => {
    const { states, said } = open();
    for (const more of [{ sourceId: 'another' }, { indicatorId: 'tslcd-latency' }, { value: null }]) states.note(stored(0, NOW_MS, more));
    expect(said(NOW_MS + EVERY_MS)).toEqual([]);
  });

  test('after a restart it goes on, and an end that came meanwhile counts', () => {
    const seriesIndex = table.indexOf('672', LINK)!;
    const restored = [{ seriesIndex, sourceId: feed().id, eventId: null, observedAtMs: NOW_MS, receivedAtMs: NOW_MS, value: 0, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null }] as const;
    const { states, said } = open({ restored });
    expect(said(NOW_MS + EVERY_MS)).toEqual([['672', LINK, 0, NOW_MS + EVERY_MS]]);
    states.note(stored(2, NOW_MS - EVERY_MS + 1));
    expect(said(NOW_MS + EVERY_MS + 1_000)).toEqual([['672', LINK, 2, NOW_MS + EVERY_MS + 1_000]]);
  });

  test('what could not be stored is said with the next tick', async () => {
    const { states, said } = open({ isStoring: false });
    states.note(stored(0, NOW_MS));
    expect(said(NOW_MS + EVERY_MS)).toHaveLength(1);
    await Promise.resolve();
    expect(said(NOW_MS + EVERY_MS + 1_000)).toHaveLength(1);
  });
});
