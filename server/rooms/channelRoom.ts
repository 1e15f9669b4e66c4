import type { Alarm } from '../../shared/domain/alarm.ts';
import { type Heartbeat, type Problem, Topic, type WallTrouble } from '../../shared/protocol/socket.ts';
import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { changedSeries } from '../../shared/frame/changedSeries.ts';
import { createFrameEncoder, type FrameEncoder } from '../../shared/frame/encodeFrame.ts';
import type { FrameHeader, HeldPosition } from '../../shared/frame/frame.ts';
import { decimalsOf, topicsOf } from '../../shared/frame/topicRanges.ts';
import { AlarmParcels } from './alarmParcels.ts';
import { copySeries, takeSeries } from './copySeries.ts';
import { type HeartbeatParcels, newsFor, PING_TURNS } from './heartbeatParcels.ts';
import { frameParcel, joinParcels, messageParcel, type Parcel, PING } from './parcel.ts';
import type { ChannelPosition, PublishedTick, RoomsChannel, RoomsCounters, RoomsStats } from './rooms.ts';
import type { RoomsLimits } from './roomsLimits.ts';
import type { Session } from './session.ts';
import { hasSeriesWithin, seriesWithin } from './seriesWithin.ts';
import { type Subscription, TopicRoom } from './topicRoom.ts';

const BEHIND: Problem = {
  severity: 'warning', code: 'behind', message: 'Màn hình này nhận không kịp, đã bỏ qua một số lần cập nhật; số liệu đang hiện là mới nhất.',
  tip: 'Nếu còn lặp lại, hãy kiểm tra đường mạng tới màn hình này.',
};

/** The rooms of one channel: all its topics are at the same tick, and encode against the same picture. */
export class ChannelRoom {
  readonly channel: RoomsChannel;
  epoch: string;
  readonly #limits: RoomsLimits;
  readonly #counters: RoomsCounters;
  readonly #nowMs: () => number;
  readonly #wallTroubles: () => readonly WallTrouble[];
  readonly #encoder: FrameEncoder;
  /** [MC3] Every topic there is, followed or not: its position depends on what was published, not on who was there to see it. */
  readonly #topics: ReadonlyMap<string, TopicRoom>;
  /** How many topics of this channel each session follows. */
  readonly #topicsBySession = new Map<Session, number>();
  readonly #alarms: AlarmParcels;
  readonly #owedAlarms = new Set<Session>();
  /** What every follower has been sent. */
  #published: ReadingColumns;
  /** At least every topic's position. */
  #headSeq: number;
  #serverTimeMs: number;
  #dataTimeMs: number;
  #isHeartbeatDue = false;
  #heartbeats = 0;

  constructor(channel: RoomsChannel, limits: RoomsLimits, counters: RoomsCounters, nowMs: () => number, wallTroubles: () => readonly WallTrouble[], from?: ChannelPosition) {
    this.channel = channel;
    this.epoch = from?.epoch ?? channel.epoch;
    this.#limits = limits;
    this.#counters = counters;
    this.#nowMs = nowMs;
    this.#wallTroubles = wallTroubles;
    this.#encoder = createFrameEncoder(decimalsOf(channel.table));
    this.#alarms = new AlarmParcels(channel, () => this.epoch);
    this.#published = from?.published ?? createReadingColumns(channel.table.series.length);
    this.#headSeq = from?.headSeq ?? channel.firstSeq;
    this.#topics = new Map(topicsOf(channel.table).map(({ topic, ranges }) => [topic, new TopicRoom(topic, ranges, from?.seqByTopic.get(topic) ?? this.#headSeq, limits)]));
    this.#serverTimeMs = nowMs();
    this.#dataTimeMs = channel.playback().nowMs;
  }

  publish({ columns, changed: candidates, dataTimeMs }: PublishedTick): { readonly headSeq: number } {
    this.#serverTimeMs = this.#nowMs();
    this.#dataTimeMs = dataTimeMs;
    this.#alarms.forget();
    const changed = changedSeries(this.#published, columns, candidates);
    const deltas = new Map<TopicRoom, Parcel>();
    if (changed.length > 0) {
      for (const room of this.#topics.values()) {
        const delta = this.#advance(room, columns, changed);
        if (delta !== null) deltas.set(room, delta);
      }
      copySeries(columns, this.#published, changed);
      this.#headSeq += 1;
    }
    const heartbeats = this.#isHeartbeatDue ? this.#heartbeatMaker() : null;
    this.#isHeartbeatDue = false;
    for (const room of this.#followed()) this.#send(room, deltas.get(room) ?? null, heartbeats?.(room) ?? null);
    this.#payAlarms();
    return { headSeq: this.#headSeq };
  }

  /** Encodes the topic's part of a tick, once. `null`: nothing in it changed, or nobody follows. */
  #advance(room: TopicRoom, columns: ReadingColumns, changed: Uint32Array): Parcel | null {
    if (!hasSeriesWithin(changed, room.ranges)) return null;
    if (!room.isFollowed) {
      room.advance(null);
      return null;
    }
    const part = seriesWithin(changed, room.ranges);
    room.warmTicks = room.subscriptions.size > 0 ? this.#limits.keptFrames : room.warmTicks - 1;
    const header = this.#header('delta', room, room.seq + 1);
    const delta = frameParcel(this.#encoder.encodeDelta(header, this.#published, columns, part));
    this.#counters.encodedDeltas += 1;
    room.advance(delta);
    return delta;
  }

  /** [B4] [W2] At most one write per follower and tick; a busy one is skipped and owed the latest state. */
  #send(room: TopicRoom, delta: Parcel | null, heartbeat: HeartbeatParcels | null): void {
    const newsOf = newsFor(delta, heartbeat);
    for (const subscription of room.subscriptions.values()) {
      const { session } = subscription;
      if (session.isBusy) {
        if (delta === null) continue;
        subscription.debt ??= 'behind';
        this.#counters.skippedForSlow += 1;
      } else if (subscription.debt !== null) {
        this.#pay(room, subscription, heartbeat?.plain ?? null);
      } else {
        const news = newsOf(session);
        if (news !== null) this.#deliver(session, news);
        if (delta !== null) this.#counters.sentDeltas += 1;
      }
    }
  }

  #pay(room: TopicRoom, subscription: Subscription, heartbeat: Parcel | null): void {
    const { session, debt } = subscription;
    if (debt === 'resync' && !session.resyncs.take(this.#nowMs())) return;
    subscription.debt = null;
    if (debt === 'behind') session.tell(BEHIND);
    const snapshot = this.#snapshot(room);
    this.#deliver(session, heartbeat === null ? snapshot : joinParcels([snapshot, heartbeat]));
  }

  #snapshot(room: TopicRoom): Parcel {
    this.#counters.sentSnapshots += 1;
    return room.snapshot(() => {
      this.#counters.encodedSnapshots += 1;
      return frameParcel(this.#encoder.encodeSnapshot(this.#header('snapshot', room, room.seq), this.#published, room.ranges));
    });
  }

  #header(kind: FrameHeader['kind'], room: TopicRoom, seq: number): FrameHeader {
    return {
      kind, channel: this.channel.id, topic: room.topic, epoch: this.epoch, baseSeq: kind === 'delta' ? seq - 1 : 0, seq,
      serverTimeMs: this.#serverTimeMs, dataTimeMs: this.#dataTimeMs, seriesCount: this.#published.seriesCount,
    };
  }

  #deliver(session: Session, parcel: Parcel): void {
    session.deliver(parcel);
    this.#counters.sentBytes += parcel.bytes.length;
  }

  // ---- followers

  #followed(): TopicRoom[] {
    return [...this.#topics.values()].filter(({ subscriptions }) => subscriptions.size > 0);
  }

  /** Whether there is nothing newer than what someone holds of the topic. */
  isAtHead(topic: string, { epoch, seq }: HeldPosition): boolean {
    return epoch === this.epoch && seq >= (this.#topics.get(topic)?.seq ?? Number.POSITIVE_INFINITY);
  }

  follows(session: Session, topic: string): boolean {
    return this.#topics.get(topic)?.subscriptions.has(session) === true;
  }

  /** `false`: this edition has no such topic. [W1] What it starts from and its place among the followers are one turn of the event loop. */
  join(session: Session, topic: string, held: HeldPosition | null): boolean {
    const room = this.#topics.get(topic);
    if (room === undefined) return false;
    const isNew = !room.subscriptions.has(session);
    const subscription: Subscription = { session, debt: null };
    room.subscriptions.set(session, subscription);
    room.warmTicks = this.#limits.keptFrames;
    if (isNew) {
      session.topicCount += 1;
      this.#topicsBySession.set(session, (this.#topicsBySession.get(session) ?? 0) + 1);
    }
    // Asked again for what it follows, it is answered as to a resync.
    if (session.isBusy || (!isNew && !session.resyncs.take(this.#nowMs()))) {
      subscription.debt = 'resync';
      this.#owedAlarms.add(session);
      return true;
    }
    const rest = held !== null && held.epoch === this.epoch ? room.restAfter(held.seq) : null;
    this.#owedAlarms.delete(session);
    this.#deliver(session, joinParcels([...(rest ?? [this.#snapshot(room)]), this.#alarms.open(), this.#heartbeatMaker()(room).plain]));
    return true;
  }

  leave(session: Session, topic: string): void {
    if (this.#topics.get(topic)?.subscriptions.delete(session) !== true) return;
    session.topicCount -= 1;
    const left = (this.#topicsBySession.get(session) ?? 1) - 1;
    if (left > 0) this.#topicsBySession.set(session, left);
    else {
      this.#topicsBySession.delete(session);
      this.#owedAlarms.delete(session);
    }
  }

  leaveAll(session: Session): void {
    for (const topic of this.#topics.keys()) this.leave(session, topic);
  }

  /** One in flight: while a snapshot is owed, another request changes nothing. `false`: it does not follow that topic. */
  resync(session: Session, topic: string): boolean {
    const room = this.#topics.get(topic);
    const subscription = room?.subscriptions.get(session);
    if (room === undefined || subscription === undefined) return false;
    if (subscription.debt !== null) return true;
    subscription.debt = 'resync';
    if (!session.isBusy) this.#pay(room, subscription, null);
    return true;
  }

  // ---- alarms

  publishAlarms(transitions: readonly Alarm[]): void {
    this.#alarms.forget();
    const parcel = this.#alarms.changes(transitions);
    if (parcel === null) return;
    for (const session of this.#topicsBySession.keys()) {
      if (this.#owedAlarms.has(session)) continue;
      if (session.isBusy) this.#owedAlarms.add(session);
      else this.#deliver(session, parcel);
    }
  }

  #payAlarms(): void {
    if (this.#owedAlarms.size === 0) return;
    const snapshot = this.#alarms.open();
    for (const session of this.#owedAlarms) {
      if (session.isBusy) continue;
      this.#owedAlarms.delete(session);
      this.#deliver(session, snapshot);
    }
  }

  // ---- time

  /**
   * Due heartbeats travel with the next tick's frames: one write instead of two. Those still due when the next ones are, because no
   * tick came, go alone.
   */
  heartbeat(): void {
    this.#alarms.forget();
    if (this.#isHeartbeatDue) {
      const heartbeats = this.#heartbeatMaker();
      for (const room of this.#followed()) this.#send(room, null, heartbeats(room));
      this.#payAlarms();
    }
    this.#isHeartbeatDue = true;
    this.#heartbeats += 1;
  }

  #heartbeatMaker(): (room: TopicRoom) => HeartbeatParcels {
    const common: Omit<Heartbeat, 'topic' | 'head'> = {
      channel: this.channel.id, epoch: this.epoch, serverTimeMs: this.#nowMs(), playback: this.channel.playback(), sources: this.channel.sourceHealth(),
      wallTroubles: [...this.#wallTroubles()], alarmLoad: this.channel.alarmLoad(),
    };
    const pingTurn = this.#heartbeats % PING_TURNS;
    return (room) => {
      const plain = messageParcel({ event: 'heartbeat', payload: { ...common, topic: Topic.parse(room.topic), head: room.seq } });
      return { plain, withPing: joinParcels([plain, PING]), pingTurn };
    };
  }

  /** What was held is another story now: every follower is owed the new picture, with the next tick or heartbeat. */
  restart(epoch: string, firstSeq: number): void {
    this.epoch = epoch;
    this.#headSeq = firstSeq;
    this.#alarms.forget();
    this.#published = createReadingColumns(this.#published.seriesCount);
    for (const room of this.#topics.values()) {
      room.restart(firstSeq);
      for (const subscription of room.subscriptions.values()) subscription.debt = 'new-epoch';
    }
    for (const session of this.#topicsBySession.keys()) this.#owedAlarms.add(session);
    this.#isHeartbeatDue = true;
  }

  position(): ChannelPosition {
    return {
      epoch: this.epoch, headSeq: this.#headSeq, seqByTopic: new Map([...this.#topics.values()].map(({ topic, seq }) => [topic, seq])),
      published: takeSeries(this.#published, Uint32Array.from({ length: this.#published.seriesCount }, (_, index) => index)),
    };
  }

  subscriberCounts(): RoomsStats['subscribers'] {
    return this.#followed().map(({ topic, subscriptions }) => ({ channel: this.channel.id, topic, count: subscriptions.size }));
  }
}
