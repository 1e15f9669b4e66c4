import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { AlertConditionsSource, CaseBook, FiledReport, TakenAs } from '../ports/cases.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import { figuresOf } from './alertFigures.ts';
import { createAlertTallies } from './alertTallies.ts';
import type { Coverage } from './coverage.ts';
import { createLeftEvents } from './leftEvents.ts';
import { compareAlerts, endedAtMs, type FiledAlert, isOver, type Occurrence, RECENT_MS, UNHEARD, withReport } from './occurrence.ts';

/** How long a closed occurrence is recognised after no figure needs it any more: a raise that comes again must not open it. */
const RECOGNISED_MS = 7 * 24 * 3_600_000;
/** About 0.5 kB each with a report of ordinary length (50 MB). A day of more than one event a second. */
const MOST_CASES = 100_000;
/** Letting go is about memory: what counts is judged by its time, whether it has been let go or not. */
const LET_GO_EVERY_MS = 60_000;
/** Cases looked at in one turn, whether they can go: a few milliseconds if all can, on a machine with other work. */
const LOOKS_PER_TURN = 2_000;

/** What one feed has said. An alert with two ends and an event without are never the same case, even under one id. */
interface AlertsOfFeed {
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

export type AlertBook = CaseBook<AlertReport> & AlertConditionsSource;

/**
 * The book of alerts. An occurrence is open from its raise until its clear; a clear older than 24 h has closed it for good, whatever is
 * said of it later. An event keeps its condition open for the feed's `holdOpenMs`.
 */
export function createAlertBook({ feeds, coverage, mostCases = MOST_CASES }: AlertBookOptions): AlertBook {
  const alertsById = new Map<SourceId, AlertsOfFeed>(feeds.map((feed) => [feed.id, { feed, occurrences: new Map(), events: new Map(), ends: new Map() }]));
  const leftEvents = createLeftEvents();
  let heldCount = 0;
  /** No figure will ever again look further back than this. */
  let recentFromMs = Number.NEGATIVE_INFINITY;
  /** The round that looks for what can go, while it goes on. */
  let round: Iterator<void> | null = null;
  let roundBeganAtMs = Number.NEGATIVE_INFINITY;
  const tallies = createAlertTallies(coverage, feeds.map(({ id }) => id));

  function alertsOf({ feedId }: Pick<FiledReport, 'feedId'>): AlertsOfFeed {
    const alerts = alertsById.get(feedId);
    if (alerts === undefined) throw new Error(`Invariant: a report of feed "${feedId}", which is not configured; file only those of configured feeds.`);
    return alerts;
  }

  const ofNew = (): TakenAs => (heldCount >= mostCases ? 'full' : 'news');

  function judge(filed: FiledAlert): TakenAs {
    const { occurrences, events, ends } = alertsOf(filed);
    const { alertId, conditionId, transition } = filed.report;
    const end = ends.get(conditionId);
    if (transition === 'condition-cleared') {
      if (end !== undefined) return compareAlerts(filed, end) > 0 ? 'news' : 'known';
      // What is open must be able to end, also in a full book; only there is it worth looking for.
      return ofNew() === 'news' || [...occurrences.values()].some(({ newest }) => newest?.report.conditionId === conditionId) ? 'news' : 'full';
    }
    if (transition === 'seen') {
      const held = events.get(alertId);
      if (held !== undefined) return compareAlerts(filed, held) < 0 ? 'news' : 'known';
      return leftEvents.has(filed.feedId, alertId) ? 'known' : ofNew();
    }
    const held = occurrences.get(alertId);
    if (held === undefined) {
      const isLongOver = transition !== 'cleared' && end !== undefined && filed.report.atMs <= Math.min(recentFromMs, end.report.atMs);
      return isLongOver ? 'known' : ofNew();
    }
    const isTooLate = transition !== 'cleared' && isOver(held, ends, recentFromMs) && (held.cleared !== null || end === undefined || filed.report.atMs <= end.report.atMs);
    return isTooLate || withReport(held, filed) === held ? 'known' : 'news';
  }

  function put(filed: FiledAlert): void {
    const { feed, occurrences, events, ends } = alertsOf(filed);
    const { alertId, conditionId, transition } = filed.report;
    const isHeld = transition === 'condition-cleared' ? ends.has(conditionId) : transition === 'seen' ? events.has(alertId) : occurrences.has(alertId);
    if (!isHeld) heldCount++;
    if (transition === 'condition-cleared') {
      ends.set(conditionId, filed);
      for (const { report } of tallies.openOf(filed.feedId, conditionId)) if (report.transition !== 'seen') countOccurrence(filed.feedId, report.alertId);
    } else if (transition === 'seen') {
      events.set(alertId, filed);
      const { atMs } = filed.report;
      tallies.set(filed.feedId, 'events', alertId, { filed, openUntilMs: atMs + feed.holdOpenMs, dayUntilMs: atMs + RECENT_MS, beganAtMs: atMs, endedAtMs: null });
    } else {
      occurrences.set(alertId, withReport(occurrences.get(alertId) ?? UNHEARD, filed));
      countOccurrence(filed.feedId, alertId);
    }
    say(filed);
  }

  function say({ feedId, report: { alertId, transition } }: FiledAlert): void {
    if (transition !== 'cleared' && transition !== 'condition-cleared') tallies.say(feedId, transition === 'seen' ? 'events' : 'occurrences', alertId);
  }

  function countOccurrence(feedId: SourceId, alertId: string): void {
    const { occurrences, ends } = alertsOf({ feedId });
    const occurrence = occurrences.get(alertId) ?? UNHEARD;
    const { first, newest } = occurrence;
    const endMs = endedAtMs(occurrence, ends);
    tallies.set(feedId, 'occurrences', alertId, newest === null ? null : {
      filed: newest,
      openUntilMs: endMs === null ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
      // What is only said to be still raised began at no known time, and is no alert of any day ([CB13]).
      dayUntilMs: first === null ? Number.NEGATIVE_INFINITY : Math.min(first.report.atMs, endMs ?? Number.POSITIVE_INFINITY) + RECENT_MS,
      beganAtMs: (first ?? newest).report.atMs, endedAtMs: endMs,
    });
  }

  /** Lets go of what no figure can need from here on. One step for each case; between two of them anything may be said of any. */
  function* looks(nowMs: number): Generator<void, void> {
    const fromMs = recentFromMs;
    for (const alerts of alertsById.values()) {
      for (const [alertId, occurrence] of alerts.occurrences) yield letGoOccurrence(alerts, alertId, occurrence, fromMs);
      for (const [conditionId, end] of alerts.ends) yield letGoEnd(alerts, conditionId, end, fromMs);
      for (const [alertId, event] of alerts.events) yield letGoEvent(alerts, alertId, event, fromMs, nowMs);
    }
    leftEvents.forgetOld(nowMs);
  }

  function letGoOccurrence({ occurrences, ends }: AlertsOfFeed, alertId: string, occurrence: Occurrence, fromMs: number): void {
    if (!isOver(occurrence, ends, fromMs)) return;
    const { cleared, newest } = occurrence;
    // What ended with its condition is recognised by that.
    if (cleared === null || isForgotten(cleared, fromMs)) {
      occurrences.delete(alertId);
      heldCount--;
    } else if (newest !== null) occurrences.set(alertId, { ...UNHEARD, cleared });
  }

  function letGoEnd({ ends }: AlertsOfFeed, conditionId: string, end: FiledAlert, fromMs: number): void {
    if (isForgotten(end, fromMs) && ends.delete(conditionId)) heldCount--;
  }

  function letGoEvent({ feed, events }: AlertsOfFeed, alertId: string, { report }: FiledAlert, fromMs: number, nowMs: number): void {
    if (report.atMs > Math.min(fromMs, fromMs + RECENT_MS - feed.holdOpenMs)) return;
    events.delete(alertId);
    heldCount--;
    leftEvents.add(feed.id, alertId, nowMs);
  }

  /** Every look that there is, and between parts of them a turn for others. */
  function* letGo(nowMs: number): Generator<void, void> {
    let left = LOOKS_PER_TURN;
    for (const _ of looks(nowMs)) {
      left -= 1;
      if (left > 0) continue;
      yield;
      left = LOOKS_PER_TURN;
    }
  }

  function moveOn(nowMs: number): void {
    recentFromMs = Math.max(recentFromMs, nowMs - RECENT_MS);
    if (round === null && (nowMs - roundBeganAtMs >= LET_GO_EVERY_MS || heldCount >= mostCases)) {
      round = letGo(nowMs);
      roundBeganAtMs = nowMs;
    }
    if (round?.next().done === true) round = null;
  }

  /** Once counted as over, nothing is open again because a clock was set back. */
  function countAt(nowMs: number) {
    moveOn(nowMs);
    return tallies.countAt(recentFromMs + RECENT_MS);
  }

  return {
    judge,
    take(filed) {
      const taken = judge(filed);
      if (taken === 'news') put(filed);
      return taken;
    },
    takeConditionChanges: tallies.takeConditionChanges,
    noteRepeat: say,
    figures: (nowMs) => figuresOf(countAt(nowMs), feeds, coverage),
    letGo(nowMs) {
      moveOn(nowMs);
      for (const _ of letGo(nowMs));
    },
    *live(nowMs) {
      moveOn(nowMs);
      for (const _ of letGo(nowMs)) yield [];
      for (const { occurrences, events, ends } of alertsById.values()) {
        yield* inParts(occurrences.values(), ({ first, newest, cleared }) => [...new Set([first, newest, cleared])].filter((filed) => filed !== null));
        yield* inParts(events.values(), (filed) => [filed]);
        yield* inParts(ends.values(), (filed) => [filed]);
      }
    },
    tally(nowMs) {
      const { open, unplacedByFeed } = countAt(nowMs);
      return { held: heldCount, open, unplacedByFeed };
    },
  };
}

/** Some senders clear at the time of the raise, which may be long ago: recognised from when we heard of it. */
function isForgotten({ report, receivedAtMs }: FiledAlert, recentFromMs: number): boolean {
  return Math.max(report.atMs, receivedAtMs) <= recentFromMs - RECOGNISED_MS;
}

function* inParts<Case>(cases: Iterable<Case>, reportsOf: (each: Case) => readonly FiledAlert[]): Generator<readonly FiledAlert[], void> {
  let part: FiledAlert[] = [];
  for (const each of cases) {
    part.push(...reportsOf(each));
    if (part.length < LOOKS_PER_TURN) continue;
    yield part;
    part = [];
  }
  yield part;
}
