import { IndicatorId } from '../../shared/domain/ids.ts';
import type { DossierView } from './dossierRecord.ts';
import { endedAtMs, isReceived, stageOf, timelinessOf } from './dossierVerdict.ts';
import { isWithin, type Month } from './month.ts';
import type { WorkingDays } from './workingDays.ts';

/** What is counted of each place. A figure that needs a field is told only where some dossier of the place says it. */
interface Count {
  readonly indicatorId: IndicatorId;
  /** Counted where dossiers are placed, and rolled up; else per province only. */
  readonly isLocal: boolean;
  /** `null`: every dossier says it. */
  readonly needs: keyof DossierView | null;
  includes(dossier: Judged): boolean;
}

/** A dossier as of a moment. */
interface Judged {
  readonly view: DossierView;
  /** It has a day of receipt in this month, whatever became of it. */
  readonly isDatedThisMonth: boolean;
  readonly isReceivedThisMonth: boolean;
  readonly isResolvedThisMonth: boolean;
  readonly isWaiting: boolean;
  readonly isOnTime: boolean;
  readonly isLate: boolean;
}

const count = (id: string, isLocal: boolean, needs: Count['needs'], includes: Count['includes']): Count =>
  ({ indicatorId: IndicatorId.parse(id), isLocal, needs, includes });

/** Parts never exceed their wholes of seeds/serviceIndex/rules.json: each takes its month from the same date as the whole. */
export const COUNTS: readonly Count[] = [
  count('dossiers-received', true, null, (each) => each.isReceivedThisMonth),
  count('dossiers-resolved', true, null, (each) => each.isResolvedThisMonth),
  count('dossiers-on-time', true, null, (each) => each.isResolvedThisMonth && each.isOnTime),
  count('dossiers-waiting', true, null, (each) => each.isWaiting),
  count('dossiers-overdue', true, null, (each) => each.isWaiting && each.isLate),
  count('dossiers-synced', false, null, (each) => each.isDatedThisMonth),
  count('dossiers-online', false, 'channel', (each) => each.isReceivedThisMonth && each.view.channel === 'online'),
  count('dossiers-post-in', false, 'channel', (each) => each.isReceivedThisMonth && each.view.channel === 'post'),
  count('dossiers-post-out', false, 'resultByPost', (each) => each.isResolvedThisMonth && each.view.resultByPost === true),
  count('payments-total', false, 'payment', ({ isReceivedThisMonth, view: { payment } }) => isReceivedThisMonth && payment !== undefined && payment !== 'none'),
  count('payments-online', false, 'payment', (each) => each.isReceivedThisMonth && each.view.payment === 'paid-online'),
  count('payments-zero-fee', false, 'payment', (each) => each.isReceivedThisMonth && each.view.payment === 'zero-fee'),
  count('results-electronic', false, 'isResultElectronic', (each) => each.isResolvedThisMonth && each.view.isResultElectronic === true),
  count('dossiers-digitised', false, 'isDigitised', (each) => each.isReceivedThisMonth && each.view.isDigitised === true),
  count('dossiers-data-reused', false, 'isDataReused', (each) => each.isReceivedThisMonth && each.view.isDataReused === true),
];

/** The moment for which is counted. */
export interface AsOf {
  /** Epoch ms. */
  readonly nowMs: number;
  readonly month: Month;
}

function judge(view: DossierView, { nowMs, month }: AsOf, calendar: WorkingDays): Judged {
  const stage = stageOf(view);
  const timeliness = timelinessOf(view, nowMs, calendar);
  const isDatedThisMonth = isWithin(month, view.receivedAtMs);
  return {
    view, isDatedThisMonth,
    isReceivedThisMonth: isDatedThisMonth && isReceived(view),
    isResolvedThisMonth: stage === 'resolved' && isWithin(month, endedAtMs(view)),
    isWaiting: stage === 'waiting',
    isOnTime: timeliness === 'on-time',
    isLate: timeliness === 'late',
  };
}

/** Two bits a count: the dossier is in it, and it says what the count needs. 30 bits, a small integer in every engine. */
export type CountBits = number;

export function countBits(view: DossierView, asOf: AsOf, calendar: WorkingDays): CountBits {
  const judged = judge(view, asOf, calendar);
  let bits = 0;
  for (let index = 0; index < COUNTS.length; index += 1) {
    const counted = COUNTS[index];
    if (counted?.includes(judged)) bits |= 1 << (2 * index);
    if (counted?.needs === null || (counted !== undefined && view[counted.needs] !== undefined)) bits |= 2 << (2 * index);
  }
  return bits;
}

/** Of a dossier that no figure needs any more: its place has been spoken of, and that is all. */
export const SPOKEN_OF_BITS: CountBits = COUNTS.reduce((bits, { needs }, index) => (needs === null ? bits | (2 << (2 * index)) : bits), 0);

/** How many dossiers of a place are in each count, and how many say what it needs; by index of `COUNTS`. */
export interface PlaceCounts {
  readonly included: Uint32Array;
  readonly saying: Uint32Array;
}

export function createPlaceCounts(): PlaceCounts {
  return { included: new Uint32Array(COUNTS.length), saying: new Uint32Array(COUNTS.length) };
}

/** @param by 1 to add, -1 to take away what was added */
export function addBits({ included, saying }: PlaceCounts, bits: CountBits, by: 1 | -1): void {
  for (let index = 0; index < COUNTS.length; index += 1) {
    included[index] = (included[index] ?? 0) + (bits & (1 << (2 * index)) ? by : 0);
    saying[index] = (saying[index] ?? 0) + (bits & (2 << (2 * index)) ? by : 0);
  }
}
