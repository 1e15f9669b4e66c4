import type { Request } from 'express';
import { Gauge, type Registry } from 'prom-client';
import { z } from 'zod';
import { WallCommandAnswer, type WallDto, WallsDto } from '../../../shared/protocol/answers.ts';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import { WallCommand, WallId } from '../../../shared/protocol/socket.ts';
import type { WallsView } from '../../ports/walls.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, WALL_EXAMPLE } from '../examples.ts';
import { ProblemError } from '../problem.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const pathParameters = { id: { description: 'Id of the wall, as in /api/v1/walls.', example: WALL_EXAMPLE.wallId } };

/** A second's worth; reports are five seconds apart, and the last one need not have taken exactly that. */
function framesPerSec({ frames: { drawn, overMs } }: WallDto): number {
  return overMs === 0 ? 0 : (drawn * 1_000) / overMs;
}

/** Read when they are asked for. At most one line per wall and gauge. */
function registerGauges(registry: Registry, walls: WallsView): void {
  const byState = new Gauge({ name: 'ioc_walls', help: 'Walls by how they do.', labelNames: ['state'], registers: [registry], collect() {
    this.reset();
    for (const [state, some] of Map.groupBy(walls.list(), (wall) => wall.state)) this.set({ state }, some.length);
  } });
  byState.reset();
  const perWall: readonly (readonly [name: string, help: string, read: (wall: WallDto) => number | null])[] = [
    ['ioc_wall_heard_seconds', 'Since the last report of this wall.', ({ heardAtMs }) => (walls.nowMs() - heardAtMs) / 1_000],
    ['ioc_wall_trouble_seconds', 'For how long this wall has been silent, frozen or behind; 0: it does well. Absent once it is closed.', ({ state, troubleSinceMs }) => (
      state === 'closed' ? null : troubleSinceMs === null ? 0 : (walls.nowMs() - troubleSinceMs) / 1_000
    )],
    ['ioc_wall_painted_age_seconds', 'How old the picture on this wall was, by its last report.', ({ paintedAgeMs }) => (paintedAgeMs === null ? null : paintedAgeMs / 1_000)],
    ['ioc_wall_frames_per_second', 'Frames this wall drew a second, by its last report.', framesPerSec],
    ['ioc_wall_longest_frame_seconds', 'Longest time between two frames, by its last report.', ({ frames: { maxMs } }) => (maxMs === null ? null : maxMs / 1_000)],
    ['ioc_wall_context_losses', 'Lost WebGL contexts since the page of this wall was opened.', ({ map }) => map?.contextLosses ?? null],
    ['ioc_wall_heap_megabytes', 'JavaScript heap of the page of this wall.', ({ heapMb }) => heapMb],
  ];
  for (const [name, help, read] of perWall) {
    new Gauge({ name, help, labelNames: ['wall'], registers: [registry], collect() {
      this.reset();
      for (const wall of walls.list()) {
        const value = read(wall);
        if (value !== null) this.set({ wall: wall.wallId }, value);
      }
    } });
  }
}

export function wallsRoute({ walls, metricsRegistry }: Pick<HttpDependencies, 'walls' | 'metricsRegistry'>): Route {
  registerGauges(metricsRegistry, walls);
  return defineRoute({
    path: '/api/v1/walls', query: z.strictObject({}),
    summary: { vi: 'Các màn hình tường và tình trạng của chúng', en: 'The walls that report, and how they do' },
    answer: answers('Walls', WallsDto, { atMs: AT_EXAMPLE_MS, quietAfterMs: 15_000, mostWalls: 64, refusedCount: 0, walls: [WALL_EXAMPLE] }),
    handle: () => json({
      atMs: walls.nowMs(), quietAfterMs: walls.quietAfterMs, mostWalls: walls.mostWalls, refusedCount: walls.refusedCount(), walls: [...walls.list()],
    } satisfies WallsDto),
  });
}

/** @throws ProblemError 404 */
function unknownWall(id: string): ProblemError {
  return new ProblemError('not-found', `No wall "${id.slice(0, 40)}" has reported. /api/v1/walls lists those that have.`);
}

const idOf = ({ params }: Request) => String(params.id);

export function wallCommandRoute({ walls }: Pick<HttpDependencies, 'walls'>): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/walls/{id}/command', pathParameters, query: z.strictObject({}),
    summary: { vi: 'Điều khiển một màn hình tường', en: 'Have a wall turn, hold, show a scene or go to a province' },
    body: { limitBytes: 1_024, accepts: [{ mediaType: 'application/json', description: 'What the wall is to do.', schema: WallCommand, example: { action: 'scene', scene: 'security' } }] },
    answer: answers('WallCommandAnswer', WallCommandAnswer, { wallId: WALL_EXAMPLE.wallId, sent: { action: 'scene', scene: 'security' } }),
    problems: ['not-found', 'not-connected', 'handed-over', 'too-large', 'unsupported-media-type', 'too-many-requests'],
    handle(_query, request) {
      const asked = readJson(request);
      const command = WallCommand.safeParse(asked);
      if (!command.success) throw new ProblemError('malformed-request', 'This is nothing a wall can do.', { errors: describeIssues(command.error, asked, ['action', 'scene', 'localityCode']) });
      const id = idOf(request);
      const outcome = walls.command(id, command.data);
      if (outcome === 'unknown') throw unknownWall(id);
      if (outcome === 'not-connected') throw new ProblemError('not-connected', `Wall "${id}" is known, but no page of it is connected. Check its machine and network.`);
      if (outcome === 'handed-over') throw new ProblemError('handed-over', `Wall "${id}" is handed over: /api/v1/walls says to what and until when. Take it back first, by /api/v1/walls/${id}/handover/end.`);
      return json({ wallId: WallId.parse(id), sent: command.data } satisfies WallCommandAnswer);
    },
  });
}

/** For a wall that was taken down: the other screens stop asking somebody to look after it. */
export function wallForgetRoute({ walls }: Pick<HttpDependencies, 'walls'>): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/walls/{id}/forget', pathParameters, query: z.strictObject({}),
    summary: { vi: 'Bỏ theo dõi một màn hình tường', en: 'Look after this wall no more, until it reports again' },
    answer: { status: 204, mediaType: null, schema: null, name: 'Nothing', example: null },
    problems: ['not-found', 'too-many-requests'],
    handle(_query, request) {
      const id = idOf(request);
      if (!walls.forget(id)) throw unknownWall(id);
      return { kind: 'empty' };
    },
  });
}
