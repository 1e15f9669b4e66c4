import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import { createConditionSlot } from '../../../server/state/conditionSlot.ts';
import { anIndicator, aSource } from '../../support/aCatalogue.ts';
import { aChannelState } from '../../support/aChannelState.ts';
import { START_MS } from '../../support/anObservation.ts';
import { aMemoryAlarmLog, anEvent, HA, T0 } from '../../support/someAlarms.ts';
import { aRule } from '../../support/someRules.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const LINK = anIndicator({ id: 'link-state', domain: 'connectivity', levels: ['local'], rollUp: { rule: 'none' }, states: [] });
const aState = () => aChannelState({ indicators: [LINK], sources: [aSource()] });
const silences = (state: ReturnType<typeof aState>, nowMs: number) => {
  state.settle(nowMs);
  return state.takeConditionChanges().map((change) => `${change.kind} ${change.kind === 'holds' ? change.standing.condition.id : change.kind === 'over' ? change.alarmId : ''}`);
};

describe('[CK1] the machine’s clock steps', () => {
  test.each([HOUR_MS, 20 * 365 * 24 * HOUR_MS])('forward by %i ms: no source is silent that was heard, and one that is silent is found in its own time', (stepMs) => {
    const state = aState();
    state.tell('001', 'link-state', { value: 2 });
    state.shiftClock(stepMs);
    expect(silences(state, START_MS + stepMs + 1_000)).toEqual([]);
    expect(silences(state, START_MS + stepMs + 180_000)).toEqual([]);
    expect(silences(state, START_MS + stepMs + 180_001)).toEqual(['holds source-silent:feed-a']);
  });

  test('back by an hour, while the channel’s clock stands still: a silence is found in its own time all the same, and ends with the next word', () => {
    const state = aState();
    state.tell('001', 'link-state', { value: 2 });
    for (let second = 1; second <= 180; second++) {
      state.shiftClock(-1_000);
      expect(silences(state, START_MS)).toEqual([]);
    }
    state.shiftClock(-1_000);
    expect(silences(state, START_MS)).toEqual(['holds source-silent:feed-a']);
    state.shiftClock(-1_000);
    state.tell('001', 'link-state', { value: 2, observedAtMs: START_MS + 1 });
    expect(silences(state, START_MS + 1)).toEqual(['over source-silent:feed-a']);
  });

  test('a delay lasts as long as it did, before the alarm and before its end', () => {
    const rule = aRule({ id: 'slow', onDelayMs: 2 * MINUTE_MS, offDelayMs: MINUTE_MS });
    const slot = createConditionSlot();
    slot.hear(rule, T0);
    slot.shiftClock(HOUR_MS);
    expect(slot.passTo(T0 + HOUR_MS + 2 * MINUTE_MS - 1)).toEqual([]);
    expect(slot.passTo(T0 + HOUR_MS + 2 * MINUTE_MS)).toEqual([{ kind: 'holds', rule, sinceMs: T0 }]);
    slot.hear(null, T0 + 2 * HOUR_MS);
    slot.shiftClock(HOUR_MS);
    expect(slot.passTo(T0 + 3 * HOUR_MS + MINUTE_MS - 1)).toEqual([]);
    expect(slot.passTo(T0 + 3 * HOUR_MS + MINUTE_MS)).toEqual([{ kind: 'over', atMs: T0 + 2 * HOUR_MS }]);
  });
});

describe('[CK1] the server was down', () => {
  const anHourLaterMs = START_MS + HOUR_MS;
  const restarted = () => aChannelState({ indicators: [LINK], sources: [aSource()], listeningFromMs: anHourLaterMs });

  test('what was sent before says nothing of the sources since; each has its time again', () => {
    const state = restarted();
    state.restore('001', 'link-state', { value: 2 });
    expect(silences(state, anHourLaterMs)).toEqual([]);
    expect(silences(state, anHourLaterMs + 180_001)).toEqual(['holds source-silent:feed-a']);
  });

  test('set back by a day meanwhile: a source is still missed', () => {
    const state = restarted();
    state.restore('001', 'link-state', { value: 2, observedAtMs: START_MS, receivedAtMs: START_MS + 25 * HOUR_MS });
    expect(silences(state, anHourLaterMs + 180_001)).toEqual(['holds source-silent:feed-a']);
  });
});

test('[LC11] a log whose clock was set back while nothing ran goes on from its last event, and a shelf ends in its time', async () => {
  const log = aMemoryAlarmLog();
  const clock = { nowMs: T0 - 24 * HOUR_MS };
  const alarms = createAlarms({
    log, events: [anEvent('raised'), anEvent('shelved', { untilMs: T0 + HOUR_MS })], nowMs: () => clock.nowMs, onTransitions: () => {}, onError: (error) => { throw error; },
  });
  await alarms.act([{ kind: 'comment', alarmId: 'state:085:tslcd-link-state', text: 'Đã gọi' }], HA);
  clock.nowMs += HOUR_MS;
  await alarms.observe([], clock.nowMs);
  expect(log.events.map(({ kind, atMs }) => [kind, atMs - T0])).toEqual([['commented', 0], ['unshelved', HOUR_MS]]);
});
