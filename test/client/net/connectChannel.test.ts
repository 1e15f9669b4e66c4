import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type ChannelLink, connectChannel } from '../../../client/net/connectChannel.ts';
import { createServerSocket } from '../../../client/net/serverSocket.ts';
import { createMirrorStore, type MirrorStore } from '../../../client/store/createMirrorStore.ts';
import { copyColumns, aSmallTable, changesOf, pictureOf, type SeriesChange, aStatus } from '../../support/someReadings.ts';
import { topicRanges } from '../../../shared/frame/topicRanges.ts';
import { type Relay, startRelay } from '../../support/relay.ts';
import { anAlarm, EPOCH, type RoomsServer, startRooms } from '../../support/roomsServer.ts';
import { until } from '../../support/until.ts';

const table = aSmallTable();
const seriesCount = table.series.length;
const TOPICS = ['nation', 'province:01', 'province:48'];

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const aStore = () => createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });

function connect(store: MirrorStore, port: number, topic = 'nation', buildId = 'build-1'): ChannelLink {
  const link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${port}`), topic, store, buildId, retry: { minMs: 1, maxMs: 10 } });
  closers.push(() => link.close());
  return link;
}

async function started(options: Partial<Parameters<typeof startRooms>[0]> = {}): Promise<RoomsServer> {
  const server = await startRooms({ table, ...options });
  closers.push(() => server.close());
  return server;
}

const aChange = (index: number, value: number): SeriesChange =>
  ({ index, value, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 });

const rangesOf = (topic: string) => topicRanges(table, topic)!;
const isEqual = (store: MirrorStore, server: RoomsServer, topic: string) =>
  JSON.stringify(pictureOf(store.columns, rangesOf(topic))) === JSON.stringify(pictureOf(server.columns, rangesOf(topic)));

type Step =
  | { readonly do: 'tick'; readonly changes: readonly SeriesChange[] }
  | { readonly do: 'lose' | 'cut' | 'heartbeat' | 'restart' | 'restore' | 'seek' }
  | { readonly do: 'topic'; readonly topic: string };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: changesOf(seriesCount, 8).map((changes): Step => ({ do: 'tick', changes })) },
  { weight: 4, arbitrary: fc.constantFrom('lose' as const, 'cut' as const, 'heartbeat' as const, 'restart' as const, 'restore' as const, 'seek' as const).map((step): Step => ({ do: step })) },
  { weight: 1, arbitrary: fc.constantFrom(...TOPICS).map((topic): Step => ({ do: 'topic', topic })) },
);

/** One wall, one wire, and a server that is restarted, restored and sought. */
class Story {
  readonly store = aStore();
  readonly relay: Relay;
  server: RoomsServer;
  link: ChannelLink;
  topic: string;
  epochs = 0;
  /** Every whole picture the server ever published, cut to the topic. */
  readonly published = new Map<string, Set<string>>(TOPICS.map((topic) => [topic, new Set()]));

  constructor(relay: Relay, server: RoomsServer, topic: string) {
    this.relay = relay;
    this.server = server;
    this.topic = topic;
    this.note();
    relay.aimAt(server.port);
    this.link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${relay.port}`), topic, store: this.store, buildId: 'build-1', retry: { minMs: 1, maxMs: 5 } });
  }

  note(): void {
    for (const [topic, pictures] of this.published) pictures.add(JSON.stringify(pictureOf(this.server.columns, rangesOf(topic))));
  }

  nextEpoch(): string {
    this.epochs += 1;
    return this.epochs.toString(16).padStart(16, '0');
  }

  async restart(epoch: string, firstSeq: number): Promise<void> {
    const { columns } = this.server;
    await this.server.close();
    this.server = await startRooms({ table, epoch, firstSeq, columns: copyColumns(columns) });
    this.relay.aimAt(this.server.port);
  }

  async run(step: Step, epoch: { current: string; firstSeq: number }): Promise<void> {
    if (step.do === 'tick') {
      this.server.tick(step.changes);
      this.note();
    } else if (step.do === 'lose') this.relay.dropNextFrame();
    else if (step.do === 'cut') this.relay.cut();
    else if (step.do === 'heartbeat') this.server.rooms.heartbeat();
    else if (step.do === 'topic') {
      this.topic = step.topic;
      this.link.setTopic(step.topic);
    } else if (step.do === 'seek') {
      epoch.current = this.nextEpoch();
      this.server.rooms.newEpoch('live', epoch.current, 0);
      epoch.firstSeq = 1000;
      this.server.rooms.publish('live', { columns: this.server.columns, changed: Uint32Array.from({ length: seriesCount }, (_, index) => index), dataTimeMs: this.server.dataTimeMs });
    } else {
      if (step.do === 'restore') epoch.current = this.nextEpoch();
      await this.restart(epoch.current, epoch.firstSeq);
      epoch.firstSeq += 1000;
    }
  }
}

describe('a wall over a bad wire', () => {
  test('[M2] [P3] whatever is lost, cut, restarted, restored or sought: only whole published pictures are shown, and in the end the newest', async () => {
    await fc.assert(fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 14 }), fc.constantFrom(...TOPICS), async (steps, topic) => {
      const relay = await startRelay();
      const story = new Story(relay, await startRooms({ table }), topic);
      const partial: string[] = [];
      const unsubscribe = story.store.subscribe(({ version }, before) => {
        if (version === before.version || story.store.position === null) return;
        const shown = JSON.stringify(pictureOf(story.store.columns, rangesOf(story.topic)));
        if (!story.published.get(story.topic)!.has(shown)) partial.push(shown);
      });
      const pump = setInterval(() => story.server.rooms.heartbeat(), 10);
      try {
        const epoch = { current: EPOCH, firstSeq: 1000 };
        for (const step of steps) {
          await story.run(step, epoch);
          // Lets what is on the wire arrive before some steps and not before others: the order is the scheduler's.
          await new Promise((resolve) => { setImmediate(resolve); });
        }
        await until(story.store, 'the wall to be live with the newest picture', () =>
          story.store.getState().link.state === 'live' && !story.store.getState().isWaitingForResync && isEqual(story.store, story.server, story.topic));
        expect(partial).toEqual([]);
      } finally {
        clearInterval(pump);
        unsubscribe();
        story.link.close();
        await story.server.close();
        await relay.close();
      }
    }), { numRuns: 60, interruptAfterTimeLimit: 12_000 });
  }, 60_000);

  test('[M2] after one lost frame the mirror keeps what it had, asks once, and is whole again', async () => {
    const server = await started();
    const relay = await startRelay();
    closers.push(() => relay.close());
    relay.aimAt(server.port);
    const store = aStore();
    connect(store, relay.port);
    await until(store, 'the first picture', () => store.getState().link.state === 'live');
    server.tick([aChange(3, 1)]);
    await until(store, 'the first tick', () => store.columns.value[3] === 1);
    relay.dropNextFrame();
    for (let value = 2; value <= 6; value++) server.tick([aChange(3, value)]);
    await until(store, 'the newest value', () => store.columns.value[3] === 6);
    expect(relay.droppedFrames).toBe(1);
    expect(server.rooms.stats().sentSnapshots).toBe(2);
    expect(store.getState().isWaitingForResync).toBe(false);
  });

  test('[M2] a request for a resync that was lost with its connection is not waited for on the next one', async () => {
    const server = await started();
    const relay = await startRelay();
    closers.push(() => relay.close());
    relay.aimAt(server.port);
    const store = aStore();
    connect(store, relay.port);
    await until(store, 'the first picture', () => store.getState().link.state === 'live');
    relay.dropNextFrame();
    relay.mute(true);
    server.tick([aChange(3, 1)]);
    server.tick([aChange(3, 2)]);
    await until(store, 'the gap to be seen', () => store.getState().isWaitingForResync);
    relay.mute(false);
    relay.cut();
    await until(store, 'the whole picture', () => store.columns.value[3] === 2 && store.getState().link.state === 'live');
    server.tick([aChange(3, 3)]);
    await until(store, 'the next tick', () => store.columns.value[3] === 3);
  });

  test('[P3] after a cut the wall resumes with the frames it missed, not with a snapshot', async () => {
    const server = await started();
    const relay = await startRelay();
    closers.push(() => relay.close());
    relay.aimAt(server.port);
    const store = aStore();
    const link = connect(store, relay.port);
    await until(store, 'the first picture', () => store.getState().link.state === 'live');
    relay.cut();
    await until(store, 'the loss to be seen', () => store.getState().link.state === 'lost');
    server.tick([aChange(3, 7)]);
    server.tick([aChange(4, 8)]);
    link.retryNow();
    await until(store, 'the missed ticks', () => store.columns.value[4] === 8 && store.getState().link.state === 'live');
    expect(store.columns.value[3]).toBe(7);
    expect(server.rooms.stats().sentSnapshots).toBe(1);
  });
});

describe('what else the link carries', () => {
  test('[A2] open alarms come with the subscription, then each transition', async () => {
    const open = [anAlarm()];
    const server = await started({ openAlarms: () => open });
    const store = aStore();
    connect(store, server.port);
    await until(store, 'the open alarm', () => store.getState().alarms.length === 1);
    server.rooms.publishAlarms('live', [anAlarm({ id: 'b', sinceMs: 1_600_000_005_000 }), anAlarm({ state: 'ACKED' })]);
    await until(store, 'both alarms', () => store.getState().alarms.length === 2);
    expect(store.getState().alarms.map(({ id, state }) => [id, state])).toEqual([['b', 'UNACK'], ['state/101/latency', 'ACKED']]);
    server.rooms.publishAlarms('live', [anAlarm({ id: 'b', state: 'NORMAL' })]);
    await until(store, 'the end of one', () => store.getState().alarms.length === 1);
  });

  test('a refused playback comes back as a problem', async () => {
    const server = await started({ control: () => 'the live channel cannot seek' });
    const store = aStore();
    const link = connect(store, server.port);
    await until(store, 'the link', () => store.getState().link.state === 'live');
    link.requestPlayback({ channel: 'live', action: 'seek', toMs: 1 });
    await until(store, 'the refusal', () => store.getState().problems.some(({ code }) => code === 'playback-refused'));
  });

  test('another build is told, and shown data goes on', async () => {
    const server = await started();
    const store = aStore();
    connect(store, server.port, 'nation', 'build-0');
    await until(store, 'the link', () => store.getState().link.state === 'live');
    expect(store.getState().isNewBuild).toBe(true);
  });

  test('[H5] a server with another series table is never read', async () => {
    const server = await started();
    const store = createMirrorStore({ table, channel: 'live', edition: '2025', scheduleFrame: (flush) => flush() });
    connect(store, server.port);
    await until(store, 'the problem', () => store.getState().problems.some(({ code }) => code === 'other-edition'));
    expect(store.getState().link.state).toBe('connecting');
    expect(store.position).toBeNull();
  });

  test('the playhead and the server’s clock reach the store', async () => {
    const server = await started();
    const store = aStore();
    connect(store, server.port);
    await until(store, 'the playhead', () => store.getState().playback !== null && store.getState().link.state === 'live');
    expect(Math.abs(store.getState().dataNowMs - server.dataTimeMs)).toBeLessThan(5000);
    expect(store.getState().sources).toEqual({ fresh: 1, late: 0, stale: 0, dead: 0, never: 0 });
  });
});
