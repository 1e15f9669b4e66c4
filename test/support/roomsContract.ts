import { describe, expect, test } from 'vitest';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { createReadingColumns } from '../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { AlarmsMessage, Heartbeat, Hello, type Playback, type Problem, Topic } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { QUIET_AFTER_MS } from '../../server/walls/wallsState.ts';
import { aWallReport } from './aWallReport.ts';
import { anAlarm, EPOCH, type RoomsServer, type RoomsServerOptions } from './roomsServer.ts';
import { aChange, aSmallTable, pictureOf } from './someReadings.ts';
import { someRooms } from './someRooms.ts';
import { untilSo } from './untilSo.ts';

/** One suite for the rooms of one process and of several: what a client sees does not depend on who serves it. */
export function describeRoomsContract(name: string, own: Pick<RoomsServerOptions, 'workers'>): void {
  const table = aSmallTable();
  const decimals = decimalsOf(table);
  const { started, connected } = someRooms(own);

  describe(`rooms contract: ${name}`, () => {
    describe('what a stock socket.io client gets', () => {
      test('[W1] hello first; then, on subscribing, the snapshot, the open alarms and the position, in one turn', async () => {
        const server = await started({ openAlarms: () => [anAlarm()] });
        server.tick([aChange(0, 5), aChange(30, 6)]);
        const client = await connected(server).follow(['nation']);
        expect(client.received.map(({ event }) => event)).toEqual(['hello', 'frame', 'alarms', 'heartbeat']);
        expect(Hello.parse(client.payloads('hello')[0])).toMatchObject({ protocolVersion: PROTOCOL_VERSION, buildId: 'build-1', channels: [{ channel: 'live', edition: '2021', epoch: EPOCH, seriesCount: 35 }] });
        expect(client.headers()[0]).toMatchObject({ kind: 'snapshot', channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: 0, seq: 1, dataTimeMs: server.dataTimeMs });
        expect(AlarmsMessage.parse(client.payloads('alarms')[0])).toMatchObject({ kind: 'snapshot', alarms: [{ id: 'state/101/latency' }] });
        expect(Heartbeat.parse(client.payloads('heartbeat')[0])).toMatchObject({ epoch: EPOCH, topic: 'nation', head: 1 });
      });

      test.each([{ path: 'the direct path', useDirectPath: true }, { path: 'socket.io’s own emit', useDirectPath: false }])(
        '[W4] over $path every event arrives whole and in order under mixed load', async ({ useDirectPath }) => {
          const server = await started({ useDirectPath, limits: { messageBurst: 1000, refusalsBeforeClose: 1000 } });
          const client = await connected(server).follow(['nation']);
          const mirror = createReadingColumns(table.series.length);
          const ticks = 60;
          for (let tick = 1; tick <= ticks; tick++) {
            // Questions and answers through engine.io's own queue, between and during the frames.
            for (let k = 0; k < 3; k++) client.socket.emit('nonsense', { tick });
            server.rooms.heartbeat();
            server.tick([aChange(tick % 35, tick), aChange((tick * 7) % 35, -tick)]);
            server.rooms.publishAlarms('live', [anAlarm({ occurrenceId: `a-${tick}` })]);
            if (tick % 3 === 0) await client.has('alarms', tick);
          }
          await client.has('alarms', ticks + 1);
          await client.has('problem', ticks * 3);
          let held: { epoch: string; seq: number } | null = null;
          for (const frame of client.frames()) {
            const { header } = applyFrame(mirror, frame, held, decimals);
            held = { epoch: header.epoch, seq: header.seq };
          }
          expect(held).toEqual({ epoch: EPOCH, seq: ticks });
          expect(pictureOf(mirror)).toEqual(pictureOf(server.columns));
          expect(client.payloads('alarms').slice(1).map((message) => AlarmsMessage.parse(message).alarms[0]?.occurrenceId)).toEqual(Array.from({ length: ticks }, (_, k) => `a-${k + 1}`));
          for (const heartbeat of client.payloads('heartbeat')) Heartbeat.parse(heartbeat);
          expect(server.problems.map(({ code }) => code)).toEqual(useDirectPath ? [] : ['no-direct-path']);
        });

      test('[W2] [D1] a tick in which nothing of a topic changed sends it nothing and keeps its position', async () => {
        const server = await started();
        const [own] = topicRanges(table, 'province:48')!.slice(-1);
        const client = await connected(server).follow(['province:01', 'nation']);
        server.tick([aChange(own![0], 4)]);
        server.tick([aChange(own![0], 4)]);
        server.tick([]);
        server.tick([aChange(0, 9)]);
        await client.has('frame', 5);
        expect(client.headers().map(({ kind, topic, seq }) => [kind, topic, seq])).toEqual([
          ['snapshot', 'province:01', 0], ['snapshot', 'nation', 0], ['delta', 'nation', 1], ['delta', 'nation', 2], ['delta', 'province:01', 1],
        ]);
      });

      test('[W5] a province’s frames carry the nation’s own series and the province’s family, and no other', async () => {
        const server = await started();
        const client = await connected(server).follow(['province:02']);
        server.tick(table.series.map(({ index }) => aChange(index, index + 1)));
        await client.has('frame', 2);
        const mirror = createReadingColumns(table.series.length);
        const [snapshot, delta] = client.frames();
        applyFrame(mirror, snapshot!, null, decimals);
        const { changed } = applyFrame(mirror, delta!, { epoch: EPOCH, seq: 0 }, decimals);
        const codes = new Set([...changed].map((index) => table.series[index]!.locality.code));
        expect([...codes]).toEqual(['VN', '02', '110', '111', '112', '113']);
      });
    });

    describe('coming back', () => {
      async function withTicks(options: Partial<RoomsServerOptions> = {}): Promise<RoomsServer> {
        const server = await started({ firstSeq: 10, ...options });
        // One in each process: where nobody follows, nothing is kept to resume from.
        await connected(server).follow(['nation']);
        await connected(server).follow(['nation']);
        for (let value = 1; value <= 5; value++) server.tick([aChange(3, value)]);
        return server;
      }
      const answerTo = async (server: RoomsServer, epoch: string, seq: number) => {
        const client = await connected(server).follow(['nation'], { epoch, seqByTopic: { nation: seq } });
        return client.headers().map(({ kind, baseSeq, seq: to }) => `${kind} ${baseSeq}-${to}`);
      };

      test.each([
        { held: 'all but two frames', epoch: EPOCH, seq: 13, answer: ['delta 13-14', 'delta 14-15'] },
        { held: 'everything', epoch: EPOCH, seq: 15, answer: [] },
        { held: 'the first position kept', epoch: EPOCH, seq: 10, answer: ['delta 10-11', 'delta 11-12', 'delta 12-13', 'delta 13-14', 'delta 14-15'] },
        { held: 'less than is kept', epoch: EPOCH, seq: 9, answer: ['snapshot 0-15'] },
        { held: 'more than there is', epoch: EPOCH, seq: 16, answer: ['snapshot 0-15'] },
        { held: 'another epoch', epoch: 'fedcba9876543210', seq: 13, answer: ['snapshot 0-15'] },
      ])('[P3] one who holds $held gets $answer', async ({ epoch, seq, answer }) => {
        expect(await answerTo(await withTicks(), epoch, seq)).toEqual(answer);
      });

      test('[P3] the frames kept are bounded in number and in bytes; beyond, a snapshot', async () => {
        expect(await answerTo(await withTicks({ limits: { keptFrames: 2 } }), EPOCH, 12)).toEqual(['snapshot 0-15']);
        expect(await answerTo(await withTicks({ limits: { keptFrames: 2 } }), EPOCH, 13)).toEqual(['delta 13-14', 'delta 14-15']);
        expect(await answerTo(await withTicks({ limits: { keptBytes: 200 } }), EPOCH, 13)).toEqual(['snapshot 0-15']);
        expect(await answerTo(await withTicks({ limits: { resumeBytes: 200 } }), EPOCH, 13)).toEqual(['snapshot 0-15']);
      });

      test('[P3] the last follower to drop off can resume, until more was missed than is kept', async () => {
        const server = await started({ limits: { keptFrames: 3 } });
        const client = await connected(server).follow(['province:01', 'nation']);
        const own = () => client.headers().filter(({ topic }) => topic === 'province:01').map(({ kind, seq }) => `${kind} ${seq}`);
        /** What it goes on following says when the ticks have gone by. */
        const miss = async (values: number[]) => {
          client.socket.emit('unsubscribe', { channel: 'live', topics: ['province:01'] });
          client.socket.emit('nonsense');
          await client.has('problem', client.payloads('problem').length + 1);
          for (const value of values) server.tick([aChange(3, value)]);
          await client.has('frame', client.frames().length + values.length);
        };
        await miss([1, 2, 3]);
        await client.follow(['province:01'], { epoch: EPOCH, seqByTopic: { 'province:01': 0 } });
        expect(own()).toEqual(['snapshot 0', 'delta 1', 'delta 2', 'delta 3']);
        await miss([4, 5, 6, 7, 8]);
        await client.follow(['province:01'], { epoch: EPOCH, seqByTopic: { 'province:01': 7 } });
        expect(own().at(-1)).toBe('snapshot 8');
      });

      test('[P4] a new epoch sends every follower the new picture and the new alarms, once', async () => {
        let open = [anAlarm()];
        const server = await started({ openAlarms: () => open });
        server.tick([aChange(3, 1), aChange(4, 2)]);
        const client = await connected(server).follow(['nation']);
        open = [];
        const NEXT = 'fedcba9876543210';
        server.rooms.newEpoch('live', NEXT, 100);
        // A change to alarms nobody holds yet: the snapshot that is owed says it all.
        server.rooms.publishAlarms('live', [anAlarm({ state: 'NORMAL' })]);
        server.columns.value[4] = Number.NaN;
        server.rooms.publish('live', { columns: server.columns, changed: Uint32Array.from({ length: 35 }, (_, index) => index), dataTimeMs: 1 });
        await client.has('alarms', 2);
        server.tick([aChange(3, 9)]);
        await client.has('frame', 3);
        expect(client.headers().slice(1)).toMatchObject([{ kind: 'snapshot', epoch: NEXT, seq: 101 }, { kind: 'delta', epoch: NEXT, baseSeq: 101, seq: 102 }]);
        const mirror = createReadingColumns(35);
        applyFrame(mirror, client.frames()[0]!, null, decimals);
        applyFrame(mirror, client.frames()[1]!, null, decimals);
        expect(mirror.value[4]).toBeNaN();
        expect(AlarmsMessage.parse(client.payloads('alarms')[1])).toMatchObject({ kind: 'snapshot', epoch: NEXT, alarms: [] });
      });
    });

    describe('heartbeats', () => {
      test('[H1] one that is due travels with the next tick; when no tick comes it goes alone with the one after', async () => {
        const server = await started();
        const client = await connected(server).follow(['nation']);
        server.rooms.heartbeat();
        server.tick([]);
        await client.has('heartbeat', 2);
        server.rooms.heartbeat();
        server.rooms.heartbeat();
        await client.has('heartbeat', 3);
        server.tick([aChange(3, 1)]);
        await client.has('heartbeat', 4);
        const last = client.received.slice(-2).map(({ event }) => event);
        expect(last).toEqual(['frame', 'heartbeat']);
        expect(Heartbeat.parse(client.payloads('heartbeat').at(-1)).head).toBe(1);
      });
    });

    describe('bad requests', () => {
      test.each([
        { what: 'no object', event: 'subscribe', request: 'nation', code: 'malformed' },
        { what: 'an unknown topic shape', event: 'subscribe', request: { channel: 'live', topics: ['everything'] }, code: 'malformed' },
        { what: 'a polluted resume', event: 'subscribe', request: { channel: 'live', topics: ['nation'], resume: { epoch: EPOCH, seqByTopic: JSON.parse('{"__proto__": 3}') } }, code: null },
        { what: 'a province that is not there', event: 'subscribe', request: { channel: 'live', topics: ['province:99'] }, code: 'unknown-topic' },
        { what: 'a channel that is not open', event: 'subscribe', request: { channel: 'demo', topics: ['nation'] }, code: 'unknown-channel' },
        { what: 'a resync of what is not followed', event: 'resync', request: { channel: 'live', topic: 'nation' }, code: 'not-subscribed' },
        { what: 'an event we do not know', event: 'constructor', request: null, code: 'unknown-event' },
        { what: 'a rate of zero', event: 'playback', request: { channel: 'live', action: 'rate', rate: 0 }, code: 'malformed' },
      ])('[W6] $what is answered with a problem and nothing else happens', async ({ event, request, code }) => {
        const server = await started();
        const client = connected(server);
        await client.has('hello');
        client.socket.emit(event, request);
        client.socket.emit('nonsense');
        const problems = (await client.has('problem', code === null ? 1 : 2)) as Problem[];
        expect(problems.map((problem) => problem.code)).toEqual(code === null ? ['unknown-event'] : [code, 'unknown-event']);
        expect(client.socket.connected).toBe(true);
      });

      test('[W6] more topics than allowed are refused together; following the same ones again is not more', async () => {
        const server = await started({ limits: { topicsPerSession: 2 } });
        const client = await connected(server).follow(['nation', 'province:01']);
        await client.follow(['nation', 'province:01']);
        client.socket.emit('subscribe', { channel: 'live', topics: ['province:02'] });
        const [problem] = (await client.has('problem')) as Problem[];
        expect(problem!.code).toBe('too-many-topics');
      });

      test('[W6] one who floods is told, then closed; the others notice nothing', async () => {
        const server = await started({ limits: { messageBurst: 5, messagesPerSec: 0, refusalsBeforeClose: 20 } });
        const other = await connected(server).follow(['nation']);
        const client = connected(server);
        await client.has('hello');
        for (let k = 0; k < 200; k++) client.socket.emit('subscribe', { k });
        await client.has('disconnect');
        const codes = new Set((client.payloads('problem') as Problem[]).map(({ code }) => code));
        expect([...codes]).toEqual(['malformed', 'too-many-messages']);
        server.tick([aChange(3, 1)]);
        await other.has('frame', 2);
      });
    });

    describe('walls and playback', () => {
      test('[WR1] [WR4] a wall that reports is known, does what the desk asks, and is told what it may not do', async () => {
        const server = await started();
        const client = await connected(server).follow(['nation']);
        client.socket.emit('report', aWallReport({ wallId: 'hall', applied: [] }));
        await untilSo(() => server.walls.list().length === 1);
        expect(server.walls.list()).toMatchObject([{ wallId: 'hall', state: 'well', pages: 1 }]);
        expect(server.walls.command('hall', { action: 'next' })).toBe('sent');
        expect(await client.has('command')).toEqual([{ action: 'next' }]);
        const handover = server.walls.handOver('hall', { localityCode: LocalityCode.parse('01'), scene: 'dossiers', minutes: 2, owner: 'chairman', replaces: null });
        expect((await client.has('command', 2))[1]).toEqual({ action: 'hand-over', handover });
        client.socket.emit('report', aWallReport({ wallId: 'other' }));
        expect(await client.has('problem')).toMatchObject([{ code: 'other-wall' }]);
        client.socket.disconnect();
        await untilSo(() => server.walls.list()[0]?.pages === 0);
        expect(server.walls.command('hall', { action: 'next' })).toBe('not-connected');
      });

      test('[WR3] [TW2] a wall that says goodbye is closed; one that was handed over hears it again with its next report', async () => {
        const server = await started();
        const first = await connected(server).follow(['nation']);
        first.socket.emit('report', aWallReport({ wallId: 'hall', applied: [] }));
        await untilSo(() => server.walls.list().length === 1);
        const handover = server.walls.handOver('hall', { localityCode: LocalityCode.parse('01'), scene: 'dossiers', minutes: 2, owner: 'chairman', replaces: null });
        first.socket.emit('goodbye');
        await untilSo(() => server.walls.list()[0]?.state === 'closed');
        const second = await connected(server).follow(['nation']);
        second.socket.emit('report', aWallReport({ wallId: 'hall' }));
        expect(await second.has('command')).toEqual([{ action: 'hand-over', handover }]);
      });

      test('[WR3] that a wall holds the newest there is, the process that serves it says', async () => {
        let nowMs = 1_700_000_000_000;
        const server = await started({ nowMs: () => nowMs });
        const client = await connected(server).follow(['nation']);
        const report = aWallReport({ wallId: 'hall', applied: [{ channel: 'live', topic: Topic.parse('nation'), epoch: EPOCH, seq: 0 }] });
        client.socket.emit('report', report);
        await untilSo(() => server.walls.list()[0]?.reportCount === 1);
        nowMs += QUIET_AFTER_MS;
        client.socket.emit('report', report);
        await untilSo(() => server.walls.list()[0]?.reportCount === 2);
        expect(server.walls.list()[0]?.state).toBe('well');
        server.tick([aChange(0, 1)]);
        await client.has('frame', 2);
        nowMs += QUIET_AFTER_MS;
        client.socket.emit('report', report);
        await untilSo(() => server.walls.list()[0]?.reportCount === 3);
        expect(server.walls.list()[0]?.state).toBe('behind');
        const heartbeats = client.payloads('heartbeat').length;
        server.rooms.heartbeat();
        server.tick([]);
        expect(Heartbeat.parse((await client.has('heartbeat', heartbeats + 1)).at(-1)).wallTroubles).toMatchObject([{ wallId: 'hall', kind: 'behind' }]);
      });

      test('[W6] what a channel cannot do is refused with its reason, what it can is done', async () => {
        const asked: Playback[] = [];
        const server = await started({
          control(request) {
            asked.push(request);
            return request.action === 'seek' ? 'It cannot be sent elsewhere' : null;
          },
        });
        const client = await connected(server).follow(['nation']);
        client.socket.emit('playback', { channel: 'live', action: 'pause' });
        client.socket.emit('playback', { channel: 'live', action: 'seek', toMs: 5 });
        expect(await client.has('problem')).toMatchObject([{ code: 'playback-refused', message: 'Refused: It cannot be sent elsewhere.' }]);
        expect(asked.map(({ action }) => action)).toEqual(['pause', 'seek']);
      });
    });

    describe('[LC15] TLP:RED over a socket', () => {
      const SECRET = 'Mã độc tống tiền tại máy chủ thư';
      const red = anAlarm({ id: 'alert/red', occurrenceId: 'red-1', title: SECRET, tlp: 'RED' });

      test('is in no snapshot, and no change says what it is', async () => {
        const server = await started({ openAlarms: () => [red, anAlarm()] });
        server.tick([aChange(0, 5)]);
        const client = await connected(server).follow(['nation']);
        expect(AlarmsMessage.parse(client.payloads('alarms')[0]).alarms.map(({ id }) => id)).toEqual(['state/101/latency']);
        server.rooms.publishAlarms('live', [red, { ...red, state: 'ACKED', acked: { by: 'Lê Thị Hà', atMs: 1 } }, anAlarm({ occurrenceId: 'a-2' })]);
        const [, told] = (await client.has('alarms', 2)).map((message) => AlarmsMessage.parse(message));
        expect(told?.alarms.map(({ occurrenceId }) => occurrenceId)).toEqual(['a-2']);
        expect(JSON.stringify(client.received)).not.toMatch(new RegExp(`${SECRET}|Lê Thị Hà|RED|red-1`));
      });

      test('one that was never shown is not even told to be there: no message, no place, no time', async () => {
        const server = await started({ openAlarms: () => [red] });
        server.tick([aChange(0, 5)]);
        const client = await connected(server).follow(['nation']);
        server.rooms.publishAlarms('live', [red]);
        server.rooms.publishAlarms('live', [{ ...red, state: 'NORMAL' }]);
        server.rooms.publishAlarms('live', [anAlarm({ occurrenceId: 'a-2' })]);
        const [, ...told] = (await client.has('alarms', 2)).map((message) => AlarmsMessage.parse(message));
        expect(told.map(({ alarms }) => alarms.map(({ id }) => id))).toEqual([['state/101/latency']]);
      });

      test('one that becomes RED vanishes from every screen', async () => {
        const server = await started({ openAlarms: () => [{ ...red, tlp: 'AMBER' }] });
        server.tick([aChange(0, 5)]);
        const client = await connected(server).follow(['nation']);
        expect(AlarmsMessage.parse(client.payloads('alarms')[0]).alarms).toMatchObject([{ id: 'alert/red', state: 'UNACK', title: SECRET }]);
        server.rooms.publishAlarms('live', [red]);
        const [, told] = (await client.has('alarms', 2)).map((message) => AlarmsMessage.parse(message));
        expect(told?.alarms).toMatchObject([{ id: 'alert/red', state: 'NORMAL', title: null, tlp: null }]);
        server.rooms.publishAlarms('live', [{ ...red, state: 'ACKED' }]);
        server.rooms.publishAlarms('live', [{ ...red, tlp: 'GREEN', state: 'ACKED' }]);
        const [, , back] = (await client.has('alarms', 3)).map((message) => AlarmsMessage.parse(message));
        expect(back?.alarms).toMatchObject([{ id: 'alert/red', state: 'ACKED', tlp: 'GREEN' }]);
      });
    });
  });
}
