import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import { createReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { DryRun, DryRunAsk } from '../ports/dryRun.ts';
import { createConditions } from './conditions.ts';
import { createDryRunTally } from './dryRunTally.ts';
import { FRESH, NEVER } from './freshness.ts';
import { applies, isObserved } from './ruleBook.ts';

/** Of each stretch so long the last reading is heard, by the tier that keeps the beginning. */
const STEP_MS = { raw: 10_000, minute: 60_000, hour: 3_600_000 } as const;
/** Over a longer time the minutes do, whatever is kept. */
const FINE_MS = 48 * 3_600_000;
/** As many as history answers at once. */
const MOST_STEPS = 2_000;
/** Questions are put to the store so many at a time: an append waits behind a few of them. A computed figure is many by itself. */
const AT_ONCE = { observed: 8, settled: 1 } as const;
/** Steps judged before other work has its turn; some milliseconds for a rule on every district. */
const STEPS_A_TURN = 16;

/** What must be read: series whose readings are heard, and those whose settled figures are. */
function inputsOf(table: SeriesTable, rules: readonly AlarmRule[]): { readonly observed: readonly number[]; readonly settled: readonly number[] } {
  const observed = new Set<number>(), settled = new Set<number>();
  for (const { when, ...rule } of rules) {
    if (when.type !== 'state' && when.type !== 'band') continue;
    const reading = { ...rule, when } as Parameters<typeof applies>[0];
    for (const series of table.series) {
      if (!applies(reading, series)) continue;
      (isObserved(reading, series.indicator) ? observed : settled).add(series.index);
      const per = when.type === 'band' && when.per !== null ? table.indexOf(series.locality.code, when.per.indicator) : undefined;
      if (per !== undefined) settled.add(per);
    }
  }
  return { observed: [...observed], settled: [...settled] };
}

/** The rule, and the one whose alarms are its members. */
function withMembers(rule: AlarmRule, inForce: readonly AlarmRule[]): readonly AlarmRule[] {
  const { when } = rule;
  return when.type === 'members' ? [rule, ...inForce.filter(({ id }) => id === when.of)] : [rule];
}

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}

/** Of each series the last value of each step; NaN: none. */
async function readLines({ channel: { history }, signal }: DryRunAsk, series: readonly number[], atOnce: number, { fromMs, toMs, points }: Stretch): Promise<readonly Float64Array[]> {
  const lines: Float64Array[] = [];
  for (let start = 0; start < series.length; start += atOnce) {
    await nextTurn();
    signal.throwIfAborted();
    lines.push(...await Promise.all(series.slice(start, start + atOnce).map(async (seriesIndex) => {
      const line = new Float64Array(points).fill(Number.NaN);
      const answer = await history.series({ seriesIndex, fromMs, toMs, points });
      for (const [at, { last }] of answer.points.entries()) if (last !== null) line[at] = last;
      return line;
    })));
  }
  return lines;
}

/** Settled figures of the steps, put into columns as the state would have them. What is observed holds until it is stale; what is computed is known or not. */
function createFigureWriter(table: SeriesTable, settled: readonly number[], { value, status }: ReturnType<typeof createReadingColumns>) {
  const readAtMs = new Float64Array(settled.length).fill(Number.NEGATIVE_INFINITY);
  return (lines: readonly Float64Array[], step: number, atMs: number): void => {
    for (const [at, index] of settled.entries()) {
      const series = table.series[index];
      const read = lines[at]?.[step] ?? Number.NaN;
      const isKept = Number.isNaN(read) && series !== undefined && toLevel(series.locality) === series.indicator.observedAt && atMs - (readAtMs[at] ?? 0) <= series.indicator.staleAfterMs;
      if (isKept) continue;
      value[index] = read;
      status[index] = Number.isNaN(read) ? NEVER : FRESH;
      if (!Number.isNaN(read)) readAtMs[at] = atMs;
    }
  };
}

/**
 * [RU5] Hears the past as the live state hears the present, with the same conditions: nothing is counted by other code than raises alarms. Two
 * sets of conditions hear one reading of history, the rule's and those of the one in force. What holds in the first step held before.
 */
export const dryRun: DryRun = async (ask) => {
  const { channel: { table, history }, rule, inForce, toMs, signal } = ask;
  const before = inForce.find(({ id }) => id === rule.id);
  const ruleSets = [rule, ...(before === undefined ? [] : [before])].map((each) => withMembers(each, inForce));
  const { observed, settled } = inputsOf(table, ruleSets.flat());
  const columns = createReadingColumns(table.series.length);
  const trials = ruleSets.map((rules) => ({ conditions: createConditions({ table, settled: { columns }, rules, open: [] }), tally: createDryRunTally(rule.id) }));

  const writeFigures = createFigureWriter(table, settled, columns);

  const beginMs = Math.max(ask.fromMs, await history.beginsAtMs() ?? toMs);
  const picture = await history.asOf(beginMs);
  const stepMs = Math.max(STEP_MS[picture.resolution], toMs - beginMs > FINE_MS ? STEP_MS.minute : 0);
  const fromMs = Math.floor(beginMs / stepMs) * stepMs;
  const isHeard = new Set(observed);
  for (const observation of picture.observations) {
    if (isHeard.has(observation.seriesIndex)) for (const { conditions } of trials) conditions.handleReading(observation);
  }

  for (let chunkMs = fromMs; chunkMs < toMs; chunkMs += MOST_STEPS * stepMs) {
    const points = Math.min(MOST_STEPS, Math.ceil((toMs - chunkMs) / stepMs));
    const stretch = { fromMs: chunkMs, toMs: chunkMs + points * stepMs, points };
    const heardLines = await readLines(ask, observed, AT_ONCE.observed, stretch);
    const figureLines = await readLines(ask, settled, AT_ONCE.settled, stretch);
    for (let step = 0; step < points; step++) {
      const atMs = chunkMs + step * stepMs;
      writeFigures(figureLines, step, atMs);
      for (const { conditions, tally } of trials) {
        for (const [at, seriesIndex] of observed.entries()) {
          const value = heardLines[at]?.[step] ?? Number.NaN;
          if (!Number.isNaN(value)) conditions.handleReading({ seriesIndex, value, observedAtMs: atMs, sourceId: null });
        }
        conditions.settle(atMs, []);
        tally.note(conditions.take(), atMs === fromMs);
      }
      if (step % STEPS_A_TURN === STEPS_A_TURN - 1) {
        await nextTurn();
        signal.throwIfAborted();
      }
    }
  }
  const [tried, now] = trials.map(({ tally }) => tally.figures(toMs));
  if (tried === undefined) throw new Error('Invariant: the rule itself is tried.');
  return { fromMs, toMs, resolution: picture.resolution, stepMs, series: observed.length + settled.length, tried, inForce: now ?? null };
};
