import type { Server } from 'socket.io';
import type { ChannelId } from '../../shared/domain/ids.ts';
import type { ClientToServerEvents, Hello, Problem, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { WallReports } from '../ports/walls.ts';
import { ChannelRoom } from './channelRoom.ts';
import { ClientRequests } from './clientRequests.ts';
import { HEARTBEAT_EVERY_MS, type Rooms, type RoomsCounters } from './rooms.ts';
import { ROOMS_LIMITS, type RoomsLimits } from './roomsLimits.ts';
import { type ClientSocket, Session } from './session.ts';

export interface RoomsOptions {
  readonly io: Server<ClientToServerEvents, ServerToClientEvents>;
  readonly buildId: string;
  /** Epoch ms; may be fractional. */
  readonly clock: { readonly nowMs: () => number };
  readonly walls: WallReports;
  readonly limits?: Partial<RoomsLimits>;
  /** Something the operator of the server must know. */
  readonly onProblem?: (problem: Problem) => void;
  /** `false`: everything through socket.io's `emit`, as when the direct path is not there. */
  readonly useDirectPath?: boolean;
}

const NO_DIRECT_PATH: Problem = {
  severity: 'warning', code: 'no-direct-path',
  message: 'Frames go through socket.io’s own queue: its inner shape is not the one server/rooms/directPath.ts knows. It works, at about twice the CPU.',
  tip: 'Check the versions of socket.io, engine.io and ws against package-lock.json.',
};

export function createRooms(options: RoomsOptions): Rooms {
  const { io, clock, walls } = options;
  const limits: RoomsLimits = { ...ROOMS_LIMITS, ...options.limits };
  const rooms = new Map<ChannelId, ChannelRoom>();
  const sessions = new Set<Session>();
  const counters: RoomsCounters = {
    encodedDeltas: 0, sentDeltas: 0, encodedSnapshots: 0, sentSnapshots: 0, skippedForSlow: 0, sentBytes: 0, refusedMessages: 0, withheldNotices: 0, endedForRefusals: 0,
  };
  let isNoDirectPathTold = false;
  let sessionsSinceStart = 0;

  function roomOf(channelId: ChannelId): ChannelRoom {
    const room = rooms.get(channelId);
    if (room === undefined) throw new Error(`Invariant: channel "${channelId}" was not opened; open it before publishing to it.`);
    return room;
  }

  function handleConnection(socket: ClientSocket): void {
    const session = new Session(socket, sessionsSinceStart++, limits, counters, clock.nowMs(), options.useDirectPath ?? true);
    if (!session.isDirect && !isNoDirectPathTold) {
      isNoDirectPathTold = true;
      options.onProblem?.(NO_DIRECT_PATH);
    }
    sessions.add(session);
    socket.emit('hello', helloOf(rooms, options.buildId, clock.nowMs()));
    const requests = new ClientRequests(session, rooms, limits, counters, walls);
    socket.onAny((event: string, request: unknown) => requests.handle(event, request, clock.nowMs()));
    socket.on('disconnect', () => {
      sessions.delete(session);
      walls.left(session);
      for (const room of rooms.values()) room.leaveAll(session);
    });
  }

  io.on('connection', handleConnection);

  return {
    openChannel(channel, from) {
      if (rooms.has(channel.id)) throw new Error(`Invariant: channel "${channel.id}" is open already.`);
      rooms.set(channel.id, new ChannelRoom(channel, limits, counters, clock.nowMs, walls.troubles, from));
    },
    publish: (channelId, tick) => roomOf(channelId).publish(tick),
    publishAlarms: (channelId, transitions) => roomOf(channelId).publishAlarms(transitions),
    heartbeat() {
      for (const room of rooms.values()) room.heartbeat();
    },
    newEpoch: (channelId, epoch, firstSeq) => roomOf(channelId).restart(epoch, firstSeq),
    position: (channelId) => roomOf(channelId).position(),
    stats: () => ({
      ...counters,
      sessions: sessions.size,
      emitSessions: [...sessions].filter((session) => !session.isDirect).length,
      subscribers: [...rooms.values()].flatMap((room) => room.subscriberCounts()),
    }),
    close() {
      io.off('connection', handleConnection);
      for (const { socket } of sessions) socket.disconnect(true);
    },
  };
}

function helloOf(rooms: ReadonlyMap<ChannelId, ChannelRoom>, buildId: string, nowMs: number): Hello {
  return {
    protocolVersion: PROTOCOL_VERSION, buildId, serverTimeMs: nowMs, heartbeatEveryMs: HEARTBEAT_EVERY_MS,
    channels: [...rooms.values()].map(({ channel, epoch }) => ({
      channel: channel.id, edition: channel.edition, epoch, seriesCount: channel.table.series.length, playback: channel.playback(),
    })),
  };
}
