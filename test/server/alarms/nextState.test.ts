import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Circumstances, nextState } from '../../../server/alarms/nextState.ts';
import { ALARM_STATES, type AlarmState } from '../../../shared/domain/alarm.ts';
import { AlarmEvent } from '../../../shared/domain/alarmEvent.ts';

const SPEC = readFileSync(resolve(import.meta.dirname, '../../../shared/SPEC.md'), 'utf8');
const KINDS = AlarmEvent.options.map(({ shape }) => shape.kind.value);
const PLAIN: Circumstances = { isLatching: false, needsAckOnReturn: true, isSuppressed: false, isLatched: false, isWorse: false };

/** The table of SPEC.md as it is printed: a row an event, a column a state; "·": it stays. */
function specified(): ReadonlyMap<string, ReadonlyMap<AlarmState, string>> {
  const lines = SPEC.slice(SPEC.indexOf('| event \\ state |')).split('\n');
  const cells = (line = '') => line.split('|').slice(1, -1).map((cell) => cell.trim());
  const [, ...states] = cells(lines[0]);
  expect(states).toEqual([...ALARM_STATES]);
  const rows = lines.slice(2, lines.findIndex((line) => !line.startsWith('|'))).map(cells);
  return new Map(rows.map(([event = '', ...to]) => [event, new Map(ALARM_STATES.map((state, at) => [state, to[at] ?? '']))]));
}

describe('[LC2] every cell of state × event is what SPEC.md says', () => {
  const table = specified();

  test('the table has every event once', () => {
    expect([...table.keys()].sort()).toEqual([...KINDS].sort());
  });

  test.each(KINDS.flatMap((kind) => ALARM_STATES.map((state) => [kind, state] as const)))('%s in %s', (kind, state) => {
    const cell = table.get(kind)?.get(state);
    expect(nextState(state, kind, PLAIN).state).toBe(cell === '·' ? state : cell);
  });
});

describe('[LC2] circumstances', () => {
  test('over, and nobody need say that they saw it: NORMAL at once', () => {
    expect(nextState('UNACK', 'returned', { ...PLAIN, needsAckOnReturn: false }).state).toBe('NORMAL');
  });

  test('over while another alarm explained it: nobody was told, so nobody is asked', () => {
    expect(nextState('UNACK', 'returned', { ...PLAIN, isSuppressed: true }).state).toBe('NORMAL');
  });

  test('a latching rule keeps what is over until somebody resets it, acknowledged or not', () => {
    const latching = { ...PLAIN, isLatching: true, needsAckOnReturn: false };
    expect(nextState('ACKED', 'returned', latching)).toEqual({ state: 'ACKED', isLatched: true });
    expect(nextState('UNACK', 'returned', latching)).toEqual({ state: 'RTN_UNACK', isLatched: false });
    expect(nextState('RTN_UNACK', 'acknowledged', latching)).toEqual({ state: 'ACKED', isLatched: true });
    const latched = { ...latching, isLatched: true };
    expect(nextState('ACKED', 'reset', latched)).toEqual({ state: 'NORMAL', isLatched: false });
    expect(nextState('ACKED', 'raised', latched)).toEqual({ state: 'UNACK', isLatched: false });
    for (const kind of ['returned', 're-alarmed', 'changed', 'acknowledged', 'lapsed'] as const) expect(nextState('ACKED', kind, { ...latched, isWorse: true })).toEqual({ state: 'ACKED', isLatched: true });
  });

  test('[LC5] what was acknowledged and has grown worse is announced again; milder or as bad it is not', () => {
    expect(nextState('ACKED', 'changed', { ...PLAIN, isWorse: true }).state).toBe('UNACK');
    expect(nextState('ACKED', 'changed', PLAIN).state).toBe('ACKED');
  });
});
