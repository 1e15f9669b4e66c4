import type { Alarm } from '../../shared/domain/alarm.ts';

export interface LinkReading {
  readonly id: string;
  readonly district: string;
  /** 0: lost; 2: connected. */
  readonly value: 0 | 2;
  readonly atMs: number;
}

interface Held {
  readonly atMs: number;
  /** When the state that holds began; `null`: the link is there. */
  readonly lostSinceMs: number | null;
}

/** What the answers that a feed and an operator were given promise of the alarms of some links. */
export function createAlarmModel() {
  const heldByDistrict = new Map<string, Held>();
  const stored = new Set<string>();
  const ackedOccurrences = new Set<string>();
  /** As last seen in order, while the same loss goes on. */
  const seenByDistrict = new Map<string, { readonly occurrenceId: string; readonly lostSinceMs: number }>();

  let mergedCount = 0;
  let isAfterKill = false;

  return {
    /** Losses that ended and began again just before a kill, and went on as the occurrence before. */
    mergedCount: () => mergedCount,
    /** What was stored since the last tick before it is read back as the newest reading of each link. */
    noteKilled: () => { isAfterKill = true; },
    noteSettled: () => { isAfterKill = false; },
    /** In the order stored; again: nothing. */
    noteStored({ id, district, value, atMs }: LinkReading): void {
      if (stored.has(id)) return;
      stored.add(id);
      const held = heldByDistrict.get(district);
      if (held !== undefined && held.atMs > atMs) return;
      heldByDistrict.set(district, { atMs, lostSinceMs: value === 0 ? held?.lostSinceMs ?? atMs : null });
    },
    noteAcknowledged: (occurrenceId: string) => { ackedOccurrences.add(occurrenceId); },
    /** What is not as promised; empty: all is. */
    faultsIn(alarms: readonly Alarm[]): string[] {
      const faults: string[] = [];
      const links = new Map(alarms.filter(({ kind, indicatorId }) => kind === 'state' && indicatorId === 'tslcd-link-state').map((alarm) => [alarm.localityCode as string, alarm]));
      for (const [district, { lostSinceMs }] of heldByDistrict) {
        const alarm = links.get(district);
        const isStanding = alarm?.state === 'UNACK' || alarm?.state === 'ACKED';
        if (isStanding !== (lostSinceMs !== null)) faults.push(`${district}: ${lostSinceMs === null ? 'stands though its link is back' : `lost since ${lostSinceMs}, and the alarm is ${alarm?.state ?? 'gone'}`}`);
        if (alarm !== undefined && (alarm.acked !== null) !== ackedOccurrences.has(alarm.occurrenceId)) faults.push(`${district}: ${alarm.occurrenceId} is ${alarm.state}, answered were ${ackedOccurrences.has(alarm.occurrenceId) ? 'an' : 'no'} acknowledgement`);
        const seen = seenByDistrict.get(district);
        if (alarm === undefined || lostSinceMs === null || !isStanding) continue;
        if (seen?.lostSinceMs === lostSinceMs) {
          if (seen.occurrenceId !== alarm.occurrenceId) faults.push(`${district}: the occurrence ${seen.occurrenceId} became ${alarm.occurrenceId}`);
        } else if (alarm.sinceMs >= lostSinceMs || (isAfterKill && seen?.occurrenceId === alarm.occurrenceId)) {
          if (alarm.sinceMs < lostSinceMs) mergedCount++;
          seenByDistrict.set(district, { occurrenceId: alarm.occurrenceId, lostSinceMs });
        } else faults.push(`${district}: lost since ${lostSinceMs}, and the alarm is still ${alarm.occurrenceId}`);
      }
      return faults;
    },
  };
}
