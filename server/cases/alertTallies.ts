import type { LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import type { Severity } from '../../shared/domain/severity.ts';
import type { AlertConditionChange } from '../ports/cases.ts';
import { type AlertCount, noAlerts, type ProvinceCount } from './alertFigures.ts';
import { type ConditionNews, createConditionNews } from './conditionNews.ts';
import type { Coverage } from './coverage.ts';
import { createExpiry, type Ending } from './expiry.ts';
import { compareAlerts, type FiledAlert } from './occurrence.ts';

/** What is counted of one occurrence or event. */
interface AlertCase {
  /** What it is now: how bad, where, and of which domain. */
  readonly filed: FiledAlert;
  /** It is open before this, and no longer. `Infinity`: until something is said of it; `-Infinity`: it is not. Epoch ms. */
  readonly openUntilMs: number;
  /** It is one of the last 24 h before this. Epoch ms. */
  readonly dayUntilMs: number;
  /** When it began, as far as is known. Epoch ms. */
  readonly beganAtMs: number;
  /** When it was said to be over. Epoch ms; `null`: it was not. */
  readonly endedAtMs: number | null;
}

interface Counted extends AlertCase, Ending {
  readonly of: FeedCounts;
  readonly among: Map<string, Counted>;
  isOpen: boolean;
  isOfDay: boolean;
}

interface Condition {
  readonly id: string;
  readonly feedId: SourceId;
  /** As was last told: within one report it may close and open again. */
  isOpen: boolean;
  /** How often it was said since it opened. */
  count: number;
  /** The latest end of what was open of it. Epoch ms. */
  lastEndMs: number;
  readonly open: Set<Counted>;
  /** Of those open. `undefined`: to be looked for. */
  newest: Counted | null | undefined;
  /** What it is counted as. */
  shown: FiledAlert | null;
  /** How much of it is counted in no province. */
  unplaced: number;
}

interface FeedCounts {
  readonly id: SourceId;
  readonly occurrences: Map<string, Counted>;
  readonly events: Map<string, Counted>;
  readonly conditions: Map<string, Condition>;
  /** Conditions of which something has opened or closed since the last look. */
  readonly changed: Set<Condition>;
  open: number;
  unplaced: number;
}

/** Counts that follow what is said and the time. What a look takes depends on what has changed since the last, not on how much is held. */
export interface AlertTallies {
  /** The case from here on, in the place of what was counted of it. `null`: nothing of it counts. */
  set(feedId: SourceId, kind: 'occurrences' | 'events', alertId: string, alertCase: AlertCase | null): void;
  /** The sender has said it; of one that is not open it says nothing. */
  say(feedId: SourceId, kind: 'occurrences' | 'events', alertId: string): void;
  takeConditionChanges(most: number): readonly AlertConditionChange[];
  /** What of the condition is open. */
  openOf(feedId: SourceId, conditionId: string): readonly FiledAlert[];
  /** @param nowMs never before that of an earlier call */
  countAt(nowMs: number): AlertCount;
}

/** A condition is open while anything of it is, and is what the newest of that says. */
export function createAlertTallies({ provinceOf }: Coverage, feedIds: readonly SourceId[]): AlertTallies {
  const byProvince = new Map<LocalityCode, ProvinceCount>();
  const countsByFeed = new Map<SourceId, FeedCounts>(feedIds.map((id) => [id, { id, occurrences: new Map(), events: new Map(), conditions: new Map(), changed: new Set(), open: 0, unplaced: 0 }]));
  const expiry = createExpiry<Counted>();
  let nowMs = Number.NEGATIVE_INFINITY;
  const news = createConditionNews({
    newestOf: ({ feedId, id }) => newestIn(countsOf(feedId).conditions.get(id))?.filed.report ?? null,
    *open() {
      for (const { conditions } of countsByFeed.values()) {
        for (const condition of conditions.values()) if (condition.isOpen) yield { condition, sinceMs: beganAtMs(condition.open) };
      }
    },
  });

  function countsOf(feedId: SourceId): FeedCounts {
    const counts = countsByFeed.get(feedId);
    if (counts === undefined) throw new Error(`Invariant: an alert of feed "${feedId}", which is not configured.`);
    return counts;
  }

  function count(of: FeedCounts, { report }: FiledAlert, as: Severity | 'day', by: 1 | -1): void {
    const province = report.localityCode === null ? null : provinceOf(report.localityCode);
    if (province === null) countUnplaced(of, conditionOf(of, report.conditionId), by);
    else if (report.domain === 'security') {
      const counts = byProvince.get(province) ?? noAlerts();
      counts[as] += by;
      byProvince.set(province, counts);
    }
  }

  function refresh(of: FeedCounts, condition: Condition): void {
    const { shown } = condition;
    const filed = newestIn(condition)?.filed ?? null;
    condition.shown = filed;
    // What has just opened was told with its newest.
    if (condition.isOpen && shown !== null && filed !== shown) news.said(condition);
    if (shown !== null) count(of, shown, shown.report.severity, -1);
    if (filed !== null) count(of, filed, filed.report.severity, 1);
    of.open += (filed === null ? 0 : 1) - (shown === null ? 0 : 1);
    tidy(of, condition);
  }

  /** Takes away what of it has ended by now, and waits for what will. */
  function settle(counted: Counted): void {
    const { of, filed, among } = counted;
    if (counted.isOfDay && counted.dayUntilMs <= nowMs) {
      counted.isOfDay = false;
      count(of, filed, 'day', -1);
    }
    if (counted.isOpen && counted.openUntilMs <= nowMs) {
      counted.isOpen = false;
      tellEnd(of, close(counted), counted.openUntilMs, news);
    }
    const nextMs = Math.min(counted.isOfDay ? counted.dayUntilMs : Number.POSITIVE_INFINITY, counted.isOpen ? counted.openUntilMs : Number.POSITIVE_INFINITY);
    expiry.set(counted, nextMs);
    if (!counted.isOfDay && !counted.isOpen) among.delete(filed.report.alertId);
  }

  /** @returns the condition that it held open */
  function remove(counted: Counted): Condition | null {
    expiry.set(counted, Number.POSITIVE_INFINITY);
    if (counted.isOfDay) count(counted.of, counted.filed, 'day', -1);
    counted.among.delete(counted.filed.report.alertId);
    return counted.isOpen ? close(counted) : null;
  }

  function put(of: FeedCounts, kind: 'occurrences' | 'events', alertId: string, alertCase: AlertCase): void {
    const counted: Counted = { ...alertCase, of, among: of[kind], ends: null, isOpen: alertCase.openUntilMs > nowMs, isOfDay: alertCase.dayUntilMs > nowMs };
    if (!counted.isOpen && !counted.isOfDay) return;
    of[kind].set(alertId, counted);
    if (counted.isOfDay) count(of, counted.filed, 'day', 1);
    if (counted.isOpen) tellOpen(open(counted), counted, news);
    settle(counted);
  }

  return {
    set(feedId, kind, alertId, alertCase) {
      const of = countsOf(feedId);
      const known = of[kind].get(alertId);
      const left = known === undefined ? null : remove(known);
      if (alertCase !== null) put(of, kind, alertId, alertCase);
      const isGone = of[kind].get(alertId)?.isOpen !== true;
      if (left !== null && (isGone || left.open.size === 0)) tellEnd(of, left, alertCase?.endedAtMs ?? nowMs, news);
    },
    say(feedId, kind, alertId) {
      const of = countsOf(feedId);
      const counted = of[kind].get(alertId);
      if (counted?.isOpen !== true) return;
      const condition = conditionOf(of, counted.filed.report.conditionId);
      condition.count += 1;
      if (condition.count > 1) news.said(condition);
    },
    takeConditionChanges: news.take,
    openOf: (feedId, conditionId) => [...countsOf(feedId).conditions.get(conditionId)?.open ?? []].map(({ filed }) => filed),
    countAt(atMs) {
      nowMs = atMs;
      for (const counted of expiry.endedBy(nowMs)) settle(counted);
      let openCount = 0;
      for (const of of countsByFeed.values()) {
        for (const condition of of.changed) refresh(of, condition);
        of.changed.clear();
        openCount += of.open;
      }
      return { byProvince, open: openCount, unplacedByFeed: new Map([...countsByFeed].map(([id, { unplaced }]) => [id, unplaced])) };
    },
  };
}

/** It was not open, or is open already. */
function tellOpen(condition: Condition, { filed, beganAtMs: sinceMs }: Counted, news: ConditionNews): void {
  if (condition.isOpen) return;
  Object.assign(condition, { isOpen: true, count: 0, lastEndMs: Number.NEGATIVE_INFINITY });
  news.opened(condition, filed.report, sinceMs);
}

/** Something of it has ended; told once all that one report does is done. */
function tellEnd(of: FeedCounts, condition: Condition, endMs: number, news: ConditionNews): void {
  condition.lastEndMs = Math.max(condition.lastEndMs, endMs);
  if (condition.open.size > 0 || !condition.isOpen) return;
  condition.isOpen = false;
  news.over(condition, condition.lastEndMs);
  tidy(of, condition);
}

function beganAtMs(open: Iterable<Counted>): number {
  let firstMs = Number.POSITIVE_INFINITY;
  for (const each of open) firstMs = Math.min(firstMs, each.beganAtMs);
  return firstMs;
}

function conditionOf({ id: feedId, conditions }: FeedCounts, id: string): Condition {
  const condition = conditions.get(id) ?? { id, feedId, isOpen: false, count: 0, lastEndMs: Number.NEGATIVE_INFINITY, open: new Set(), newest: null, shown: null, unplaced: 0 };
  conditions.set(id, condition);
  return condition;
}

function countUnplaced(of: FeedCounts, condition: Condition, by: 1 | -1): void {
  const before = condition.unplaced;
  condition.unplaced += by;
  of.unplaced += Math.sign(condition.unplaced) - Math.sign(before);
  tidy(of, condition);
}

function open(counted: Counted): Condition {
  const condition = conditionOf(counted.of, counted.filed.report.conditionId);
  const { newest } = condition;
  condition.open.add(counted);
  if (newest === null || (newest !== undefined && compareAlerts(counted.filed, newest.filed) > 0)) condition.newest = counted;
  counted.of.changed.add(condition);
  return condition;
}

function close(counted: Counted): Condition {
  const condition = conditionOf(counted.of, counted.filed.report.conditionId);
  condition.open.delete(counted);
  if (condition.newest === counted) condition.newest = undefined;
  counted.of.changed.add(condition);
  return condition;
}

function newestIn(condition: Condition | undefined): Counted | null {
  if (condition === undefined) return null;
  if (condition.newest === undefined) condition.newest = newestOf(condition.open);
  return condition.newest;
}

function newestOf(all: Iterable<Counted>): Counted | null {
  let newest: Counted | null = null;
  for (const each of all) if (newest === null || compareAlerts(each.filed, newest.filed) > 0) newest = each;
  return newest;
}

/** A condition of which nothing counts takes nothing. */
function tidy({ conditions, changed }: FeedCounts, condition: Condition): void {
  if (condition.open.size > 0 || condition.isOpen || condition.shown !== null || condition.unplaced > 0) return;
  conditions.delete(condition.id);
  changed.delete(condition);
}
