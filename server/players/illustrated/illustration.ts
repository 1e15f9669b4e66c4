import { DAY_MS, startOfDayMs } from '../../../shared/domain/instant.ts';
import type { Candidate } from '../../../shared/domain/observation.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';

/** Rules of the layer, each in words under the same name in seeds/facts/derived/illustrations.json. */
export type RuleId = 'illustrative-links' | 'illustrative-alerts' | 'illustrative-dossiers';

/** What the layer fills in begins and ends with the replay. */
export const FIRST_DAY_MS = startOfDayMs('2019-01-01');
export const LAST_DAY_MS = startOfDayMs('2021-06-30');
export const DAYS = (LAST_DAY_MS - FIRST_DAY_MS) / DAY_MS;

/** Start of the day that many days after the first. */
export function dayMs(day: number): number {
  return FIRST_DAY_MS + day * DAY_MS;
}

/** The gateway whose name stands with every reading of the layer. */
const SOURCE_ID = 'illustration';

/** A reading that no document states, seen on the day it is about. */
export function illustrate(ref: RuleId, localityCode: string, indicatorId: string, day: number, value: number): ReceivedCandidate {
  const observedAtMs = dayMs(day);
  const candidate: Record<keyof Pick<Candidate, 'sourceId' | 'eventId' | 'localityCode' | 'indicatorId' | 'observedAtMs' | 'value' | 'provenance' | 'ref'>, unknown> = {
    sourceId: SOURCE_ID, eventId: `${ref}-${localityCode}-${indicatorId}-${day}`, localityCode, indicatorId, observedAtMs, value, provenance: 'illustrative', ref,
  };
  return { receivedAtMs: observedAtMs, candidate };
}
