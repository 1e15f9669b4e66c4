import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlarmLog } from '../ports/alarmLog.ts';
import { createAlarmBook } from './alarmBook.ts';

const KEPT_MS = 90 * 24 * 3_600_000;
/** A checkpoint is some megabytes: not for a handful of events. */
const CUT_FROM = 1_000;
/** A few milliseconds of the thread that owns the file. */
const MOST_AT_ONCE = 5_000;
const EVENTS_PER_STEP = 500;

/**
 * [LC16] Events of more than 90 days ago give way to what they came to. Some thousand at a time; returns how many. The book is made anew from the log,
 * so that what is cut is what would be read, and nothing of the running one is touched.
 */
export async function cutAlarmLog(log: Pick<AlarmLog, 'readOld' | 'cut'>, nowMs: number): Promise<number> {
  const old = await log.readOld({ beforeMs: nowMs - KEPT_MS, limit: MOST_AT_ONCE });
  const { checkpoint, events } = old;
  const last = events.at(-1);
  if (last === undefined || events.length < CUT_FROM) return 0;
  const book = createAlarmBook({}, checkpoint);
  const cutById = new Map(checkpoint?.open.map(({ alarm, eventsCut }) => [alarm.id as string, eventsCut]));
  for (const [index, event] of events.entries()) {
    if (index % EVENTS_PER_STEP === 0) await nextTurn();
    book.apply(event);
    cutById.set(event.alarmId, (cutById.get(event.alarmId) ?? 0) + 1);
  }
  const { open, overlays, past } = book.export();
  const ruleChanges = [...checkpoint?.ruleChanges ?? [], ...events.filter(({ kind }) => kind === 'rule-changed')];
  await log.cut(old, { atMs: last.atMs, open: open.map((held) => ({ ...held, eventsCut: cutById.get(held.alarm.id) ?? 0 })), overlays, ruleChanges, past });
  return events.length;
}
