import type { Server } from 'socket.io';
import type { z } from 'zod';
import type { ChannelId } from '../../shared/domain/ids.ts';
import { type ClientToServerEvents, type Hello, Playback, type Problem, Resync, type ServerToClientEvents, Subscribe, Unsubscribe } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { ChannelRoom } from './channelRoom.ts';
import { HEARTBEAT_EVERY_MS, type Rooms, type RoomsCounters } from './rooms.ts';
import { ROOMS_LIMITS, type RoomsLimits } from './roomsLimits.ts';
import { type ClientSocket, Session } from './session.ts';

export interface RoomsOptions {
  readonly io: Server<ClientToServerEvents, ServerToClientEvents>;
  readonly buildId: string;
  readonly clock: { readonly nowMs: () => number };
  readonly limits?: Partial<RoomsLimits>;
  /** Something the operator of the server must know. */
  readonly onProblem?: (problem: Problem) => void;
  /** `false`: everything through socket.io's `emit`, as when the direct path is not there. */
  readonly useDirectPath?: boolean;
}

const REQUESTS = { subscribe: Subscribe, unsubscribe: Unsubscribe, resync: Resync, playback: Playback } as const;

const NO_DIRECT_PATH: Problem = {
  severity: 'warning', code: 'no-direct-path',
  message: 'Frames go through socket.io’s own queue: its inner shape is not the one server/rooms/directPath.ts knows. It works, at about twice the CPU.',
  tip: 'Check the versions of socket.io, engine.io and ws against package-lock.json.',
};

export function createRooms(options: RoomsOptions): Rooms {
  const { io, clock } = options;
  const limits: RoomsLimits = { ...ROOMS_LIMITS, ...options.limits };
  const rooms = new Map<ChannelId, ChannelRoom>();
  const sessions = new Set<Session>();
  const counters: RoomsCounters = {
    encodedDeltas: 0, sentDeltas: 0, encodedSnapshots: 0, sentSnapshots: 0, skippedForSlow: 0, sentBytes: 0, refusedMessages: 0,
  };
  let isNoDirectPathTold = false;

  function roomOf(channelId: ChannelId): ChannelRoom {
    const room = rooms.get(channelId);
    if (room === undefined) throw new Error(`Invariant: channel "${channelId}" was not opened; open it before publishing to it.`);
    return room;
  }

  function handleConnection(socket: ClientSocket): void {
    const session = new Session(socket, limits, clock.nowMs(), options.useDirectPath ?? true);
    if (!session.isDirect && !isNoDirectPathTold) {
      isNoDirectPathTold = true;
      options.onProblem?.(NO_DIRECT_PATH);
    }
    sessions.add(session);
    socket.emit('hello', helloOf(rooms, options.buildId, clock.nowMs()));
    const handle = createRequestHandler(session, rooms, limits, () => { counters.refusedMessages += 1; });
    socket.onAny((event: string, request: unknown) => {
      if (!session.messages.take(clock.nowMs())) handle.refuse('too-many-messages', `more than ${limits.messagesPerSec} messages a second`, 'Send fewer messages.');
      else handle.request(event, request);
    });
    socket.on('disconnect', () => {
      sessions.delete(session);
      for (const room of rooms.values()) room.leaveAll(session);
    });
  }

  io.on('connection', handleConnection);

  return {
    openChannel(channel) {
      if (rooms.has(channel.id)) throw new Error(`Invariant: channel "${channel.id}" is open already.`);
      rooms.set(channel.id, new ChannelRoom(channel, limits, counters, clock.nowMs));
    },
    publish: (channelId, tick) => roomOf(channelId).publish(tick),
    publishAlarms: (channelId, transitions) => roomOf(channelId).publishAlarms(transitions),
    heartbeat() {
      for (const room of rooms.values()) room.heartbeat();
    },
    newEpoch: (channelId, epoch, firstSeq) => roomOf(channelId).restart(epoch, firstSeq),
    stats: () => ({
      ...counters,
      sessions: sessions.size,
      emitSessions: [...sessions].filter((session) => !session.isDirect).length,
      subscribers: [...rooms.values()].flatMap((room) => [...room.subscriberCounts()].map(([topic, count]) => ({ channel: room.channel.id, topic, count }))),
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

interface RequestHandler {
  /** Never throws, whatever was sent. */
  request(event: string, request: unknown): void;
  refuse(code: string, message: string, tip: string): void;
}

function createRequestHandler(session: Session, rooms: ReadonlyMap<ChannelId, ChannelRoom>, limits: RoomsLimits, countRefusal: () => void): RequestHandler {
  function refuse(code: string, message: string, tip: string): void {
    countRefusal();
    session.refusals += 1;
    session.tell({ severity: 'error', code, message: `Refused: ${message}.`, tip });
    if (session.refusals >= limits.refusalsBeforeClose) session.socket.disconnect(true);
  }

  function parse<T>(event: string, schema: z.ZodType<T>, request: unknown): T | null {
    const parsed = schema.safeParse(request);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    refuse('malformed', `${event}: ${issue?.path.join('.') || 'the request'}: ${issue?.message ?? 'not readable'}`, 'See shared/protocol/socket.ts for the shape.');
    return null;
  }

  function openRoom(channelId: ChannelId): ChannelRoom | null {
    const room = rooms.get(channelId);
    if (room === undefined) refuse('unknown-channel', `channel "${channelId}" is not open here`, 'Take one that hello names.');
    return room ?? null;
  }

  function subscribe({ channel, topics, resume }: Subscribe): void {
    const room = openRoom(channel);
    if (room === null) return;
    if (session.topicCount + topics.length > limits.topicsPerSession) {
      refuse('too-many-topics', `${topics.length} topics more than the ${session.topicCount} followed, at most ${limits.topicsPerSession}`, 'Unsubscribe first; "nation" carries every series.');
      return;
    }
    for (const topic of topics) {
      const seq = resume?.seqByTopic[topic];
      const held = resume === undefined || seq === undefined ? null : { epoch: resume.epoch, seq };
      if (!room.join(session, topic, held)) refuse('unknown-topic', `topic "${topic}" is not in this edition`, 'Take a province code of /api/v1/localities.');
    }
  }

  const handlers = {
    subscribe: (request: unknown) => {
      const parsed = parse('subscribe', REQUESTS.subscribe, request);
      if (parsed !== null) subscribe(parsed);
    },
    unsubscribe: (request: unknown) => {
      const parsed = parse('unsubscribe', REQUESTS.unsubscribe, request);
      for (const topic of parsed?.topics ?? []) rooms.get(parsed?.channel ?? 'live')?.leave(session, topic);
    },
    resync: (request: unknown) => {
      const parsed = parse('resync', REQUESTS.resync, request);
      if (parsed === null || rooms.get(parsed.channel)?.resync(session, parsed.topic) === true) return;
      refuse('not-subscribed', `resync of "${parsed.topic}", which this client does not follow`, 'Subscribe first.');
    },
    playback: (request: unknown) => {
      const parsed = parse('playback', REQUESTS.playback, request);
      const room = parsed === null ? null : openRoom(parsed.channel);
      const why = parsed === null || room === null ? null : room.channel.control(parsed);
      if (why !== null) refuse('playback-refused', why, 'The channel’s playback.capabilities say what it can do.');
    },
  };

  return {
    refuse,
    request(event, request) {
      const handle = Object.hasOwn(handlers, event) ? handlers[event as keyof typeof handlers] : undefined;
      if (handle === undefined) refuse('unknown-event', `event "${event.slice(0, 40)}"`, `Known: ${Object.keys(handlers).join(', ')}.`);
      else handle(request);
    },
  };
}
