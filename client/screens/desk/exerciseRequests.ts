import type { ExerciseStart } from '../../../shared/protocol/answers.ts';
import { post } from './post.ts';

/** `over`: there is nothing to stop, or no such scenario. `another`: one is on already. `unreachable`: the server did not answer. */
export type ExerciseOutcome = 'done' | 'over' | 'another' | 'refused' | 'unreachable';

const OUTCOMES: Readonly<Record<number, ExerciseOutcome>> = { 200: 'done', 204: 'done', 404: 'over', 409: 'another' };

async function ask(path: string, body: unknown): Promise<ExerciseOutcome> {
  const status = await post(path, body);
  return status === null ? 'unreachable' : (OUTCOMES[status] ?? 'refused');
}

export const startExercise = (start: ExerciseStart) => ask('/api/v1/exercises/start', start);
export const stopExercise = () => ask('/api/v1/exercises/stop', undefined);
