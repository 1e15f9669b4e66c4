import type { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { Playback, PlaybackState, SourceHealth } from '../../shared/protocol/socket.ts';

/** What the rooms need of a channel. */
export interface RoomsChannel {
  readonly id: ChannelId;
  readonly edition: EditionId;
  readonly epoch: string;
  readonly table: SeriesTable;
  /** Position of the empty picture the channel opens with: the first delta is one more. Never used before in this epoch ([P2]). */
  readonly firstSeq: number;
  playback(): PlaybackState;
  sourceHealth(): SourceHealth;
  /** Done, or `refuse` is told why not, at once or later. */
  control(request: Playback, refuse: (why: string) => void): void;
  openAlarms(): readonly Alarm[];
  /** Announced in the last ten minutes. */
  alarmLoad(): number;
}

/** Where a channel stands: with it and what is published next, another process makes the same frames of the same positions. */
export interface ChannelPosition {
  readonly epoch: string;
  readonly headSeq: number;
  readonly seqByTopic: ReadonlyMap<string, number>;
  /** What every follower has been sent, or is owed. */
  readonly published: ReadingColumns;
}

export interface PublishedTick {
  readonly columns: ReadingColumns;
  /** Ascending series indices that may differ from what was published before. */
  readonly changed: Uint32Array;
  /** The playhead's time. Epoch ms on the data's axis. */
  readonly dataTimeMs: number;
}

export interface RoomsCounters {
  encodedDeltas: number;
  sentDeltas: number;
  encodedSnapshots: number;
  sentSnapshots: number;
  /** Frames not sent because the follower had not taken the one before. */
  skippedForSlow: number;
  /** Frames, heartbeats and alarms; hello, problems and pings are not counted. */
  sentBytes: number;
  refusedMessages: number;
  /** Problems and commands that were not queued for a client which takes none. */
  withheldNotices: number;
  /** Sessions ended because too much of what they asked was refused. */
  endedForRefusals: number;
}

export interface RoomsStats extends Readonly<RoomsCounters> {
  readonly sessions: number;
  /** Sessions that fell back to socket.io's own `emit`. */
  readonly emitSessions: number;
  readonly subscribers: readonly { readonly channel: ChannelId; readonly topic: string; readonly count: number }[];
}

export interface Rooms {
  /** Before the first client connects: `hello` names the channels open then. `from`: it goes on from there instead of from the empty picture. */
  openChannel(channel: RoomsChannel, from?: ChannelPosition): void;
  /**
   * Once per tick, also when nothing changed: what is owed and due travels with it. Each topic is encoded once. Returns the highest
   * position now used, so that the caller can reserve further ones in time.
   */
  publish(channelId: ChannelId, tick: PublishedTick): { readonly headSeq: number };
  /** After `publish` of the same tick. Every transition is sent, in order; one who is behind gets the open alarms instead. */
  publishAlarms(channelId: ChannelId, transitions: readonly Alarm[]): void;
  /** Every `HEARTBEAT_EVERY_MS`. */
  heartbeat(): void;
  /** A seek or a restart of the log: what was published is forgotten. Then publish the whole new picture. */
  newEpoch(channelId: ChannelId, epoch: string, firstSeq: number): void;
  /** A copy: what is published later does not change it. */
  position(channelId: ChannelId): ChannelPosition;
  stats(): RoomsStats;
  /** Disconnects everyone. */
  close(): void;
}

export const HEARTBEAT_EVERY_MS = 2000;
