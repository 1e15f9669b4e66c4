import type { TFunction } from 'i18next';
import { type Alarm, isAnnunciated } from '../../shared/domain/alarm.ts';
import { formatClockShort, formatDate, formatDayMonth, formatNumber } from '../i18n/format.ts';

/** "đã nhận 14:37"; of another day than `today` ("23/11/2026") the day instead. By whom is told on desk and tablet: a wall never shows a person's name (UI.md §10). */
export function takenText({ atMs }: NonNullable<Alarm['acked']>, today: string | undefined, t: TFunction): string {
  const isToday = today === undefined || formatDate(atMs) === today;
  return t('attention.taken', { time: isToday ? formatClockShort(atMs) : formatDayMonth(atMs) });
}

/** Indicator whose first action is the alarm's: of a security alert, that of the count of its level. */
export function actionIndicatorOf({ kind, domain, severity, indicatorId }: Pick<Alarm, 'kind' | 'domain' | 'severity' | 'indicatorId'>): string {
  return indicatorId ?? (kind === 'alert' && domain === 'security' ? `alerts-${severity}` : '');
}

const SYSTEM_TROUBLES = ['wall-silent', 'disk-low', 'feed-clock', 'too-many-alerts'] as const;

/** Of `system:<what>:<which>`, with a name as title. */
export function systemText({ id, title }: Pick<Alarm, 'id' | 'title'>, t: TFunction): string {
  const what = SYSTEM_TROUBLES.find((trouble) => id.split(':')[1] === trouble);
  return what === undefined ? title ?? t('attention.untitled') : t(`attention.system.${what}`, { name: title ?? '' });
}

/** In the sender's words. What is TLP:RED reaches no screen ([LC15]); should it ever, its words do not. */
export function alertTitle({ title, tlp }: Pick<Alarm, 'title' | 'tlp'>, t: TFunction): string {
  if (tlp === 'RED') return t('attention.restricted');
  return title ?? t('attention.untitled');
}

/** [CG1] What a cause explains: how many, and which began first. */
export interface Members {
  readonly count: number;
  readonly first: Alarm;
}

/** Which began first; of the same moment in a fixed order. */
export function isEarlier(a: Alarm, b: Alarm): boolean {
  return a.sinceMs < b.sinceMs || (a.sinceMs === b.sinceMs && a.id < b.id);
}

export function membersByCause(alarms: readonly Alarm[]): ReadonlyMap<string, Members> {
  const found = new Map<string, Members>();
  for (const alarm of alarms) {
    if (alarm.suppressedBy === null) continue;
    const held = found.get(alarm.suppressedBy);
    found.set(alarm.suppressedBy, held === undefined ? { count: 1, first: alarm } : { count: held.count + 1, first: isEarlier(alarm, held.first) ? alarm : held.first });
  }
  return found;
}

/** [AW2] Open alarms that no row shows, each counted once. */
export interface HiddenCounts {
  /** Over, and nobody has said that they saw it. */
  readonly returned: number;
  readonly shelved: number;
  /** Explained by a cause. */
  readonly explained: number;
  readonly outOfService: number;
}

export function hiddenCounts(alarms: readonly Alarm[]): HiddenCounts {
  const counts = { returned: 0, shelved: 0, explained: 0, outOfService: 0 };
  for (const alarm of alarms) {
    if (alarm.state === 'NORMAL' || isAnnunciated(alarm)) continue;
    if (alarm.outOfService !== null) counts.outOfService++;
    else if (alarm.shelved !== null) counts.shelved++;
    else if (alarm.suppressedBy !== null) counts.explained++;
    else counts.returned++;
  }
  return counts;
}

/** Only what there is, each in words that stay together. */
export function hiddenTexts(counts: HiddenCounts, t: TFunction): string[] {
  return (['returned', 'shelved', 'explained', 'outOfService'] as const).flatMap((what) => (counts[what] > 0 ? [t(`attention.hidden.${what}`, { count: formatNumber(counts[what]) })] : []));
}
