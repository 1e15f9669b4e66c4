import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AlarmRules, whyRulesUnusable } from '../../shared/domain/alarmRule.ts';
import { realIndicators } from '../support/aCatalogue.ts';
import { aRule } from '../support/someRules.ts';

const rules = AlarmRules.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../seeds/catalogue/alarmRules.json'), 'utf8')));
const indicators = realIndicators();

describe('[RL1] the rules as shipped', () => {
  test('each state that the catalogue calls an alarm has exactly one rule, of its severity, and every rule on a state is of such a one', () => {
    const alarms = indicators.flatMap(({ id, states }) => states.flatMap(({ value, alarm }) => (alarm === undefined ? [] : [`${id} ${value} ${alarm}`])));
    const stated = rules.flatMap(({ when, severity }) => (when.type === 'state' ? [`${when.indicator} ${when.equals} ${severity}`] : []));
    expect(stated.sort()).toEqual(alarms.sort());
    expect(stated.length).toBeGreaterThan(0);
  });

  test('all of them are on, are of a version, and can be used', () => {
    expect(whyRulesUnusable(rules, indicators)).toBeNull();
    expect(rules.every(({ isOn, version }) => isOn && version >= 1)).toBe(true);
  });
});

describe('[RU4] why rules cannot be used is said in words', () => {
  const state = aRule({ id: 'lost', when: { type: 'state', indicator: 'axis-state', equals: 0 } });
  test.each([
    ['an indicator that is not there', [aRule({ id: 'x', when: { type: 'state', indicator: 'no-such', equals: 0 } })], 'rule "x" names the indicator "no-such", which is not in the catalogue'],
    ['members of a rule that is not there', [aRule({ id: 'x', kind: 'cause', when: { type: 'members', of: 'lost', raiseRatio: 0.3, clearRatio: 0.1, atLeast: 2 } })], 'rule "x" is about members of "lost", which is no rule on a state'],
    ['a reading listed as an alert', [{ ...state, kind: 'alert' as const }], 'rule "lost" is of the type "state" and must be listed as state, not as alert'],
    ['two rules on silence', [aRule({ id: 'a', kind: 'source-silent' }), aRule({ id: 'b', kind: 'source-silent' })], 'rules "a" and "b" are both of the type "silence", of which there is one'],
  ])('%s', (_what, unusable, why) => {
    expect(whyRulesUnusable(unusable, indicators)).toBe(why);
  });
});
