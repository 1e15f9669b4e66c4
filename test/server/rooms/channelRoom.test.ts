import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReadingColumns, type ReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import type { HeldPosition } from '../../../shared/frame/frame.ts';
import { readFrameHeader } from '../../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { ChannelRoom } from '../../../server/rooms/channelRoom.ts';
import type { ChannelPosition, RoomsChannel } from '../../../server/rooms/rooms.ts';
import { NO_STATS } from '../../../server/rooms/addStats.ts';
import { ROOMS_LIMITS } from '../../../server/rooms/roomsLimits.ts';
import { type ClientSocket, Session } from '../../../server/rooms/session.ts';
import { aSmallTable, changesOf, pictureOf, type SeriesChange, writeChanges } from '../../support/someReadings.ts';

const table = aSmallTable();
const decimals = decimalsOf(table);
const TOPICS = ['nation', 'province:01', 'province:48'] as const;
const epochOf = (restarts: number) => restarts.toString(16).padStart(16, '0');

const aChannel = (): RoomsChannel => ({
  id: 'live', edition: '2021', epoch: epochOf(0), table, firstSeq: 10, sourceHealth: () => ({ fresh: 0, late: 0, stale: 0, dead: 0, never: 0 }), control() {}, openAlarms: () => [], alarmLoad: () => 0,
  playback: () => ({ nowMs: 0, rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] }),
});

const counters = () => ({ ...NO_STATS });

function aRoom(from?: ChannelPosition): ChannelRoom {
  return new ChannelRoom(aChannel(), { ...ROOMS_LIMITS, keptFrames: 3 }, counters(), () => 0, () => [], from);
}

/** A client that follows one topic, applies every frame, and takes what it holds from one process to another. */
class Follower {
  topic: string | null = null;
  held: HeldPosition | null = null;
  columns: ReadingColumns = createReadingColumns(table.series.length);
  /** Where it is connected. */
  #at: { readonly room: ChannelRoom; readonly session: Session } | null = null;

  #take(frame: ArrayBuffer): void {
    const bytes = new Uint8Array(frame);
    if (readFrameHeader(bytes).topic !== this.topic) return;
    const { header } = applyFrame(this.columns, bytes, this.held, decimals);
    this.held = { epoch: header.epoch, seq: header.seq };
  }

  leave(): void {
    this.#at?.room.leaveAll(this.#at.session);
    this.#at = null;
  }

  join(room: ChannelRoom, topic: string): void {
    this.leave();
    if (topic !== this.topic) this.held = null;
    this.topic = topic;
    let drained = () => {};
    const socket = {
      conn: { request: { socket: { writableLength: 0 } }, transport: {}, on: (_event: string, listener: () => void) => { drained = listener; } },
      emit: (event: string, payload: ArrayBuffer) => {
        if (event === 'frame') this.#take(payload);
        drained();
      },
    };
    const session = new Session(socket as unknown as ClientSocket, 0, ROOMS_LIMITS, counters(), 0, false);
    room.join(session, topic, this.held);
    this.#at = { room, session };
  }
}

type Step =
  | { readonly do: 'publish'; readonly changes: readonly SeriesChange[] }
  | { readonly do: 'join'; readonly who: number; readonly where: number; readonly topic: string }
  | { readonly do: 'leave'; readonly who: number }
  | { readonly do: 'restart' }
  /** Another process takes the place of the second one. */
  | { readonly do: 'replace' };

const FOLLOWERS = 3;
const who = fc.nat({ max: FOLLOWERS - 1 });
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: changesOf(table.series.length, 4).map((changes): Step => ({ do: 'publish', changes })) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join' as const), who, where: fc.nat({ max: 1 }), topic: fc.constantFrom(...TOPICS) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), who }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'restart' }, { do: 'replace' }) },
);

test('[MC3] whoever follows, comes, goes, moves to another process and whenever that one started: a position names the same picture in both', () => {
  fc.assert(fc.property(fc.array(aStep, { maxLength: 60 }), (steps) => {
    const rooms: [ChannelRoom, ChannelRoom] = [aRoom(), aRoom()];
    const followers = Array.from({ length: FOLLOWERS }, () => new Follower());
    const columns = createReadingColumns(table.series.length);
    let restarts = 0;
    const publish = (changed: Uint32Array) => rooms.map((room) => room.publish({ columns, changed, dataTimeMs: 0 }).headSeq);
    for (const step of steps) {
      if (step.do === 'publish') {
        const [first, second] = publish(writeChanges(columns, step.changes));
        expect(second).toBe(first);
      } else if (step.do === 'join') followers[step.who]?.join(rooms[step.where as 0 | 1], step.topic);
      else if (step.do === 'leave') followers[step.who]?.leave();
      else if (step.do === 'restart') {
        restarts += 1;
        for (const room of rooms) room.restart(epochOf(restarts), restarts * 1000);
        publish(Uint32Array.from({ length: columns.seriesCount }, (_, index) => index));
      } else {
        for (const follower of followers) follower.leave();
        rooms[1] = aRoom(rooms[0].position());
      }
      const [first, second] = rooms.map((room) => room.position());
      expect(second).toEqual(first);
    }
    for (const follower of followers) {
      const { topic } = follower;
      if (topic === null) continue;
      follower.join(rooms[1], topic);
      const ranges = topicRanges(table, topic);
      expect(pictureOf(follower.columns, ranges)).toEqual(pictureOf(columns, ranges));
      expect(follower.held).toEqual({ epoch: rooms[0].epoch, seq: rooms[0].position().seqByTopic.get(topic) });
    }
  }), { numRuns: 200 });
});
