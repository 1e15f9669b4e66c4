import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Source } from '../../shared/domain/source.ts';
import type { ChannelState } from '../ports/state.ts';
import { createConditions } from './conditions.ts';
import { agesByStatus, FRESH, freshnessNumberAt, stateEndsAtMs } from './freshness.ts';
import { createHeldReadings, holdNewest } from './heldReadings.ts';
import { createRollUp } from './rollUp.ts';
import { rollUpPlanOf } from './rollUpPlan.ts';
import { createSettledReadings, settleReading, takeChanged } from './settledReadings.ts';
import { createSources } from './sourceHealth.ts';

export interface ChannelStateOptions {
  readonly table: SeriesTable;
  /** Those expected on this channel: a listed feed that never speaks is counted as such. */
  readonly sources: readonly Source[];
  /** Absent: nothing is an alarm. */
  readonly rules?: readonly AlarmRule[];
  /** Alarms that the log holds open from before this start. */
  readonly open?: readonly Alarm[];
  /** Since when this server has listened: silence from before it is its own. Absent: whatever is projected was heard as it says. Epoch ms. */
  readonly listeningFromMs?: number;
  /** Sources whose alerts are alarms by themselves: their counts are none. Absent: none is. */
  readonly tellsAlerts?: (sourceId: string) => boolean;
}

/**
 * A deterministic fold over batches and settle times. `readings` is what the last settle left: `project` alone changes nothing
 * that is shown. The columns are mutated in place; whoever needs a moment's picture copies it.
 */
export function createChannelState({ table, sources: listedSources, rules = [], open = [], listeningFromMs = Number.NEGATIVE_INFINITY, tellsAlerts = () => false }: ChannelStateOptions): ChannelState {
  const seriesCount = table.series.length;
  const held = createHeldReadings(seriesCount);
  const settled = createSettledReadings(seriesCount);
  const plan = rollUpPlanOf(table);
  const rollUp = createRollUp(table, plan, settled);
  const sources = createSources(listedSources, listeningFromMs);
  const conditions = createConditions({
    table, settled, rules, open, listeningFromMs, tellsAlerts, sourceIdOf: (series) => sources.all[settled.source[series] ?? -1]?.id ?? null,
  });
  /** The state of a held reading changes after this moment. */
  const endsAtMs = new Float64Array(seriesCount).fill(Number.POSITIVE_INFINITY);
  /** 1: something it is computed from has changed. Everything is, before the first settle. */
  const isOutdated = new Uint8Array(seriesCount).fill(1);
  let settledAtMs = Number.NEGATIVE_INFINITY;

  function outdateDependents(series: number): void {
    const end = plan.dependentStart[series + 1] ?? 0;
    for (let at = plan.dependentStart[series] ?? 0; at < end; at++) isOutdated[plan.dependents[at] ?? 0] = 1;
  }

  function settleHeld(series: number, nowMs: number): void {
    const indicator = table.series[series]?.indicator;
    if (indicator === undefined) throw new Error(`Invariant: series ${series} of ${seriesCount} does not exist.`);
    const bits = held.statusBits[series] ?? 0;
    const observedAtMs = Math.floor((held.observedAtMs[series] ?? Number.NaN) / 1_000) * 1_000;
    const canAge = agesByStatus(bits);
    const freshness = canAge ? freshnessNumberAt(nowMs, observedAtMs, indicator) : FRESH;
    endsAtMs[series] = canAge ? stateEndsAtMs(freshness, observedAtMs, indicator) : Number.POSITIVE_INFINITY;
    settleReading(settled, series, held.value[series] ?? Number.NaN, held.numerator[series] ?? Number.NaN, held.denominator[series] ?? Number.NaN,
      observedAtMs, bits | freshness, 0, 0);
    settled.receivedAtMs[series] = held.receivedAtMs[series] ?? Number.NaN;
    settled.offset[series] = held.offset[series] ?? -1;
    settled.source[series] = held.source[series] ?? -1;
    settled.ref[series] = held.ref[series] ?? null;
    held.isDirty[series] = 0;
    outdateDependents(series);
  }

  function settleComputed(): void {
    for (const series of plan.order) {
      if (isOutdated[series] !== 1) continue;
      isOutdated[series] = 0;
      // A stated figure stands in place of the computed one ([U8]).
      if (settled.source[series] !== -1) continue;
      rollUp.recompute(series);
      outdateDependents(series);
    }
  }

  return {
    readings: {
      columns: settled.columns, receivedAtMs: settled.receivedAtMs, offset: settled.offset,
      sourceIdOf: (series) => sources.all[settled.source[series] ?? -1]?.id ?? null,
      refOf: (series) => settled.ref[series] ?? null,
    },
    project(batch: readonly Observation[], firstOffset: number): void {
      // From before this start: there are no offsets, each is -1.
      const isRestored = firstOffset < 0;
      for (const [index, observation] of batch.entries()) {
        const sourceIndex = sources.indexOf(observation.sourceId);
        const source = sources.all[sourceIndex];
        const indicator = table.series[observation.seriesIndex]?.indicator;
        if (source === undefined || indicator === undefined) throw new Error(`Invariant: observation of series ${observation.seriesIndex}, but there are ${seriesCount}; the gate and the state must share one table.`);
        conditions.handleSourceHeard(source, observation.receivedAtMs, isRestored);
        sources.hear(source, observation, indicator.expectEveryMs, isRestored);
        const offset = isRestored ? -1 : firstOffset + index;
        if (holdNewest(held, observation, offset, sourceIndex)) conditions.handleReading(observation);
      }
    },
    settle(nowMs: number): Uint32Array {
      // A clock that steps back must not make a stale reading fresh again.
      const atMs = Math.max(settledAtMs, nowMs);
      settledAtMs = atMs;
      for (let series = 0; series < seriesCount; series++) {
        if (held.isDirty[series] === 1 || atMs > (endsAtMs[series] ?? 0)) settleHeld(series, atMs);
      }
      settleComputed();
      conditions.settle(atMs, sources.all);
      return takeChanged(settled);
    },
    shiftClock(byMs) {
      sources.shiftClock(byMs);
      conditions.shiftClock(byMs);
    },
    replaceRules(next) {
      const heldValue = (series: number) => {
        const value = held.value[series] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      };
      conditions.replaceRules(next, heldValue);
      for (let series = 0; series < seriesCount; series++) {
        conditions.handleReading({ seriesIndex: series, value: heldValue(series), observedAtMs: held.observedAtMs[series] ?? Number.NaN, sourceId: sources.all[held.source[series] ?? -1]?.id ?? null });
      }
    },
    takeConditionChanges: conditions.take,
    standingConditions: conditions.standing,
    sourceHealth: sources.health,
    sources: sources.statuses,
  };
}
