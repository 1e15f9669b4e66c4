import { FRESHNESS_STATES } from '../../../../shared/domain/freshness.ts';
import { type Indicator, quantise } from '../../../../shared/domain/indicator.ts';
import { agreesWithParts, recomputeTree } from '../../../../shared/domain/recompute.ts';
import type { ExplainDto } from '../../../../shared/protocol/answers.ts';
import type { ExplainNode, ReadingDto } from '../../../../shared/protocol/http.ts';
import { compareWorstFirst } from '../districtScale.ts';

type IndicatorOf = (id: string) => Indicator | undefined;

/** One part of a number: a unit below, or one of the two counts of a ratio. A unit without a reading is a row too. */
export interface ExplainRow {
  readonly reading: ReadingDto;
  /** Parts of a ratio or share at that unit; `null`: the unit has one value only. */
  readonly parts: { readonly numerator: number | null; readonly denominator: number | null } | null;
  /** 0-1: how much of the denominator, or of the sum, it is. `null`: it has none, as with the worst of all. */
  readonly weightRatio: number | null;
  /** Of a share: whether the unit counts as one that has it. `null`: that is not asked of it. */
  readonly isCounted: boolean | null;
  /** Of a worst: it is the one that makes the number. */
  readonly isDecisive: boolean;
}

/** The two counts of a ratio with their names; `null` for every other rule. */
export function ratioParts(node: Pick<ExplainDto, 'rule' | 'members'>): { readonly numerator: ExplainNode; readonly denominator: ExplainNode } | null {
  const [numerator, denominator] = node.members;
  return node.rule === 'ratio' && numerator !== undefined && denominator !== undefined ? { numerator, denominator } : null;
}

/** Both counts are told by the same units, so that each unit has a ratio of its own. */
function arePaired(numerator: ExplainNode, denominator: ExplainNode): boolean {
  return numerator.members.length > 0 && numerator.members.length === denominator.members.length
    && numerator.members.every(({ reading }, i) => reading.localityCode === denominator.members[i]?.reading.localityCode);
}

function older(a: ReadingDto, b: ReadingDto): ReadingDto {
  return FRESHNESS_STATES.indexOf(a.freshness) >= FRESHNESS_STATES.indexOf(b.freshness) ? a : b;
}

/** The ratio of one unit: its own two counts, as old as the older of them. */
function pairReading(ratio: Indicator, numerator: ReadingDto, denominator: ReadingDto): ReadingDto {
  const isKnown = numerator.value !== null && denominator.value !== null && denominator.value !== 0;
  const isNever = numerator.value === null || denominator.value === null;
  const age = isNever ? { ...numerator, freshness: 'never' as const } : older(numerator, denominator);
  return {
    ...age, indicatorId: ratio.id, membersFresh: 0, membersExpected: 0, numerator: numerator.value, denominator: denominator.value,
    // 100 × a part of nothing is no number.
    value: isKnown ? quantise((100 * (numerator.value ?? 0)) / (denominator.value ?? 1), ratio.decimals) : null,
  };
}

function rowOf(reading: ReadingDto, more: Partial<ExplainRow> = {}): ExplainRow {
  const parts = reading.numerator === null && reading.denominator === null ? null : { numerator: reading.numerator, denominator: reading.denominator };
  return { reading, parts, weightRatio: null, isCounted: null, isDecisive: false, ...more };
}

function partOf(value: number | null, total: number | null): number | null {
  return value === null || total === null || total === 0 ? null : value / total;
}

function shareRows(node: ExplainDto, atLeast: number): ExplainRow[] {
  const { denominator } = node.reading;
  return node.members.map(({ reading }) => (reading.indicatorId === node.reading.indicatorId
    ? rowOf(reading, { weightRatio: partOf(reading.denominator ?? (reading.freshness === 'never' ? reading.membersExpected : null), denominator) })
    : rowOf(reading, { weightRatio: partOf(1, denominator ?? node.members.length), isCounted: reading.value !== null && reading.value >= atLeast })));
}

function rowsOf(node: ExplainDto, indicator: Indicator): ExplainRow[] {
  const { rollUp } = indicator;
  const ratio = ratioParts(node);
  if (ratio !== null) {
    if (!arePaired(ratio.numerator, ratio.denominator)) return [rowOf(ratio.numerator.reading), rowOf(ratio.denominator.reading)];
    const total = ratio.denominator.reading.value;
    return ratio.numerator.members.map(({ reading }, i) => {
      const below = ratio.denominator.members[i]?.reading ?? reading;
      return rowOf(pairReading(indicator, reading, below), { weightRatio: partOf(below.value, total) });
    });
  }
  if (rollUp.rule === 'share') return shareRows(node, rollUp.atLeast);
  if (rollUp.rule === 'sum') return node.members.map(({ reading }) => rowOf(reading, { weightRatio: partOf(reading.value, node.reading.value) }));
  return node.members.map(({ reading }) => rowOf(reading, { isDecisive: reading.value !== null && reading.value === node.reading.value }));
}

/** What stands behind a number, worst first and whoever has no value last; the two counts of a ratio in their order. Nobody is left out. Pure. */
export function explainRows(node: ExplainDto, indicatorOf: IndicatorOf): ExplainRow[] {
  const indicator = indicatorOf(node.reading.indicatorId);
  if (indicator === undefined || node.rule === 'observed') return [];
  const rows = rowsOf(node, indicator);
  const isOfUnits = rows.some(({ reading }) => reading.localityCode !== node.reading.localityCode);
  return isOfUnits ? rows.toSorted((a, b) => compareWorstFirst(indicatorOf(a.reading.indicatorId) ?? indicator, a.reading.value, b.reading.value)) : rows;
}

export interface SumCheck {
  readonly isSame: boolean;
  readonly again: { readonly value: number | null; readonly numerator: number | null; readonly denominator: number | null };
}

/** The number worked out again from the parts shown; `null`: it was observed, or there is nothing to add up. */
export function checkSum(node: ExplainDto, indicatorOf: IndicatorOf): SumCheck | null {
  const isSame = agreesWithParts(node, indicatorOf);
  return isSame === null ? null : { isSame, again: recomputeTree(node, indicatorOf) };
}

/** Every source behind a number, and how many of the readings shown are its. In order of first appearance. */
export function sourcesOf(node: ExplainNode): { readonly sourceId: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  const add = ({ source, members }: ExplainNode): void => {
    if (source !== null) counts.set(source.sourceId, (counts.get(source.sourceId) ?? 0) + 1);
    members.forEach(add);
  };
  add(node);
  return [...counts].map(([sourceId, count]) => ({ sourceId, count }));
}
