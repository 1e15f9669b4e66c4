import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leavePreemption, NOTHING_PREEMPTS, othersLike, preempt, PREEMPTION, type Preemption, turnsOf, waitingOf } from '../../../../client/screens/wall/preemption.ts';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { alarmWith } from '../../../support/alarmWith.ts';

const START_MS = 1_000_000;
const SECOND = 1_000;

function critical(localityCode: string, more: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = `security:${localityCode}:alerts-critical`;
  return alarmWith({
    id, occurrenceId: `${id}@1`, severity: 'critical', domain: 'security', localityCode, indicatorId: 'alerts-critical', sourceId: null,
    kind: 'security', value: 1, state: 'UNACK', sinceMs: START_MS, dataLost: false, ...more,
  });
}

const lamDong = critical('68');
const acknowledged = critical('68', { state: 'ACKED' });
const at = (held: Preemption, nowMs: number, alarms: readonly Alarm[], isLinkLost = false, isFlood = false) => preempt(held, { alarms, nowMs, isLinkLost, isFlood });
const shownOf = ({ shown }: Preemption) => shown?.localityCode ?? null;

describe('[PE1] an unanswered critical alarm stands before the scenes', () => {
  test('at once, also when it was there before the page was', () => {
    expect(shownOf(at(NOTHING_PREEMPTS, START_MS + 3_600_000, [lamDong]))).toBe('68');
  });

  test.each([
    ['less than critical', critical('68', { severity: 'high' })], ['acknowledged', acknowledged], ['over, though unacknowledged', critical('68', { state: 'RTN_UNACK' })],
  ])('one that is %s does not', (_what, alarm) => {
    expect(at(NOTHING_PREEMPTS, START_MS, [alarm])).toBe(NOTHING_PREEMPTS);
  });

  test('the same object while nothing changed, whatever the clock says within the turn', () => {
    const held = at(NOTHING_PREEMPTS, START_MS, [lamDong]);
    expect(at(held, START_MS + PREEMPTION.turnMs - 1, [lamDong])).toBe(held);
  });

  test('once acknowledged it stays 15 s as acknowledged, then the scenes turn again', () => {
    const held = at(NOTHING_PREEMPTS, START_MS, [lamDong]);
    const answered = at(held, START_MS + 60 * SECOND, [acknowledged]);
    expect(answered.shown?.state).toBe('ACKED');
    expect(shownOf(at(answered, START_MS + 74 * SECOND, [acknowledged]))).toBe('68');
    expect(shownOf(at(answered, START_MS + 75 * SECOND, [acknowledged]))).toBeNull();
  });

  test('once over it stays 15 s as it was last known', () => {
    const answered = at(at(NOTHING_PREEMPTS, START_MS, [lamDong]), START_MS + SECOND, []);
    expect(answered.shown).toEqual(lamDong);
    expect(shownOf(at(answered, START_MS + 16 * SECOND, []))).toBeNull();
  });

  test('unanswered for ten minutes it gives way, and does not come back while it is the same occurrence', () => {
    let held = at(NOTHING_PREEMPTS, START_MS, [lamDong]);
    held = at(held, START_MS + PREEMPTION.unansweredMs - 1, [lamDong]);
    expect(shownOf(held)).toBe('68');
    held = at(held, START_MS + PREEMPTION.unansweredMs, [lamDong]);
    expect([shownOf(held), [...held.left]]).toEqual([null, [lamDong.occurrenceId]]);
    expect(shownOf(at(held, START_MS + 2 * PREEMPTION.unansweredMs, [lamDong]))).toBeNull();
    const again = critical('68', { occurrenceId: 'security:68:alerts-critical@2', sinceMs: START_MS + 3 * PREEMPTION.unansweredMs });
    expect(shownOf(at(held, START_MS + 3 * PREEMPTION.unansweredMs, [again]))).toBe('68');
  });

  test('a person may leave it, and it stays as a row; a new one comes nevertheless', () => {
    const left = leavePreemption(at(NOTHING_PREEMPTS, START_MS, [lamDong]), [lamDong]);
    expect(shownOf(at(left, START_MS + SECOND, [lamDong]))).toBeNull();
    expect(shownOf(at(left, START_MS + SECOND, [lamDong, critical('01', { sinceMs: START_MS + SECOND })]))).toBe('01');
  });

  test('several: newest first, 20 s each, round again', () => {
    const alarms = [critical('68'), critical('01', { sinceMs: START_MS + 2 }), critical('79', { sinceMs: START_MS + 1 })];
    let held = NOTHING_PREEMPTS;
    const seen = [0, 19, 20, 39, 40, 60].map((second) => { held = at(held, START_MS + second * SECOND, alarms); return shownOf(held); });
    expect(seen).toEqual(['01', '01', '79', '79', '68', '01']);
  });

  test('a new one interrupts the turn of an older one', () => {
    const held = at(NOTHING_PREEMPTS, START_MS, [lamDong]);
    expect(shownOf(at(held, START_MS + SECOND, [lamDong, critical('01', { sinceMs: START_MS + SECOND })]))).toBe('01');
  });

  test('while the link is lost nothing begins, ends or gives way', () => {
    expect(at(NOTHING_PREEMPTS, START_MS, [lamDong], true)).toBe(NOTHING_PREEMPTS);
    const held = at(NOTHING_PREEMPTS, START_MS, [lamDong]);
    expect(at(held, START_MS + 10 * PREEMPTION.unansweredMs, [], true)).toBe(held);
  });
});

describe('[FL3] in a flood the same alarm has one turn, wherever it is', () => {
  const flood = ['01', '68', '79'].map((code, i) => critical(code, { sinceMs: START_MS + i }));
  const inFlood = (held: Preemption, nowMs: number, alarms: readonly Alarm[]) => at(held, nowMs, alarms, false, true);

  test('the newest of them, for as long as it waits, though another comes', () => {
    let held = inFlood(NOTHING_PREEMPTS, START_MS, flood);
    expect([shownOf(held), turnsOf(waitingOf(flood, held.left), held, true).length, othersLike(held.shown!, flood, true)]).toEqual(['79', 1, 2]);
    const more = [...flood, critical('92', { sinceMs: START_MS + 60_000 })];
    held = inFlood(held, START_MS + 60_000, more);
    expect([shownOf(held), othersLike(held.shown!, more, true)]).toEqual(['79', 3]);
  });

  test('all give way together, so that it does not begin again with the next', () => {
    let held = inFlood(NOTHING_PREEMPTS, START_MS, flood);
    held = inFlood(held, START_MS + PREEMPTION.unansweredMs, flood);
    expect([shownOf(held), held.left.size]).toEqual([null, 3]);
    held = leavePreemption(inFlood(NOTHING_PREEMPTS, START_MS, flood), flood);
    expect([shownOf(inFlood(held, START_MS + SECOND, flood)), held.left.size]).toEqual([null, 3]);
  });

  test('once it is taken, one that still waits has the turn', () => {
    const held = inFlood(NOTHING_PREEMPTS, START_MS, flood);
    const taken = flood.map((alarm) => (alarm.localityCode === '79' ? { ...alarm, state: 'ACKED' as const } : alarm));
    expect(shownOf(inFlood(held, START_MS + SECOND, taken))).toBe('68');
  });

  test('another condition has a turn of its own', () => {
    const other = critical('04', { indicatorId: 'axis-state', kind: 'state', id: 'state:04:axis-state', occurrenceId: 'state:04:axis-state@1', value: 0 });
    const held = inFlood(NOTHING_PREEMPTS, START_MS, [...flood, other]);
    expect(turnsOf(waitingOf([...flood, other], held.left), held, true).map(({ localityCode }) => localityCode).sort()).toEqual(['04', '79']);
  });
});

type Step = { readonly afterMs: number; readonly open: readonly number[]; readonly acked: readonly number[]; readonly isLinkLost: boolean; readonly isFlood: boolean; readonly leaves: boolean };
const PLACES = ['01', '68', '79', '92'];
const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({
  afterMs: fc.integer({ min: 0, max: 200_000 }), open: fc.uniqueArray(fc.nat({ max: 3 })), acked: fc.uniqueArray(fc.nat({ max: 3 })), isLinkLost: fc.boolean(), isFlood: fc.boolean(), leaves: fc.boolean(),
}), { maxLength: 60 });

test('[PE2] whatever happens: what waits is shown, what was left is not, and the same moment told twice changes nothing', () => {
  fc.assert(fc.property(steps, (happenings) => {
    let held = NOTHING_PREEMPTS;
    let nowMs = START_MS;
    for (const { afterMs, open, acked, isLinkLost, isFlood, leaves } of happenings) {
      nowMs += afterMs;
      const alarms = open.map((place) => critical(PLACES[place]!, { state: acked.includes(place) ? 'ACKED' : 'UNACK', sinceMs: START_MS + place }));
      held = leaves ? leavePreemption(held, alarms) : at(held, nowMs, alarms, isLinkLost, isFlood);
      const once = at(held, nowMs, alarms, isLinkLost, isFlood);
      expect(once).toEqual(at(once, nowMs, alarms, isLinkLost, isFlood));
      if (leaves || isLinkLost) continue;
      const waiting = waitingOf(alarms, held.left);
      if (waiting.length > 0) expect(waiting.map(({ occurrenceId }) => occurrenceId)).toContain(held.shown?.occurrenceId);
      else if (held.shown !== null) expect(nowMs - (held.answeredAtMs ?? Number.NaN)).toBeLessThan(PREEMPTION.afterMs);
      if (held.shown !== null) expect(held.left.has(held.shown.occurrenceId)).toBe(false);
    }
  }));
});

describe('[AW9] what people are told of again, and what they are not', () => {
  const again = critical('68', { escalations: 1 });

  test('escalated, it comes before the scenes again, also where this wall had given it up and never heard that it was taken', () => {
    const left = leavePreemption(at(NOTHING_PREEMPTS, START_MS, [lamDong]), [lamDong]);
    expect(shownOf(at(left, START_MS + SECOND, [lamDong]))).toBeNull();
    expect(shownOf(at(left, START_MS + SECOND, [again]))).toBe('68');
    expect(shownOf(at(at(left, START_MS + SECOND, [acknowledged]), START_MS + 2 * SECOND, [again]))).toBe('68');
  });

  test.each([
    ['explained by a cause', { suppressedBy: 'cause:68:x' }], ['on a shelf', { shelved: { by: 'a', atMs: 1, untilMs: 2, why: 'x' } }], ['out of service', { outOfService: { by: 'a', atMs: 1, why: 'x' } }],
  ])('%s, it does not', (_what, more) => {
    expect(at(NOTHING_PREEMPTS, START_MS, [critical('68', more)])).toBe(NOTHING_PREEMPTS);
  });
});
