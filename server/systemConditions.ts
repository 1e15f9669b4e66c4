import type { Alarm, AlarmCondition } from '../shared/domain/alarm.ts';
import type { AlarmRule } from '../shared/domain/alarmRule.ts';
import { type LocalityCode, SourceId } from '../shared/domain/ids.ts';
import type { Severity } from '../shared/domain/severity.ts';
import type { FeedStatus } from '../shared/protocol/feeds.ts';
import type { ConditionChange } from './ports/conditions.ts';
import type { WallsView } from './ports/walls.ts';
import { lifeOf } from './state/ruleBook.ts';

const WALL_TROUBLE_MS = 60_000;
/** 0-1, of the file system: raised below, over above. */
const DISK = { low: 0.15, lowOver: 0.18, critical: 0.08, criticalOver: 0.1 } as const;
/** A share that is told is told again once it has moved by so many points. */
const DISK_STEP_PERCENT = 2;
const CLOCK = { raiseMs: 60_000, overMs: 30_000 } as const;
/** How many alerts are left out changes all the time. */
const LEFT_OUT_EVERY_MS = 60_000;

/** One trouble of ours, before it is an alarm's condition. */
interface Trouble {
  /** What follows "system:" in its id. */
  readonly what: string;
  /** `null`: the rule's. */
  readonly severity: Severity | null;
  readonly title: string;
  readonly sourceId?: SourceId;
  readonly sinceMs: number;
}

interface SystemOptions {
  readonly rules: readonly AlarmRule[];
  readonly nationCode: LocalityCode;
  /** What was an alarm before this start. */
  readonly open: readonly Alarm[];
}

const toId = (what: string): AlarmCondition['id'] => `system:${what}`;

/** Which troubles stand and what was last said of each; told only when that changes. */
function createTroubles({ rules, nationCode, open }: SystemOptions) {
  const rule = rules.find(({ isOn, when }) => isOn && when.type === 'system') ?? null;
  const toldById = new Map(open.filter(({ kind, returnedAtMs }) => kind === 'system' && returnedAtMs === null).map(({ id, severity, title, sinceMs }) => [id as string, { severity, title, sinceMs }]));
  let changes: ConditionChange[] = [];

  return {
    told: (what: string) => toldById.get(toId(what)),
    /** What is told under this beginning, without it. */
    toldUnder: (beginning: string) => [...toldById.keys()].flatMap((id) => (id.startsWith(toId(beginning)) ? [id.slice(toId(beginning).length)] : [])),
    holds({ what, severity: asked, title, sourceId, sinceMs }: Trouble): void {
      if (rule === null) return;
      const id = toId(what);
      const severity = asked ?? rule.severity;
      const told = toldById.get(id);
      if (told?.severity === severity && told.title === title) return;
      toldById.set(id, { severity, title, sinceMs: told?.sinceMs ?? sinceMs });
      changes.push({ kind: 'holds', standing: { sinceMs: told?.sinceMs ?? sinceMs, life: lifeOf(rule), condition: {
        id, kind: 'system', ruleId: rule.id, severity, domain: 'nation', localityCode: nationCode, isPlaced: true, indicatorId: null, sourceId: sourceId ?? null, value: null, title,
        dependsOn: [], tlp: null, attack: null,
      } } });
    },
    over(what: string, atMs: number): void {
      if (toldById.delete(toId(what))) changes.push({ kind: 'over', alarmId: toId(what), atMs });
    },
    take(nowMs: number): ConditionChange[] {
      // Nobody judges it any more.
      if (rule === null) for (const id of toldById.keys()) changes.push({ kind: 'over', alarmId: id, atMs: nowMs });
      if (rule === null) toldById.clear();
      const taken = changes;
      changes = [];
      return taken;
    },
  };
}
type Troubles = ReturnType<typeof createTroubles>;

export interface SystemSigns {
  readonly walls: Pick<WallsView, 'list' | 'nowMs'>;
  readonly feeds: () => readonly Pick<FeedStatus, 'id' | 'name' | 'skewMs'>[];
  /** 0-1, free of the file system that holds the data; `null`: not known. */
  readonly diskFreeRatio: () => number | null;
}

export interface SystemConditions {
  take(nowMs: number): readonly ConditionChange[];
}

/** [SY1] What is wrong with the display itself. Pure but for what was told: signs and time are given. */
export function createSystemConditions(options: SystemOptions, { walls, feeds, diskFreeRatio }: SystemSigns): SystemConditions {
  const troubles = createTroubles(options);
  const knownWalls = new Set<string>();
  return {
    take(nowMs) {
      judgeWalls(troubles, walls, knownWalls, nowMs);
      judgeDisk(troubles, diskFreeRatio(), nowMs);
      judgeClocks(troubles, feeds(), nowMs);
      return troubles.take(nowMs);
    },
  };
}

/** [SY2] Over: it is well again, was closed on purpose, or forgotten. One in trouble before this start that has not reported since is in trouble still. */
function judgeWalls(troubles: Troubles, walls: SystemSigns['walls'], known: Set<string>, nowMs: number): void {
  const inTrouble = new Set<string>();
  for (const { wallId, name, troubleSinceMs } of walls.list()) {
    known.add(wallId);
    if (troubleSinceMs === null) continue;
    inTrouble.add(wallId);
    if (walls.nowMs() - troubleSinceMs > WALL_TROUBLE_MS) troubles.holds({ what: `wall-silent:${wallId}`, severity: null, title: name, sinceMs: troubleSinceMs });
  }
  for (const wallId of troubles.toldUnder('wall-silent:')) if (known.has(wallId) && !inTrouble.has(wallId)) troubles.over(`wall-silent:${wallId}`, nowMs);
}

/** [SY3] */
function judgeDisk(troubles: Troubles, freeRatio: number | null, nowMs: number): void {
  if (freeRatio === null) return;
  const told = troubles.told('disk-low');
  const isCritical = freeRatio < DISK.critical || (told?.severity === 'critical' && freeRatio <= DISK.criticalOver);
  if (!isCritical && !(freeRatio < DISK.low || (told !== undefined && freeRatio <= DISK.lowOver))) {
    troubles.over('disk-low', nowMs);
    return;
  }
  const severity = isCritical ? 'critical' : 'medium';
  const percent = Math.floor(freeRatio * 100);
  const isNews = told?.severity !== severity || told.title === null || Math.abs(Number.parseInt(told.title, 10) - percent) >= DISK_STEP_PERCENT;
  if (isNews) troubles.holds({ what: 'disk-low', severity, title: `${percent} %`, sinceMs: nowMs });
}

/** [SY4] Only a clock that is ahead can be told from messages that come late. Without a message nothing is known, and it stays as it was. */
function judgeClock(troubles: Troubles, { id, name, skewMs }: Pick<FeedStatus, 'id' | 'name' | 'skewMs'>, nowMs: number): void {
  if (skewMs === null) return;
  if (-skewMs > CLOCK.raiseMs) troubles.holds({ what: `feed-clock:${id}`, severity: 'medium', title: name.vi, sourceId: SourceId.parse(id), sinceMs: nowMs });
  else if (-skewMs < CLOCK.overMs) troubles.over(`feed-clock:${id}`, nowMs);
}

/** One that is listed no more has no clock: nothing would ever end its trouble. */
function judgeClocks(troubles: Troubles, feeds: readonly Pick<FeedStatus, 'id' | 'name' | 'skewMs'>[], nowMs: number): void {
  for (const feed of feeds) judgeClock(troubles, feed, nowMs);
  for (const id of troubles.toldUnder('feed-clock:')) if (!feeds.some((feed) => feed.id === id)) troubles.over(`feed-clock:${id}`, nowMs);
}

/** [SY5] That alerts are left out because there are too many, and how many. */
export function createLeftOut(options: SystemOptions): { judge(count: number, nowMs: number): readonly ConditionChange[] } {
  const troubles = createTroubles(options);
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let someAtMs = Number.NEGATIVE_INFINITY;
  return {
    judge(count, nowMs) {
      if (count > 0) {
        someAtMs = nowMs;
        if (nowMs - toldAtMs >= LEFT_OUT_EVERY_MS) {
          toldAtMs = nowMs;
          troubles.holds({ what: 'too-many-alerts', severity: null, title: String(count), sinceMs: nowMs });
        }
      } else if (nowMs - someAtMs >= LEFT_OUT_EVERY_MS) {
        troubles.over('too-many-alerts', nowMs);
        toldAtMs = Number.NEGATIVE_INFINITY;
      }
      return troubles.take(nowMs);
    },
  };
}
