import { type Alarm, type AlarmCondition, isAnnunciated } from '../../shared/domain/alarm.ts';
import type { AlarmEvent, AlarmEventOf } from '../../shared/domain/alarmEvent.ts';
import { SEVERITIES, type Severity } from '../../shared/domain/severity.ts';
import type { AlarmCheckpoint } from '../ports/alarmCheckpoint.ts';
import type { AlarmLife } from '../ports/conditions.ts';
import { nextState } from './nextState.ts';

interface HeldAlarm {
  readonly alarm: Alarm;
  readonly life: AlarmLife;
  /** When the log took on that it is over, by the log's clock; `null`: it is not. */
  readonly overAtMs: number | null;
  /** How bad this occurrence was when that was last known; `null`: it is known now, or never was. */
  readonly severityBefore: Severity | null;
}

/** One alarm became something people were told of. */
export interface Annunciation {
  readonly atMs: number;
  readonly alarmId: string;
  readonly severity: Severity;
}

/**
 * Alarms as their log tells them: the same events give the same book, on any machine ([LC1]). Holds what is open, and what people have laid over a
 * condition that may come again (a shelf, out of service).
 */
export interface AlarmBook {
  /** What it changed, in order: the alarm itself, then those that it explains or no longer does. Nothing: the event says nothing new. */
  apply(event: AlarmEvent): readonly Alarm[];
  /** `undefined`: NORMAL. */
  held(alarmId: string): HeldAlarm | undefined;
  overlaid(alarmId: string): Pick<Alarm, 'shelved' | 'outOfService'>;
  /** Everything that is not NORMAL, as first raised. */
  open(): Iterable<HeldAlarm>;
  /** Shelves and removals of conditions, open or not. */
  overlays(): Iterable<readonly [alarmId: string, overlay: Pick<Alarm, 'shelved' | 'outOfService'>]>;
  /** The last occurrence of a condition; `undefined`: it never occurred, or so many others have since. */
  lastOccurrenceId(alarmId: string): string | undefined;
  /** All of it: a book made of this goes on as this one. */
  export(): BookState;
}

export type BookState = Pick<AlarmCheckpoint, 'overlays' | 'past'> & { readonly open: readonly HeldAlarm[] };

export interface BookListener {
  onAnnounced?(annunciation: Annunciation): void;
  /** An occurrence is over for good: NORMAL, or another one began before anybody saw it. */
  onClosed?(alarm: Alarm, atMs: number): void;
}

const NO_OVERLAY = { shelved: null, outOfService: null } as const;
/** EEMUA 191 calls an alarm chattering that comes three times in a minute. */
const CHATTER = { times: 3, withinMs: 60_000 } as const;
/** Alerts by identity are new conditions without end; those of an edition's places are fewer than this. */
const MOST_REMEMBERED = 20_000;

interface Past {
  readonly occurrenceId: string;
  readonly raisesMs: readonly number[];
}

const rankOf = (severity: Severity) => SEVERITIES.indexOf(severity);
/** Nobody has set how bad "unknown" is: that something is known of it now is no worsening, and that nothing is known any more neither. */
export function isWorse(severity: Severity, than: Severity): boolean {
  return severity !== 'unknown' && than !== 'unknown' ? rankOf(severity) < rankOf(than) : false;
}

/** The condition stands: latched is over. */
export const isStanding = ({ state, isLatched }: Pick<Alarm, 'state' | 'isLatched'>) => (state === 'UNACK' || state === 'ACKED') && !isLatched;

/** [LC5] Than it was when that was last known: by way of "unknown" too. */
const isGrownWorse = ({ severity }: AlarmCondition, { alarm, severityBefore }: HeldAlarm) => isWorse(severity, severityBefore ?? alarm.severity);

function severityBefore({ severity, occurrenceId }: Alarm, held: HeldAlarm | undefined): Severity | null {
  if (severity !== 'unknown' || held?.alarm.occurrenceId !== occurrenceId) return null;
  return held.alarm.severity === 'unknown' ? held.severityBefore : held.alarm.severity;
}

/** @param from what an earlier book had come to; `null`: nothing */
export function createAlarmBook({ onAnnounced, onClosed }: BookListener = {}, from: BookState | null = null): AlarmBook {
  const heldById = new Map<string, HeldAlarm>();
  const overlayById = new Map<string, Pick<Alarm, 'shelved' | 'outOfService'>>();
  /** By condition, the least recently raised first: what a new occurrence is compared with. */
  const pastById = new Map<string, Past>();
  /** Open alarms by each alarm that could explain them. */
  const dependentsById = new Map<string, Set<string>>();

  /** [CG1] The first of those it depends on that stands and is in service. */
  function explainedBy({ id, dependsOn }: AlarmCondition): string | null {
    return dependsOn.find((causeId) => {
      const cause = causeId === id ? undefined : heldById.get(causeId)?.alarm;
      return cause !== undefined && isStanding(cause) && cause.outOfService === null;
    }) ?? null;
  }

  function index({ id, dependsOn }: AlarmCondition, isIn: boolean): void {
    for (const causeId of dependsOn) {
      const dependents = dependentsById.get(causeId) ?? new Set();
      if (isIn) dependentsById.set(causeId, dependents.add(id));
      else if (dependents.delete(id) && dependents.size === 0) dependentsById.delete(causeId);
    }
  }

  /** Puts the alarm in its place, and tells what else that changes. */
  function put(alarm: Alarm, life: AlarmLife, atMs: number): Alarm[] {
    const held = heldById.get(alarm.id);
    const before = held?.alarm;
    const isBeginning = before === undefined || (before.dependsOn !== alarm.dependsOn && before.dependsOn.join() !== alarm.dependsOn.join());
    if (before !== undefined && (isBeginning || alarm.state === 'NORMAL')) {
      index(before, false);
      // Members of a cause are told in the order of the book, so that a book made again from a checkpoint tells them alike.
      heldById.delete(alarm.id);
    }
    if (alarm.state === 'NORMAL') onClosed?.(alarm, atMs);
    else {
      heldById.set(alarm.id, { alarm, life, overAtMs: alarm.returnedAtMs === null ? null : held?.overAtMs ?? atMs, severityBefore: severityBefore(alarm, held) });
      if (isBeginning) index(alarm, true);
      if (isAnnunciated(alarm) && (before === undefined || !isAnnunciated(before) || before.occurrenceId !== alarm.occurrenceId || (alarm.state === 'UNACK' && before.state === 'ACKED'))) {
        onAnnounced?.({ atMs, alarmId: alarm.id, severity: alarm.severity });
      }
    }
    return [alarm, ...explainAgain(alarm.id, atMs)];
  }

  function explainAgain(causeId: string, atMs: number): Alarm[] {
    return [...dependentsById.get(causeId) ?? []].flatMap((id) => {
      const held = heldById.get(id);
      if (held === undefined) return [];
      const suppressedBy = explainedBy(held.alarm);
      return suppressedBy === held.alarm.suppressedBy ? [] : put({ ...held.alarm, suppressedBy }, held.life, atMs);
    });
  }

  function remember(alarmId: string, occurrenceId: string, atMs: number): readonly number[] {
    const raises = [...(pastById.get(alarmId)?.raisesMs ?? []).filter((raisedMs) => atMs - raisedMs < CHATTER.withinMs), atMs];
    pastById.delete(alarmId);
    pastById.set(alarmId, { occurrenceId, raisesMs: raises });
    for (const id of pastById.keys()) {
      if (pastById.size <= MOST_REMEMBERED) break;
      pastById.delete(id);
    }
    return raises;
  }

  function raise(event: AlarmEventOf<'raised'>): readonly Alarm[] {
    const { atMs, alarmId, occurrenceId, sinceMs, condition, isLatching, needsAckOnReturn, reAlarmAfterMs } = event;
    const before = heldById.get(alarmId)?.alarm;
    if (before !== undefined && isStanding(before)) return [];
    if (before !== undefined) onClosed?.(before, atMs);
    const raises = remember(alarmId, occurrenceId, atMs);
    return put({
      ...condition, occurrenceId, state: 'UNACK', sinceMs, raisedAtMs: atMs, returnedAtMs: null, dataLost: false, count: 1, acked: null, assignee: null,
      disposition: null, ...overlayById.get(alarmId) ?? NO_OVERLAY, suppressedBy: explainedBy(condition), escalations: 0,
      isChattering: raises.length >= CHATTER.times, isLatched: false,
    }, { isLatching, needsAckOnReturn, reAlarmAfterMs }, atMs);
  }

  function overlay(alarmId: string, change: Partial<Pick<Alarm, 'shelved' | 'outOfService'>>, atMs: number): readonly Alarm[] {
    const next = { ...overlayById.get(alarmId) ?? NO_OVERLAY, ...change };
    if (next.shelved === null && next.outOfService === null) overlayById.delete(alarmId);
    else overlayById.set(alarmId, next);
    const held = heldById.get(alarmId);
    return held === undefined ? [] : put({ ...held.alarm, ...next }, held.life, atMs);
  }

  /** What an event says of an open alarm besides its state. `null`: nothing. */
  function saidOf(event: AlarmEvent, held: HeldAlarm): Partial<Alarm> | null {
    const { alarm, life } = held;
    switch (event.kind) {
      case 'changed': return { ...event.condition, ...(alarm.state === 'ACKED' && isGrownWorse(event.condition, held) && { acked: null }) };
      case 'repeated': return event.count > alarm.count ? { count: event.count } : null;
      case 'returned': return isStanding(alarm) ? { returnedAtMs: event.returnedAtMs, dataLost: false } : null;
      case 'data-lost': return alarm.dataLost ? null : { dataLost: true };
      case 'data-back': return alarm.dataLost ? { dataLost: false } : null;
      case 're-alarmed': return alarm.state === 'ACKED' && life.reAlarmAfterMs !== null ? { acked: null, escalations: alarm.escalations + 1 } : null;
      case 'lapsed': return alarm.state === 'RTN_UNACK' ? {} : null;
      case 'acknowledged': return event.occurrenceId === alarm.occurrenceId && alarm.acked === null ? { acked: { by: event.by, atMs: event.atMs } } : null;
      case 'reset': return alarm.isLatched ? {} : null;
      case 'assigned': return { assignee: event.to };
      case 'judged': return event.occurrenceId === alarm.occurrenceId ? { disposition: event.disposition } : null;
      case 'commented': return {};
      default: return null;
    }
  }

  for (const { alarmId, ...laid } of from?.overlays ?? []) overlayById.set(alarmId, laid);
  for (const { alarmId, ...past } of from?.past ?? []) pastById.set(alarmId, past);
  for (const { alarm, life, overAtMs, severityBefore } of from?.open ?? []) {
    heldById.set(alarm.id, { alarm, life, overAtMs, severityBefore });
    index(alarm, true);
  }

  return {
    apply(event) {
      switch (event.kind) {
        case 'raised': return raise(event);
        case 'shelved': return overlay(event.alarmId, { shelved: { by: event.by, atMs: event.atMs, untilMs: event.untilMs, why: event.why, second: event.second } }, event.atMs);
        case 'unshelved': return overlay(event.alarmId, { shelved: null }, event.atMs);
        case 'removed-from-service': return overlay(event.alarmId, { outOfService: { by: event.by, atMs: event.atMs, why: event.why } }, event.atMs);
        case 'returned-to-service': return overlay(event.alarmId, { outOfService: null }, event.atMs);
        default: {
          const held = heldById.get(event.alarmId);
          const said = held === undefined ? null : saidOf(event, held);
          if (held === undefined || said === null) return [];
          const { alarm, life } = held;
          const step = nextState(alarm.state, event.kind, {
            isLatching: life.isLatching, needsAckOnReturn: life.needsAckOnReturn, isSuppressed: alarm.suppressedBy !== null, isLatched: alarm.isLatched,
            isWorse: event.kind === 'changed' && isGrownWorse(event.condition, held),
          });
          const next = { ...alarm, ...said, ...step };
          const isChanged = event.kind === 'changed';
          return put({ ...next, suppressedBy: isChanged ? explainedBy(next) : next.suppressedBy }, isChanged ? event.life ?? life : life, event.atMs);
        }
      }
    },
    held: (alarmId) => heldById.get(alarmId),
    overlaid: (alarmId) => overlayById.get(alarmId) ?? NO_OVERLAY,
    open: () => heldById.values(),
    overlays: () => overlayById.entries(),
    lastOccurrenceId: (alarmId) => pastById.get(alarmId)?.occurrenceId,
    export: () => ({
      open: [...heldById.values()],
      overlays: Array.from(overlayById, ([alarmId, laid]) => ({ alarmId, ...laid })),
      past: Array.from(pastById, ([alarmId, { occurrenceId, raisesMs }]) => ({ alarmId, occurrenceId, raisesMs: [...raisesMs] })),
    }),
  };
}
