import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../shared/domain/instant.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { readFrameHeader } from '../../shared/frame/frameHeader.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import type { Channel } from '../../server/channel.ts';
import { ReplayRecorder } from '../../server/replayRecorder.ts';
import { aSmallRecording, decodedAt, END_MS, EPOCH, openSmallChannel, recordSmallReplay, SNAPSHOT_EVERY, STOPS_MS, table } from '../support/aSmallReplay.ts';
import { START_MS } from '../support/anObservation.ts';
import { copyOf } from '../support/mirrorOf.ts';
import { startRooms } from '../support/roomsServer.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What follows the epoch and the server's clock, which no two runs share. */
const withoutOrigin = (frame: Uint8Array) => {
  const copy = Buffer.from(frame);
  copy.fill(0, 8, 16).fill(0, 24, 32);
  return copy.toString('hex');
};

/** A place that nothing was ever said of is not sent, with whatever it counts. */
function sentOf(columns: ReadingColumns): ReadingColumns {
  const copy = copyOf(columns);
  for (const [index, status] of copy.status.entries()) {
    if (status !== 0) continue;
    copy.membersFresh[index] = 0;
    copy.membersExpected[index] = 0;
  }
  return copy;
}

describe('[SR1] what is recorded of a channel', () => {
  test('begins with a snapshot, has one again after so many deltas, and goes on without a gap', async () => {
    const { frames } = await recordSmallReplay();
    const headers = frames.map(readFrameHeader);
    expect(new Set(headers.map(({ epoch, channel, topic }) => `${epoch} ${channel} ${topic}`))).toEqual(new Set([`${EPOCH} demo nation`]));
    let seq = headers[0]!.seq;
    for (const [i, header] of headers.entries()) {
      expect(header.kind).toBe(i % (SNAPSHOT_EVERY + 1) === 0 ? 'snapshot' : 'delta');
      if (header.kind === 'delta') expect([header.baseSeq, header.seq]).toEqual([seq, ++seq]);
      else expect(header.seq).toBe(seq);
    }
    const times = headers.map(({ dataTimeMs }) => dataTimeMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((atMs) => (atMs - START_MS) % DAY_MS === 0)).toBe(true);
  });

  test('is, at every day, what the server shows after a seek there', async () => {
    const { frames } = await recordSmallReplay();
    // Where its pictures go does not matter: the state itself is looked at.
    const rooms = Object.assign(new ReplayRecorder({ topic: 'nation', epoch: EPOCH, snapshotEvery: SNAPSHOT_EVERY }), { newEpoch() {} });
    const errors: unknown[] = [];
    const channel = await openSmallChannel({ rooms, elapsedMs: () => 0, onError: (error) => errors.push(error) });
    closers.push(() => channel.close());
    for (let atMs = START_MS; atMs <= END_MS; atMs += DAY_MS) {
      channel.control({ channel: 'demo', action: 'seek', toMs: atMs });
      await channel.tick();
      expect(sentOf(channel.readings.columns), `day ${(atMs - START_MS) / DAY_MS}`).toEqual(sentOf(decodedAt(frames, atMs)));
    }
    expect(errors).toEqual([]);
  });

  test('tells the start as it is before anybody has played it, every stop, and how the sources do', async () => {
    const { channel, stopsMs, sources } = await recordSmallReplay();
    expect(channel).toMatchObject({ channel: 'demo', edition: '2021', epoch: EPOCH, seriesCount: table.series.length });
    expect(channel.playback).toMatchObject({ nowMs: START_MS, startMs: START_MS, endMs: END_MS, isPlaying: false, exercise: null, rate: DAY_MS / 1_000 });
    expect(stopsMs).toEqual(STOPS_MS);
    expect(sources[0]).toEqual({ fromMs: START_MS, health: { fresh: 1, late: 0, stale: 0, dead: 0, never: 0 } });
  });

  test('is the same bytes each time', async () => {
    expect(await recordSmallReplay()).toEqual(await recordSmallReplay());
  });

  test('is refused where an alarm is raised, and where a step fails', async () => {
    // Measured and then never heard again: after three cadences its source is silent.
    const silent = recordSmallReplay((driven) => openSmallChannel(driven, aSmallRecording({ provenance: 'measured' })));
    await expect(silent).rejects.toThrow(/raises alarm "source-silent:feed-a".*show it with the server/);
    const recording = aSmallRecording();
    const broken = recordSmallReplay((driven) => openSmallChannel(driven, { ...recording, readBetween: () => Promise.reject(new Error('the disk is gone')) }));
    await expect(broken).rejects.toThrow('the disk is gone');
  });
});

/** Follows the channel at the real rooms from now on. */
async function follow(port: number) {
  const socket: Socket = io(`http://127.0.0.1:${port}`, { path: SOCKET_PATH, transports: ['websocket'], reconnection: false });
  closers.push(() => { socket.disconnect(); });
  const frames: Uint8Array[] = [];
  let wake = () => {};
  socket.on('frame', (frame: Uint8Array) => {
    frames.push(frame);
    wake();
  });
  const holds = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((resolve) => { wake = resolve; });
  };
  socket.emit('subscribe', { channel: 'demo', topics: ['nation'] });
  await holds(() => frames.length > 0);
  return { frames, holdsSeq: (seq: number) => holds(() => readFrameHeader(frames.at(-1)!).seq >= seq) };
}

test('[SR1] recorded deltas are, byte for byte, those that a server sends its followers', async () => {
  const server = await startRooms({ table });
  closers.push(() => server.close());
  let head = 0;
  const follower: { holdsSeq?: (seq: number) => Promise<void>; frames?: Uint8Array[] } = {};
  const recorded = await recordSmallReplay(async (driven) => {
    const channel = await openSmallChannel({
      ...driven,
      rooms: {
        openChannel(opened) { driven.rooms.openChannel(opened); server.rooms.openChannel(opened); },
        publish(id, tick) { driven.rooms.publish(id, tick); head = server.rooms.publish(id, tick).headSeq; return { headSeq: head }; },
        publishAlarms() {}, newEpoch() {}, heartbeat() {},
      },
    });
    Object.assign(follower, await follow(server.port));
    // A follower that is still reading would be sent the latest picture later instead of each step.
    return Object.create(channel, { tick: { value: async () => { await channel.tick(); await follower.holdsSeq?.(head); } } }) as Channel;
  });
  const deltasOf = (frames: readonly Uint8Array[]) => frames.filter((frame) => readFrameHeader(frame).kind === 'delta').map(withoutOrigin);
  const first = readFrameHeader(recorded.frames[0]!).seq;
  const sent = follower.frames!.filter((frame) => readFrameHeader(frame).seq > first);
  expect(sent.length).toBeGreaterThan(20);
  expect(deltasOf(sent)).toEqual(deltasOf(recorded.frames));
});
