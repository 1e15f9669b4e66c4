import { describe, expect, test } from 'vitest';
import { createExercises } from '../../../server/players/simulated/exercises.ts';
import { ExercisesDto, RunningExercise } from '../../../shared/protocol/answers.ts';
import { NOW_MS } from '../../support/aChannelView.ts';
import { type Listening, listen, read, readProblem } from './listen.ts';

function post({ url }: Listening, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/v1/exercises/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, ...(body === undefined ? {} : { body }) });
}
const running = async (listening: Listening) => ExercisesDto.parse(await read(listening, '/api/v1/exercises')).running;

describe('[EX6] exercises over HTTP', () => {
  test('start, are told with who leads them, and stop', async () => {
    const listening = await listen();
    expect(await running(listening)).toBeNull();
    const started = await post(listening, 'start', '{"scenario":"storm-central","leader":"  Chị Hoa "}');
    expect([started.status, RunningExercise.parse(await started.json())]).toMatchObject([200, { scenario: 'storm-central', name: { vi: 'Bão vào miền Trung' }, sinceMs: NOW_MS, leader: 'Chị Hoa' }]);
    expect(await running(listening)).toMatchObject({ scenario: 'storm-central', leader: 'Chị Hoa' });
    expect((await post(listening, 'stop')).status).toBe(204);
    expect(await running(listening)).toBeNull();
  });

  test.each([
    ['start', '{"scenario":"quiet-day"}', 404, 'not-found', /"quiet-day"/],
    ['start', '{"scenario":"../../package"}', 404, 'not-found', /exercises lists/],
    ['start', '{}', 400, 'malformed-request', /which scenario/],
    ['start', '{"scenario":"storm-central","leader":" "}', 400, 'malformed-request', /which scenario/],
    ['stop', undefined, 404, 'not-found', /No exercise is on/],
  ] as const)('[EX4] %s %s is refused with %i', async (path, body, status, kind, words) => {
    const listening = await listen();
    expect(await readProblem(await post(listening, path, body))).toMatchObject({ status, kind, detail: expect.stringMatching(words) });
    expect(await running(listening)).toBeNull();
  });

  test('[EX4] while one is on, another is refused and the first goes on', async () => {
    const listening = await listen();
    await post(listening, 'start', '{"scenario":"storm-central"}');
    expect(await readProblem(await post(listening, 'start', '{"scenario":"silent-province"}'))).toMatchObject({ status: 409, kind: 'exercise-refused', detail: expect.stringMatching(/Stop it first/) });
    expect(await running(listening)).toMatchObject({ scenario: 'storm-central', leader: null });
  });

  test('[EX4] where feeds alone are live, it is said that there is nothing to exercise with', async () => {
    const listening = await listen({ exercises: createExercises({ simulator: null, scenarios: new Map(), nowMs: () => NOW_MS }) });
    expect(await read(listening, '/api/v1/exercises')).toMatchObject({ isPossible: false, scenarios: [] });
    expect(await readProblem(await post(listening, 'start', '{"scenario":"storm-central"}'))).toMatchObject({ status: 409, detail: expect.stringMatching(/IOC_LIVE=feeds/) });
  });

  test('no page of a stranger starts one', async () => {
    const listening = await listen();
    expect((await post(listening, 'start', '{"scenario":"storm-central"}', { Origin: 'http://evil.example' })).status).toBe(403);
    expect(await running(listening)).toBeNull();
  });
});
