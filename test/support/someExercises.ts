import { createExercises } from '../../server/players/simulated/exercises.ts';
import { readScenarios } from '../../server/players/simulated/scenario.ts';
import type { Exercises } from '../../server/ports/exercises.ts';
import type { Exercise } from '../../shared/protocol/socket.ts';

/** The scenarios of the seed on a simulator that plays nothing: each lasts an hour, those without steps no time at all. */
export function someExercises(nowMs: () => number): Exercises {
  let on: Exercise | null = null;
  return createExercises({
    nowMs, scenarios: readScenarios(),
    simulator: {
      lengthMs: ({ steps }) => (steps.length === 0 ? 0 : 3_600_000),
      exercise: (atMs) => (on !== null && atMs < on.endsAtMs ? on : null),
      startExercise: (scenario, { name }, sinceMs) => { on = { scenario, name, sinceMs, endsAtMs: sinceMs + 3_600_000 }; return on; },
      stopExercise: () => { on = null; },
    },
  });
}
