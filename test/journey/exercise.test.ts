import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExercisesDto, FeedsDto } from '../../shared/protocol/answers.ts';
import { type ClientToServerEvents, type Exercise, Heartbeat, type ServerToClientEvents, Topic } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ioc-exercise-'));
let server: RunningServer;
let socket: Socket<ServerToClientEvents, ClientToServerEvents>;

beforeAll(async () => {
  // Sources report every few seconds instead of minutes.
  server = await startServer({ dataDir, env: { ...QUIET_DAY, IOC_SIM_RATE: '60' } });
  socket = io(server.url, { path: SOCKET_PATH, transports: ['websocket'] });
});
afterAll(async () => {
  socket.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The first heartbeat that fits: what every screen is told. */
function told(fits: (exercise: Exercise | null) => boolean): Promise<Exercise | null> {
  return new Promise((resolve) => {
    const read = (payload: unknown) => {
      const { playback } = Heartbeat.parse(payload);
      if (!fits(playback.exercise)) return;
      socket.off('heartbeat', read);
      resolve(playback.exercise);
    };
    socket.on('heartbeat', read);
  });
}

const nextHeartbeat = () => new Promise<void>((resolve) => { socket.once('heartbeat', () => resolve()); });
const post = (what: string, body?: unknown) => fetch(`${server.url}/api/v1/exercises/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });

async function heardAtMs(sourceId: string): Promise<number> {
  const { sources } = FeedsDto.parse(await (await fetch(`${server.url}/api/v1/feeds?channel=live`)).json());
  return sources.find((source) => source.sourceId === sourceId)?.lastReceivedAtMs ?? 0;
}

/** Asked with every heartbeat. */
async function untilHeard(sourceId: string, afterMs: number): Promise<void> {
  while (await heardAtMs(sourceId) <= afterMs) await nextHeartbeat();
}

test('[EX1] [EX2] [EX3] a start is told on the socket and seen in the API, and so is the stop', async () => {
  const before = told(() => true);
  socket.emit('subscribe', { channel: 'live', topics: [Topic.parse('nation')] });
  expect(await before).toBeNull();

  const starting = told((exercise) => exercise !== null);
  const started = await post('start', { scenario: 'silent-province' });
  const exercise = await started.json() as Exercise;
  expect([started.status, exercise.name]).toEqual([200, { vi: 'Một tỉnh mất tin', en: 'A silent province' }]);
  expect(await starting).toEqual({ scenario: exercise.scenario, name: exercise.name, sinceMs: exercise.sinceMs, endsAtMs: exercise.endsAtMs });

  // Others go on speaking for longer than Nghệ An ever takes; it says nothing.
  await untilHeard('province-38', exercise.sinceMs + 8_000);
  expect(await heardAtMs('province-40')).toBeLessThanOrEqual(exercise.sinceMs);

  const stopping = told((now) => now === null);
  const stoppedAfterMs = (await (await fetch(`${server.url}/api/v1/exercises`)).json() as ExercisesDto).atMs;
  expect((await post('stop')).status).toBe(204);
  expect(await stopping).toBeNull();
  await untilHeard('province-40', stoppedAfterMs);
});

test('[EX7] a restart ends it', async () => {
  await post('start', { scenario: 'silent-province' });
  socket.close();
  await server.kill();
  server = await startServer({ dataDir, env: QUIET_DAY });
  const { running } = await (await fetch(`${server.url}/api/v1/exercises`)).json() as ExercisesDto;
  expect(running).toBeNull();
});
