import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutPast } from '../../../server/alarms/withoutPast.ts';
import type { ConditionChange } from '../../../server/ports/conditions.ts';
import { aCondition, PLAIN_LIFE, T0 } from '../../support/someAlarms.ts';

const HOUR_MS = 3_600_000;
const holds = (id: string, sinceMs = T0 - HOUR_MS): ConditionChange => ({ kind: 'holds', standing: { condition: aCondition({ id }), sinceMs, life: PLAIN_LIFE } });
const over = (alarmId: string, atMs = T0 - HOUR_MS + 1): ConditionChange => ({ kind: 'over', alarmId, atMs });

test('[LC17] sixty thousand lines that fell and came back while nobody listened hold up no tick', () => {
  const ids = Array.from({ length: 60_000 }, (_, at) => `state:${at}:x`);
  const begunMs = performance.now();
  expect(withoutPast([...ids.map((id) => holds(id)), ...ids.map((id) => over(id))], () => false, T0)).toEqual([]);
  expect(performance.now() - begunMs).toBeLessThan(2_000);
}, 90_000);

test('[LC17] what is left of a condition is what is left of it when it is looked at by itself', () => {
  const change = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('holds', 'over', 'late', 'lost', 'count')).map(([id, kind]): ConditionChange => {
    if (kind === 'holds') return holds(id);
    if (kind === 'lost') return { kind: 'data', alarmId: id, isLost: true };
    return kind === 'count' ? { kind: 'count', alarmId: id, count: 2 } : over(id, kind === 'late' ? T0 - HOUR_MS : T0);
  });
  const idOf = (one: ConditionChange) => (one.kind === 'holds' ? one.standing.condition.id : one.alarmId);
  fc.assert(fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
    const isOpen = (alarmId: string) => alarmId === 'c';
    const left = withoutPast(changes, isOpen, T0);
    for (const id of ['a', 'b', 'c']) expect(left.filter((one) => idOf(one) === id)).toEqual(withoutPast(changes.filter((one) => idOf(one) === id), isOpen, T0));
    expect(left.filter((one) => idOf(one) === 'c')).toEqual(changes.filter((one) => idOf(one) === 'c'));
  }));
});
