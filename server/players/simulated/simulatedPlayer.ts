import type { SeriesTable } from '../../../shared/domain/seriesTable.ts';
import type { Source } from '../../../shared/domain/source.ts';
import type { Exercise } from '../../../shared/protocol/socket.ts';
import type { Player, ReceivedCandidate } from '../../ports/player.ts';
import { groupObservedSeries, type ObservedDelivery } from './observedSeries.ts';
import type { Scenario } from './scenario.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import type { LaidScenario, SilenceSpan } from './script.ts';
import { createSilences, type Silences } from './silences.ts';
import { createModels, createWorld } from './world.ts';

export interface SimulatedPlayerOptions {
  readonly table: SeriesTable;
  /** For the cadence of the national platforms. */
  readonly sources: readonly Source[];
  /** Any integer; the same seed, start and catalogue give the same candidates to the byte. */
  readonly seed: number;
  /** Epoch ms. The first picture is of this moment, and the scenario's clock starts at it. */
  readonly startMs: number;
  /** Readings per real one: 1 is the catalogue's cadence. At most one reading a second per series, whatever it is. */
  readonly rateMultiplier: number;
  readonly scenario?: Scenario;
}

/** A simulator that can be made to play scenarios while it runs, one at a time. */
export interface SimulatedPlayer extends Player {
  /** How long a scenario lasts in the table's edition; 0: it has no step there. @throws Error when it names units the table does not have. */
  lengthMs(scenario: Scenario): number;
  /** [EX2] Its steps are counted from now. What was played stays as it was. Ask `exercise` first: one that is on is cut short. */
  startExercise(scenarioId: string, scenario: Scenario, nowMs: number): Exercise;
  /** [EX3] Nothing of it goes on. Harmless when none is on. */
  stopExercise(nowMs: number): void;
}

/** After a silence a source sends at most so many of the readings it kept, per series, evenly over the time it was gone. */
const MOST_KEPT_READINGS = 12;

/**
 * Readings that nobody measured, for a wall without feeds, and for load: plausible, tuned to what the seed documents report, and
 * always marked `simulated`. Every value is a pure function of seed, series and time; what is kept here is only how far
 * it has been read. `README.md` beside this file says what is modelled and what is assumed.
 *
 * @throws Error when the scenario names units that the table does not have.
 */
export function createSimulatedPlayer({ table, sources, seed, startMs, rateMultiplier, scenario }: SimulatedPlayerOptions): SimulatedPlayer {
  const firstMs = Math.floor(startMs);
  const world = createWorld({ table, seed, startMs: firstMs, scenario });
  const deliveries = groupObservedSeries(table, sources, rateMultiplier, world, createModels(world));
  const schedule = createSchedule(deliveries);
  const silences = createSilences(world.seed, world.units, world.script);
  const deliveriesByProvince = Map.groupBy(deliveries.keys(), (index) => deliveries[index]?.province ?? null);
  let playedUntilMs: number | null = null;
  let isClosed = false;
  let rehearsed: { readonly exercise: Exercise; readonly laid: LaidScenario } | null = null;

  /** What was played is said and stored: no script reaches back to it. */
  const earliestFrom = (nowMs: number) => Math.max(Math.floor(nowMs), (playedUntilMs ?? firstMs) + 1);

  function stopExercise(nowMs: number): void {
    rehearsed?.laid.cutShort(earliestFrom(nowMs));
    rehearsed = null;
  }

  function playFirstPicture(into: ReceivedCandidate[]): void {
    const arrivals = deliveries.map((delivery, index) => ({ delivery, arrivedMs: lastDeliveredMs(schedule, silences, index, delivery.province, firstMs) }));
    // In the order they came, before the start: a source in the middle of a silence was heard before it, not at the start.
    for (const { delivery, arrivedMs } of arrivals.sort((a, b) => a.arrivedMs - b.arrivedMs)) pushReadings(into, delivery, arrivedMs - delivery.delayMs, arrivedMs);
  }

  function playLateBatch(into: ReceivedCandidate[], province: number, silence: SilenceSpan): void {
    const late: { delivery: ObservedDelivery; observedAtMs: number }[] = [];
    for (const index of deliveriesByProvince.get(province) ?? []) {
      const delivery = deliveries[index];
      if (delivery === undefined) continue;
      // The end itself is delivered as usual.
      const lastMs = schedule.lastArrivalMs(index, silence.toMs - 1);
      const missed = Math.floor((lastMs - silence.fromMs) / delivery.periodMs) + 1;
      const stepMs = silence.keepsReadings ? Math.ceil(missed / MOST_KEPT_READINGS) * delivery.periodMs : Number.POSITIVE_INFINITY;
      for (let arrivalMs = lastMs; arrivalMs >= silence.fromMs; arrivalMs -= stepMs) late.push({ delivery, observedAtMs: arrivalMs - delivery.delayMs });
    }
    // Stable: readings of one moment stay in the order of their deliveries.
    late.sort((a, b) => a.observedAtMs - b.observedAtMs);
    for (const { delivery, observedAtMs } of late) pushReadings(into, delivery, observedAtMs, silence.toMs);
  }

  function play(into: ReceivedCandidate[], fromMs: number, toMs: number): void {
    const endings = silences.endingIn(fromMs, toMs);
    let ended = 0;
    const playEndings = (untilMs: number) => {
      for (let ending = endings[ended]; ending !== undefined && ending.silence.toMs <= untilMs; ending = endings[ended]) {
        playLateBatch(into, ending.province, ending.silence);
        ended += 1;
      }
    };
    schedule.forEachArrival(fromMs, toMs, (index, arrivalMs) => {
      playEndings(arrivalMs);
      const delivery = deliveries[index];
      if (delivery === undefined || (delivery.province !== null && silences.silenceAt(delivery.province, arrivalMs) !== null)) return;
      pushReadings(into, delivery, arrivalMs - delivery.delayMs, arrivalMs);
    });
    playEndings(toMs);
  }

  return {
    name: 'simulated',
    capabilities: new Set(),
    // Its first picture is made of arrivals from before the start.
    startMs: null,
    endMs: null,
    async readUntil(untilMs) {
      const played: ReceivedCandidate[] = [];
      const toMs = Math.floor(untilMs);
      if (isClosed || toMs < firstMs) return played;
      if (playedUntilMs === null) {
        playFirstPicture(played);
        playedUntilMs = firstMs;
      }
      if (toMs > playedUntilMs) {
        play(played, playedUntilMs, toMs);
        playedUntilMs = toMs;
      }
      return played;
    },
    seek() {
      throw new Error('Invariant: the simulated player cannot seek; ask its capabilities first.');
    },
    lengthMs: (scenario) => world.script.lengthMs(scenario),
    exercise: (nowMs) => (rehearsed !== null && nowMs < rehearsed.exercise.endsAtMs ? rehearsed.exercise : null),
    startExercise(scenarioId, scenario, nowMs) {
      stopExercise(nowMs);
      const sinceMs = earliestFrom(nowMs);
      const lengthMs = world.script.lengthMs(scenario);
      const laid = world.script.lay(scenario, sinceMs, lengthMs);
      const exercise: Exercise = { scenario: scenarioId, name: scenario.name, sinceMs, endsAtMs: sinceMs + lengthMs };
      rehearsed = { exercise, laid };
      return exercise;
    },
    stopExercise,
    async close() {
      isClosed = true;
    },
  };
}

function pushReadings(into: ReceivedCandidate[], { sourceId, localityCode, unit, readings }: ObservedDelivery, observedAtMs: number, receivedAtMs: number): void {
  for (const { indicatorId, model, scale } of readings) {
    const exact = model(unit, observedAtMs);
    const value = Number.isNaN(exact) ? null : Math.round(exact * scale) / scale;
    into.push({ receivedAtMs, candidate: { sourceId, localityCode, indicatorId, observedAtMs, value, provenance: 'simulated' } });
  }
}

/** What was there at a moment: the last arrival, or the last one before a silence that still goes on. A late batch brought what an ended one held back. */
function lastDeliveredMs(schedule: Schedule, silences: Silences, delivery: number, province: number | null, atMs: number): number {
  const arrivalMs = schedule.lastArrivalMs(delivery, atMs);
  const silence = province === null ? null : silences.silenceAt(province, arrivalMs);
  return silence === null || silence.toMs <= atMs ? arrivalMs : schedule.lastArrivalMs(delivery, silence.fromMs - 1);
}
