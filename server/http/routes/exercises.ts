import { z } from 'zod';
import { ExerciseStart, ExercisesDto, RunningExercise } from '../../../shared/protocol/answers.ts';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EXERCISE_EXAMPLE } from '../examples.ts';
import { ProblemError } from '../problem.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

type Needed = Pick<HttpDependencies, 'exercises'>;

const SCENARIO_EXAMPLE = {
  scenario: EXERCISE_EXAMPLE.scenario, name: EXERCISE_EXAMPLE.name,
  description: { vi: 'Bão cắt đường truyền của nhiều huyện.', en: 'A storm cuts the links of many districts.' }, lengthMs: 7_500_000,
};

export function exercisesRoute({ exercises }: Needed): Route {
  return defineRoute({
    path: '/api/v1/exercises', query: z.strictObject({}),
    summary: { vi: 'Các kịch bản diễn tập, và cuộc diễn tập đang chạy', en: 'The scenarios that can be exercised, and the exercise that is on' },
    answer: answers('Exercises', ExercisesDto, { atMs: AT_EXAMPLE_MS, isPossible: true, running: null, scenarios: [SCENARIO_EXAMPLE] }),
    handle: () => json(exercises.list()),
  });
}

export function exerciseStartRoute({ exercises }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/exercises/start', query: z.strictObject({}),
    summary: { vi: 'Bắt đầu một cuộc diễn tập trên kênh trực tiếp', en: 'Start an exercise on the live channel' },
    body: { limitBytes: 1_024, accepts: [{ mediaType: 'application/json', description: 'Which scenario, and who leads it.', schema: ExerciseStart, example: { scenario: EXERCISE_EXAMPLE.scenario, leader: EXERCISE_EXAMPLE.leader } }] },
    answer: answers('RunningExercise', RunningExercise, EXERCISE_EXAMPLE),
    problems: ['not-found', 'exercise-refused', 'too-large', 'unsupported-media-type', 'too-many-requests'],
    handle(_query, request) {
      const body = readJson(request);
      const asked = ExerciseStart.safeParse(body);
      if (!asked.success) throw new ProblemError('malformed-request', 'This does not say which scenario to exercise.', { errors: describeIssues(asked.error, body, ['scenario', 'leader']) });
      const outcome = exercises.start(asked.data);
      if (outcome === 'no-simulator') throw new ProblemError('exercise-refused', 'The live channel has no simulator (IOC_LIVE=feeds), and what feeds report is never exercised. Start the server with IOC_LIVE=simulated.');
      if (outcome === 'unknown') throw new ProblemError('not-found', `There is no scenario "${asked.data.scenario}" to exercise in this edition. /api/v1/exercises lists those there are.`);
      if (outcome === 'another-runs') throw new ProblemError('exercise-refused', 'Another exercise is on. Stop it first.');
      return json(outcome);
    },
  });
}

export function exerciseStopRoute({ exercises }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/exercises/stop', query: z.strictObject({}),
    summary: { vi: 'Dừng cuộc diễn tập đang chạy', en: 'Stop the exercise that is on' },
    answer: { status: 204, mediaType: null, schema: null, name: 'Nothing', example: null },
    problems: ['not-found', 'too-many-requests'],
    handle() {
      if (!exercises.stop()) throw new ProblemError('not-found', 'No exercise is on: it has ended, or was stopped already.');
      return { kind: 'empty' };
    },
  });
}
