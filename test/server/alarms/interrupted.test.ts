import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import type { AlarmLife, ConditionChange } from '../../../server/ports/conditions.ts';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { aCondition, aMemoryAlarmLog, HA, PLAIN_LIFE, T0 } from '../../support/someAlarms.ts';

const LINK = 'state:085:tslcd-link-state';
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

const holds = (overrides: Parameters<typeof aCondition>[0] = {}, sinceMs = T0, life: Partial<AlarmLife> = {}): ConditionChange =>
  ({ kind: 'holds', standing: { condition: aCondition(overrides), sinceMs, life: { ...PLAIN_LIFE, ...life } } });
const over = (alarmId = LINK, atMs = T0): ConditionChange => ({ kind: 'over', alarmId, atMs });
const count = (times: number): ConditionChange => ({ kind: 'count', alarmId: LINK, count: times });

/** Alarms over a log in memory; `deaf`: whoever is told throws. */
function aDesk() {
  const log = aMemoryAlarmLog();
  const clock = { nowMs: T0, deaf: false };
  const errors: unknown[] = [];
  const onTransitions = (_: readonly Alarm[]) => { if (clock.deaf) throw new Error('nobody listens'); };
  const alarms = createAlarms({ log, events: [], nowMs: () => clock.nowMs, onTransitions, onError: (error) => { errors.push(error); } });
  const observe = (...changes: ConditionChange[]) => alarms.observe(changes, clock.nowMs);
  const acknowledge = () => alarms.act([{ kind: 'acknowledge', alarmId: LINK, occurrenceId: alarms.held(LINK)?.occurrenceId ?? '', severity: 'critical', comment: 'Đã gọi', isBulk: false }], HA);
  return { alarms, log, clock, errors, observe, acknowledge, kinds: () => log.events.map(({ kind }) => kind) };
}

describe('[AI3] counts of repeats', () => {
  test('the last of them is told with the end, however lately one was told', async () => {
    const desk = aDesk();
    await desk.observe(holds(), count(2));
    desk.clock.nowMs += 10 * SECOND_MS;
    await desk.observe(count(7), over(LINK, desk.clock.nowMs));
    expect(desk.alarms.held(LINK)).toMatchObject({ state: 'RTN_UNACK', count: 7 });
  });

  test('that the disk refuses is told once it takes it', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    desk.log.failsWith = new Error('disk full');
    await desk.observe(count(2));
    desk.log.failsWith = null;
    desk.clock.nowMs += SECOND_MS;
    await desk.observe();
    expect(desk.alarms.held(LINK)?.count).toBe(2);
  });

  test('of another occurrence it is told at once', async () => {
    const desk = aDesk();
    await desk.observe(holds(), count(2));
    desk.clock.nowMs += SECOND_MS;
    await desk.observe(over(LINK, T0 + 1), holds({}, T0 + 2), count(2));
    expect(desk.alarms.held(LINK)?.count).toBe(2);
  });
});

describe('[LC10] what is durable is not done again', () => {
  test('because whoever should be told could not be', async () => {
    const desk = aDesk();
    desk.clock.deaf = true;
    await desk.observe(holds(), over(LINK, T0 + 1));
    for (let tick = 0; tick < 3; tick++) await desk.observe();
    expect(desk.kinds()).toEqual(['raised', 'returned']);
    expect(desk.errors).toHaveLength(1);
  });

  test('an act that is durable is done, whoever could not be told', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    desk.clock.deaf = true;
    expect(await desk.acknowledge()).toMatchObject([{ outcome: 'done', alarm: { state: 'ACKED' } }]);
  });
});

test('[LC2] [LC9] what latches does not lapse: it waits for a person, unacknowledged too', async () => {
  const desk = aDesk();
  await desk.observe(holds({}, T0, { isLatching: true }));
  await desk.observe(over());
  desk.clock.nowMs += 48 * HOUR_MS;
  await desk.observe();
  expect(desk.alarms.held(LINK)?.state).toBe('RTN_UNACK');
});

test('[LC5] grown worse by way of "unknown" it is worse than what was acknowledged', async () => {
  const desk = aDesk();
  await desk.observe(holds({ severity: 'medium' }));
  await desk.acknowledge();
  await desk.observe(holds({ severity: 'unknown' }));
  expect(desk.alarms.held(LINK)?.state).toBe('ACKED');
  await desk.observe(holds({ severity: 'critical' }));
  expect(desk.alarms.held(LINK)).toMatchObject({ state: 'UNACK', acked: null });
});

test('[LC8] one that goes on by another, worse rule is escalated as that rule says', async () => {
  const desk = aDesk();
  await desk.observe(holds({ severity: 'medium', ruleId: 'slow' }));
  await desk.observe(holds({ severity: 'critical', ruleId: 'lost' }, T0, { reAlarmAfterMs: HOUR_MS }));
  await desk.acknowledge();
  desk.clock.nowMs += HOUR_MS;
  await desk.observe();
  expect(desk.alarms.held(LINK)).toMatchObject({ state: 'UNACK', escalations: 1 });
});
