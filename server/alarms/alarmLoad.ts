import type { Alarm } from '../../shared/domain/alarm.ts';
import { SEVERITIES, type Severity } from '../../shared/domain/severity.ts';
import type { AlarmLoad } from '../ports/alarms.ts';
import type { Annunciation } from './alarmBook.ts';

export const BUCKET_MS = 600_000;
/** EEMUA 191 and ISA-18.2: more than ten new alarms in ten minutes are a flood, which is over once there are fewer than five. */
const FLOOD = { above: 10, overBelow: 5 } as const;
const STANDING_MS = 24 * 3_600_000;
const MOST_WORST = 10;

const noCounts = () => Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;

/** [LD1] How much people were asked to take in, in buckets of ten minutes that end with the one that holds `nowMs`. */
export function loadOf(annunciations: readonly Annunciation[], open: readonly Alarm[], alarmOf: (alarmId: string) => Alarm | null, hours: number, nowMs: number): AlarmLoad {
  const bucketCount = hours * 6;
  const endMs = (Math.floor(nowMs / BUCKET_MS) + 1) * BUCKET_MS;
  const fromMs = endMs - bucketCount * BUCKET_MS;
  const buckets = Array.from({ length: bucketCount }, (_, at) => ({ fromMs: fromMs + at * BUCKET_MS, count: 0, bySeverity: noCounts() }));
  const countById = new Map<string, number>();
  for (const { atMs, alarmId, severity } of annunciations) {
    const bucket = buckets[Math.floor((atMs - fromMs) / BUCKET_MS)];
    if (bucket === undefined) continue;
    bucket.count++;
    bucket.bySeverity[severity]++;
    countById.set(alarmId, (countById.get(alarmId) ?? 0) + 1);
  }
  const lastTenMin = announcedSince(annunciations, nowMs - BUCKET_MS);
  const isFloodAt = floods(buckets.map(({ count }) => count));
  return {
    buckets, lastTenMin, isFlood: lastTenMin > FLOOD.above || (isFloodAt.at(-2) === true && lastTenMin >= FLOOD.overBelow),
    floodRatio: isFloodAt.filter(Boolean).length / bucketCount,
    standing: open.filter(({ sinceMs, returnedAtMs }) => returnedAtMs === null && nowMs - sinceMs > STANDING_MS).length,
    chattering: open.filter(({ isChattering }) => isChattering).length,
    worst: [...countById].sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1)).slice(0, MOST_WORST).map(([alarmId, count]) => ({ alarmId, count, alarm: alarmOf(alarmId) })),
  };
}

/** Those after that moment; from the newest back, because there may be a day of them. */
export function announcedSince(annunciations: readonly Annunciation[], afterMs: number): number {
  let count = 0;
  while ((annunciations[annunciations.length - 1 - count]?.atMs ?? Number.NEGATIVE_INFINITY) > afterMs) count++;
  return count;
}

/** Whether each bucket was part of a flood. */
function floods(counts: readonly number[]): readonly boolean[] {
  let isFlood = false;
  return counts.map((count) => {
    isFlood = count > FLOOD.above || (isFlood && count >= FLOOD.overBelow);
    return isFlood;
  });
}
