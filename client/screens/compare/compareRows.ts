import { type Indicator, quantise } from '../../../shared/domain/indicator.ts';
import { compareValues, ranksOf, type UnrankedReason, whyUnranked } from '../../../shared/domain/ranking.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import { coverageFault } from '../../store/selectReading.ts';
import { DOMAIN_VIEWS, type ProvinceDomain } from '../province/domainViews.ts';
import { type DotScale, dotScaleOf } from '../province/districtScale.ts';

export const NATION = 'VN';

/** `lost`: nothing new is heard from the server. `total`: a count of the whole country is not to be set beside one of a province. */
type NotComparable = UnrankedReason | 'lost' | 'total';

export type Difference =
  /** Of the first place, which the others are measured by. */
  | { readonly kind: 'base' }
  /** That place minus the first, in the indicator's unit; `verdict` of that place, `null` where neither way is good. */
  | { readonly kind: 'points'; readonly amount: number; readonly verdict: 'better' | 'worse' | 'same' | null }
  | { readonly kind: 'withheld'; readonly reason: NotComparable | 'base' }
  /** The values are names of states. */
  | { readonly kind: 'none' };

export interface CompareCell {
  readonly code: string;
  /** `null`: the indicator does not exist there. */
  readonly reading: ReadingDto | null;
  /** `null`: it may be compared. */
  readonly why: NotComparable | null;
  /** Where it is drawn on the scale; `null`: nowhere. What is old is drawn so. */
  readonly position: number | null;
  readonly difference: Difference;
}

export interface GroupStanding {
  /** Members that may be compared, the first place not among them. */
  readonly peers: readonly { readonly code: string; readonly value: number }[];
  /** Of those; `null`: there is none. */
  readonly median: number | null;
  readonly difference: Difference;
  /** Of the first place among them and itself; `null`: it may not be compared. */
  readonly rank: number | null;
}

export interface CompareRow {
  readonly indicator: Indicator;
  /** Around every value shown and the target; `null`: there is nothing to place. */
  readonly scale: DotScale | null;
  readonly cells: readonly CompareCell[];
  /** `null`: the first place is compared with no group. */
  readonly group: GroupStanding | null;
}

export interface CompareQuestion {
  /** The first is the base. */
  readonly places: readonly string[];
  /** `null`: no group. */
  readonly peers: readonly string[] | null;
  readonly readingOf: (code: string, indicatorId: string) => ReadingDto | undefined;
  /** Nothing new is heard: whatever was heard is old. */
  readonly isLost: boolean;
}

function whyNotComparable(code: string, reading: ReadingDto | null, { quorumRatio, rollUp }: Indicator, isLost: boolean): NotComparable | null {
  if (reading === null) return 'never';
  const why = whyUnranked(reading, quorumRatio);
  if (why !== null) return why;
  if (isLost) return 'lost';
  return code === NATION && rollUp.rule === 'sum' ? 'total' : null;
}

function positionOf(reading: ReadingDto | null, why: NotComparable | null): number | null {
  if (reading === null || why === 'dead' || why === 'never' || why === 'total' || coverageFault(reading) === 'withheld') return null;
  return reading.value;
}

/** [CP5] Of two values that may be compared; a side that may not withholds it. */
function differenceOf(base: CompareCell | undefined, value: number | null, why: NotComparable | null, { decimals, direction }: Indicator): Difference {
  if (why !== null) return { kind: 'withheld', reason: why };
  const from = base?.reading?.value ?? null;
  if (base === undefined || base.why !== null || from === null || value === null) return { kind: 'withheld', reason: 'base' };
  const amount = quantise(value - from, decimals);
  if (amount === 0) return { kind: 'points', amount: 0, verdict: 'same' };
  return { kind: 'points', amount, verdict: direction === 'neutral' ? null : compareValues(direction, value, from) < 0 ? 'better' : 'worse' };
}

function cellsOf(indicator: Indicator, { places, readingOf, isLost }: CompareQuestion): CompareCell[] {
  const cells = places.map((code): CompareCell => {
    const reading = readingOf(code, indicator.id) ?? null;
    const why = whyNotComparable(code, reading, indicator, isLost);
    return { code, reading, why, position: indicator.states.length > 0 ? null : positionOf(reading, why), difference: { kind: 'base' } };
  });
  const [base] = cells;
  return cells.map((cell, i) => {
    if (i === 0) return cell;
    return { ...cell, difference: indicator.states.length > 0 ? { kind: 'none' } : differenceOf(base, cell.reading?.value ?? null, cell.why, indicator) };
  });
}

export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** [CP6] Where the first place stands among its peers. Those that may not be compared are not counted. */
function groupOf(indicator: Indicator, members: readonly string[], base: CompareCell | undefined, { readingOf, isLost }: CompareQuestion): GroupStanding | null {
  if (indicator.states.length > 0) return null;
  const peers = members.filter((code) => code !== base?.code).flatMap((code) => {
    const reading = readingOf(code, indicator.id) ?? null;
    return reading === null || reading.value === null || whyNotComparable(code, reading, indicator, isLost) !== null ? [] : [{ code, value: reading.value }];
  });
  const middle = medianOf(peers.map(({ value }) => value));
  const median = middle === null ? null : quantise(middle, indicator.decimals);
  const own = base !== undefined && base.why === null ? (base.reading?.value ?? null) : null;
  const [rank = null] = ranksOf([own, ...peers.map(({ value }) => value)], indicator.direction);
  return { peers, median, rank, difference: differenceOf(base, median, median === null ? 'never' : null, indicator) };
}

/** One indicator of several places on one scale. Pure. */
export function compareRow(indicator: Indicator, question: CompareQuestion): CompareRow {
  const cells = cellsOf(indicator, question);
  const group = question.peers === null ? null : groupOf(indicator, question.peers, cells[0], question);
  const values = [...cells.flatMap(({ position }) => position ?? []), ...(group?.peers.map(({ value }) => value) ?? [])];
  return { indicator, scale: dotScaleOf(indicator, values), cells, group };
}

/** Those of a domain that provinces have: the domain's own cards first, then the rest in the order of the catalogue. */
export function comparedIndicators(indicators: readonly Indicator[], domain: ProvinceDomain): Indicator[] {
  const cards = DOMAIN_VIEWS[domain].provinceCards;
  const place = ({ id }: Indicator) => (cards.includes(id) ? cards.indexOf(id) : cards.length);
  return indicators.filter((indicator) => indicator.domain === domain && indicator.levels.includes('province')).toSorted((a, b) => place(a) - place(b));
}

/** Whether any place has ever said anything: a row of dashes compares nothing. */
export function hasReadings({ cells }: CompareRow): boolean {
  return cells.some(({ reading }) => reading !== null && reading.freshness !== 'never');
}
