import type { Indicator } from '../../shared/domain/indicator.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import { recompute } from '../../shared/domain/recompute.ts';
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
  if (rule === 'observed') return { formula: '', recomputed: reading.value };
  const { value, numerator, denominator } = recompute(indicator, parts);
  return { formula: numerator !== null && denominator !== null ? `${format(numerator)} / ${format(denominator)} × 100` : formulaOfValues(indicator, parts), recomputed: value };
}

function formulaOfValues({ rollUp }: Indicator, parts: readonly ReadingDto[]): string {
  const values = parts.flatMap(({ value }) => value ?? []);
  if (values.length === 0 || (rollUp.rule !== 'sum' && rollUp.rule !== 'worst')) return '';
  return rollUp.rule === 'sum' ? joinTerms(values, ' + ') : `${rollUp.pick}(${joinTerms(values, '; ')})`;
}

function joinTerms(values: readonly number[], separator: string): string {
  if (values.length <= MAX_TERMS) return values.map(format).join(separator);
  return `${values.slice(0, MAX_TERMS - 1).map(format).join(separator)}${separator}…${separator}${format(values.at(-1) ?? 0)} (n = ${values.length})`;
}

/** As in the JSON beside it; the screen writes numbers in the reader's way. */
function format(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}
