import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import type { ReadingDto, SnapshotDto } from '../../../shared/protocol/http.ts';
import { drawnFreshness } from '../../store/selectReading.ts';
import { compareWorstFirst } from '../province/districtScale.ts';

/** What the report ranks and colours units by. */
export const RANKED_BY = 'dossiers-on-time-share';
/** Columns of the unit table. */
export const UNIT_INDICATORS = [
  'tslcd-link-state', 'tslcd-latency', 'tslcd-loss', 'dossiers-on-time-share', 'dossiers-overdue', 'dossiers-waiting', 'dossiers-received', 'one-stop-state',
] as const;

/** Rows of the unit table at 8.5 pt that leave room for alarms, notes and method on one page: Hà Nội's 30 districts. */
const MOST_UNITS = 30;
/** Lines there always are of each, and the most there can be. */
const ALARM_LINES = { least: 5, most: 10, unitsPerMore: 4 } as const;
const NOTE_LINES = { least: 3, most: 8, unitsPerMore: 5 } as const;

export type ReadingOf = (localityCode: string, indicatorId: string) => ReadingDto | undefined;

export function readingsOf({ readings }: SnapshotDto): ReadingOf {
  const byKey = new Map(readings.map((reading) => [`${reading.localityCode} ${reading.indicatorId}`, reading]));
  return (localityCode, indicatorId) => byKey.get(`${localityCode} ${indicatorId}`);
}

/** A value that may be printed: not one that is silent, missing, or of too few members ([FG2]). */
export function printable(reading: ReadingDto | undefined): number | null {
  if (reading === undefined) return null;
  const drawn = drawnFreshness({ ...reading, seriesIndex: 0 }, reading.freshness);
  return drawn === 'dead' || drawn === 'never' ? null : reading.value;
}

/** Worst first by the indicator; those without a value last, then by name. Pure. */
export function worstFirst(units: readonly Locality[], indicator: Indicator, readingOf: ReadingOf): Locality[] {
  const valueAt = (unit: Locality) => printable(readingOf(unit.code, indicator.id));
  return [...units].sort((a, b) => compareWorstFirst(indicator, valueAt(a), valueAt(b)) || a.name.localeCompare(b.name, 'vi'));
}

/** [PA2] Every unit by name where all fit; else the worst, in their order. */
export function unitsOfTable(units: readonly Locality[], indicator: Indicator, readingOf: ReadingOf): { readonly shown: readonly Locality[]; readonly isAll: boolean } {
  if (units.length <= MOST_UNITS) return { shown: [...units].sort((a, b) => a.name.localeCompare(b.name, 'vi')), isAll: true };
  return { shown: worstFirst(units, indicator, readingOf).slice(0, MOST_UNITS), isAll: false };
}

function linesOf(unitCount: number, { least, most, unitsPerMore }: typeof ALARM_LINES | typeof NOTE_LINES): number {
  return Math.min(most, least + Math.floor(Math.max(0, MOST_UNITS - unitCount) / unitsPerMore));
}

/** Lines for alarms and notes below so many units. */
export function roomBelow(unitCount: number): { readonly alarms: number; readonly notes: number } {
  return { alarms: linesOf(unitCount, ALARM_LINES), notes: linesOf(unitCount, NOTE_LINES) };
}

/** Longest text of a line; the page itself says the rest. */
export function cutText(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
