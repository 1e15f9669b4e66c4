import type { RunningExercise } from '../../../shared/protocol/answers.ts';
import type { Exercises } from '../../ports/exercises.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedPlayer } from './simulatedPlayer.ts';

export interface ExercisesOptions {
  /** `null`: the live channel has none. */
  readonly simulator: Pick<SimulatedPlayer, 'lengthMs' | 'exercise' | 'startExercise' | 'stopExercise'> | null;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** The live channel's now. */
  readonly nowMs: () => number;
}

/** Scenarios on the simulator of the live channel, one at a time. @throws Error when one names units that the edition does not have. */
export function createExercises({ simulator, scenarios, nowMs }: ExercisesOptions): Exercises {
  const listed = simulator === null ? [] : [...scenarios]
    .map(([scenario, content]) => ({ scenario, name: content.name, description: content.description, lengthMs: simulator.lengthMs(content) }))
    .filter(({ lengthMs }) => lengthMs > 0);
  let leader: string | null = null;

  function running(): RunningExercise | null {
    const exercise = simulator?.exercise(nowMs()) ?? null;
    return exercise === null ? null : { ...exercise, leader };
  }

  return {
    list: () => ({ atMs: nowMs(), isPossible: simulator !== null, running: running(), scenarios: listed }),
    start(asked) {
      if (simulator === null) return 'no-simulator';
      const scenario = listed.some((one) => one.scenario === asked.scenario) ? scenarios.get(asked.scenario) : undefined;
      if (scenario === undefined) return 'unknown';
      if (running() !== null) return 'another-runs';
      leader = asked.leader ?? null;
      return { ...simulator.startExercise(asked.scenario, scenario, nowMs()), leader };
    },
    stop() {
      if (running() === null) return false;
      simulator?.stopExercise(nowMs());
      return true;
    },
  };
}
