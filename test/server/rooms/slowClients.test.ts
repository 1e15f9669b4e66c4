import { afterEach, describe, expect, test } from 'vitest';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import { decimalsOf } from '../../../shared/frame/topicRanges.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { connectChannel } from '../../../client/net/connectChannel.ts';
import { createServerSocket } from '../../../client/net/serverSocket.ts';
import { createWorkload, workloadTable } from '../../bench/workload.ts';
import { pictureOf } from '../../support/someReadings.ts';
import { clog } from '../../support/clog.ts';
import { maskedFrame, RawClient } from '../../support/rawClient.ts';
import { anAlarm, type RoomsServerOptions, startRooms } from '../../support/roomsServer.ts';
import { turnsUntil } from '../../support/turnsUntil.ts';
import { until } from '../../support/until.ts';

const table = workloadTable();
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function started(options: Partial<RoomsServerOptions> = {}) {
  const workload = createWorkload(table, { ratio: 1, seed: 7, startMs: 1_600_000_000_000 });
  const server = await startRooms({ table, columns: workload.columns, ...options });
  closers.push(() => server.close());
  let dataTimeMs = 1_600_000_000_000;
  const tick = () => {
    dataTimeMs += 1000;
    const changed = workload.next(dataTimeMs);
    server.rooms.publish('live', { columns: workload.columns, changed, dataTimeMs });
  };
  const follower = async () => {
    const client = new RawClient(server.port);
    closers.push(() => { client.tcp.destroy(); });
    return client.follow('nation');
  };
  return { server, workload, tick, follower };
}

/** Ticks until a frozen client's buffers in the kernel are full; each tick is at the healthy one before the next. */
async function fill({ server, tick }: Awaited<ReturnType<typeof started>>, healthy: RawClient, skipped: number): Promise<void> {
  while (server.rooms.stats().skippedForSlow < skipped) {
    const before = healthy.frames().length;
    tick();
    await healthy.has(() => healthy.frames().length > before);
  }
}

describe('a client that stops reading', () => {
  test('[B4] [B5] costs at most a frame beyond the kernel’s buffer, no one else a frame, and afterwards gets the latest state and is told', async () => {
    const { server, workload, tick, follower } = await started();
    const frozen = await follower();
    const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
    const link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${server.port}`), topic: 'nation', store, buildId: 'build-1' });
    closers.push(() => link.close());
    await until(store, 'the healthy client to be live', () => store.getState().link.state === 'live');

    frozen.tcp.pause();
    let ticks = 0;
    while (server.rooms.stats().skippedForSlow < 200) {
      const { seq } = store.position!;
      tick();
      ticks += 1;
      await until(store, 'the healthy client to have the tick', () => store.position!.seq === seq + 1);
    }
    const { sentDeltas, skippedForSlow } = server.rooms.stats();
    // Every tick either reached the healthy client, and the frozen one, or was skipped for the frozen one alone.
    expect(sentDeltas + skippedForSlow).toBe(ticks * 2);
    expect(pictureOf(store.columns)).toEqual(pictureOf(workload.columns));

    const queuedBefore = frozen.messages.length;
    frozen.tcp.resume();
    // Draining is the kernel's: until it has, ticks go on being skipped.
    while (!frozen.texts().some((text) => text.includes('"behind"'))) {
      tick();
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    await frozen.has(() => frozen.messages.slice(queuedBefore).some(({ isText, payload }) => !isText && payload[5] === 1));
    const frames = frozen.frames();
    const last = frames.findLastIndex((frame) => frame[5] === 1);
    const mirror = createReadingColumns(table.series.length);
    const { header } = applyFrame(mirror, frames[last]!, null, decimalsOf(table));
    // What the kernel held was contiguous, then the latest state: never the backlog.
    expect(header.seq - frames.length).toBeGreaterThan(200 - 2);
    tick();
    await frozen.has(() => frozen.messages.at(-1)!.payload[5] === 2 && !frozen.messages.at(-1)!.isText);
    let held = { epoch: header.epoch, seq: header.seq };
    for (const frame of frozen.frames().slice(last + 1)) {
      const next = applyFrame(mirror, frame, held, decimalsOf(table)).header;
      held = { epoch: next.epoch, seq: next.seq };
    }
    expect(held.seq).toBeGreaterThan(header.seq);
  }, 60_000);

  test.each([{ path: 'the direct path', useDirectPath: true }, { path: 'socket.io’s own emit', useDirectPath: false }])('[IC1] over $path leaves at most one parcel in the server’s memory, however long it goes on, alarms and heartbeats included', async ({ useDirectPath }) => {
    const openAlarms = Array.from({ length: 300 }, (_, k) => anAlarm({ id: `state/${k}/latency` }));
    const of = await started({ openAlarms: () => openAlarms, useDirectPath });
    const { server } = of;
    const healthy = await of.follower();
    const frozen = await of.follower();
    frozen.tcp.pause();
    await fill(of, healthy, 1);
    const heldBytes = server.heldBytes();
    for (let k = 0; k < 50; k++) {
      server.rooms.publishAlarms('live', [anAlarm({ occurrenceId: `a-${k}` })]);
      server.rooms.heartbeat();
      await healthy.has(() => healthy.texts().some((text) => text.includes(`"a-${k}"`)));
    }
    await fill(of, healthy, 100);
    expect(heldBytes).toBeGreaterThan(0);
    expect(server.heldBytes()).toBe(heldBytes);
    expect(heldBytes).toBeLessThan(256 * 1024);
  });

  test('[W7] [IC1] is closed when it answers no ping, and its line with it, whatever it has not taken', async () => {
    const { server, follower } = await started({ sockets: { pingIntervalMs: 400, pingTimeoutMs: 200 } });
    const frozen = await follower();
    frozen.tcp.pause();
    clog(server);
    await turnsUntil(() => server.lineCount() === 0);
    expect(server.closings).toEqual(['ping-timeout']);
    expect(server.rooms.stats().sessions).toBe(0);
  });

  test('[IC1] half a message costs its own bytes, and its sender is served until it answers no ping', async () => {
    const of = await started({ sockets: { pingIntervalMs: 400, pingTimeoutMs: 200, farewellMs: 50 } });
    const client = await of.follower();
    client.tcp.write(maskedFrame(1, Buffer.alloc(30_000)).subarray(0, 20_000));
    of.tick();
    await client.has(() => client.frames().length === 2);
    await client.closed;
    expect(of.server.closings).toEqual(['ping-timeout']);
  });
});
