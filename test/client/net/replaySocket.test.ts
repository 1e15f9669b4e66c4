import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createReplaySocket, type ReplayClock } from '../../../client/net/replaySocket.ts';
import type { Replay } from '../../../client/net/replayFiles.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { DAY_MS } from '../../../shared/domain/instant.ts';
import { readFrameHeader } from '../../../shared/frame/frameHeader.ts';
import { Heartbeat, Hello, type Playback, Topic } from '../../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';
import type { RecordedReplay } from '../../../server/recordReplay.ts';
import { decodedAt, END_MS, EPOCH, recordSmallReplay, SNAPSHOT_EVERY, STOPS_MS, table, toReplay } from '../../support/aSmallReplay.ts';
import { START_MS } from '../../support/anObservation.ts';
import { copyOf } from '../../support/mirrorOf.ts';

let recorded: RecordedReplay;
let replay: Replay;
beforeAll(async () => {
  recorded = await recordSmallReplay();
  replay = toReplay(recorded);
});

const REST_MS = 12_000;
const topics = [Topic.parse('nation')];
const answersCome = () => new Promise<void>((resolve) => { setImmediate(resolve); });

type Step = Playback extends infer Each ? Each extends Playback ? Omit<Each, 'channel'> : never : never;

/** The line and a mirror that takes what comes over it, as the page does; the clock is moved by hand. */
async function aFollower() {
  let nowMs = 1_000;
  let tick = () => {};
  const clock: ReplayClock = { monotonicMs: () => nowMs, wallMs: () => 1_700_000_000_000 + nowMs, every: (_, run) => { tick = run; return () => { tick = () => {}; }; } };
  const socket = createReplaySocket({ fetchReplay: async () => replay, buildId: 'build-1', clock });
  const mirror = createMirrorStore({ table, channel: 'demo', edition: '2021', scheduleFrame: (flush) => flush() });
  mirror.follow('nation');
  const told = { hellos: [] as Hello[], frames: [] as Uint8Array[], outcomes: [] as string[], heartbeats: [] as Heartbeat[] };
  socket.on('hello', (hello) => {
    told.hellos.push(Hello.parse(hello));
    const { position } = mirror;
    socket.emit('subscribe', { channel: 'demo', topics, ...(position !== null && { resume: { epoch: position.epoch, seqByTopic: { [topics[0]!]: position.seq } } }) });
  });
  socket.on('frame', (frame) => {
    told.frames.push(new Uint8Array(frame as ArrayBuffer));
    told.outcomes.push(mirror.takeFrame(new Uint8Array(frame as ArrayBuffer)));
  });
  socket.on('heartbeat', (heartbeat) => told.heartbeats.push(Heartbeat.parse(heartbeat)));
  const connect = async () => {
    socket.connect();
    await answersCome();
  };
  await connect();
  return {
    socket, mirror, told, connect,
    /** As the last heartbeat told it. */
    playback: () => told.heartbeats.at(-1)!.playback,
    async steer(step: Step) {
      socket.emit('playback', { channel: 'demo', ...step });
      await answersCome();
    },
    wait(ms: number) {
      nowMs += ms;
      tick();
    },
  };
}

describe('[SR2] a replay without a server', () => {
  test('greets, then answers a subscription with the picture, no alarms and the position, none of it within the call', async () => {
    const { told, mirror, socket } = await aFollower();
    expect(told.hellos).toMatchObject([{ protocolVersion: PROTOCOL_VERSION, buildId: 'build-1', channels: [{ channel: 'demo', epoch: EPOCH, seriesCount: table.series.length }] }]);
    expect(mirror.position).toEqual({ epoch: EPOCH, seq: told.heartbeats[0]!.head });
    expect(copyOf(mirror.columns)).toEqual(decodedAt(recorded.frames, START_MS));
    const before = told.frames.length;
    socket.emit('resync', { channel: 'demo', topic: topics[0]! });
    expect(told.frames.length).toBe(before);
    await answersCome();
    expect(told.frames.length).toBe(before + 1);
  });

  test('played from its start, it sends the recorded frames, byte for byte', async () => {
    const { told, steer, wait, playback } = await aFollower();
    await steer({ action: 'play' });
    for (let second = 0; playback().isPlaying; second++) {
      expect(second).toBeLessThan(200);
      wait(1_000);
    }
    const deltas = recorded.frames.filter((frame) => readFrameHeader(frame).kind === 'delta');
    expect(told.frames.map((frame) => [...frame])).toEqual([recorded.frames[0]!, ...deltas].map((frame) => [...frame]));
    expect(playback()).toMatchObject({ nowMs: END_MS, isPlaying: false });
  });

  test('rests at a stop, goes on, waits there in chapters, and tells each turn at once', async () => {
    const { steer, wait, playback } = await aFollower();
    await steer({ action: 'play' });
    expect(playback()).toMatchObject({ isPlaying: true, restLeftMs: 0, stopMs: STOPS_MS[0] });
    wait(10_250);
    expect(playback()).toMatchObject({ nowMs: STOPS_MS[0], restLeftMs: REST_MS - 250 });
    wait(REST_MS - 250);
    expect(playback()).toMatchObject({ restLeftMs: 0, stopMs: STOPS_MS[1], isPlaying: true });
    await steer({ action: 'chapters', isOn: true });
    wait(20_000);
    expect(playback()).toMatchObject({ nowMs: STOPS_MS[1], isPlaying: false, isChaptered: true });
  });

  test('looping, it begins anew under a new epoch with nothing of the end left', async () => {
    const { steer, wait, playback, mirror } = await aFollower();
    await steer({ action: 'loop', isOn: true });
    await steer({ action: 'seek', toMs: END_MS - DAY_MS });
    await steer({ action: 'play' });
    const { epoch } = mirror.position!;
    wait(5_000);
    expect(playback()).toMatchObject({ nowMs: END_MS, isPlaying: true });
    wait(REST_MS);
    expect(playback()).toMatchObject({ nowMs: START_MS, isPlaying: true });
    expect(mirror.position!.epoch).not.toBe(epoch);
    expect(copyOf(mirror.columns)).toEqual(decodedAt(recorded.frames, START_MS));
  });

  test('beats every two seconds though nothing happens', async () => {
    const { told, wait } = await aFollower();
    const before = told.heartbeats.length;
    for (let quarter = 0; quarter < 40; quarter++) wait(250);
    expect(told.heartbeats.length - before).toBe(5);
  });

  test('refuses what the recorded channel could not do', async () => {
    const { channel } = recorded;
    const plain = toReplay({ ...recorded, channel: { ...channel, playback: { ...channel.playback, capabilities: ['pause'] } } });
    const socket = createReplaySocket({ fetchReplay: async () => plain, buildId: '', clock: { monotonicMs: () => 0, wallMs: () => 0, every: () => () => {} } });
    const problems: unknown[] = [];
    socket.on('problem', (problem) => problems.push(problem));
    socket.connect();
    await answersCome();
    socket.emit('playback', { channel: 'demo', action: 'seek', toMs: END_MS });
    socket.emit('playback', { channel: 'demo', action: 'pause' });
    await answersCome();
    expect(problems).toMatchObject([{ code: 'playback-refused' }]);
  });

  test('files that cannot be fetched are a line that does not come up; the next try asks again', async () => {
    let asked = 0;
    const socket = createReplaySocket({
      fetchReplay: async () => { if (asked++ === 0) throw new Error('offline'); return replay; }, buildId: '',
      clock: { monotonicMs: () => 0, wallMs: () => 0, every: () => () => {} },
    });
    const news: string[] = [];
    for (const each of ['hello', 'connect_error', 'disconnect'] as const) socket.on(each, () => news.push(each));
    socket.connect();
    await answersCome();
    expect([news, socket.connected]).toEqual([['connect_error'], false]);
    socket.connect();
    await answersCome();
    socket.disconnect();
    expect(news).toEqual(['connect_error', 'hello', 'disconnect']);
  });

  test('closed before the files came, it stays down', async () => {
    const socket = createReplaySocket({ fetchReplay: async () => replay, buildId: '', clock: { monotonicMs: () => 0, wallMs: () => 0, every: () => () => {} } });
    const news: unknown[] = [];
    socket.on('hello', (hello) => news.push(hello));
    socket.connect();
    socket.disconnect();
    await answersCome();
    expect([news, socket.connected]).toEqual([[], false]);
  });
});

describe('[SR4] a place shows one picture, however it was reached', () => {
  const aMoment = fc.integer({ min: START_MS - DAY_MS, max: END_MS + DAY_MS });
  const aStep = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 15_000 }) }) },
    { weight: 1, arbitrary: fc.constant({ do: 'cut' as const }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('steer' as const), step: fc.oneof(
      fc.record({ action: fc.constantFrom('play' as const, 'play' as const, 'pause' as const) }),
      fc.record({ action: fc.constantFrom('chapters' as const, 'loop' as const), isOn: fc.boolean() }),
      fc.record({ action: fc.constant('rate' as const), rate: fc.constantFrom(1, 7, 120).map((days) => (days * DAY_MS) / 1_000) }),
      fc.record({ action: fc.constant('seek' as const), toMs: aMoment }),
    ) }) },
  );

  test('after any steering it is what the frames up to there say, one after the other', async () => {
    await fc.assert(fc.asyncProperty(fc.array(aStep, { maxLength: 20 }), async (steps) => {
      const { mirror, told, connect, socket, steer, wait, playback } = await aFollower();
      for (const each of steps) {
        if (each.do === 'wait') wait(each.ms);
        else if (each.do === 'steer') await steer(each.step);
        else {
          socket.disconnect();
          await connect();
        }
      }
      await steer({ action: 'pause' });
      expect(copyOf(mirror.columns)).toEqual(decodedAt(recorded.frames, playback().nowMs));
      expect(new Set(told.outcomes)).toEqual(new Set(['applied']));
      expect(mirror.position).toEqual({ epoch: told.heartbeats.at(-1)!.epoch, seq: told.heartbeats.at(-1)!.head });
    }), { numRuns: 60 });
  });

  test('a seek begins a new epoch, and takes one snapshot and no more deltas than lie between two', async () => {
    const { told, steer, mirror } = await aFollower();
    const epochs = new Set([mirror.position!.epoch]);
    let seeks = 0;
    for (let atMs = END_MS; atMs >= START_MS; atMs -= DAY_MS) {
      const before = told.frames.length;
      await steer({ action: 'seek', toMs: atMs });
      seeks += 1;
      epochs.add(mirror.position!.epoch);
      const kinds = told.frames.slice(before).map((frame) => readFrameHeader(frame).kind);
      expect(kinds[0]).toBe('snapshot');
      expect(kinds.slice(1).every((kind) => kind === 'delta')).toBe(true);
      expect(kinds.length).toBeLessThanOrEqual(SNAPSHOT_EVERY + 1);
    }
    expect(epochs.size).toBe(seeks + 1);
  });
});
