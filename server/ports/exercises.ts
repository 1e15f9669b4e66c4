import type { ExerciseStart, ExercisesDto, RunningExercise } from '../../shared/protocol/answers.ts';

/** Why an exercise is not started. */
type NotStarted = 'no-simulator' | 'unknown' | 'another-runs';

/** What the routes see of exercises on the live channel, and may have done. */
export interface Exercises {
  list(): ExercisesDto;
  start(asked: ExerciseStart): RunningExercise | NotStarted;
  /** `false`: none was on. */
  stop(): boolean;
}
