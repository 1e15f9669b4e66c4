import { IndicatorId } from '../../shared/domain/ids.ts';
import type { DossierView } from './dossierRecord.ts';
import { endedAtMs, isReceived, lateAfterMs, neededUntilMs, stageOf, timelinessOf } from './dossierVerdict.ts';
import { type MonthNumber, monthNumberOf } from './month.ts';
import type { WorkingDays } from './workingDays.ts';

const MINUTE_MS = 60_000;

/** What is counted of each place. A figure that needs a field is told only where some dossier of the place says it. */
interface Count {
  readonly indicatorId: IndicatorId;
  /** Counted where dossiers are placed, and rolled up; else per province only. */
  readonly isLocal: boolean;
  /** `null`: every dossier says it. */
  readonly needs: keyof DossierView | null;
  /** Which date says in which month it is counted. `now`: as long as it waits. */
  readonly by: 'receipt' | 'end' | 'now';
  /** Asked of one that has that date. */
  includes(dossier: Judged): boolean;
}

/** A dossier, whatever the time. */
interface Judged {
  readonly view: DossierView;
  readonly isReceived: boolean;
  /** It ended, and in time. */
  readonly isOnTime: boolean;
}

const count = (id: string, isLocal: boolean, needs: Count['needs'], by: Count['by'], includes: Count['includes']): Count =>
  ({ indicatorId: IndicatorId.parse(id), isLocal, needs, by, includes });

/** Parts never exceed their wholes of seeds/serviceIndex/rules.json: each takes its month from the same date as the whole. */
export const COUNTS: readonly Count[] = [
  count('dossiers-received', true, null, 'receipt', (each) => each.isReceived),
  count('dossiers-resolved', true, null, 'end', () => true),
  count('dossiers-on-time', true, null, 'end', (each) => each.isOnTime),
  count('dossiers-waiting', true, null, 'now', () => true),
  count('dossiers-overdue', true, null, 'now', () => true),
  count('dossiers-synced', false, null, 'receipt', () => true),
  count('dossiers-online', false, 'channel', 'receipt', (each) => each.isReceived && each.view.channel === 'online'),
  count('dossiers-post-in', false, 'channel', 'receipt', (each) => each.isReceived && each.view.channel === 'post'),
  count('dossiers-post-out', false, 'resultByPost', 'end', (each) => each.view.resultByPost === true),
  count('payments-total', false, 'payment', 'receipt', ({ isReceived: isCounted, view: { payment } }) => isCounted && payment !== undefined && payment !== 'none'),
  count('payments-online', false, 'payment', 'receipt', (each) => each.isReceived && each.view.payment === 'paid-online'),
  count('payments-zero-fee', false, 'payment', 'receipt', (each) => each.isReceived && each.view.payment === 'zero-fee'),
  count('results-electronic', false, 'isResultElectronic', 'end', (each) => each.view.isResultElectronic === true),
  count('dossiers-digitised', false, 'isDigitised', 'receipt', (each) => each.isReceived && each.view.isDigitised === true),
  count('dossiers-data-reused', false, 'isDataReused', 'receipt', (each) => each.isReceived && each.view.isDataReused === true),
];

/** One bit a count, by index of `COUNTS`. */
export type CountBits = number;

/** All that a dossier is counted as, in whatever month and minute: when time passes, nobody needs to look at it again. */
export interface Counted {
  /** Counted in the month of its receipt. `null`: without a day of receipt. */
  readonly receiptMonth: MonthNumber | null;
  readonly byReceipt: CountBits;
  /** Counted in the month of its end. `null`: it has not ended, or nobody says when. */
  readonly endMonth: MonthNumber | null;
  readonly byEnd: CountBits;
  /** Counts whose field it says. */
  readonly saying: CountBits;
  /** No figure of a later month can need it. `Infinity`: it waits. */
  readonly neededUntilMonth: MonthNumber;
  readonly isWaiting: boolean;
  /** Overdue from this minute since the epoch on. `-Infinity`: whatever the time; `Infinity`: not by itself. */
  readonly overdueFromMinute: number;
}

export function countedAs(view: DossierView, calendar: WorkingDays): Counted {
  const stage = stageOf(view);
  const endMs = stage === 'resolved' ? endedAtMs(view) : undefined;
  const judged: Judged = { view, isReceived: isReceived(view), isOnTime: endMs !== undefined && timelinessOf(view, endMs, calendar) === 'on-time' };
  const neededMs = neededUntilMs(view);
  const neededUntilMonth = neededMs === Number.POSITIVE_INFINITY ? neededMs : monthNumberOf(neededMs);
  // A day of receipt may be later than what is known of its work, and beyond the time for which that is kept.
  const withinNeeded = (atMs: number | undefined) => {
    const month = atMs === undefined ? null : monthNumberOf(atMs);
    return month !== null && month <= neededUntilMonth ? month : null;
  };
  const lateMs = stage === 'waiting' ? lateAfterMs(view, calendar) : Number.POSITIVE_INFINITY;
  let [byReceipt, byEnd, saying] = [0, 0, 0];
  for (let index = 0; index < COUNTS.length; index += 1) {
    const each = COUNTS[index];
    if (each === undefined) continue;
    if (each.needs === null || view[each.needs] !== undefined) saying |= 1 << index;
    if (each.by === 'now' || !each.includes(judged)) continue;
    if (each.by === 'receipt') byReceipt |= 1 << index;
    else byEnd |= 1 << index;
  }
  return {
    receiptMonth: withinNeeded(view.receivedAtMs), byReceipt, endMonth: withinNeeded(endMs), byEnd, saying,
    neededUntilMonth, isWaiting: stage === 'waiting', overdueFromMinute: Math.floor(lateMs / MINUTE_MS) + 1,
  };
}
