import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createWalls } from '../../../server/walls/createWalls.ts';
import { WallsDto } from '../../../shared/protocol/answers.ts';
import { NOW_MS } from '../../support/aChannelView.ts';
import { aWallPage } from '../../support/aWallPage.ts';
import { aWallReport } from '../../support/aWallReport.ts';
import { get, type Listening, listen, read, readProblem } from './listen.ts';

/** One wall that is connected and one that no longer is. */
async function listenWithWalls() {
  const walls = createWalls({ nowMs: () => NOW_MS });
  const hall = aWallPage();
  const gone = aWallPage();
  walls.report(hall, aWallReport({ wallId: 'hall', frames: { drawn: 150, overMs: 5_000, medianMs: 33, maxMs: 70 }, heapMb: 48 }), true);
  walls.report(gone, aWallReport({ wallId: 'gone' }), true);
  walls.left(gone);
  return { ...await listen({ walls, metricsRegistry: new Registry() }), commands: hall.commands };
}

function post({ url }: Listening, path: string, body?: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }): Promise<Response> {
  return fetch(`${url}${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
}

describe('[WR5] the walls over HTTP', () => {
  test('are listed by name with their last report', async () => {
    const { walls, ...rest } = WallsDto.parse(await read(await listenWithWalls(), '/api/v1/walls'));
    expect(rest).toEqual({ atMs: NOW_MS, quietAfterMs: 15_000, mostWalls: 64, refusedCount: 0 });
    expect(walls.map(({ wallId, pages, state, heapMb }) => ({ wallId, pages, state, heapMb }))).toEqual([
      { wallId: 'gone', pages: 0, state: 'well', heapMb: null }, { wallId: 'hall', pages: 1, state: 'well', heapMb: 48 },
    ]);
  });

  test('are gauges of the metrics, nothing told where a wall tells nothing', async () => {
    const text = await (await get(await listenWithWalls(), '/metrics')).text();
    expect(text).toContain('ioc_walls{state="well"} 2');
    expect(text).toContain('ioc_wall_frames_per_second{wall="hall"} 30');
    expect(text).toContain('ioc_wall_heap_megabytes{wall="hall"} 48');
    // To the letter: docs/kiosk/ioc-wall looks for this line.
    expect(text).toMatch(/^ioc_wall_trouble_seconds\{wall="hall"\} 0$/m);
    expect(text).not.toContain('ioc_wall_heap_megabytes{wall="gone"}');
  });
});

describe('[WR4] the desk commands a wall', () => {
  test('that is connected: it gets the command as sent', async () => {
    const listening = await listenWithWalls();
    const response = await post(listening, '/api/v1/walls/hall/command', '{"action":"focus","localityCode":"68"}');
    expect([response.status, await response.json()]).toEqual([200, { wallId: 'hall', sent: { action: 'focus', localityCode: '68' } }]);
    expect(listening.commands).toEqual([{ action: 'focus', localityCode: '68' }]);
  });

  test.each([
    ['/api/v1/walls/nowhere/command', '{"action":"next"}', 404, 'not-found', /nowhere/],
    ['/api/v1/walls/gone/command', '{"action":"next"}', 409, 'not-connected', /gone/],
    ['/api/v1/walls/hall/command', '{"action":"dance"}', 400, 'malformed-request', /nothing a wall can do/],
    ['/api/v1/walls/hall/command', '{"action":"scene"}', 400, 'malformed-request', /nothing a wall can do/],
    ['/api/v1/walls/hall/command', '{"action":"next","action":"hold"}', 400, 'malformed-request', /./],
    ['/api/v1/walls/nowhere/forget', undefined, 404, 'not-found', /nowhere/],
  ] as const)('%s %s is refused with %i', async (path, body, status, kind, words) => {
    const listening = await listenWithWalls();
    expect(await readProblem(await post(listening, path, body))).toMatchObject({ status, kind, detail: expect.stringMatching(words) });
    expect(listening.commands).toEqual([]);
  });

  test('no page of a stranger does', async () => {
    const listening = await listenWithWalls();
    const response = await post(listening, '/api/v1/walls/hall/command', '{"action":"next"}', { 'Content-Type': 'application/json', Origin: 'http://evil.example' });
    expect([response.status, listening.commands]).toEqual([403, []]);
  });

  test('a wall that was taken down is forgotten', async () => {
    const listening = await listenWithWalls();
    expect((await post(listening, '/api/v1/walls/gone/forget')).status).toBe(204);
    expect(WallsDto.parse(await read(listening, '/api/v1/walls')).walls.map(({ wallId }) => wallId)).toEqual(['hall']);
  });
});
