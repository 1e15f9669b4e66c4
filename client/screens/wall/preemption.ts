import { type Alarm, announcementOf, isAnnunciated } from '../../../shared/domain/alarm.ts';
import { conditionOf } from '../../panels/attentionRows.ts';

/** A critical alarm that nobody has taken goes before every scene (UI.md §10). */
export const PREEMPTION = {
  /** Each of several, newest first. */
  turnMs: 20_000,
  /** The picture stays this long after the last one was acknowledged or is over. */
  afterMs: 15_000,
  /** Unanswered for this long it gives way to the scenes and stays as a row. */
  unansweredMs: 10 * 60_000,
  /** Within which somebody should have acknowledged. */
  targetMs: 5 * 60_000,
} as const;

export interface Preemption {
  /** What the wall shows instead of a scene, as last known; `null`: the scenes turn. */
  readonly shown: Alarm | null;
  /** When the shown one's turn began. On the axis of the clock given to `preempt`. */
  readonly turnSinceMs: number;
  /** Since when nothing waits for an answer any more; `null` while something does. */
  readonly answeredAtMs: number | null;
  /** By announcement: when this wall first showed it. */
  readonly firstShownMs: ReadonlyMap<string, number>;
  /** Announcements that gave way, unanswered or by a person's hand. They do not come back; said again ([LC8]), an alarm does. */
  readonly left: ReadonlySet<string>;
}

export const NOTHING_PREEMPTS: Preemption = { shown: null, turnSinceMs: 0, answeredAtMs: null, firstShownMs: new Map(), left: new Set() };

export interface PreemptionInput {
  /** Every open alarm. */
  readonly alarms: readonly Alarm[];
  readonly nowMs: number;
  /** Nobody knows then whether an alarm still stands: nothing begins and nothing ends. */
  readonly isLinkLost: boolean;
  /** [FL3] The same alarm in many places has one turn, not one each. */
  readonly isFlood: boolean;
}

/** What a cause explains or a person shelved waits for nobody. */
const isUnanswered = (alarm: Alarm) => alarm.severity === 'critical' && alarm.state === 'UNACK' && isAnnunciated(alarm);

/** Newest first; of the same moment in a fixed order. */
const newestFirst = (a: Alarm, b: Alarm) => b.sinceMs - a.sinceMs || (a.occurrenceId < b.occurrenceId ? -1 : 1);

const isSame = (a: Alarm, b: Alarm | null) => b !== null && announcementOf(a) === announcementOf(b);

/** Unanswered and not given up, newest first. */
export function waitingOf(alarms: readonly Alarm[], left: ReadonlySet<string>): Alarm[] {
  return alarms.filter((alarm) => isUnanswered(alarm) && !left.has(announcementOf(alarm))).sort(newestFirst);
}

/** Whose turn comes: all that wait; in a flood one of each condition, the one that was shown before or else the newest. */
export function turnsOf(waiting: readonly Alarm[], { firstShownMs, shown }: Preemption, isFlood: boolean): Alarm[] {
  if (!isFlood) return [...waiting];
  const rank = (alarm: Alarm) => (isSame(alarm, shown) ? 0 : firstShownMs.has(announcementOf(alarm)) ? 1 : 2);
  const turns = new Map<string, Alarm>();
  for (const alarm of waiting) {
    const held = turns.get(conditionOf(alarm));
    if (held === undefined || rank(alarm) < rank(held)) turns.set(conditionOf(alarm), alarm);
  }
  return [...turns.values()].sort(newestFirst);
}

/** How many of those that wait have no turn of their own because `shown` has it. */
export function othersLike(shown: Alarm, waiting: readonly Alarm[], isFlood: boolean): number {
  return isFlood ? waiting.filter((alarm) => conditionOf(alarm) === conditionOf(shown) && !isSame(alarm, shown)).length : 0;
}

function giveUp(held: Preemption, alarms: readonly Alarm[], nowMs: number): Preemption {
  const unanswered = alarms.filter(isUnanswered);
  const over = unanswered.filter((alarm) => nowMs - (held.firstShownMs.get(announcementOf(alarm)) ?? nowMs) >= PREEMPTION.unansweredMs && !held.left.has(announcementOf(alarm)));
  const stays = (announcement: string) => unanswered.some((alarm) => announcementOf(alarm) === announcement);
  const gone = [...held.firstShownMs.keys(), ...held.left].some((announcement) => !stays(announcement));
  if (over.length === 0 && !gone) return held;
  return {
    ...held,
    left: new Set([...held.left, ...over.map(announcementOf)].filter(stays)),
    firstShownMs: new Map([...held.firstShownMs].filter(([announcement]) => stays(announcement))),
  };
}

/** One that nobody has seen yet goes first; else whose turn is over makes room for the next. */
function chooseNext(held: Preemption, waiting: readonly [Alarm, ...Alarm[]], nowMs: number): Alarm {
  const unseen = waiting.find((alarm) => !held.firstShownMs.has(announcementOf(alarm)));
  if (unseen !== undefined && (held.shown === null || unseen.sinceMs >= held.shown.sinceMs)) return unseen;
  const position = waiting.findIndex((alarm) => isSame(alarm, held.shown));
  const current = waiting[position];
  if (current !== undefined && nowMs - held.turnSinceMs < PREEMPTION.turnMs) return current;
  return waiting[(position + 1) % waiting.length] ?? waiting[0];
}

/** [PE1] Pure: which critical alarm, if any, stands before the scenes. The same object when nothing changed. */
export function preempt(before: Preemption, { alarms, nowMs, isLinkLost, isFlood }: PreemptionInput): Preemption {
  if (isLinkLost) return before;
  const held = giveUp(before, alarms, nowMs);
  const waiting = waitingOf(alarms, held.left);
  const [first, ...others] = turnsOf(waiting, held, isFlood);
  if (first !== undefined) {
    const shown = chooseNext(held, [first, ...others], nowMs);
    const isNewTurn = !isSame(shown, held.shown) || nowMs - held.turnSinceMs >= PREEMPTION.turnMs;
    const seen = waiting.filter((alarm) => alarm === shown || (isFlood && conditionOf(alarm) === conditionOf(shown))).filter((each) => !held.firstShownMs.has(announcementOf(each)));
    const firstShownMs = seen.length === 0 ? held.firstShownMs : new Map([...held.firstShownMs, ...seen.map((each) => [announcementOf(each), nowMs] as const)]);
    if (!isNewTurn && shown === held.shown && firstShownMs === held.firstShownMs && held.answeredAtMs === null) return held;
    return { ...held, shown, firstShownMs, turnSinceMs: isNewTurn ? nowMs : held.turnSinceMs, answeredAtMs: null };
  }
  if (held.shown === null) return held;
  if (held.left.has(announcementOf(held.shown))) return { ...held, shown: null, answeredAtMs: null };
  if (held.answeredAtMs === null) return { ...held, shown: alarms.find(({ occurrenceId }) => occurrenceId === held.shown?.occurrenceId) ?? held.shown, answeredAtMs: nowMs };
  return nowMs - held.answeredAtMs < PREEMPTION.afterMs ? held : { ...held, shown: null, answeredAtMs: null };
}

/** A person sends what stands before the scenes away: it stays as a row. */
export function leavePreemption(held: Preemption, alarms: readonly Alarm[]): Preemption {
  if (held.shown === null) return held;
  return { ...held, shown: null, answeredAtMs: null, left: new Set([...held.left, ...waitingOf(alarms, held.left).map(announcementOf)]) };
}
