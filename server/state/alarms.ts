import type { LocalityCode } from '../../shared/domain/ids.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Severity } from '../../shared/domain/severity.ts';
import type { Alarm } from '../../shared/protocol/socket.ts';
import { type AlarmCondition, createAlarmBook } from './alarmBook.ts';
import { FRESH, LATE, NEVER, STALE } from './freshness.ts';
import type { SettledReadings } from './settledReadings.ts';
import { type HeardSource, silentFromMs } from './sourceHealth.ts';

const CRITICAL_ALERTS = 'alerts-critical';
const OVERDUE = 'dossiers-overdue';
const WAITING = 'dossiers-waiting';

/**
 * [A4] A province has a surge when one waiting dossier in five is overdue: four times the 5 % that the on-time target of 95 %
 * leaves. It is over below 15 %, so that a share on the edge does not flap. Under 100 waiting dossiers a share says nothing.
 */
const OVERDUE_RAISE_RATIO = 0.2;
const OVERDUE_CLEAR_RATIO = 0.15;
const OVERDUE_MIN_WAITING = 100;

export interface Alarms {
  /** Call for each observation that became its series' current reading, in order. */
  handleReading(observation: Observation): void;
  /** Call before the source's clock is moved on by what it sent at `receivedAtMs`. */
  handleSourceHeard(source: HeardSource, receivedAtMs: number): void;
  /** Conditions on computed readings and on time. Call once the columns are settled. */
  settle(nowMs: number, sources: readonly HeardSource[]): void;
  open(): readonly Alarm[];
  take(): readonly Alarm[];
}

/**
 * Conditions on observed readings are judged per observation, so that the log alone decides, not how it was cut in ticks ([A1]).
 */
export function createAlarms(table: SeriesTable, { columns }: SettledReadings): Alarms {
  const book = createAlarmBook();
  const watched = Uint8Array.from(table.series, ({ locality, indicator }) =>
    Number(toLevel(locality) === indicator.observedAt && (indicator.id === CRITICAL_ALERTS || indicator.states.some(({ alarm }) => alarm !== undefined))));
  const provinces = table.localities.filter(({ level }) => level === 'province')
    .map(({ code }) => ({ code, overdue: table.indexOf(code, OVERDUE), waiting: table.indexOf(code, WAITING) }));
  /** Series behind each open alarm that is about readings. */
  const seriesById = new Map<string, readonly number[]>();
  /** 1: an alarm on this series' own reading is open. Spares the many readings that are in order a look by name. */
  const isRaised = new Uint8Array(table.series.length);
  /** Sources with an open alarm. */
  const silent = new Set<HeardSource>();

  const freshnessOf = (series: number) => (columns.status[series] ?? NEVER) & 7;
  const isCurrent = (series: number) => freshnessOf(series) === FRESH || freshnessOf(series) === LATE;

  function raise(condition: AlarmCondition, sinceMs: number, series: readonly number[]): void {
    seriesById.set(condition.id, series);
    book.raise(condition, sinceMs);
  }
  function clear(id: string): void {
    seriesById.delete(id);
    book.clear(id);
  }

  function handleReading({ seriesIndex, value, observedAtMs }: Observation): void {
    // "No reading" is a kind of silence, and silence neither raises nor clears ([A3]).
    if (watched[seriesIndex] !== 1 || value === null) return;
    const series = table.series[seriesIndex];
    if (series === undefined) return;
    const { locality, indicator } = series;
    const kind = indicator.id === CRITICAL_ALERTS ? 'security' : 'state';
    const severity: Severity | undefined = kind === 'security'
      ? (value > 0 ? 'critical' : undefined) : indicator.states.find((state) => state.value === value)?.alarm;
    if (severity === undefined && isRaised[seriesIndex] === 0) return;
    const id = `${kind}:${locality.code}:${indicator.id}`;
    isRaised[seriesIndex] = Number(severity !== undefined);
    if (severity === undefined) clear(id);
    else raise({ id, severity, domain: indicator.domain, localityCode: locality.code, indicatorId: indicator.id, sourceId: null, kind, value }, observedAtMs, [seriesIndex]);
  }

  function settleOverdue(code: LocalityCode, overdue: number, waiting: number, nowMs: number): void {
    if (!isCurrent(overdue) || !isCurrent(waiting)) return;
    const id = `overdue:${code}:${OVERDUE}`;
    const overdueCount = columns.value[overdue] ?? Number.NaN, waitingCount = columns.value[waiting] ?? Number.NaN;
    const atLeast = book.isOpen(id) ? OVERDUE_CLEAR_RATIO : OVERDUE_RAISE_RATIO;
    const isSurge = waitingCount >= OVERDUE_MIN_WAITING && overdueCount >= atLeast * waitingCount;
    if (!isSurge) clear(id);
    else raise({ id, severity: 'medium', domain: 'dossiers', localityCode: code, indicatorId: OVERDUE, sourceId: null, kind: 'overdue', value: overdueCount }, nowMs, [overdue, waiting]);
  }

  const nationCode = table.localities[0]?.code;
  function raiseSilence(source: HeardSource, sinceMs: number): void {
    const { id: sourceId, listed } = source;
    const localityCode = listed !== undefined && table.ownRange(listed.locality) !== undefined ? listed.locality : nationCode;
    if (localityCode === undefined) throw new Error('Invariant: the series table has no localities; an edition begins with its nation.');
    silent.add(source);
    book.raise({ id: toSilenceId(sourceId), severity: 'medium', domain: 'connectivity', localityCode, indicatorId: null, sourceId, kind: 'source-silent', value: null }, sinceMs);
  }

  return {
    handleReading,
    handleSourceHeard(source, receivedAtMs) {
      const sinceMs = silentFromMs(source);
      // Silent between two ticks and heard again: both transitions are told.
      if (receivedAtMs > sinceMs && !silent.has(source)) raiseSilence(source, sinceMs);
      if (silent.delete(source)) book.clear(toSilenceId(source.id));
    },
    settle(nowMs, sources) {
      for (const { code, overdue, waiting } of provinces) {
        if (overdue !== undefined && waiting !== undefined) settleOverdue(code, overdue, waiting, nowMs);
      }
      for (const source of sources) {
        if (nowMs > silentFromMs(source) && !silent.has(source)) raiseSilence(source, silentFromMs(source));
      }
      for (const [id, series] of seriesById) book.setDataLost(id, series.some((at) => freshnessOf(at) >= STALE || Number.isNaN(columns.value[at])));
    },
    open: book.open,
    take: book.take,
  };
}

const toSilenceId = (sourceId: string) => `source-silent:${sourceId}`;
