import { formatClockShort, formatDate } from '../../../i18n/format.ts';

/** "07:23 23/11": both ends of a day have the same time. */
export function dayAndTime(atMs: number): string {
  return `${formatClockShort(atMs)} ${formatDate(atMs).replace(/\/\d+$/, '')}`;
}
