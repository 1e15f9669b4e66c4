import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import { aChannelState } from '../../support/aChannelState.ts';
import { anIndicator, aLand, aSource } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';
import { aMemoryAlarmLog } from '../../support/someAlarms.ts';
import { aRule } from '../../support/someRules.ts';

const LINK = anIndicator({ id: 'link', domain: 'connectivity', levels: ['local'], rollUp: { rule: 'none' } });
const LOST = aRule({ id: 'link-lost', severity: 'high', when: { type: 'state', indicator: 'link', equals: 0 } });
const CUT = aRule({ id: 'cut', kind: 'cause', severity: 'high', when: { type: 'members', of: 'link-lost', raiseRatio: 0.3, clearRatio: 0.15, atLeast: 3 } });
/** Ten units a province: three are 30 %, and one is under 15 %. */
const UNITS = Array.from({ length: 10 }, (_, at) => String(at + 1).padStart(3, '0'));

const aState = (rules = [LOST, CUT]) => aChannelState({ indicators: [LINK], sources: [aSource({ expectEveryMs: 1_000_000_000 })], land: aLand({ provinces: 2, localsPerProvince: 10 }), rules });
type State = ReturnType<typeof aState>;

function tellLost(state: State, lost: readonly string[], atMs: number): string[] {
  for (const unit of UNITS) state.tell(unit, 'link', { value: lost.includes(unit) ? 0 : 2, observedAtMs: atMs });
  state.settle(atMs);
  return state.takeConditionChanges().flatMap((change) => (change.kind === 'holds' ? [`+ ${change.standing.condition.id}`] : change.kind === 'over' ? [`- ${change.alarmId}`] : []));
}

describe('[CG2] many units of a province at once are one cause', () => {
  test('from three in ten until fewer than one and a half', () => {
    const state = aState();
    const counts = [2, 3, 2, 1, 0, 2, 9, 2, 1].map((count, at) => {
      tellLost(state, UNITS.slice(0, count), START_MS + at * 1_000);
      return state.standingConditions().some(({ condition }) => condition.id === 'cause:01:cut');
    });
    expect(counts).toEqual([false, true, true, false, false, false, true, true, false]);
  });

  test('it stands exactly as the counts of units say, and says how many there were', () => {
    fc.assert(fc.property(fc.array(fc.subarray(UNITS), { maxLength: 12 }), (steps) => {
      const state = aState();
      let isUp = false;
      for (const [at, lost] of steps.entries()) {
        tellLost(state, lost, START_MS + at * 1_000);
        isUp = isUp ? lost.length >= 1.5 : lost.length >= 3;
        const cause = state.standingConditions().find(({ condition }) => condition.kind === 'cause');
        expect([lost.length, cause !== undefined]).toEqual([lost.length, isUp]);
        if (cause !== undefined) expect(cause.condition).toMatchObject({ localityCode: '01', indicatorId: 'link', ruleId: 'cut' });
      }
    }), { numRuns: 200 });
  });

  test('is told before its members, and taken back after them', () => {
    const state = aState();
    expect(tellLost(state, UNITS.slice(0, 3), START_MS)).toEqual(['+ cause:01:cut', '+ state:001:link', '+ state:002:link', '+ state:003:link']);
    expect(state.standingConditions().filter(({ condition }) => condition.kind === 'state').map(({ condition }) => condition.dependsOn)).toEqual([['cause:01:cut'], ['cause:01:cut'], ['cause:01:cut']]);
    expect(tellLost(state, [], START_MS + 1_000)).toEqual(['- state:001:link', '- state:002:link', '- state:003:link', '- cause:01:cut']);
  });

  test('units of another province do not count, and too few are none whatever their share', () => {
    const state = aState();
    for (const unit of ['001', '002', '011', '012']) state.tell(unit, 'link', { value: 0 });
    state.settle(START_MS);
    expect(state.standingConditions().filter(({ condition }) => condition.kind === 'cause')).toEqual([]);
  });

  test('without the rule on its members there is none, and its members stand by themselves', () => {
    const state = aState();
    tellLost(state, UNITS.slice(0, 4), START_MS);
    state.replaceRules([LOST, { ...CUT, isOn: false }]);
    state.settle(START_MS + 1_000);
    state.takeAlarmTransitions();
    expect(state.standingConditions().map(({ condition: { id, dependsOn } }) => [id, dependsOn.length])).toEqual([1, 2, 3, 4].map((unit) => [`state:00${unit}:link`, 0]));
    state.replaceRules([{ ...LOST, isOn: false }, CUT]);
    state.settle(START_MS + 2_000);
    expect(state.standingConditions()).toEqual([]);
  });
});

test('[CG2] [RL2] gone for its delay and there again by the same tick, a cause ends and another begins', async () => {
  const state = aState([LOST, { ...CUT, offDelayMs: 60_000 }]);
  const log = aMemoryAlarmLog();
  const alarms = createAlarms({ log, events: [], nowMs: () => START_MS, onTransitions: () => {}, onError: (error) => { throw error; } });
  for (const [afterMs, lost] of [[0, 4], [1_000, 0], [60_999, 0], [61_000, 4], [62_000, 4]] as const) {
    for (const unit of UNITS) state.tell(unit, 'link', { value: UNITS.indexOf(unit) < lost ? 0 : 2, observedAtMs: START_MS + afterMs });
    state.settle(START_MS + afterMs);
    await alarms.observe(state.takeConditionChanges(), START_MS + afterMs);
  }
  expect(state.standingConditions().map(({ condition }) => condition.id)).toContain('cause:01:cut');
  expect(alarms.held('cause:01:cut')).toMatchObject({ state: 'UNACK', sinceMs: START_MS + 61_000 });
});
