import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { aChannelState } from '../../support/aChannelState.ts';
import { anIndicator, aSource } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';
import { aRule } from '../../support/someRules.ts';

const LINK = anIndicator({ id: 'link', domain: 'connectivity', levels: ['local'], rollUp: { rule: 'none' } });
const LATENCY = anIndicator({ id: 'latency', domain: 'connectivity', levels: ['province', 'local'], rollUp: { rule: 'worst', pick: 'max' }, quorumRatio: 0 });
const INDICATORS = [LINK, LATENCY];
const FEED = aSource({ expectEveryMs: 1_000_000_000 });
const PLACES = ['001', '002', '003'];

const linkLost = (over: Partial<Record<keyof AlarmRule, unknown>> = {}) => aRule({ id: 'link-lost', severity: 'high', when: { type: 'state', indicator: 'link', equals: 0 }, ...over });
const slow = (raiseAt: number, clearAt: number, over: Partial<Record<keyof AlarmRule, unknown>> = {}) =>
  aRule({ id: 'slow', kind: 'band', when: { type: 'band', indicator: 'latency', level: 'local', side: 'above', raiseAt, clearAt, per: null }, ...over });

const aState = (rules: readonly AlarmRule[], open: readonly Alarm[] = []) => aChannelState({ indicators: INDICATORS, sources: [FEED], rules, open });
type State = ReturnType<typeof aState>;
const settled = (state: State, nowMs: number) => { state.settle(nowMs); return state.takeAlarmTransitions(); };
const brief = ({ id, state, severity, sinceMs }: Alarm) => `${id} ${state} ${severity} +${sinceMs - START_MS}`;
const lives = (told: readonly Alarm[]) => [...Map.groupBy(told.map((alarm) => ({ ...alarm, dataLost: false })), ({ id }) => id)].sort(([a], [b]) => a.localeCompare(b))
  .map(([id, alarms]) => [id, alarms.map(brief).filter((each, at, all) => each !== all[at - 1])]);

const anyLog = fc.array(fc.record({
  place: fc.constantFrom(...PLACES), indicator: fc.constantFrom('link', 'latency'), value: fc.constantFrom(0, 1, 50, 85, 95), afterMs: fc.constantFrom(0, 1_000, 30_000, 70_000),
}), { maxLength: 40 });
const anyCuts = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });

/** Tells the log; before each reading `before` may do something, and there is a tick where it says so. */
function tell(state: State, log: readonly { place: string; indicator: string; value: number; afterMs: number }[], before: (at: number, nowMs: number) => boolean): { told: Alarm[]; nowMs: number } {
  const told: Alarm[] = [];
  let nowMs = START_MS;
  for (const [at, { place, indicator, value, afterMs }] of log.entries()) {
    nowMs += afterMs;
    if (before(at, nowMs)) told.push(...settled(state, nowMs));
    state.tell(place, indicator, { value, observedAtMs: nowMs });
  }
  told.push(...settled(state, nowMs));
  return { told, nowMs };
}

describe('[RL2] delays, of places', () => {
  test('the log decides, not how it was cut in ticks', () => {
    const rules = [linkLost({ onDelayMs: 60_000, offDelayMs: 30_000 }), slow(80, 60, { onDelayMs: 1_000, offDelayMs: 100_000 })];
    fc.assert(fc.property(anyLog, anyCuts, (log, cuts) => {
      const [cut, whole] = [(at: number) => cuts[at] === true, () => false].map((isTick) => lives(tell(aState(rules), log, isTick).told));
      expect(cut).toEqual(whole);
    }), { numRuns: 200 });
  });
});

describe('[RL3] the deadband', () => {
  const RULE = slow(80, 60);
  const ID = 'band:001:latency';
  const isUp = (values: readonly number[]) => values.reduce((was, value) => value >= (was ? 60 : 80), false);

  test('keeps what was between the two limits, over a restart and a change of other rules too', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(50, 59, 60, 70, 79, 80, 90), { maxLength: 20 }), fc.nat(20), fc.boolean(), (values, cut, isRestart) => {
      let state = aState([RULE]);
      const heard: number[] = [];
      for (const [at, value] of values.entries()) {
        const nowMs = START_MS + at * 1_000;
        if (at === cut && isRestart) {
          settled(state, nowMs);
          state = aState([RULE], state.openAlarms());
          if (at > 0) state.tell('001', 'latency', { value: values[at - 1] ?? 0, observedAtMs: nowMs - 1_000 });
        } else if (at === cut) state.replaceRules([linkLost(), RULE]);
        state.tell('001', 'latency', { value, observedAtMs: nowMs });
        heard.push(value);
        settled(state, nowMs);
        expect([heard, state.standingConditions().some(({ condition }) => condition.id === ID)]).toEqual([heard, isUp(heard)]);
      }
    }), { numRuns: 300 });
  });

  test('below is the same, mirrored', () => {
    const state = aState([aRule({ id: 'low', kind: 'band', when: { type: 'band', indicator: 'latency', level: 'local', side: 'below', raiseAt: 20, clearAt: 30, per: null } })]);
    const stands = [21, 20, 29, 30, 31, 25].map((value, at) => {
      state.tell('001', 'latency', { value, observedAtMs: START_MS + at });
      settled(state, START_MS + at);
      return state.standingConditions().length > 0;
    });
    expect(stands).toEqual([false, true, true, true, false, false]);
  });
});

describe('[RU2] other rules while it runs', () => {
  test('the same rules again change nothing, whenever', () => {
    const rules = [
      linkLost({ onDelayMs: 60_000, offDelayMs: 30_000 }), slow(80, 60, { onDelayMs: 1_000 }), slow(90, 70, { id: 'very-slow', severity: 'critical', offDelayMs: 100_000 }),
      aRule({ id: 'cut', kind: 'cause', severity: 'high', onDelayMs: 30_000, when: { type: 'members', of: 'link-lost', raiseRatio: 0.5, clearRatio: 0.5, atLeast: 2 } }),
      aRule({ id: 'slow-province', kind: 'band', when: { type: 'band', indicator: 'latency', level: 'province', side: 'above', raiseAt: 90, clearAt: 60, per: null } }),
      aRule({ id: 'silent', kind: 'source-silent', when: { type: 'silence' } }),
    ];
    fc.assert(fc.property(anyLog, anyCuts, anyCuts, (log, ticks, changes) => {
      const run = (isChanged: boolean) => {
        const state = aState(rules);
        return lives(tell(state, log, (at) => {
          if (isChanged && changes[at] === true) state.replaceRules(rules);
          return ticks[at] === true;
        }).told);
      };
      expect(run(true)).toEqual(run(false));
    }), { numRuns: 200 });
  });

  /** Without delay and deadband the readings held and the rules in force say all there is to say. */
  const anyRules = fc.record({
    link: fc.option(fc.constantFrom(...(['high', 'medium'] as const)), { nil: null }), equals: fc.constantFrom(0, 1),
    slow: fc.option(fc.constantFrom(50, 85), { nil: null }), worse: fc.option(fc.constantFrom(85, 95), { nil: null }), isOn: fc.boolean(), province: fc.option(fc.constantFrom(50, 95), { nil: null }),
  }).map(({ link, equals, slow: limit, worse, isOn, province }): AlarmRule[] => [
    ...(link === null ? [] : [linkLost({ severity: link, when: { type: 'state', indicator: 'link', equals } })]),
    ...(limit === null ? [] : [slow(limit, limit, { isOn })]), ...(worse === null ? [] : [slow(worse, worse, { id: 'very-slow', severity: 'critical' })]),
    ...(province === null ? [] : [aRule({ id: 'slow-province', kind: 'band', severity: 'low', when: { type: 'band', indicator: 'latency', level: 'province', side: 'above', raiseAt: province, clearAt: province, per: null } })]),
  ]);

  function stated(rules: readonly AlarmRule[], held: ReadonlyMap<string, number>): string[] {
    const rows: string[] = [];
    const note = (id: string, kind: string, isMet: (rule: AlarmRule) => boolean) => {
      const by = rules.filter((rule) => rule.isOn && rule.kind === kind && isMet(rule)).sort((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'))[0];
      if (by !== undefined) rows.push(`${id} ${by.id} ${by.severity}`);
    };
    for (const place of PLACES) {
      const link = held.get(`${place} link`), latency = held.get(`${place} latency`);
      note(`state:${place}:link`, 'state', ({ when }) => when.type === 'state' && when.equals === link);
      note(`band:${place}:latency`, 'band', ({ when }) => when.type === 'band' && when.level === 'local' && latency !== undefined && latency >= when.raiseAt);
    }
    const worst = Math.max(...PLACES.map((place) => held.get(`${place} latency`) ?? Number.NEGATIVE_INFINITY));
    note('band:01:latency', 'band', ({ when }) => when.type === 'band' && when.level === 'province' && worst >= when.raiseAt);
    return rows.sort();
  }

  test('back and forth: what is open is what the rules in force state of the readings held, no more and no less', () => {
    let raised = 0;
    fc.assert(fc.property(anyLog, fc.array(anyRules, { minLength: 1, maxLength: 6 }), anyCuts, anyCuts, (log, sets, changes, ticks) => {
      let rules = sets[0] ?? [];
      let next = 0;
      const state = aState(rules);
      const held = new Map<string, number>();
      const check = () => {
        raised += state.openAlarms().length;
        const open = state.openAlarms().map(({ id, ruleId, severity }) => `${id} ${ruleId} ${severity}`).sort();
        expect(open).toEqual(stated(rules, held));
        expect(state.standingConditions().map(({ condition: { id, ruleId, severity } }) => `${id} ${ruleId} ${severity}`).sort()).toEqual(open);
      };
      // Close together, so that no reading grows old.
      let nowMs = START_MS;
      for (const [at, { place, indicator, value }] of log.entries()) {
        nowMs += 100;
        state.tell(place, indicator, { value, observedAtMs: nowMs });
        held.set(`${place} ${indicator}`, value);
        if (changes[at] === true) {
          rules = sets[++next % sets.length] ?? [];
          state.replaceRules(rules);
        }
        if (ticks[at] !== true) continue;
        settled(state, nowMs);
        check();
      }
      settled(state, nowMs);
      check();
    }), { numRuns: 300 });
    expect(raised).toBeGreaterThan(500);
  });

  test('what holds already is raised at once; a milder rule is the same occurrence; a rule that is off ends it', () => {
    const state = aState([]);
    state.tell('001', 'link', { value: 0 });
    settled(state, START_MS);
    state.replaceRules([linkLost()]);
    expect(settled(state, START_MS + 1_000).map(brief)).toEqual(['state:001:link UNACK high +0']);
    state.replaceRules([linkLost({ severity: 'low' })]);
    expect(settled(state, START_MS + 2_000).map(brief)).toEqual(['state:001:link UNACK low +0']);
    state.replaceRules([linkLost({ isOn: false })]);
    expect(settled(state, START_MS + 3_000)).toMatchObject([{ id: 'state:001:link', state: 'NORMAL', returnedAtMs: START_MS + 3_000 }]);
  });

  test('what another rule of the same figure holds goes on by that rule', () => {
    const state = aState([slow(80, 80), slow(90, 90, { id: 'very-slow', severity: 'critical' })]);
    state.tell('001', 'latency', { value: 95 });
    settled(state, START_MS);
    state.replaceRules([slow(80, 80)]);
    expect(settled(state, START_MS + 1).map(brief)).toEqual(['band:001:latency UNACK medium +0']);
  });

  test('"no reading" since then takes nothing back', () => {
    const state = aState([linkLost()]);
    state.tell('001', 'link', { value: 0 });
    state.tell('001', 'link', { value: null, observedAtMs: START_MS + 1 });
    settled(state, START_MS + 1);
    state.replaceRules([linkLost({ severity: 'low' })]);
    settled(state, START_MS + 2);
    expect(state.openAlarms().map(brief)).toEqual(['state:001:link UNACK low +0']);
  });

  test('[LC12] after a restart an alarm whose rule is gone or off is over with the first tick; those of others are left alone', () => {
    const before = aState([linkLost()]);
    before.tell('001', 'link', { value: 0 });
    settled(before, START_MS);
    const [alarm] = before.openAlarms();
    if (alarm === undefined) throw new Error('Nothing was raised.');
    const others = [{ ...alarm, id: 'alert:1', kind: 'alert' }, { ...alarm, id: 'system:disk', kind: 'system', ruleId: 'system' }, { ...alarm, id: 'security:01:x', kind: 'security', ruleId: null }] as Alarm[];
    const after = aState([linkLost({ isOn: false })], [alarm, ...others]);
    after.tell('001', 'link', { value: 0 });
    after.settle(START_MS + 5);
    expect(after.takeConditionChanges()).toEqual([{ kind: 'over', alarmId: 'state:001:link', atMs: START_MS + 5 }]);
  });

  test('a rule on one level says nothing of another', () => {
    const state = aState([slow(80, 80), aRule({ id: 'slow-province', kind: 'band', severity: 'low', when: { type: 'band', indicator: 'latency', level: 'province', side: 'above', raiseAt: 1, clearAt: 1, per: null } })]);
    state.tell('001', 'latency', { value: 50 });
    settled(state, START_MS);
    expect(state.openAlarms().map(({ id, ruleId }) => [id, ruleId])).toEqual([['band:01:latency', 'slow-province']]);
  });
});
