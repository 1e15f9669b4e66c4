import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { CaseBook, FiledReport, TakenAs } from '../ports/cases.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import { type AlertCount, countAlerts, figuresOf } from './alertFigures.ts';
import type { Coverage } from './coverage.ts';
import { createLeftEvents } from './leftEvents.ts';
import { compareAlerts, type FiledAlert, isOver, type Occurrence, RECENT_MS, UNHEARD, withReport } from './occurrence.ts';

/** How long a closed occurrence is recognised after no figure needs it any more: a raise that comes again must not open it. */
const RECOGNISED_MS = 7 * 24 * 3_600_000;
/** About 0.5 kB each with a report of ordinary length (50 MB), and 25 ms of a tick to count them all. A day of more than one event a second. */
const MOST_CASES = 100_000;
/** Letting go is about memory: what counts is judged by its time, whether it has been let go or not. */
const LET_GO_EVERY_MS = 60_000;

/** What one feed has said. An alert with two ends and an event without are never the same case, even under one id. */
export interface AlertsOfFeed {
  readonly feed: FeedSettings;
  readonly occurrences: Map<string, Occurrence>;
  /** By id, the earliest report of each. */
  readonly events: Map<string, FiledAlert>;
  /** By condition, the newest end of it as a whole. */
  readonly ends: Map<string, FiledAlert>;
}

export interface AlertBookOptions {
  readonly feeds: readonly FeedSettings[];
  readonly coverage: Coverage;
  /** Occurrences and events held at once. */
  readonly mostCases?: number;
}

/**
 * The book of alerts. An occurrence is open from its raise until its clear; a clear older than 24 h has closed it for good, whatever is
 * said of it later. An event keeps its condition open for the feed's `holdOpenMs`.
 */
export function createAlertBook({ feeds, coverage, mostCases = MOST_CASES }: AlertBookOptions): CaseBook<AlertReport> {
  const alertsById = new Map<SourceId, AlertsOfFeed>(feeds.map((feed) => [feed.id, { feed, occurrences: new Map(), events: new Map(), ends: new Map() }]));
  const leftEvents = createLeftEvents();
  let heldCount = 0;
  /** No figure will ever again look further back than this. */
  let recentFromMs = Number.NEGATIVE_INFINITY;
  let letGoAtMs = Number.NEGATIVE_INFINITY;
  /** Stands until something is taken, or its time is up. */
  let counted: AlertCount | null = null;

  function alertsOf({ feedId }: FiledReport): AlertsOfFeed {
    const alerts = alertsById.get(feedId);
    if (alerts === undefined) throw new Error(`Invariant: a report of feed "${feedId}", which is not configured; file only those of configured feeds.`);
    return alerts;
  }

  const ofNew = (): TakenAs => (heldCount >= mostCases ? 'full' : 'news');

  function judge(filed: FiledAlert): TakenAs {
    const { occurrences, events, ends } = alertsOf(filed);
    const { alertId, conditionId, transition } = filed.report;
    const end = ends.get(conditionId);
    if (transition === 'condition-cleared') return end === undefined ? ofNew() : compareAlerts(filed, end) > 0 ? 'news' : 'known';
    if (transition === 'seen') {
      const held = events.get(alertId);
      if (held !== undefined) return compareAlerts(filed, held) < 0 ? 'news' : 'known';
      return leftEvents.has(filed.feedId, alertId) ? 'known' : ofNew();
    }
    const held = occurrences.get(alertId);
    if (held === undefined) {
      const isLongOver = end !== undefined && end.report.atMs <= recentFromMs && filed.report.atMs <= end.report.atMs;
      return isLongOver ? 'known' : ofNew();
    }
    const isTooLate = isOver(held, ends, recentFromMs) && transition === 'raised';
    return isTooLate || withReport(held, filed) === held ? 'known' : 'news';
  }

  function put(filed: FiledAlert): void {
    const { occurrences, events, ends } = alertsOf(filed);
    const { alertId, conditionId, transition } = filed.report;
    const isHeld = transition === 'condition-cleared' ? ends.has(conditionId) : transition === 'seen' ? events.has(alertId) : occurrences.has(alertId);
    if (!isHeld) heldCount++;
    counted = null;
    if (transition === 'condition-cleared') ends.set(conditionId, filed);
    else if (transition === 'seen') events.set(alertId, filed);
    else occurrences.set(alertId, withReport(occurrences.get(alertId) ?? UNHEARD, filed));
  }

  /** What no figure can need from here on. */
  function letGo(nowMs: number): void {
    letGoAtMs = nowMs;
    const recognisedFromMs = recentFromMs - RECOGNISED_MS;
    // Some senders clear at the time of the raise, which may be long ago: recognised from when we heard of it.
    const isForgotten = ({ report, receivedAtMs }: FiledAlert) => Math.max(report.atMs, receivedAtMs) <= recognisedFromMs;
    for (const { feed, occurrences, events, ends } of alertsById.values()) {
      for (const [alertId, occurrence] of occurrences) {
        if (!isOver(occurrence, ends, recentFromMs)) continue;
        const { cleared, newest } = occurrence;
        // What ended with its condition is recognised by that.
        if (cleared === null || isForgotten(cleared)) {
          occurrences.delete(alertId);
          heldCount--;
        } else if (newest !== null) occurrences.set(alertId, { ...UNHEARD, cleared });
      }
      for (const [conditionId, end] of ends) if (isForgotten(end) && ends.delete(conditionId)) heldCount--;
      const neededFromMs = Math.min(recentFromMs, recentFromMs + RECENT_MS - feed.holdOpenMs);
      for (const [alertId, { report }] of events) {
        if (report.atMs > neededFromMs) continue;
        events.delete(alertId);
        heldCount--;
        leftEvents.add(feed.id, alertId, nowMs);
      }
    }
    leftEvents.forgetOld(nowMs);
  }

  function moveOn(nowMs: number): void {
    recentFromMs = Math.max(recentFromMs, nowMs - RECENT_MS);
    if (nowMs - letGoAtMs >= LET_GO_EVERY_MS || heldCount >= mostCases) letGo(nowMs);
  }

  function countAt(nowMs: number): AlertCount {
    moveOn(nowMs);
    if (counted === null || nowMs < counted.atMs || nowMs >= counted.untilMs) counted = countAlerts(alertsById.values(), coverage, nowMs, recentFromMs);
    return counted;
  }

  return {
    judge,
    take(filed) {
      const taken = judge(filed);
      if (taken === 'news') put(filed);
      return taken;
    },
    figures: (nowMs) => figuresOf(countAt(nowMs), feeds, coverage),
    letGo(nowMs) {
      moveOn(nowMs);
      letGo(nowMs);
    },
    *live(nowMs) {
      moveOn(nowMs);
      letGo(nowMs);
      yield [...alertsById.values()].flatMap(({ occurrences, events, ends }) => [
        ...[...occurrences.values()].flatMap(({ first, newest, cleared }) => [...new Set([first, newest, cleared])].filter((filed) => filed !== null)),
        ...events.values(), ...ends.values(),
      ]);
    },
    tally(nowMs) {
      const { open, unplacedByFeed } = countAt(nowMs);
      letGo(nowMs);
      return { held: heldCount, open, unplacedByFeed };
    },
  };
}
