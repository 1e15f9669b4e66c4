import { COUNTS, type Counted, type CountBits } from './dossierCounts.ts';
import type { MonthNumber } from './month.ts';

/** Of one month. By index of `COUNTS`. */
interface MonthCounts {
  /** Dossiers counted in this month. */
  readonly included: Uint32Array;
  /** Dossiers needed until this month that say what the count needs. */
  readonly saying: Uint32Array;
  /** How often something was put in here and not taken away: 0, and it can go. */
  uses: number;
}

/** What the dossiers of one place amount to in any month. Months without any of them take nothing. */
export interface PlaceCounts {
  held: number;
  waiting: number;
  /** As of the minute that `overdueClock.ts` stands at. */
  overdue: number;
  readonly byMonth: Map<MonthNumber, MonthCounts>;
}

const indexOf = (id: string): number => COUNTS.findIndex(({ indicatorId }) => indicatorId === id);
const WAITING = indexOf('dossiers-waiting');
const OVERDUE = indexOf('dossiers-overdue');

export const createPlaceCounts = (): PlaceCounts => ({ held: 0, waiting: 0, overdue: 0, byMonth: new Map() });

/** All but `overdue`. @param by 1 to add, -1 to take away what was added */
export function addCounted(counts: PlaceCounts, counted: Counted, by: 1 | -1): void {
  counts.held += by;
  if (counted.isWaiting) counts.waiting += by;
  if (counted.receiptMonth !== null) addBits(counts, counted.receiptMonth, 'included', counted.byReceipt, by);
  if (counted.endMonth !== null) addBits(counts, counted.endMonth, 'included', counted.byEnd, by);
  addBits(counts, counted.neededUntilMonth, 'saying', counted.saying, by);
}

function addBits({ byMonth }: PlaceCounts, month: MonthNumber, to: 'included' | 'saying', bits: CountBits, by: 1 | -1): void {
  const known = byMonth.get(month);
  const counts = known ?? { included: new Uint32Array(COUNTS.length), saying: new Uint32Array(COUNTS.length), uses: 0 };
  counts.uses += by;
  if (counts.uses === 0) {
    byMonth.delete(month);
    return;
  }
  if (known === undefined) byMonth.set(month, counts);
  const numbers = counts[to];
  for (let index = 0; index < COUNTS.length; index += 1) if (bits & (1 << index)) numbers[index] = (numbers[index] ?? 0) + by;
}

/** The `index`-th of `COUNTS` as of that month. `null`: no dossier of the place says what it needs. */
export function valueIn(counts: PlaceCounts, month: MonthNumber, index: number): number | null {
  if (!isSaid(counts, month, index)) return null;
  if (index === WAITING) return counts.waiting;
  return index === OVERDUE ? counts.overdue : counts.byMonth.get(month)?.included[index] ?? 0;
}

function isSaid({ held, byMonth }: PlaceCounts, month: MonthNumber, index: number): boolean {
  if (COUNTS[index]?.needs === null) return held > 0;
  for (const [neededUntil, { saying }] of byMonth) if (neededUntil >= month && (saying[index] ?? 0) > 0) return true;
  return false;
}
