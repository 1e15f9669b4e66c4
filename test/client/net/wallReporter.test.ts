import { afterEach, describe, expect, test } from 'vitest';
import { type ChannelLink, connectChannel } from '../../../client/net/connectChannel.ts';
import { createServerSocket } from '../../../client/net/serverSocket.ts';
import { startWallReporter } from '../../../client/net/wallReporter.ts';
import { createMirrorStore, type MirrorStore } from '../../../client/store/createMirrorStore.ts';
import type { WallCommand } from '../../../shared/protocol/socket.ts';
import { aWallReport } from '../../support/aWallReport.ts';
import { EPOCH, type RoomsServer, startRooms } from '../../support/roomsServer.ts';
import { aSmallTable, aStatus } from '../../support/someReadings.ts';
import { until } from '../../support/until.ts';
import { untilSo } from '../../support/untilSo.ts';

const table = aSmallTable();
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function started(nowMs?: () => number): Promise<RoomsServer> {
  const server = await startRooms({ table, ...(nowMs === undefined ? {} : { nowMs }) });
  server.tick([{ index: 3, value: 7, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 }]);
  closers.push(() => server.close());
  return server;
}

async function aPage(server: RoomsServer): Promise<{ readonly store: MirrorStore; readonly link: ChannelLink }> {
  const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  const link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${server.port}`), topic: 'nation', store, buildId: 'build-1', retry: { minMs: 1, maxMs: 10 } });
  closers.push(() => link.close());
  await until(store, 'a live link', () => store.getState().link.state === 'live');
  return { store, link };
}

describe('a wall over a real socket', () => {
  test('[WR1] reports by itself what it holds, drew and painted, soon after the link is up', async () => {
    const server = await started();
    const { store, link } = await aPage(server);
    const frames: (() => void)[] = [];
    let pageMs = 0;
    const { uptimeMs: _uptime, applied: _applied, paintedAgeMs: _age, frames: _frames, heapMb: _heap, ...described } = aWallReport({ wallId: 'hall', scene: 'dossiers' });
    const reporter = startWallReporter({ line: link.wall, store, describe: () => described, monotonicMs: () => pageMs, requestFrame: (callback) => frames.push(callback) });
    closers.push(() => reporter.stop());
    for (const nowMs of [10, 30, 60]) {
      pageMs = nowMs;
      frames.shift()?.();
    }
    await untilSo(() => server.walls.list().length === 1);
    const [wall] = server.walls.list();
    expect(wall).toMatchObject({
      wallId: 'hall', scene: 'dossiers', state: 'well', pages: 1, applied: [{ channel: 'live', topic: 'nation', epoch: EPOCH, seq: store.position?.seq }],
      frames: { drawn: 3, medianMs: 30, maxMs: 30 }, uptimeMs: 60,
    });
    expect(wall?.paintedAgeMs).toBeLessThan(10_000);
    reporter.stop();
    frames.shift()?.();
    expect(frames).toEqual([]);
  });

  test('[WR4] gets the commands of the desk', async () => {
    const server = await started();
    const { link } = await aPage(server);
    const commands: WallCommand[] = [];
    const got = new Promise<void>((done) => {
      link.wall.subscribeCommands((command) => {
        commands.push(command);
        done();
      });
    });
    link.wall.report(aWallReport({ wallId: 'hall' }));
    await untilSo(() => server.walls.list().length === 1);
    expect(server.walls.command('hall', { action: 'scene', scene: 'security' })).toBe('sent');
    await got;
    expect(commands).toEqual([{ action: 'scene', scene: 'security' }]);
  });

  test('[WR3] one that goes quiet is named to the others with their heartbeats until it is back; one that said goodbye is not', async () => {
    let nowMs = 1_700_000_000_000;
    const server = await started(() => nowMs);
    const [lost, closed, other] = [await aPage(server), await aPage(server), await aPage(server)];
    lost.link.wall.report(aWallReport({ wallId: 'lost' }));
    closed.link.wall.report(aWallReport({ wallId: 'closed' }));
    await untilSo(() => server.walls.list().length === 2);
    closed.link.wall.goodbye();
    await untilSo(() => server.walls.list().some(({ state }) => state === 'closed'));
    for (const { link } of [closed, lost]) link.close();
    await untilSo(() => server.rooms.stats().sessions === 1);
    const beat = () => { server.rooms.heartbeat(); server.tick([]); };
    const named = () => other.store.getState().wallTroubles.map(({ wallId, kind, sinceMs }) => ({ wallId, kind, sinceMs }));
    nowMs += 15_000;
    beat();
    await until(other.store, 'the quiet wall', () => named().length === 1);
    expect(named()).toEqual([{ wallId: 'lost', kind: 'silent', sinceMs: nowMs - 15_000 }]);
    const back = await aPage(server);
    back.link.wall.report(aWallReport({ wallId: 'lost' }));
    await untilSo(() => server.walls.list().every(({ state }) => state !== 'silent'));
    beat();
    await until(other.store, 'no quiet wall', () => named().length === 0);
  });

  test('[WR2] a report that cannot be read is refused in words, and the page goes on following', async () => {
    const server = await started();
    const { store, link } = await aPage(server);
    link.wall.report({ ...aWallReport(), name: 'x'.repeat(25) });
    await until(store, 'the problem', () => store.getState().problems.length > 0);
    expect(store.getState().problems[0]).toMatchObject({ code: 'malformed', message: expect.stringMatching(/report: name/) });
    expect([server.walls.list(), store.getState().link.state]).toEqual([[], 'live']);
  });
});
