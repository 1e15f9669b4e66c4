import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alarm } from '../../../shared/domain/alarm.ts';
import { aChannelState } from '../../support/aChannelState.ts';
import { anIndicator, aSource } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';

const name = { vi: 'v', en: 'e' };
const LINK = anIndicator({ id: 'link-state', domain: 'connectivity', levels: ['local'], rollUp: { rule: 'none' }, states: [
  { value: 0, name, alarm: 'high' }, { value: 1, name, alarm: 'medium' }, { value: 2, name },
] });
const CRITICAL = anIndicator({ id: 'alerts-critical', domain: 'security', levels: ['nation', 'province'], observedAt: 'province' });
const OVERDUE = anIndicator({ id: 'dossiers-overdue' });
const WAITING = anIndicator({ id: 'dossiers-waiting' });
const INDICATORS = [LINK, CRITICAL, OVERDUE, WAITING];
/** So slow that no source falls silent unless a test wants it. */
const FEED = aSource({ expectEveryMs: 1_000_000_000 });

const aState = (sources = [FEED]) => aChannelState({ indicators: INDICATORS, sources });
type State = ReturnType<typeof aState>;
const settled = (state: State, nowMs: number) => { state.settle(nowMs); return state.takeAlarmTransitions(); };
const brief = ({ id, state, severity, sinceMs, dataLost }: Alarm) => `${id} ${state} ${severity} +${sinceMs - START_MS}${dataLost ? ' lost' : ''}`;

describe('[A1] an observed reading in an alarm state raises, a newer reading out of it clears', () => {
  test('a lost link, confirmed, and back', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 2 });
    expect(settled(state, START_MS)).toEqual([]);
    state.tell('001', 'link-state', { value: 0, observedAtMs: START_MS + 1_000 });
    const [raised] = settled(state, START_MS + 1_000);
    expect(Alarm.parse(raised)).toEqual({
      id: 'state:001:link-state', occurrenceId: `state:001:link-state@${START_MS + 1_000}`, severity: 'high', domain: 'connectivity', localityCode: '001', isPlaced: true,
      indicatorId: 'link-state', sourceId: null, kind: 'state', ruleId: 'state-link-state-0', value: 0, title: null, dependsOn: [], tlp: null, attack: null, state: 'UNACK',
      sinceMs: START_MS + 1_000, raisedAtMs: 0, returnedAtMs: null, dataLost: false, count: 1, acked: null, assignee: null, disposition: null, shelved: null, outOfService: null,
      suppressedBy: null, escalations: 0, isChattering: false, isLatched: false,
    });
    expect(state.openAlarms()).toEqual([raised]);
    state.tell('001', 'link-state', { value: 0, observedAtMs: START_MS + 2_000 });
    expect(settled(state, START_MS + 2_000)).toEqual([]);
    state.tell('001', 'link-state', { value: 2, observedAtMs: START_MS + 3_000 });
    expect(settled(state, START_MS + 3_000)).toEqual([{ ...raised, state: 'NORMAL', returnedAtMs: START_MS + 3_000 }]);
    expect(state.openAlarms()).toEqual([]);
  });

  test('a reading older than the held one decides nothing', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 2 });
    state.tell('001', 'link-state', { value: 0, observedAtMs: START_MS - 1 });
    expect(settled(state, START_MS)).toEqual([]);
  });

  test('a worse state is the same occurrence with a new severity', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 1 });
    state.tell('001', 'link-state', { value: 0, observedAtMs: START_MS + 1 });
    expect(settled(state, START_MS + 1).map(brief)).toEqual(['state:001:link-state UNACK medium +0', 'state:001:link-state UNACK high +0']);
  });

  test('open critical alerts of a province are one critical alarm', () => {
    const state = aState();
    for (const [at, value] of [0, 3, 5, 0, 1].entries()) state.tell('01', 'alerts-critical', { value, observedAtMs: START_MS + at });
    expect(settled(state, START_MS + 5).map(brief)).toEqual([
      'security:01:alerts-critical UNACK critical +1', 'security:01:alerts-critical NORMAL critical +1', 'security:01:alerts-critical UNACK critical +4',
    ]);
  });
});

describe('[A2] transitions are never conflated, and the log alone decides them', () => {
  test('a link lost and back within one tick is told twice', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 0 });
    state.tell('001', 'link-state', { value: 2, observedAtMs: START_MS + 1 });
    expect(settled(state, START_MS + 1).map(brief)).toEqual(['state:001:link-state UNACK high +0', 'state:001:link-state NORMAL high +0']);
    expect(state.takeAlarmTransitions()).toEqual([]);
  });

  test('however the log is cut in ticks, each alarm of a reading or a silence goes through the same states', () => {
    const reading = fc.record({ place: fc.constantFrom('001', '002'), value: fc.constantFrom(0, 1, 2, null), afterMs: fc.constantFrom(0, 1_000, 50_000, 400_000), source: fc.constantFrom('feed-a', 'feed-b') });
    fc.assert(fc.property(fc.array(reading, { maxLength: 30 }), fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (log, ticks) => {
      const run = (isTick: (at: number) => boolean) => {
        const state = aState([aSource(), aSource({ id: 'feed-b' })]);
        const told: Alarm[] = [];
        let nowMs = START_MS;
        for (const [at, { place, value, afterMs, source }] of log.entries()) {
          if (isTick(at)) told.push(...settled(state, nowMs + afterMs));
          nowMs += afterMs;
          state.tell(place, 'link-state', { value, sourceId: source, observedAtMs: nowMs });
        }
        told.push(...settled(state, nowMs));
        // Loss of data is a matter of moments at which one looks; the life of the alarm is not.
        const byId = Map.groupBy(told.map((alarm) => ({ ...alarm, dataLost: false })), ({ id }) => id);
        return new Map([...byId].map(([id, alarms]) => [id, alarms.filter((alarm, at) => at === 0 || brief(alarm) !== brief(alarms[at - 1]!))]));
      };
      const sorted = (told: Map<string, unknown>) => [...told].sort(([a], [b]) => a.localeCompare(b));
      expect(sorted(run((at) => ticks[at] === true))).toEqual(sorted(run(() => false)));
    }), { numRuns: 200 });
  });

  test('a transition always leaves the open alarms as the transitions say', () => {
    const reading = fc.record({ place: fc.constantFrom('001', '002', '005'), value: fc.constantFrom(0, 1, 2, null), afterMs: fc.constantFrom(0, 1_000, 100_000, 300_000) });
    fc.assert(fc.property(fc.array(reading, { maxLength: 30 }), (log) => {
      const state = aState([aSource()]);
      const open = new Map<string, Alarm>();
      let nowMs = START_MS;
      for (const { place, value, afterMs } of log) {
        nowMs += afterMs;
        state.tell(place, 'link-state', { value, observedAtMs: nowMs });
        for (const alarm of settled(state, nowMs)) {
          if (alarm.state === 'NORMAL') expect(open.delete(alarm.id)).toBe(true);
          else open.set(alarm.id, alarm);
        }
        expect(new Set(state.openAlarms())).toEqual(new Set(open.values()));
      }
    }), { numRuns: 100 });
  });
});

describe('[A3] silence never clears an alarm', () => {
  test('a stale reading keeps its alarm and says that data are lost; the next reading takes that back', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 0 });
    settled(state, START_MS);
    expect(settled(state, START_MS + 180_000)).toEqual([]);
    expect(settled(state, START_MS + 180_001).map(brief)).toEqual(['state:001:link-state UNACK high +0 lost']);
    expect(settled(state, START_MS + 9_000_000)).toEqual([]);
    state.tell('001', 'link-state', { value: 0, observedAtMs: START_MS + 9_000_000 });
    expect(settled(state, START_MS + 9_000_000).map(brief)).toEqual(['state:001:link-state UNACK high +0']);
  });

  test('"no reading" is silence', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 0 });
    settled(state, START_MS);
    state.tell('001', 'link-state', { value: null, observedAtMs: START_MS + 1_000 });
    expect(settled(state, START_MS + 1_000).map(brief)).toEqual(['state:001:link-state UNACK high +0 lost']);
  });
});

describe('[A4] overdue dossiers of a province are a surge from 20 % of those waiting until below 15 %', () => {
  function told(state: State, atMs: number, overdue: number, waiting: number): string[] {
    for (const place of ['001', '002', '003', '004']) {
      state.tell(place, 'dossiers-overdue', { value: overdue, observedAtMs: atMs });
      state.tell(place, 'dossiers-waiting', { value: waiting, observedAtMs: atMs });
    }
    return settled(state, atMs).filter(({ kind }) => kind === 'overdue').map(brief);
  }

  test('raised at the one, kept in between, cleared under the other', () => {
    const state = aState();
    expect(told(state, START_MS, 19, 100)).toEqual([]);
    expect(told(state, START_MS + 1_000, 20, 100)).toEqual(['overdue:01:dossiers-overdue UNACK medium +1000']);
    expect(state.openAlarms()).toMatchObject([{ value: 80, localityCode: '01', indicatorId: 'dossiers-overdue' }]);
    expect(told(state, START_MS + 2_000, 15, 100)).toEqual([]);
    expect(told(state, START_MS + 3_000, 14, 100)).toEqual(['overdue:01:dossiers-overdue NORMAL medium +1000']);
  });

  test('under 100 waiting a share says nothing, and nothing waiting is no surge', () => {
    const state = aState();
    expect(told(state, START_MS, 20, 24)).toEqual([]);
    expect(told(state, START_MS + 1_000, 0, 0)).toEqual([]);
  });

  test('below its quorum the count neither raises nor clears', () => {
    const state = aState();
    told(state, START_MS, 20, 100);
    const laterMs = START_MS + 181_000;
    state.tell('001', 'dossiers-overdue', { value: 0, observedAtMs: laterMs });
    state.tell('001', 'dossiers-waiting', { value: 9_000, observedAtMs: laterMs });
    expect(settled(state, laterMs).map(brief)).toEqual(['overdue:01:dossiers-overdue UNACK medium +0 lost']);
  });
});

describe('[A5] a source that was heard and falls silent is one alarm, not one per reading', () => {
  test('from three times its cadence until it is heard again', () => {
    const state = aState([aSource({ locality: '01' })]);
    for (const place of ['001', '002', '003']) state.tell(place, 'link-state', { value: 2 });
    expect(settled(state, START_MS + 180_000)).toEqual([]);
    const [raised] = settled(state, START_MS + 185_000);
    expect(Alarm.parse(raised)).toMatchObject({ id: 'source-silent:feed-a', kind: 'source-silent', severity: 'medium', sourceId: 'feed-a', indicatorId: null, value: null, localityCode: '01', sinceMs: START_MS + 180_000, dataLost: false });
    expect(settled(state, START_MS + 900_000)).toEqual([]);
    state.tell('001', 'link-state', { value: 2, observedAtMs: START_MS + 900_001 });
    expect(settled(state, START_MS + 900_001).map(brief)).toEqual(['source-silent:feed-a NORMAL medium +180000']);
    expect(settled(state, START_MS + 2_000_000).map(({ occurrenceId }) => occurrenceId)).toEqual([`source-silent:feed-a@${START_MS + 1_080_001}`]);
  });

  test('a silence between two ticks is told when it ends', () => {
    const state = aState([aSource()]);
    state.tell('001', 'link-state', { value: 2 });
    state.tell('001', 'link-state', { value: 2, observedAtMs: START_MS + 180_001 });
    expect(settled(state, START_MS + 180_001).map(brief)).toEqual(['source-silent:feed-a UNACK medium +180000', 'source-silent:feed-a NORMAL medium +180000']);
  });

  test.each([
    ['one never heard', (_state: State) => undefined],
    ['one of facts', (state: State) => state.tell('001', 'link-state', { value: 2, provenance: 'reported' })],
  ])('not %s', (_what, tell) => {
    const state = aState([aSource()]);
    tell(state);
    expect(settled(state, START_MS + 10 * 365 * 86_400_000)).toEqual([]);
  });

  test('a source of another edition or of no list belongs to the nation', () => {
    const state = aState([aSource({ locality: '99' })]);
    state.tell('001', 'link-state', { value: 2 });
    state.tell('001', 'link-state', { value: 2, sourceId: 'feed-x' });
    expect(settled(state, START_MS + 900_000).map(({ sourceId, localityCode }) => [sourceId, localityCode])).toEqual([['feed-a', 'VN'], ['feed-x', 'VN']]);
  });
});
