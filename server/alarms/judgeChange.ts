import type { AlarmCondition } from '../../shared/domain/alarm.ts';
import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import type { ConditionChange } from '../ports/conditions.ts';
import { type AlarmBook, isStanding, isWorse } from './alarmBook.ts';

/** What the book will say of one condition once everything judged so far is in it. */
interface Expected {
  /** `null`: it does not stand. */
  condition: AlarmCondition | null;
  occurrenceId: string | undefined;
  dataLost: boolean;
  count: number;
}

const without = ({ value, ...rest }: AlarmCondition) => rest;

/** The value is the one that raised it; a newer one is no news. */
function saysOther(now: AlarmCondition, before: AlarmCondition): boolean {
  return JSON.stringify(without(now)) !== JSON.stringify(without(before));
}

/** Judges changes one after the other, each by what those before it will have left: nothing of them is in the book yet. */
export function createChangeJudge(book: AlarmBook) {
  const expectedById = new Map<string, Expected>();

  function expected(alarmId: string): Expected {
    const known = expectedById.get(alarmId);
    if (known !== undefined) return known;
    const alarm = book.held(alarmId)?.alarm;
    const made: Expected = {
      condition: alarm !== undefined && isStanding(alarm) ? conditionOf(alarm) : null,
      occurrenceId: book.lastOccurrenceId(alarmId), dataLost: alarm?.dataLost ?? false, count: alarm?.count ?? 1,
    };
    expectedById.set(alarmId, made);
    return made;
  }

  /** Data time names an occurrence, so that every node names it alike; a correction can make two of one moment. */
  function toOccurrenceId(alarmId: string, sinceMs: number, last: string | undefined): string {
    const plain = `${alarmId}@${sinceMs}`;
    if (last === undefined || (last !== plain && !last.startsWith(`${plain}~`))) return plain;
    return `${plain}~${last === plain ? 2 : Number(last.slice(plain.length + 1)) + 1}`;
  }

  /** `null`: no news. */
  return (change: ConditionChange, atMs: number): AlarmEvent | null => {
    switch (change.kind) {
      case 'holds': {
        const { condition, sinceMs, life } = change.standing;
        const held = expected(condition.id);
        if (held.condition !== null) {
          if (!saysOther(condition, held.condition)) return null;
          const isByWorseRule = condition.ruleId !== held.condition.ruleId && isWorse(condition.severity, held.condition.severity);
          held.condition = condition;
          return { kind: 'changed', atMs, alarmId: condition.id, condition, ...(isByWorseRule && { life }) };
        }
        Object.assign(held, { condition, dataLost: false, count: 1, occurrenceId: toOccurrenceId(condition.id, sinceMs, held.occurrenceId) });
        return { kind: 'raised', atMs, alarmId: condition.id, occurrenceId: held.occurrenceId ?? condition.id, sinceMs, condition, ...life };
      }
      case 'over': {
        const held = expected(change.alarmId);
        if (held.condition === null) return null;
        Object.assign(held, { condition: null, dataLost: false });
        return { kind: 'returned', atMs, alarmId: change.alarmId, returnedAtMs: change.atMs };
      }
      case 'data': {
        const held = expected(change.alarmId);
        if (held.condition === null || held.dataLost === change.isLost) return null;
        held.dataLost = change.isLost;
        return { kind: change.isLost ? 'data-lost' : 'data-back', atMs, alarmId: change.alarmId };
      }
      case 'count': {
        const held = expected(change.alarmId);
        if (held.condition === null || change.count <= held.count) return null;
        held.count = change.count;
        return { kind: 'repeated', atMs, alarmId: change.alarmId, count: change.count };
      }
    }
  };
}

/** Of an alarm, what is wrong; the rest is its life. */
export function conditionOf({ id, kind, ruleId, severity, domain, localityCode, isPlaced, indicatorId, sourceId, value, title, dependsOn, tlp, attack }: AlarmCondition): AlarmCondition {
  return { id, kind, ruleId, severity, domain, localityCode, isPlaced, indicatorId, sourceId, value, title, dependsOn, tlp, attack };
}
