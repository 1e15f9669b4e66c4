import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { withComputedSeries } from '../../../server/history/computedSeries.ts';
import { openStore } from '../../../server/openStore.ts';
import { dryRun } from '../../../server/state/dryRun.ts';
import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { aLand, anIndicator, aSource } from '../../support/aCatalogue.ts';
import { aChannelState } from '../../support/aChannelState.ts';
import { anObservation, START_MS } from '../../support/anObservation.ts';
import { aRule } from '../../support/someRules.ts';

const MINUTE_MS = 60_000;
const INDICATORS = [
  anIndicator({ id: 'link', domain: 'connectivity', levels: ['local'], rollUp: { rule: 'none' } }),
  anIndicator({ id: 'late', quorumRatio: 0 }), anIndicator({ id: 'waiting', quorumRatio: 0 }),
];
const LAND = aLand({ provinces: 1, localsPerProvince: 3 });
const TABLE = buildSeriesTable(LAND, INDICATORS);
const PLACES = ['001', '002', '003'];
const LOST = aRule({ id: 'link-lost', severity: 'high', when: { type: 'state', indicator: 'link', equals: 0 } });
const CUT = aRule({ id: 'cut', kind: 'cause', when: { type: 'members', of: 'link-lost', raiseRatio: 0.5, clearRatio: 0.3, atLeast: 2 } });
const SURGE = aRule({ id: 'surge', kind: 'overdue', when: { type: 'band', indicator: 'late', level: 'province', side: 'above', raiseAt: 0.4, clearAt: 0.2, per: { indicator: 'waiting', atLeast: 10 } } });

type Minute = Readonly<Record<string, readonly [link: number, late: number]>>;
const anyMinutes = fc.array(fc.record(Object.fromEntries(PLACES.map((place) => [place, fc.tuple(fc.constantFrom(0, 2, 2), fc.constantFrom(0, 3, 6, 9))]))), { minLength: 4, maxLength: 25 });

const observationsOf = (minute: Minute, atMs: number) => Object.entries(minute).flatMap(([place, [link, late]]) => [['link', link], ['late', late], ['waiting', 10]].map(([id, value]) =>
  anObservation({ seriesIndex: TABLE.indexOf(place, String(id)) ?? -1, value: Number(value), observedAtMs: atMs })));

const open = () => openStore({ path: ':memory:', table: TABLE });
const store = await open();
afterAll(() => store.log.close());
const channel = { table: TABLE, history: withComputedSeries(store.history, TABLE) };

async function fill(minutes: readonly Minute[]): Promise<void> {
  await store.log.restart();
  for (const [at, minute] of minutes.entries()) await store.log.append(observationsOf(minute, START_MS + at * MINUTE_MS), { words: new Uint32Array(0) });
}

/** What the live state raises of the rule after the first minute, told the same minute by minute. */
function live(minutes: readonly Minute[], rules: readonly AlarmRule[], ruleId: string) {
  const state = aChannelState({ indicators: INDICATORS, land: LAND, sources: [aSource({ expectEveryMs: 1_000_000_000 })], rules });
  let raised = 0;
  const standing = new Set<string>();
  for (const [at, minute] of minutes.entries()) {
    const atMs = START_MS + at * MINUTE_MS;
    state.project(observationsOf(minute, atMs), 0);
    state.settle(atMs);
    for (const change of state.takeConditionChanges()) {
      if (change.kind === 'over') standing.delete(change.alarmId);
      if (change.kind !== 'holds' || change.standing.condition.ruleId !== ruleId || standing.has(change.standing.condition.id)) continue;
      standing.add(change.standing.condition.id);
      if (at > 0) raised++;
    }
  }
  return { raised, standing: standing.size };
}

const ask = (rule: AlarmRule, inForce: readonly AlarmRule[], minutes: number) =>
  dryRun({ channel, rule, inForce, fromMs: START_MS, toMs: START_MS + minutes * MINUTE_MS, signal: new AbortController().signal });

describe('[RU5] a rule tried over the past', () => {
  test.each([
    ['a state', LOST], ['a state with delays', { ...LOST, onDelayMs: 2 * MINUTE_MS, offDelayMs: MINUTE_MS }], ['members', CUT], ['a share of computed figures', SURGE],
  ])('raises what the live state would have raised: %s', async (_what, rule) => {
    let raised = 0;
    await fc.assert(fc.asyncProperty(anyMinutes, async (minutes) => {
      await fill(minutes);
      const { tried } = await ask(rule, [LOST, CUT, SURGE], minutes.length);
      const expected = live(minutes, [LOST, CUT, SURGE].map((each) => (each.id === rule.id ? rule : each)), rule.id);
      expect({ raised: tried.raised, standing: tried.standing }).toEqual(expected);
      raised += tried.raised;
    }), { numRuns: 25 });
    expect(raised).toBeGreaterThan(10);
  });

  const lost = [1, 0, 0, 0, 1, 0, 1, 0].map((link): Minute => ({ '001': [link === 0 ? 0 : 2, 0] }));

  test('says when, how long and where, and the same of the rule in force', async () => {
    await fill(lost);
    const answer = await ask({ ...LOST, onDelayMs: 2 * MINUTE_MS }, [LOST], lost.length);
    expect(answer).toEqual({
      fromMs: START_MS, toMs: START_MS + 8 * MINUTE_MS, resolution: 'raw', stepMs: 10_000, series: 3,
      tried: { raised: 1, standing: 0, byDay: [{ day: '2026-01-01', count: 1 }], longestMs: 3 * MINUTE_MS, examples: [{ localityCode: '001', sinceMs: START_MS + MINUTE_MS, untilMs: START_MS + 4 * MINUTE_MS }] },
      inForce: {
        raised: 3, standing: 1, byDay: [{ day: '2026-01-01', count: 3 }], longestMs: 3 * MINUTE_MS,
        examples: [7, 5, 1].map((minute) => ({ localityCode: '001', sinceMs: START_MS + minute * MINUTE_MS, untilMs: minute === 7 ? null : START_MS + (minute === 1 ? 4 : 6) * MINUTE_MS })),
      },
    });
  });

  test('what stood before is not counted; a rule that is off raises nothing; one that is new has none beside it', async () => {
    await fill(lost);
    const answer = await dryRun({ channel, rule: { ...LOST, isOn: false }, inForce: [LOST], fromMs: START_MS + 2 * MINUTE_MS, toMs: START_MS + 4 * MINUTE_MS, signal: new AbortController().signal });
    expect([answer.tried.raised, answer.inForce]).toMatchObject([0, { raised: 0, standing: 1 }]);
    expect((await ask(LOST, [], lost.length)).inForce).toBeNull();
  });

  test('history that begins later is said, and a long time is looked at by the minute', async () => {
    await fill(lost);
    const answer = await dryRun({ channel, rule: LOST, inForce: [], fromMs: START_MS - 30 * 86_400_000, toMs: START_MS + 3 * 86_400_000, signal: new AbortController().signal });
    expect(answer).toMatchObject({ fromMs: START_MS, stepMs: MINUTE_MS, tried: { raised: 3, standing: 1 } });
  });

  test('nobody waits any more: it ends there', async () => {
    await fill(lost);
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(dryRun({ channel, rule: LOST, inForce: [LOST], fromMs: START_MS, toMs: START_MS + MINUTE_MS, signal })).rejects.toThrow('gone');
  });
});
