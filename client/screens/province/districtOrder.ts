import type { Freshness } from '../../../shared/domain/freshness.ts';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { compareWorstFirst } from './districtScale.ts';
import { comparableValue, type LocalRow } from './localRows.ts';

export const SORT_KEYS = ['name', 'value', 'parts', 'freshness'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** How the list of units stands: a few of the worst, or all in an order. */
export interface ListOrder {
  readonly isWhole: boolean;
  readonly key: SortKey;
  readonly isReversed: boolean;
}

/** Worst first. */
export const SHORT_ORDER: ListOrder = { isWhole: false, key: 'value', isReversed: false };

/** [SW5] The order that an address asks for (`list=all`, `sort=name`, `sort=-name`), with everything it asks wrongly left out. Pure. */
export function readOrder(search: URLSearchParams): ListOrder {
  const asked = search.get('sort') ?? '';
  const isReversed = asked.startsWith('-');
  const key = SORT_KEYS.find((one) => one === (isReversed ? asked.slice(1) : asked));
  if (search.get('list') !== 'all') return SHORT_ORDER;
  return key === undefined ? { ...SHORT_ORDER, isWhole: true } : { isWhole: true, key, isReversed };
}

/** What an address says of it; `null`: nothing. Pure. */
export function writeOrder({ isWhole, key, isReversed }: ListOrder): { readonly list: string | null; readonly sort: string | null } {
  const isPlain = key === SHORT_ORDER.key && !isReversed;
  return { list: isWhole ? 'all' : null, sort: !isWhole || isPlain ? null : `${isReversed ? '-' : ''}${key}` };
}

/** A column that is pressed: the order of that column, and pressed again the other way round. Pure. */
export function pressed(order: ListOrder, key: SortKey): ListOrder {
  return { ...order, key, isReversed: order.key === key && !order.isReversed };
}

const AGE_RANK: Readonly<Record<Freshness, number>> = { never: 0, dead: 1, stale: 2, late: 3, fresh: 4 };

/** Those that have nothing to compare come last, whichever way. */
function bySize(a: number | null, b: number | null, isReversed: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return isReversed ? a - b : b - a;
}

function compare(a: LocalRow, b: LocalRow, indicator: Indicator, { key, isReversed }: ListOrder): number {
  const way = isReversed ? -1 : 1;
  switch (key) {
    case 'name': return 0;
    case 'value': {
      const [left, right] = [comparableValue(a), comparableValue(b)];
      return left === null || right === null ? compareWorstFirst(indicator, left, right) : way * compareWorstFirst(indicator, left, right);
    }
    case 'parts': return bySize(a.reading.denominator, b.reading.denominator, isReversed);
    case 'freshness': return way * (AGE_RANK[a.freshness] - AGE_RANK[b.freshness] || (a.reading.observedAtMs ?? 0) - (b.reading.observedAtMs ?? 0));
  }
}

/** [SW5] All rows, none left out: by value worst first, by parts largest first, by freshness oldest first; ties by name, as a Vietnamese reader looks names up. Pure. */
export function sortRows(rows: readonly LocalRow[], indicator: Indicator, order: ListOrder): LocalRow[] {
  const way = order.key === 'name' && order.isReversed ? -1 : 1;
  return [...rows].sort((a, b) => compare(a, b, indicator, order) || way * a.locality.name.localeCompare(b.locality.name, 'vi') || (a.locality.code < b.locality.code ? -1 : 1));
}

/** As a reader of the column sees its numbers go. Pure. */
export function ariaSort(indicator: Indicator, { key, isReversed }: ListOrder): 'ascending' | 'descending' {
  const isAscending = key === 'value' ? indicator.direction === 'higher-is-better' : key !== 'parts';
  return isAscending === isReversed ? 'descending' : 'ascending';
}
