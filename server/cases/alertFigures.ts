import type { AlertReport } from '../../shared/domain/alertReport.ts';
import { IndicatorId, type LocalityCode, type SourceId } from '../../shared/domain/ids.ts';
import { SEVERITIES, type Severity } from '../../shared/domain/severity.ts';
import type { CaseFigure } from '../ports/cases.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import type { AlertsOfFeed } from './alertBook.ts';
import { type Coverage, isSecurityFeed } from './coverage.ts';
import { compareAlerts, endedAtMs, type FiledAlert, isOver, RECENT_MS } from './occurrence.ts';

type ProvinceCount = Record<Severity | 'day', number>;

export interface AlertCount {
  /** As of when, and the moment at which time alone changes it. Epoch ms. */
  readonly atMs: number;
  readonly untilMs: number;
  /** Of domain `security`. */
  readonly byProvince: ReadonlyMap<LocalityCode, ProvinceCount>;
  /** Open conditions of every domain, placed or not. */
  readonly open: number;
  /** Conditions that are open, and alerts of the last 24 h, in no province. */
  readonly unplacedByFeed: ReadonlyMap<SourceId, number>;
}

const OPEN_ID = IndicatorId.parse('alerts-open');
const DAY_ID = IndicatorId.parse('alerts-day');
const ID_BY_SEVERITY = SEVERITIES.map((severity) => [severity, IndicatorId.parse(`alerts-${severity}`)] as const);

const noAlerts = (): ProvinceCount => ({ critical: 0, high: 0, medium: 0, low: 0, unknown: 0, day: 0 });

/** A condition is open while anything of it is, and is what the newest of that says: how bad, where, and of which domain. */
export function countAlerts(all: Iterable<AlertsOfFeed>, { provinceOf }: Coverage, nowMs: number, recentFromMs: number): AlertCount {
  const byProvince = new Map<LocalityCode, ProvinceCount>();
  const unplacedByFeed = new Map<SourceId, number>();
  let open = 0;
  let untilMs = Number.POSITIVE_INFINITY;
  const countsUntil = (endMs: number) => { if (endMs > nowMs && endMs < untilMs) untilMs = endMs; };
  for (const { feed, occurrences, events, ends } of all) {
    const openByCondition = new Map<string, FiledAlert>();
    const unplaced = new Set<string>();
    const noteOpen = (filed: FiledAlert) => {
      const held = openByCondition.get(filed.report.conditionId);
      if (held === undefined || compareAlerts(filed, held) > 0) openByCondition.set(filed.report.conditionId, filed);
    };
    const count = (report: AlertReport, as: Severity | 'day') => {
      const province = report.localityCode === null ? null : provinceOf(report.localityCode);
      if (province === null) unplaced.add(report.conditionId);
      else if (report.domain === 'security') {
        const counts = byProvince.get(province) ?? noAlerts();
        counts[as] += 1;
        byProvince.set(province, counts);
      }
    };
    for (const occurrence of occurrences.values()) {
      const { first, newest } = occurrence;
      if (newest === null || isOver(occurrence, ends, recentFromMs)) continue;
      const endMs = endedAtMs(occurrence, ends);
      if (endMs === null) noteOpen(newest);
      else countsUntil(endMs + RECENT_MS);
      if (first === null) continue;
      countsUntil(first.report.atMs + RECENT_MS);
      if (first.report.atMs > recentFromMs) count(newest.report, 'day');
    }
    for (const filed of events.values()) {
      countsUntil(filed.report.atMs + feed.holdOpenMs);
      countsUntil(filed.report.atMs + RECENT_MS);
      if (filed.report.atMs > nowMs - feed.holdOpenMs) noteOpen(filed);
      if (filed.report.atMs > recentFromMs) count(filed.report, 'day');
    }
    for (const { report } of openByCondition.values()) count(report, report.severity);
    open += openByCondition.size;
    unplacedByFeed.set(feed.id, unplaced.size);
  }
  return { atMs: nowMs, untilMs, byProvince, open, unplacedByFeed };
}

/** Every province that a feed of security alerts speaks of, also where there are none. */
export function figuresOf({ byProvince }: AlertCount, feeds: readonly FeedSettings[], { provinces, touches }: Coverage): CaseFigure[] {
  const heard = feeds.filter(isSecurityFeed);
  return provinces.filter((code) => heard.some((feed) => touches(feed, code))).flatMap((localityCode) => {
    const counts = byProvince.get(localityCode) ?? noAlerts();
    const figure = (indicatorId: IndicatorId, value: number): CaseFigure => ({ localityCode, indicatorId, value, provenance: 'measured' });
    return [
      ...ID_BY_SEVERITY.map(([severity, indicatorId]) => figure(indicatorId, counts[severity])),
      figure(OPEN_ID, SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0)),
      figure(DAY_ID, counts.day),
    ];
  });
}
