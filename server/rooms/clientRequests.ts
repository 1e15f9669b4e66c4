import type { z } from 'zod';
import type { ChannelId } from '../../shared/domain/ids.ts';
import { Playback, Resync, Subscribe, Unsubscribe, WallReport } from '../../shared/protocol/socket.ts';
import type { WallReports } from '../ports/walls.ts';
import type { ChannelRoom } from './channelRoom.ts';
import type { RoomsCounters } from './rooms.ts';
import type { RoomsLimits } from './roomsLimits.ts';
import type { Session } from './session.ts';

/** What was sent, 32 KB of it, can be part of why it is refused. */
const TOLD_CHARS = 200;

/** What one client asks for. Outside data: every request is parsed, and a bad one is answered, counted and forgotten. */
export class ClientRequests {
  readonly #session: Session;
  readonly #rooms: ReadonlyMap<ChannelId, ChannelRoom>;
  readonly #limits: RoomsLimits;
  readonly #counters: RoomsCounters;
  readonly #walls: WallReports;
  readonly #handlers: ReadonlyMap<string, (request: unknown) => void>;

  constructor(session: Session, rooms: ReadonlyMap<ChannelId, ChannelRoom>, limits: RoomsLimits, counters: RoomsCounters, walls: WallReports) {
    this.#session = session;
    this.#rooms = rooms;
    this.#limits = limits;
    this.#counters = counters;
    this.#walls = walls;
    this.#handlers = new Map([
      ['subscribe', (request: unknown) => this.#parsed('subscribe', Subscribe, request, (parsed, room) => this.#subscribe(parsed, room))],
      ['unsubscribe', (request: unknown) => this.#parsed('unsubscribe', Unsubscribe, request, ({ topics }, room) => {
        for (const topic of topics) room.leave(session, topic);
      })],
      ['resync', (request: unknown) => this.#parsed('resync', Resync, request, ({ topic }, room) => {
        if (!room.resync(session, topic)) this.#refuse('not-subscribed', `resync of "${topic}", which this client does not follow`, 'Subscribe first.');
      })],
      ['playback', (request: unknown) => this.#parsed('playback', Playback, request, (parsed, room) => {
        room.channel.control(parsed, (why) => this.#refuse('playback-refused', why, 'The channel’s playback.capabilities say what it can do.'));
      })],
      ['report', (request: unknown) => this.#read('report', WallReport, request, (report) => this.#report(report))],
      ['goodbye', () => walls.goodbye(session)],
    ]);
  }

  /** Never throws on what was sent. */
  handle(event: string, request: unknown, nowMs: number): void {
    const handler = this.#handlers.get(event);
    if (!this.#session.messages.take(nowMs)) this.#refuse('too-many-messages', `more than ${this.#limits.messagesPerSec} messages a second`, 'Send fewer.');
    else if (handler === undefined) this.#refuse('unknown-event', `event "${String(event).slice(0, 40)}"`, `Known: ${[...this.#handlers.keys()].join(', ')}.`);
    else handler(request);
  }

  #read<T>(event: string, schema: z.ZodType<T>, request: unknown, act: (parsed: T) => void): void {
    const parsed = schema.safeParse(request);
    if (parsed.success) {
      act(parsed.data);
      return;
    }
    const issue = parsed.error.issues[0];
    this.#refuse('malformed', `${event}: ${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'not readable'}`, 'See shared/protocol/socket.ts for the shape.');
  }

  #parsed<T extends { readonly channel: ChannelId }>(event: string, schema: z.ZodType<T>, request: unknown, act: (parsed: T, room: ChannelRoom) => void): void {
    this.#read(event, schema, request, (parsed) => {
      const room = this.#rooms.get(parsed.channel);
      if (room === undefined) this.#refuse('unknown-channel', `channel "${parsed.channel}" is not open here`, 'Take one that hello names.');
      else act(parsed, room);
    });
  }

  /** What is not kept is said, and not counted against the wall: it must go on showing the picture. */
  #report(report: WallReport): void {
    const isAtHead = report.applied.length > 0
      && report.applied.every(({ channel, topic, ...held }) => this.#rooms.get(channel)?.isAtHead(topic, held) === true);
    this.#walls.report(this.#session, report, isAtHead);
  }

  #subscribe({ topics, resume }: Subscribe, room: ChannelRoom): void {
    const added = new Set(topics.filter((topic) => !room.follows(this.#session, topic))).size;
    const total = this.#session.topicCount + added;
    if (total > this.#limits.topicsPerSession) {
      this.#refuse('too-many-topics', `${total} topics, at most ${this.#limits.topicsPerSession}`, 'Unsubscribe first; "nation" carries every series.');
      return;
    }
    for (const topic of topics) {
      const seq = resume?.seqByTopic[topic];
      const held = resume === undefined || seq === undefined ? null : { epoch: resume.epoch, seq };
      if (!room.join(this.#session, topic, held)) this.#refuse('unknown-topic', `topic "${topic}" is not in this edition`, 'Take a province code of /api/v1/localities.');
    }
  }

  #refuse(code: string, message: string, tip: string): void {
    this.#counters.refusedMessages += 1;
    this.#session.refusals += 1;
    this.#session.tell({ severity: 'error', code, message: `Refused: ${message.slice(0, TOLD_CHARS)}.`, tip });
    // Once: what had arrived before the end is still handled after it.
    if (this.#session.refusals !== this.#limits.refusalsBeforeClose) return;
    this.#counters.endedForRefusals += 1;
    this.#session.end();
  }
}
