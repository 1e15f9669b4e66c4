import { createHash } from 'node:crypto';
import { type Alarm, type AlarmCondition, AlarmId } from '../shared/domain/alarm.ts';
import type { AlarmRule, RuleOf } from '../shared/domain/alarmRule.ts';
import type { AlertReport } from '../shared/domain/alertReport.ts';
import type { LocalityCode, SourceId } from '../shared/domain/ids.ts';
import { SEVERITIES, type Severity } from '../shared/domain/severity.ts';
import { isAlertFeed } from './cases/coverage.ts';
import { isSilentFeed } from './feedSilence.ts';
import type { AlertConditionChange, AlertConditionsSource } from './ports/cases.ts';
import type { ConditionChange } from './ports/conditions.ts';
import type { FeedSettings } from './ports/feedSettings.ts';
import { lifeOf } from './state/ruleBook.ts';
import { createLeftOut } from './systemConditions.ts';

/** A desk that is asked about more of them is asked about none; what is left out is said, by one alarm. */
const MOST_ALARMS = 5_000;
/** Of one tick, so that its turn stays short: what alarms cost is told by the news, what is only looked at costs little. */
const MOST_NEWS = 500;
const MOST_LOOKS = 2_000;
const LOOKS_AT_ONCE = 250;
/** A sender that repeats itself every second is counted, but not written down every second. */
const COUNT_EVERY_MS = 60_000;

export interface AlertConditionsOptions {
  readonly feeds: readonly FeedSettings[];
  readonly rules: readonly AlarmRule[];
  readonly nationCode: LocalityCode;
  /** What was an alarm before this start. */
  readonly open: readonly Alarm[];
  readonly cases: Pick<AlertConditionsSource, 'takeConditionChanges'>;
  /** When the feed last sent something; `null`: never. Epoch ms. */
  readonly lastSeenAtMs: (feedId: SourceId) => number | null;
  readonly mostAlarms?: number;
}

/** Alerts of monitoring and security systems as conditions of alarms, by the sender's identity. */
export interface AlertConditions {
  /** What changed since the call before, in order. Ask once a tick, with the channel's time. */
  take(nowMs: number): readonly ConditionChange[];
}

/** One condition of a feed that its alerts hold open. */
interface Entry {
  readonly conditionId: string;
  /** Of its alarm; `null`: not worked out yet, a hash costs more than a look. */
  id: AlarmCondition['id'] | null;
  readonly feed: FeedSettings;
  newest: AlertReport;
  /** Since when it has been as bad as a rule asks. */
  sinceMs: number;
  /** `unlisted`: no rule asks for its severity. */
  place: 'told' | 'waiting' | 'unlisted';
  count: number;
  /** How much of the count is from before this start. */
  countBefore: number;
  toldCount: number;
  countToldAtMs: number;
  isLost: boolean;
}

/** Stable over occurrences, and nothing of what the sender named it by is in it. */
export function toAlertAlarmId(feedId: string, conditionId: string): AlarmCondition['id'] {
  return AlarmId.parse(`alert:${feedId}:${createHash('sha256').update(conditionId).digest('base64url').slice(0, 22)}`);
}

/** [AI4] Which sources' critical alerts are alarms by identity, and not also by their count. */
export function alertTellersOf(feeds: readonly FeedSettings[], rules: readonly AlarmRule[]): (sourceId: string) => boolean {
  const isTold = alertRuleOf(rules)?.when.severities.includes('critical') === true;
  const ids = new Set<string>(isTold ? feeds.filter(isAlertFeed).map(({ id }) => id) : []);
  return (sourceId) => ids.has(sourceId);
}

const alertRuleOf = (rules: readonly AlarmRule[]) => rules.find((rule): rule is RuleOf<'alert'> => rule.isOn && rule.when.type === 'alert') ?? null;

/** By severity, in the order they came to it: the worst first, and of them the oldest. */
const createPlaces = () => new Map<Severity, Set<Entry>>(SEVERITIES.map((severity) => [severity, new Set()]));
const sizeOf = (places: ReadonlyMap<Severity, ReadonlySet<Entry>>) => [...places.values()].reduce((sum, { size }) => sum + size, 0);

/**
 * [AI1] A condition that is open and as bad as the rule asks is an alarm. [AI5] At most `mostAlarms` of them: the worst and oldest; a worse one
 * takes the place of the mildest and newest.
 */
export function createAlertConditions({ feeds, rules, nationCode, open, cases, lastSeenAtMs, mostAlarms = MOST_ALARMS }: AlertConditionsOptions): AlertConditions {
  const rule = alertRuleOf(rules);
  const feedsById = new Map(feeds.map((feed) => [feed.id, feed]));
  const entries = new Map<string, Entry>();
  const told = createPlaces();
  const waiting = createPlaces();
  const toCount = new Set<Entry>();
  const toDoubt = new Set<Entry>();
  const silent = new Set<FeedSettings>();
  /** Of alarms from before this start, until the first look has found them again. */
  const before = new Map(open.filter(({ kind, returnedAtMs }) => kind === 'alert' && returnedAtMs === null).map((alarm) => [alarm.id as string, alarm]));
  const leftOut = createLeftOut({ rules, nationCode, open });
  let isFirst = true;
  let changes: ConditionChange[] = [];

  const isListed = ({ severity }: AlertReport) => rule?.when.severities.includes(severity) === true;

  const idOf = (entry: Entry) => (entry.id ??= toAlertAlarmId(entry.feed.id, entry.conditionId));

  function toStanding(entry: Entry) {
    if (rule === null) throw new Error('Invariant: without a rule no alert is an alarm.');
    const { feed, sinceMs, newest: { severity, domain, localityCode, title, tlp, attack } } = entry;
    const condition: AlarmCondition = {
      id: idOf(entry), kind: 'alert', ruleId: rule.id, severity, domain, localityCode: localityCode ?? nationCode, isPlaced: localityCode !== null,
      indicatorId: null, sourceId: feed.id, value: null, title, dependsOn: [], tlp, attack,
    };
    return { condition, sinceMs, life: lifeOf(rule) };
  }

  function tell(entry: Entry): void {
    if (entry.place !== 'told') Object.assign(entry, { place: 'told', toldCount: 1, countToldAtMs: Number.NEGATIVE_INFINITY, isLost: false });
    told.get(entry.newest.severity)?.add(entry);
    changes.push({ kind: 'holds', standing: toStanding(entry) });
    if (entry.count > entry.toldCount) toCount.add(entry);
    if (silent.has(entry.feed) !== entry.isLost) toDoubt.add(entry);
  }

  function leave(entry: Entry): void {
    for (const places of [told, waiting]) places.get(entry.newest.severity)?.delete(entry);
    toCount.delete(entry);
    toDoubt.delete(entry);
  }

  function takeBack(entry: Entry, atMs: number): void {
    leave(entry);
    if (entry.place === 'told') changes.push({ kind: 'over', alarmId: idOf(entry), atMs: Math.max(entry.sinceMs, atMs) });
    entry.place = 'unlisted';
  }

  function wait(entry: Entry): void {
    entry.place = 'waiting';
    waiting.get(entry.newest.severity)?.add(entry);
  }

  function find(entry: Entry): void {
    if (!isListed(entry.newest)) return;
    const alarm = before.size === 0 ? undefined : before.get(idOf(entry));
    if (alarm !== undefined) {
      before.delete(alarm.id);
      Object.assign(entry, { place: 'told', isLost: alarm.dataLost, toldCount: alarm.count });
      tell(entry);
    } else if (!isFirst && sizeOf(waiting) === 0 && sizeOf(told) < mostAlarms) tell(entry);
    else wait(entry);
  }

  function hear(change: AlertConditionChange, nowMs: number): void {
    const key = `${change.feedId}/${change.conditionId}`;
    const entry = entries.get(key);
    const feed = feedsById.get(change.feedId);
    if (change.kind === 'opened' && feed !== undefined) {
      const { newest, sinceMs, conditionId } = change;
      const opened: Entry = { conditionId, id: null, feed, newest, sinceMs, place: 'unlisted', count: 1, countBefore: 0, toldCount: 1, countToldAtMs: Number.NEGATIVE_INFINITY, isLost: false };
      entries.set(key, opened);
      find(opened);
    } else if (entry !== undefined && change.kind === 'said') update(entry, change.newest, change.count, nowMs);
    else if (entry !== undefined && change.kind === 'over') {
      entry.count = entry.countBefore + change.count;
      if (entry.place === 'told' && entry.count > entry.toldCount) changes.push({ kind: 'count', alarmId: idOf(entry), count: entry.count });
      takeBack(entry, Math.min(change.atMs, nowMs));
      entries.delete(key);
    }
  }

  function update(entry: Entry, newest: AlertReport, count: number, nowMs: number): void {
    const was = entry.newest;
    if (isFirst) entry.countBefore = Math.max(0, entry.toldCount - count);
    entry.count = entry.countBefore + count;
    if (entry.place !== 'unlisted' && !isListed(newest)) takeBack(entry, nowMs);
    else if (entry.place !== 'unlisted' && was.severity !== newest.severity) leave(entry);
    entry.newest = newest;
    if (entry.place === 'waiting') wait(entry);
    else if (entry.place === 'told' && (saysOther(newest, was) || was.severity !== newest.severity)) tell(entry);
    else if (entry.place === 'told' && entry.count > entry.toldCount) toCount.add(entry);
    else if (entry.place === 'unlisted' && isListed(newest)) {
      entry.sinceMs = newest.atMs;
      find(entry);
    }
  }

  function hearAll(nowMs: number): void {
    for (let looks = 0; looks < MOST_LOOKS && changes.length < MOST_NEWS; looks += LOOKS_AT_ONCE) {
      const heard = cases.takeConditionChanges(LOOKS_AT_ONCE);
      for (const change of isFirst ? oldestFirst(heard) : heard) hear(change, nowMs);
      if (isFirst) {
        // What ended while we were not there is over as of now: nobody said when.
        for (const alarmId of before.keys()) changes.push({ kind: 'over', alarmId, atMs: nowMs });
        before.clear();
        isFirst = false;
      }
      if (heard.length < LOOKS_AT_ONCE) return;
    }
  }

  function fill(): void {
    let room = mostAlarms - sizeOf(told);
    for (const [, places] of waiting) {
      for (const entry of places) {
        if (room <= 0 || changes.length >= MOST_NEWS) return;
        places.delete(entry);
        tell(entry);
        room -= 1;
      }
    }
  }

  /** The mildest and newest give way to what is worse than they are. */
  function giveWay(nowMs: number): void {
    for (let at = SEVERITIES.length - 1; at > 0; at -= 1) {
      const mildest = [...told.get(SEVERITIES[at] ?? 'unknown') ?? []];
      for (const worse of SEVERITIES.slice(0, at)) {
        for (const entry of waiting.get(worse) ?? []) {
          const last = mildest.at(-1);
          if (last === undefined || changes.length >= MOST_NEWS) break;
          mildest.pop();
          takeBack(last, nowMs);
          wait(last);
          waiting.get(worse)?.delete(entry);
          tell(entry);
        }
      }
    }
  }

  /** [AI6] A feed without a word says neither that its alerts stand nor that they are over. */
  function doubt(nowMs: number): void {
    for (const feed of feeds) {
      const isSilent = isSilentFeed(feed, lastSeenAtMs(feed.id), nowMs);
      if (isSilent === silent.has(feed)) continue;
      if (isSilent) silent.add(feed);
      else silent.delete(feed);
      for (const places of told.values()) for (const entry of places) if (entry.feed === feed) toDoubt.add(entry);
    }
    for (const entry of toDoubt) {
      if (changes.length >= MOST_NEWS) return;
      toDoubt.delete(entry);
      const isLost = silent.has(entry.feed);
      if (entry.isLost === isLost) continue;
      entry.isLost = isLost;
      changes.push({ kind: 'data', alarmId: idOf(entry), isLost });
    }
  }

  function tellCounts(nowMs: number): void {
    for (const entry of toCount) {
      if (changes.length >= MOST_NEWS) return;
      if (nowMs - entry.countToldAtMs < COUNT_EVERY_MS) continue;
      toCount.delete(entry);
      Object.assign(entry, { toldCount: entry.count, countToldAtMs: nowMs });
      changes.push({ kind: 'count', alarmId: idOf(entry), count: entry.count });
    }
  }

  return {
    take(nowMs) {
      changes = [];
      if (rule !== null) hearAll(nowMs);
      else {
        for (const alarmId of before.keys()) changes.push({ kind: 'over', alarmId, atMs: nowMs });
        before.clear();
      }
      fill();
      if (sizeOf(waiting) > 0) giveWay(nowMs);
      doubt(nowMs);
      tellCounts(nowMs);
      return [...changes, ...leftOut.judge(sizeOf(waiting), nowMs)];
    },
  };
}

function saysOther(a: AlertReport, b: AlertReport): boolean {
  return a.title !== b.title || a.localityCode !== b.localityCode || a.domain !== b.domain || a.tlp !== b.tlp || JSON.stringify(a.attack) !== JSON.stringify(b.attack);
}

/** Openings by age, each before what else is said of it. */
function oldestFirst(changes: readonly AlertConditionChange[]): AlertConditionChange[] {
  const openings = changes.filter((change) => change.kind === 'opened').sort((a, b) => a.sinceMs - b.sinceMs);
  return [...openings, ...changes.filter(({ kind }) => kind !== 'opened')];
}
