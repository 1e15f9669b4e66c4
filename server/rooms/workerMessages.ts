import type { IncomingHttpHeaders } from 'node:http';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { Playback, PlaybackState, Problem, SourceHealth, WallCommand, WallReport, WallTrouble } from '../../shared/protocol/socket.ts';
import type { ClosingReason } from './guardConnection.ts';
import type { ChannelPosition, RoomsStats } from './rooms.ts';
import type { RoomsLimits } from './roomsLimits.ts';

// What the primary process and a socket worker say to each other: both are of one build and one start, so nothing is parsed. A message
// may wait behind connections that are being handed over and is read only then: whatever it carries must not change after `send`.

/** What a worker is started with. */
export interface WorkerStart {
  readonly buildId: string;
  /** The server's time less the machine's monotonic clock, which all processes share. */
  readonly clockOffsetMs: number;
  readonly packetBurst?: number;
  readonly limits?: Partial<RoomsLimits>;
  readonly useDirectPath?: boolean;
}

/** What changes of a channel beside its picture and its alarms. */
export interface ChannelNews {
  readonly playback: PlaybackState;
  readonly sourceHealth: SourceHealth;
  readonly alarmLoad: number;
}

export type ToWorker =
  /** Comes with the connection, unless that was closed on the way. `head`: what was read of it after the request. */
  | { readonly kind: 'connection'; readonly connectionId: number; readonly url: string; readonly headers: IncomingHttpHeaders; readonly head: Buffer }
  | {
    readonly kind: 'openChannel'; readonly channelId: ChannelId; readonly edition: EditionId; readonly localities: readonly Locality[]; readonly indicators: readonly Indicator[];
    readonly from: ChannelPosition; readonly openAlarms: readonly Alarm[]; readonly news: ChannelNews;
  }
  /** `part`: of `changed` alone. `openAlarms`: all of them where they are another list than before, else `null`. */
  | {
    readonly kind: 'publish'; readonly channelId: ChannelId; readonly changed: Uint32Array; readonly part: ReadingColumns; readonly dataTimeMs: number;
    readonly playback: PlaybackState; readonly openAlarms: readonly Alarm[] | null;
  }
  | { readonly kind: 'publishAlarms'; readonly channelId: ChannelId; readonly transitions: readonly Alarm[] }
  | { readonly kind: 'heartbeat'; readonly news: ReadonlyMap<ChannelId, ChannelNews>; readonly wallTroubles: readonly WallTrouble[] }
  | { readonly kind: 'newEpoch'; readonly channelId: ChannelId; readonly epoch: string; readonly firstSeq: number }
  /** To be answered after everything that was sent before it. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'steered'; readonly requestId: number; readonly why: string | null }
  | { readonly kind: 'command'; readonly pageId: number; readonly command: WallCommand }
  | { readonly kind: 'tell'; readonly pageId: number; readonly problem: Problem };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly stats: RoomsStats }
  | { readonly kind: 'closed'; readonly connectionId: number }
  /** Of a connection that had come to be a session's; the line may still be open. */
  | { readonly kind: 'ended'; readonly reason: ClosingReason }
  | { readonly kind: 'playback'; readonly requestId: number; readonly request: Playback }
  | { readonly kind: 'report'; readonly pageId: number; readonly report: WallReport; readonly isAtHead: boolean }
  | { readonly kind: 'goodbye' | 'left'; readonly pageId: number }
  | { readonly kind: 'problem'; readonly problem: Problem };
