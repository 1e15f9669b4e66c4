import type { TFunction } from 'i18next';
import { formatAge, formatClock, formatDate, formatDayMonth, formatNumber } from '../../i18n/format.ts';

/** "21:49:30", and "28/11 21:49:30" of another day. */
export function formatMoment(atMs: number, nowMs: number): string {
  return formatDate(atMs) === formatDate(nowMs) ? formatClock(atMs) : `${formatDayMonth(atMs)} ${formatClock(atMs)}`;
}

/** "0,8 giây", and from a minute on as ages are: "29 ngày". */
export function formatLag(lagMs: number, t: TFunction): string {
  return lagMs < 60_000 ? t('age.seconds', { n: formatNumber(lagMs / 1_000, 1) }) : formatAge(lagMs, t);
}
