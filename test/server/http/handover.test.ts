import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createWalls } from '../../../server/walls/createWalls.ts';
import { HandoverAnswer, WallsDto } from '../../../shared/protocol/answers.ts';
import { NOW_MS } from '../../support/aChannelView.ts';
import { aWallPage } from '../../support/aWallPage.ts';
import { aWallReport } from '../../support/aWallReport.ts';
import { type Listening, listen, read, readProblem } from './listen.ts';

/** One wall that is connected and one that no longer is. */
async function listenWithWalls() {
  const walls = createWalls({ nowMs: () => NOW_MS });
  const hall = aWallPage();
  const gone = aWallPage();
  walls.report(hall, aWallReport({ wallId: 'hall' }), true);
  walls.report(gone, aWallReport({ wallId: 'gone' }), true);
  walls.left(gone);
  return { ...await listen({ walls, metricsRegistry: new Registry() }), commands: hall.commands };
}

const OFFER = { localityCode: '10', scene: 'dossiers', minutes: 5, owner: 'chairman', replaces: null };

function post({ url }: Listening, path: string, body: unknown): Promise<Response> {
  return fetch(`${url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

describe('[TW1] a wall is handed over by HTTP', () => {
  test('the wall is told, the list says it, no command of the desk gets through, and it is taken back', async () => {
    const listening = await listenWithWalls();
    const { wallId, handover } = HandoverAnswer.parse(await (await post(listening, '/api/v1/walls/hall/handover', OFFER)).json());
    expect([wallId, handover]).toMatchObject(['hall', { localityCode: '10', scene: 'dossiers', owner: 'chairman', sinceMs: NOW_MS, endsAtMs: NOW_MS + 300_000 }]);
    expect(listening.commands).toEqual([{ action: 'hand-over', handover }]);
    expect(WallsDto.parse(await read(listening, '/api/v1/walls')).walls.map((wall) => [wall.wallId, wall.handover])).toEqual([['gone', null], ['hall', handover]]);
    expect(await readProblem(await post(listening, '/api/v1/walls/hall/command', { action: 'next' }))).toMatchObject({ status: 409, kind: 'handed-over', detail: expect.stringMatching(/Take it back first/) });
    expect((await post(listening, '/api/v1/walls/hall/handover/end', { handoverId: handover.handoverId })).status).toBe(204);
    expect(listening.commands.at(-1)).toEqual({ action: 'take-back', handoverId: handover.handoverId });
    expect((await post(listening, '/api/v1/walls/hall/command', { action: 'next' })).status).toBe(200);
  });

  test('a second one is refused until it names the first', async () => {
    const listening = await listenWithWalls();
    const { handover } = HandoverAnswer.parse(await (await post(listening, '/api/v1/walls/hall/handover', OFFER)).json());
    expect(await readProblem(await post(listening, '/api/v1/walls/hall/handover', OFFER))).toMatchObject({ status: 409, kind: 'handed-over' });
    expect((await post(listening, '/api/v1/walls/hall/handover', { ...OFFER, replaces: handover.handoverId })).status).toBe(200);
  });
});

test.each([
  ['nowhere/handover', OFFER, 404, 'not-found', /nowhere/],
  ['gone/handover', OFFER, 409, 'not-connected', /machine and network/],
  ['hall/handover', { ...OFFER, localityCode: '99' }, 404, 'not-found', /no locality/],
  ['hall/handover', { ...OFFER, localityCode: '085' }, 404, 'not-found', /no province/],
  ['hall/handover', { ...OFFER, minutes: 60 }, 400, 'malformed-request', /what the wall is to show/],
  ['hall/handover', { ...OFFER, owner: 'Nguyễn Văn A' }, 400, 'malformed-request', /what the wall is to show/],
  ['hall/handover', { ...OFFER, until: 0 }, 400, 'malformed-request', /what the wall is to show/],
  ['hall/handover', { localityCode: '10', scene: 'dossiers', minutes: 5, owner: 'chairman' }, 400, 'malformed-request', /what the wall is to show/],
  ['nowhere/handover/end', { handoverId: 'a'.repeat(16) }, 404, 'not-found', /nowhere/],
  ['hall/handover/end', { handoverId: 'a'.repeat(16) }, 404, 'not-found', /not handed over so/],
  ['hall/handover/end', { handoverId: 'x' }, 400, 'malformed-request', /which hand-over/],
] as const)('[TW3] %s %j is refused with %i', async (path, body, status, kind, words) => {
  const listening = await listenWithWalls();
  expect(await readProblem(await post(listening, `/api/v1/walls/${path}`, body))).toMatchObject({ status, kind, detail: expect.stringMatching(words) });
  expect(listening.commands).toEqual([]);
});
