import type { Indicator } from '../../shared/domain/indicator.ts';
import { quantise } from '../../shared/domain/indicator.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import type { Series, SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ExplainNode, ReadingDto } from '../../shared/protocol/http.ts';
import type { Picture } from './picture.ts';
import { toReadingDto } from './readingDto.ts';

type Rule = ExplainNode['rule'];

const LEVEL_RANK = { nation: 0, province: 1, local: 2 } as const;
/** More figures than these are drawn together with "…" and their number. */
const MAX_TERMS = 12;

/** The number at a series, its formula and its parts, down to `depth` levels of members. */
export function explain(table: SeriesTable, picture: Picture, seriesIndex: number, depth: number): ExplainNode {
  const series = table.series[seriesIndex];
  if (series === undefined) throw new Error(`Invariant: series ${seriesIndex} is outside a table of ${table.series.length}.`);
  const { indicator } = series;
  const reading = toReadingDto(table, picture.columns, seriesIndex);
  const source = picture.originOf(seriesIndex);
  const rule: Rule = source === null ? computedBy(series) : 'observed';
  const memberIndices = rule === 'observed' ? [] : membersOf(table, series.locality, indicator);
  const parts = memberIndices.map((index) => toReadingDto(table, picture.columns, index));
  return {
    reading, name: indicator.name, unit: indicator.unit, rule, source,
    ...work(indicator, rule, reading, parts),
    members: depth === 0 ? [] : memberIndices.map((index) => explain(table, picture, index, depth - 1)),
  };
}

/** A figure that was reported for an aggregate is observed there, whatever the rule; below that the rule decides by level. */
function computedBy({ indicator, locality }: Series): Rule {
  const { observedAt, rollUp } = indicator;
  if (rollUp.rule === 'none') return 'observed';
  const isAbove = observedAt === null || LEVEL_RANK[toLevel(locality)] < LEVEL_RANK[observedAt];
  return isAbove ? rollUp.rule : 'observed';
}

/**
 * What the roll-up computes the series from: the two counts of a ratio; otherwise the same indicator at the nearest units below
 * that have it, or what a share counts there.
 */
function membersOf(table: SeriesTable, locality: Locality, indicator: Indicator): number[] {
  const { rollUp } = indicator;
  if (rollUp.rule === 'ratio') {
    return [rollUp.numerator, rollUp.denominator].flatMap((id) => table.indexOf(locality.code, id) ?? []);
  }
  return table.childrenOf(locality.code).flatMap((child) => {
    const counted = rollUp.rule === 'share' ? table.indexOf(child.code, rollUp.of) : undefined;
    return table.indexOf(child.code, indicator.id) ?? counted ?? membersOf(table, child, indicator);
  });
}

function work(indicator: Indicator, rule: Rule, reading: ReadingDto, parts: readonly ReadingDto[]): Pick<ExplainNode, 'formula' | 'recomputed'> {
  const round = (value: number) => quantise(value, indicator.decimals);
  if (rule === 'observed') return { formula: '', recomputed: reading.value };
  if (rule === 'ratio') {
    const [numerator, denominator] = [parts[0]?.value ?? null, parts[1]?.value ?? null];
    return divide(numerator, denominator, round);
  }
  if (rule === 'share') return divide(...sumOfShares(indicator, parts), round);
  const values = parts.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return { formula: '', recomputed: null };
  if (rule === 'sum') return { formula: joinTerms(values, ' + '), recomputed: round(values.reduce((sum, value) => sum + value, 0)) };
  const isMax = indicator.rollUp.rule === 'worst' && indicator.rollUp.pick === 'max';
  return { formula: `${isMax ? 'max' : 'min'}(${joinTerms(values, '; ')})`, recomputed: round(isMax ? Math.max(...values) : Math.min(...values)) };
}

function divide(numerator: number | null, denominator: number | null, round: (value: number) => number): Pick<ExplainNode, 'formula' | 'recomputed'> {
  if (numerator === null || denominator === null) return { formula: '', recomputed: null };
  const formula = `${format(numerator)} / ${format(denominator)} × 100`;
  return { formula, recomputed: denominator === 0 ? null : round((100 * numerator) / denominator) };
}

/**
 * Shares of members are added up by their parts, members that are what is counted count one each. Every unit expected is in the
 * denominator, heard of or not: a silent district is not a connected one. A share stated without its parts cannot be added.
 */
function sumOfShares(indicator: Indicator, parts: readonly ReadingDto[]): [number | null, number | null] {
  const { rollUp } = indicator;
  if (rollUp.rule !== 'share') return [null, null];
  let [numerator, denominator, isAnyKnown] = [0, 0, false];
  for (const part of parts) {
    const isShare = part.indicatorId === indicator.id;
    isAnyKnown ||= part.value !== null && (!isShare || part.denominator !== null);
    if (!isShare) {
      numerator += Number(part.value !== null && part.value >= rollUp.atLeast);
      denominator += 1;
    } else if (part.numerator !== null && part.denominator !== null) {
      numerator += part.numerator;
      denominator += part.denominator;
    } else if (part.freshness === 'never') {
      denominator += part.membersExpected;
    }
  }
  return isAnyKnown ? [numerator, denominator] : [null, null];
}

function joinTerms(values: readonly number[], separator: string): string {
  if (values.length <= MAX_TERMS) return values.map(format).join(separator);
  return `${values.slice(0, MAX_TERMS - 1).map(format).join(separator)}${separator}…${separator}${format(values.at(-1) ?? 0)} (n = ${values.length})`;
}

/** As in the JSON beside it; the screen writes numbers in the reader's way. */
function format(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}
