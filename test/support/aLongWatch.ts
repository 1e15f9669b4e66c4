import { createAlarms } from '../../server/alarms/createAlarms.ts';
import type { Actor, AlarmAct, Alarms } from '../../server/ports/alarms.ts';
import type { ConditionChange } from '../../server/ports/conditions.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { aCondition, HA, NAM, PLAIN_LIFE, T0 } from './someAlarms.ts';

const PROVINCES = 63;
const TICK_MS = 120_000;
const ACTORS: readonly Actor[] = [HA, NAM];
const REST_OF_LIFE = { security: { isLatching: true, needsAckOnReturn: true, reAlarmAfterMs: 1_800_000 }, state: { ...PLAIN_LIFE, reAlarmAfterMs: 14_400_000 } } as const;

/** Repeatable: two runs give the same events. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface LongWatch {
  /** As people saw them grow. */
  readonly alarms: Alarms;
  /** Everything that was appended. */
  readonly events: readonly AlarmEvent[];
  readonly endedAtMs: number;
}

interface Subject {
  readonly id: string;
  readonly change: (sinceMs: number) => ConditionChange;
}

/** Links of a province's units with the cause that explains them, and conditions of other kinds. */
function subjectsOf(count: number): readonly Subject[] {
  return Array.from({ length: count }, (_, number): Subject => {
    const province = String(number % PROVINCES + 1).padStart(2, '0');
    const kind = number < PROVINCES ? 'cause' : number % 5 === 0 ? 'security' : 'state';
    const cause = `cause:${province}:links-cut`;
    const id = kind === 'cause' ? cause : `${kind}:${province}${String(number).padStart(4, '0')}:x`;
    const condition = aCondition({ id, kind, localityCode: province, dependsOn: kind === 'state' ? [cause] : [], severity: kind === 'security' ? 'critical' : 'high' });
    return { id, change: (sinceMs) => ({ kind: 'holds', standing: { condition, sinceMs, life: kind === 'security' ? REST_OF_LIFE.security : REST_OF_LIFE.state } }) };
  });
}

function actOn(alarm: Alarm, random: () => number): AlarmAct {
  const { id: alarmId, occurrenceId, severity } = alarm;
  const chance = random();
  if (alarm.isLatched) return { kind: 'reset', alarmId };
  if (chance < 0.7) return { kind: 'acknowledge', alarmId, occurrenceId, severity, comment: 'Đã gọi trực mạng huyện', isBulk: false };
  if (chance < 0.78) return { kind: 'shelve', alarmId, forMs: 3_600_000, why: 'Đường truyền chập chờn', second: NAM };
  if (chance < 0.86) return { kind: 'comment', alarmId, text: 'Nhà mạng hẹn 16 giờ.' };
  if (chance < 0.94) return { kind: 'assign', alarmId, to: NAM.name };
  return { kind: 'judge', alarmId, occurrenceId, disposition: 'benign', comment: null };
}

/** So many events of so many conditions, by a tick of two minutes, as changes and people make them. */
export async function keepLongWatch({ transitions, conditions, seed = 7 }: { readonly transitions: number; readonly conditions: number; readonly seed?: number }): Promise<LongWatch> {
  const random = seededRandom(seed);
  const events: AlarmEvent[] = [];
  const clock = { nowMs: T0 };
  const problems: unknown[] = [];
  const alarms = createAlarms({
    log: { append: async (more) => { events.push(...more); } }, events: [], nowMs: () => clock.nowMs, onTransitions: () => {}, onError: (error) => { problems.push(error); },
  });
  const subjects = subjectsOf(conditions);
  const standing = new Set<string>();
  for (let tick = 0; events.length < transitions; tick++) {
    clock.nowMs += TICK_MS;
    const changes = Array.from({ length: 20 }, (): ConditionChange => {
      const { id, change } = subjects[Math.floor(random() * subjects.length)] as Subject;
      const isOver = standing.has(id) && random() < 0.8;
      if (!isOver && standing.has(id)) return { kind: 'data', alarmId: id, isLost: random() < 0.5 };
      if (isOver) standing.delete(id);
      else standing.add(id);
      return isOver ? { kind: 'over', alarmId: id, atMs: clock.nowMs } : change(clock.nowMs);
    });
    await alarms.observe(changes, clock.nowMs);
    const open = alarms.open();
    const acts = Array.from({ length: 14 }, () => actOn(open[Math.floor(random() * open.length)] as Alarm, random));
    for (const act of acts) await alarms.act([act], ACTORS[tick % 2] as Actor);
  }
  if (problems.length > 0) throw problems[0];
  return { alarms, events: events.slice(), endedAtMs: clock.nowMs };
}
