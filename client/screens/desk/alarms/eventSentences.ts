import type { TFunction } from 'i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { AlarmEvent, AlarmEventOf } from '../../../../shared/domain/alarmEvent.ts';
import { formatAge, formatClockShort, formatNumber } from '../../../i18n/format.ts';

export interface Happening {
  readonly key: string;
  /** `null`: it has not happened. */
  readonly atMs: number | null;
  readonly title: string;
  /** Empty: there is no more to say. */
  readonly detail: string;
}

type Said = Omit<Happening, 'key' | 'atMs'>;

/** Between the two clocks nobody speaks of a delay below this. */
const DELAY_MS = 1_000;

function raisedSaid({ sinceMs, atMs }: AlarmEventOf<'raised'>, t: TFunction): Said {
  const delayMs = atMs - sinceMs;
  return { title: t('alarms.event.received'), detail: delayMs < DELAY_MS ? '' : t('alarms.event.delay', { age: formatAge(delayMs, t) }) };
}

function changedSaid({ condition }: AlarmEventOf<'changed'>, before: AlarmEventOf<'raised' | 'changed'> | null, t: TFunction): Said {
  const was = before?.condition ?? null;
  const value = condition.value === null || condition.value === was?.value ? '' : t('alarms.event.value', { value: formatNumber(condition.value, Number.isInteger(condition.value) ? 0 : 1) });
  if (was === null || was.severity === condition.severity) return { title: t('alarms.event.changed'), detail: value };
  return { title: t('alarms.event.level', { from: t(`severity.${was.severity}`), to: t(`severity.${condition.severity}`) }), detail: value };
}

function assignedSaid({ by, to }: AlarmEventOf<'assigned'>, t: TFunction): Said {
  if (to === null) return { title: t('alarms.event.unassigned', { by }), detail: '' };
  return { title: to === by ? t('alarms.event.taken', { by }) : t('alarms.event.assigned', { by, to }), detail: '' };
}

function shelvedSaid({ by, untilMs, why, second }: AlarmEventOf<'shelved'>, t: TFunction): Said {
  const until = formatClockShort(untilMs);
  return { title: second === null ? t('alarms.event.shelved', { by, until }) : t('alarms.event.shelvedByTwo', { by, second, until }), detail: why };
}

function said(event: AlarmEvent, before: AlarmEventOf<'raised' | 'changed'> | null, t: TFunction): Said {
  switch (event.kind) {
    case 'raised': return raisedSaid(event, t);
    case 'changed': return changedSaid(event, before, t);
    case 'repeated': return { title: t('alarms.event.repeated', { count: event.count }), detail: '' };
    case 'returned': return { title: t('alarms.event.returned'), detail: '' };
    case 'data-lost': return { title: t('alarms.event.dataLost'), detail: t('alarms.event.dataLostTip') };
    case 'data-back': return { title: t('alarms.event.dataBack'), detail: '' };
    case 're-alarmed': return { title: t('alarms.event.reAlarmed'), detail: t('alarms.event.reAlarmedTip') };
    case 'lapsed': return { title: t('alarms.event.lapsed'), detail: '' };
    case 'acknowledged': return { title: t('alarms.event.acknowledged', { by: event.by }), detail: event.comment ?? '' };
    case 'reset': return { title: t('alarms.event.reset', { by: event.by }), detail: '' };
    case 'shelved': return shelvedSaid(event, t);
    case 'unshelved': return { title: event.because === 'critical' ? t('alarms.event.shelfOutgrown') : event.by === null ? t('alarms.event.shelfOver') : t('alarms.event.unshelved', { by: event.by }), detail: '' };
    case 'removed-from-service': return { title: t('alarms.event.removed', { by: event.by }), detail: event.why };
    case 'returned-to-service': return { title: event.by === null ? t('alarms.event.outgrown') : t('alarms.event.putBack', { by: event.by }), detail: '' };
    case 'commented': return { title: t('alarms.event.commented', { by: event.by }), detail: event.text };
    case 'assigned': return assignedSaid(event, t);
    case 'judged': return { title: t('alarms.event.judged', { by: event.by, disposition: t(`alarms.disposition.${event.disposition}`) }), detail: event.comment ?? '' };
    // A rule's change is in the history of the rule, not of an alarm.
    case 'rule-changed': return { title: event.rule.name.vi, detail: event.why };
    case 'handed-over': return { title: t('alarms.event.handedOver', { by: event.by, to: event.to }), detail: event.note ?? '' };
  }
}

/** [DK9] What happened, in sentences, oldest first: when it began, when it was taken on, and everything since; at its end that nobody has acknowledged it yet. */
export function happenings(events: readonly AlarmEvent[], alarm: Alarm | null, t: TFunction): Happening[] {
  let before: AlarmEventOf<'raised' | 'changed'> | null = null;
  const told = events.flatMap((event, position): Happening[] => {
    const own = { key: `${position}`, atMs: event.atMs, ...said(event, before, t) };
    if (event.kind !== 'raised' && event.kind !== 'changed') return [own];
    before = event;
    return event.kind === 'raised' ? [{ key: `${position}-since`, atMs: event.sinceMs, title: t('alarms.event.happened'), detail: '' }, own] : [own];
  });
  const isWaiting = alarm !== null && alarm.acked === null && alarm.state !== 'NORMAL';
  return isWaiting ? [...told, { key: 'waiting', atMs: null, title: t('alarms.event.acknowledgement'), detail: t('alarms.event.notYet') }] : told;
}
