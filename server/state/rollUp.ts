import { type Indicator, quantise } from '../../shared/domain/indicator.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import { FRESH, LATE, NEVER, STALE } from './freshness.ts';
import { createMemberTally } from './memberTally.ts';
import { RATIO, type RollUpPlan, SHARE, SUM, WORST_MAX } from './rollUpPlan.ts';
import { settleReading, type SettledReadings } from './settledReadings.ts';

export interface RollUp {
  /** Computes one series from the settled readings of its members, which must be up to date. */
  recompute(series: number): void;
}

/**
 * The value of a computed series always comes from all its members in the table's order, so that what was computed step by step
 * equals what would be computed at once, to the last bit ([U7]).
 */
export function createRollUp(table: SeriesTable, plan: RollUpPlan, settled: SettledReadings): RollUp {
  const { columns } = settled;
  const { rule, memberStart, members, isTested, leafCount } = plan;
  const tally = createMemberTally(columns);
  const shownValue = (series: number) => columns.value[series] ?? Number.NaN;
  /** It is shown as a source stated it, and is not computed. */
  const isStated = (series: number) => settled.source[series] !== -1;
  /** Parts of the share being computed. */
  const parts = { numerator: 0, denominator: 0 };

  function addMember(member: number): void {
    if (isStated(member)) tally.addReading(member, leafCount[member] ?? 0);
    else tally.addUnitsOf(member);
  }

  /** [U1] [U2] NaN when no member has a value. */
  function foldValues(series: number): number {
    const isSum = rule[series] === SUM, isMax = rule[series] === WORST_MAX;
    let folded = Number.NaN;
    for (let at = memberStart[series] ?? 0; at < (memberStart[series + 1] ?? 0); at++) {
      const member = members[at] ?? 0;
      addMember(member);
      const value = shownValue(member);
      if (Number.isNaN(value)) continue;
      if (Number.isNaN(folded)) folded = value;
      else if (isSum) folded += value;
      else folded = isMax ? Math.max(folded, value) : Math.min(folded, value);
    }
    return folded;
  }

  /** [U4] Leaves the parts in `parts`. */
  function foldShare(series: number, atLeast: number): void {
    parts.numerator = 0;
    parts.denominator = 0;
    for (let at = memberStart[series] ?? 0; at < (memberStart[series + 1] ?? 0); at++) {
      const member = members[at] ?? 0;
      if (isTested[at] === 1) {
        tally.addReading(member, 1);
        parts.denominator++;
        if (shownValue(member) >= atLeast) parts.numerator++;
        continue;
      }
      const denominator = columns.denominator[member] ?? Number.NaN;
      if (!Number.isNaN(denominator)) {
        addMember(member);
        parts.numerator += columns.numerator[member] ?? 0;
        parts.denominator += denominator;
      } else if (!isStated(member)) {
        // Nobody below has reported yet; they are expected all the same.
        parts.denominator += leafCount[member] ?? 0;
      }
    }
  }

  function settleFolded(series: number, value: number, numerator: number, denominator: number, { quorumRatio, decimals }: Indicator): void {
    const expected = leafCount[series] ?? 0;
    tally.keepFor(series);
    const status = tally.status(expected, quorumRatio);
    if (status === 0) settleReading(settled, series, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0, 0, expected);
    else settleReading(settled, series, quantise(value, decimals) + 0, numerator, denominator, tally.oldestAtMs(status & 7), status, tally.liveUnits(), expected);
  }

  const liveUnitsOf = (part: number): number => {
    if (!isStated(part)) return columns.membersFresh[part] ?? 0;
    const freshness = (columns.status[part] ?? NEVER) & 7;
    return (freshness === FRESH || freshness === LATE) && !Number.isNaN(shownValue(part)) ? leafCount[part] ?? 0 : 0;
  };

  /** [U3] Never an average of percentages: the parts are this locality's own totals. */
  function recomputeRatio(series: number, { quorumRatio, decimals }: Indicator): void {
    const top = members[memberStart[series] ?? 0] ?? 0, bottom = members[(memberStart[series] ?? 0) + 1] ?? 0;
    const topExpected = leafCount[top] ?? 0, bottomExpected = leafCount[bottom] ?? 0;
    const isTopThinner = liveUnitsOf(top) * bottomExpected < liveUnitsOf(bottom) * topExpected;
    const live = liveUnitsOf(isTopThinner ? top : bottom), expected = isTopThinner ? topExpected : bottomExpected;
    const numerator = shownValue(top), denominator = shownValue(bottom);
    if (Number.isNaN(numerator) || Number.isNaN(denominator)) {
      settleReading(settled, series, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0, live, expected);
      return;
    }
    tally.begin();
    tally.addReading(top, 1);
    tally.addReading(bottom, 1);
    const worse = Math.max((columns.status[top] ?? NEVER) & 7, (columns.status[bottom] ?? NEVER) & 7);
    const freshness = live / expected >= quorumRatio ? worse : Math.max(worse, STALE);
    // Nothing to divide by is "does not apply": neither 0 nor 100.
    const value = denominator === 0 ? Number.NaN : quantise((100 * numerator) / denominator, decimals) + 0;
    settleReading(settled, series, value, numerator, denominator, tally.oldestAtMs(worse), (tally.status(2, 1) & ~7) | freshness, live, expected);
  }

  return {
    recompute(series) {
      const indicator = table.series[series]?.indicator;
      if (indicator === undefined) throw new Error(`Invariant: series ${series} of ${table.series.length} does not exist.`);
      if (rule[series] === RATIO) { recomputeRatio(series, indicator); return; }
      tally.begin();
      if (rule[series] === SHARE && indicator.rollUp.rule === 'share') {
        foldShare(series, indicator.rollUp.atLeast);
        settleFolded(series, (100 * parts.numerator) / parts.denominator, parts.numerator, parts.denominator, indicator);
      } else {
        settleFolded(series, foldValues(series), Number.NaN, Number.NaN, indicator);
      }
    },
  };
}
