import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SourceHealth } from '../../shared/protocol/socket.ts';
import type { ConditionChange, StandingCondition } from './conditions.ts';

export interface ServerReadings {
  readonly columns: ReadingColumns;
  /** Epoch ms; NaN: never. */
  readonly receivedAtMs: Float64Array;
  /** Log offset of the observation held; -1: computed, or never. */
  readonly offset: Float64Array;
  /** Source of the observation held; `null`: computed, or never. */
  sourceIdOf(seriesIndex: number): string | null;
  /** Record the observation came from (a fact's id); `null`: none. */
  refOf(seriesIndex: number): string | null;
}

export interface SourceStatus {
  readonly sourceId: string;
  readonly lastReceivedAtMs: number | null;
  readonly freshness: 'never' | 'fresh' | 'late' | 'stale' | 'dead';
}

/** A deterministic fold: the same batches and the same times give the same columns, on any machine. */
export interface ChannelState {
  readonly readings: ServerReadings;
  /** Newest `observedAtMs` wins, ties to the later arrival ([R1]). */
  project(batch: readonly Observation[], firstOffset: number): void;
  /** The clock that `settle` is given has moved by so much more than time: alarms by time and silence take no notice. */
  shiftClock(byMs: number): void;
  /**
   * Rolls up what changed and moves freshness on to `nowMs`. Returns ascending indices of the series whose columns differ since
   * the call before.
   */
  settle(nowMs: number): Uint32Array;
  /** [RU2] Other rules for alarms from now on; what that changes is among the changes of the next settle. */
  replaceRules(rules: readonly AlarmRule[]): void;
  /** What changed of alarm conditions since the call before, in order; call after `settle` with the same time. */
  takeConditionChanges(): readonly ConditionChange[];
  standingConditions(): readonly StandingCondition[];
  sourceHealth(nowMs: number): SourceHealth;
  sources(nowMs: number): readonly SourceStatus[];
}
