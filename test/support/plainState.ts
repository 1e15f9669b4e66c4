import { type Freshness, FRESHNESS_STATES, freshnessAt } from '../../shared/domain/freshness.ts';
import { quantise } from '../../shared/domain/indicator.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { ages, type Comparator, type Provenance } from '../../shared/domain/provenance.ts';
import { createReadingColumns, packStatus, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { Series, SeriesTable } from '../../shared/domain/seriesTable.ts';

/** One unit at the bottom of a roll-up, as its reading stands. */
interface Unit { readonly freshness: Freshness; readonly atMs: number; readonly provenance: Provenance; readonly comparator: Comparator }

interface Row {
  readonly value: number; readonly numerator: number; readonly denominator: number; readonly atMs: number;
  readonly freshness: Freshness; readonly provenance: Provenance; readonly comparator: Comparator;
  readonly live: number; readonly expected: number; readonly units: readonly Unit[];
}

const DOUBT: readonly Provenance[] = ['simulated', 'illustrative', 'declared', 'derived', 'measured'];
const rank = (freshness: Freshness) => FRESHNESS_STATES.indexOf(freshness);
const isLive = ({ freshness }: { freshness: Freshness }) => freshness === 'fresh' || freshness === 'late';
const NEVER = { value: Number.NaN, numerator: Number.NaN, denominator: Number.NaN, atMs: Number.NaN, freshness: 'never', provenance: 'measured', comparator: 'exactly', live: 0 } as const;

/**
 * The rules [R1] [F1] [U1]-[U8] written for reading, not for speed: everything from everything, every time, with lists of units
 * instead of tallies. What the state computes step by step must equal it.
 */
export function plainColumns(table: SeriesTable, arrived: readonly Observation[], nowMs: number): ReadingColumns {
  const held = new Map<number, Observation>();
  for (const observation of arrived) {
    const before = held.get(observation.seriesIndex);
    if (before === undefined || observation.observedAtMs >= before.observedAtMs) held.set(observation.seriesIndex, observation);
  }
  const rows = new Map<number, Row>();
  const rowOf = (index: number): Row => {
    const row = rows.get(index) ?? makeRow(table.series[index]!);
    rows.set(index, row);
    return row;
  };

  function membersOf({ locality, indicator }: Series): { index: number; isTested: boolean }[] {
    const { rollUp } = indicator;
    const below = (code: string): { index: number; isTested: boolean }[] => table.childrenOf(code).flatMap((child) => {
      const own = table.indexOf(child.code, indicator.id);
      if (own !== undefined) return [{ index: own, isTested: false }];
      const tested = rollUp.rule === 'share' ? table.indexOf(child.code, rollUp.of) : undefined;
      return tested === undefined ? below(child.code) : [{ index: tested, isTested: true }];
    });
    return below(locality.code);
  }
  function isObserved({ locality, indicator }: Series): boolean {
    return toLevel(locality) === indicator.observedAt || indicator.rollUp.rule === 'none';
  }
  function leavesOf(series: Series): number {
    if (isObserved(series) || series.indicator.rollUp.rule === 'ratio') return 1;
    return membersOf(series).reduce((sum, { index, isTested }) => sum + (isTested ? 1 : leavesOf(table.series[index]!)), 0);
  }
  function partsOf({ locality, indicator: { rollUp } }: Series): [number, number] {
    if (rollUp.rule !== 'ratio') throw new Error('not a ratio');
    return [table.indexOf(locality.code, rollUp.numerator)!, table.indexOf(locality.code, rollUp.denominator)!];
  }
  const asUnit = (row: Row): Unit[] => (row.freshness === 'never' || Number.isNaN(row.value) ? [] : [row]);

  function makeRow(series: Series): Row {
    const stated = held.get(series.index);
    if (stated !== undefined) {
      const atMs = stated.observedAtMs - (stated.observedAtMs % 1_000);
      const freshness = ages(stated.provenance) ? freshnessAt(nowMs - atMs, series.indicator) : 'fresh';
      const row: Row = { value: stated.value ?? Number.NaN, numerator: stated.numerator ?? Number.NaN, denominator: stated.denominator ?? Number.NaN, atMs, freshness,
        provenance: stated.provenance, comparator: stated.comparator, live: 0, expected: 0, units: [] };
      return { ...row, units: new Array(leavesOf(series)).fill(asUnit(row)).flat() as Unit[] };
    }
    if (isObserved(series)) return { ...NEVER, expected: 0, units: [] };
    return series.indicator.rollUp.rule === 'ratio' ? ratioRow(series) : foldedRow(series);
  }

  function foldedRow(series: Series): Row {
    const { rollUp, decimals, quorumRatio } = series.indicator;
    const units: Unit[] = [];
    let value = Number.NaN, numerator = Number.NaN, denominator = Number.NaN;
    if (rollUp.rule === 'share') [numerator, denominator] = [0, 0];
    for (const { index, isTested } of membersOf(series)) {
      const row = rowOf(index);
      const isStated = held.has(index);
      if (rollUp.rule === 'share') {
        const parts = isTested ? [Number(row.value >= rollUp.atLeast), 1]
          : !Number.isNaN(row.denominator) ? [row.numerator, row.denominator]
            : [0, isStated ? 0 : leavesOf(table.series[index]!)];
        numerator += parts[0]!;
        denominator += parts[1]!;
        units.push(...(isTested ? asUnit(row) : Number.isNaN(row.denominator) ? [] : row.units));
      } else {
        units.push(...row.units);
        if (Number.isNaN(row.value)) continue;
        if (Number.isNaN(value)) value = row.value;
        else if (rollUp.rule === 'sum') value += row.value;
        else value = rollUp.rule === 'worst' && rollUp.pick === 'max' ? Math.max(value, row.value) : Math.min(value, row.value);
      }
    }
    const expected = leavesOf(series);
    if (units.length === 0) return { ...NEVER, expected, units };
    const live = units.filter(isLive).length, fresh = units.filter(({ freshness }) => freshness === 'fresh').length;
    const freshness: Freshness = fresh > 0 && fresh / expected >= quorumRatio ? 'fresh' : live > 0 && live / expected >= quorumRatio ? 'late'
      : units.some((unit) => unit.freshness !== 'dead') ? 'stale' : 'dead';
    const shown = quantise(rollUp.rule === 'share' ? (100 * numerator) / denominator : value, decimals);
    return { value: shown, numerator, denominator, freshness, live, expected, units, ...originOf(units, freshness) };
  }

  function ratioRow(series: Series): Row {
    const [top, bottom] = partsOf(series);
    const coverage = [top, bottom].map((part) => {
      const expected = leavesOf(table.series[part]!);
      return { live: rowOf(part).units.filter(isLive).length, expected };
    });
    const { live, expected } = coverage[0]!.live / coverage[0]!.expected < coverage[1]!.live / coverage[1]!.expected ? coverage[0]! : coverage[1]!;
    const [over, under] = [rowOf(top), rowOf(bottom)];
    if (Number.isNaN(over.value) || Number.isNaN(under.value)) return { ...NEVER, live, expected, units: [] };
    const worse = rank(over.freshness) > rank(under.freshness) ? over.freshness : under.freshness;
    const freshness = live / expected < series.indicator.quorumRatio && rank(worse) < rank('stale') ? 'stale' : worse;
    const value = under.value === 0 ? Number.NaN : quantise((100 * over.value) / under.value, series.indicator.decimals);
    return { value, numerator: over.value, denominator: under.value, freshness, live, expected, units: [], ...originOf([over, under], worse) };
  }

  function originOf(units: readonly Unit[], freshness: Freshness): Pick<Row, 'atMs' | 'provenance' | 'comparator'> {
    const oldest = (some: readonly Unit[]) => Math.min(...some.map(({ atMs }) => atMs));
    const needed = units.filter((unit) => ages(unit.provenance) && rank(unit.freshness) <= rank(freshness));
    const names: Provenance[] = units.map(({ provenance }) => (provenance === 'reported' ? 'derived' : provenance));
    return {
      atMs: needed.length > 0 ? oldest(needed) : oldest(units.filter(({ provenance }) => !ages(provenance))),
      provenance: DOUBT.find((name) => names.includes(name)) ?? 'measured',
      comparator: units.every(({ comparator }) => comparator === 'exactly') ? 'exactly' : 'about',
    };
  }

  const columns = createReadingColumns(table.series.length);
  for (const { index } of table.series) {
    const { value, numerator, denominator, atMs, live, expected, ...status } = rowOf(index);
    columns.value[index] = value;
    columns.numerator[index] = numerator;
    columns.denominator[index] = denominator;
    columns.observedAtMs[index] = atMs;
    columns.membersFresh[index] = live;
    columns.membersExpected[index] = expected;
    columns.status[index] = packStatus(status);
  }
  return columns;
}
