import type { Registry } from 'prom-client';
import type { Fact } from '../../shared/domain/fact.ts';
import type { ScopeJudge } from '../../shared/domain/feedScope.ts';
import type { ChannelId } from '../../shared/domain/ids.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { LocalityList } from '../../shared/domain/locality.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ServiceIndexRules } from '../../shared/domain/serviceIndex.ts';
import type { Source } from '../../shared/domain/source.ts';
import type { Crosswalk } from '../../shared/protocol/answers.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { WebhookStatus } from '../../shared/protocol/feeds.ts';
import type { Branding } from '../ports/branding.ts';
import type { ChannelView } from '../ports/channel.ts';
import type { DryRun } from '../ports/dryRun.ts';
import type { Exercises } from '../ports/exercises.ts';
import type { Recordings } from '../ports/recordings.ts';
import type { FeedAdapter, ObservationFeed } from '../ports/feed.ts';
import type { FeedDoor, FeedStatuses } from '../ports/feedDoor.ts';
import type { FeedTokens } from '../ports/feedTokens.ts';
import type { AlarmLog } from '../ports/alarmLog.ts';
import type { Notes } from '../ports/notes.ts';
import type { People } from '../ports/people.ts';
import type { Outcome, Release, ReleaseAnswer } from '../ports/ingest.ts';
import type { AsOfAnswer } from '../ports/store.ts';
import type { WallsView } from '../ports/walls.ts';
import type { TurnstileLimits } from './turnstile.ts';

/** Requests per address in any ten seconds; far above what people and feeds do, far below what hurts. */
export interface HttpLimits {
  readonly postsPerTenSec: number;
  /** Units of snapshots, series and explanations, each by its size; about 10 ms of this thread each. */
  readonly costUnitsPerTenSec: number;
  /** Of those, how many are worked on and how many wait, of all addresses. */
  readonly costly: TurnstileLimits;
  /** Without a byte moving for so long, an answer is given up and the connection closed. */
  readonly stalledAfterMs: number;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. Never "everyone": then any client could choose its address. */
  readonly trustedProxies: readonly string[];
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  postsPerTenSec: 10_000, costUnitsPerTenSec: 600, costly: { atOnce: 2, waiting: 64 }, stalledAfterMs: 30_000, trustedProxies: [],
};

/** All that the routes see of the server. Nothing here is reached any other way. */
export interface HttpDependencies {
  readonly channels: ReadonlyMap<ChannelId, ChannelView>;
  readonly editions: readonly LocalityList[];
  readonly crosswalk: Crosswalk;
  readonly indicators: readonly Indicator[];
  readonly sources: readonly Source[];
  readonly facts: readonly Fact[];
  readonly serviceIndex: ServiceIndexRules;
  readonly branding: Branding;
  readonly observationFeed: ObservationFeed;
  /**
   * Hands candidates to the live channel. Resolves after commit, with one outcome per candidate in order. Rejects, and then
   * nothing was stored, with an error named "InboxFullError" (`retryAfterMs` optional); or with one named "NotStoredError", and what
   * was stored is recognised when it is sent again. The code "full" of either the error or its cause says that there is no space.
   */
  readonly ingest: (candidates: readonly unknown[], receivedAtMs: number) => Promise<readonly Outcome[]>;
  /** `true`: observations are taken without a token. Only for a server that no other machine can reach. */
  readonly isIngestOpen: boolean;
  readonly feedDoor: FeedDoor;
  /** `null`: nothing is posted to this channel. */
  readonly feedStatusesOf: (channelId: ChannelId) => FeedStatuses | null;
  /** Receivers of the channel's alarms. */
  readonly webhooksOf: (channelId: ChannelId) => readonly WebhookStatus[];
  /** Sends what the live channel's quarantine holds through its gate again, once. Rejects with a `StoreError` if it could not be made durable. */
  readonly releaseQuarantined: (itemId: number, release: Release) => Promise<ReleaseAnswer>;
  /** How senders with formats of their own speak; each has a route. */
  readonly feedAdapters: readonly FeedAdapter[];
  readonly feedTokens: FeedTokens;
  /** Of the live channel's edition. */
  readonly scopeJudge: ScopeJudge;
  readonly people: People;
  /** `true`: passwords are taken over plain HTTP from other machines too. */
  readonly isPlainSignInTaken: boolean;
  readonly trail: Pick<AlarmLog, 'readAudit' | 'append'>;
  readonly walls: WallsView;
  readonly exercises: Exercises;
  readonly notes: Notes;
  readonly recordings: Recordings;
  /** The picture at a past time, aggregates included, by the same fold that makes the present one. `table`: what `answer` counts by; the channel's unless said. */
  readonly projectAsOf: (channel: ChannelView, answer: AsOfAnswer, atMs: number, table?: SeriesTable) => ReadingColumns;
  /** Alarm conditions that the readings of a past time fulfil; when they began and who had taken them is not kept. */
  readonly alarmsAsOf: (channel: ChannelView, answer: AsOfAnswer, atMs: number) => readonly Alarm[];
  readonly dryRun: DryRun;
  /** `null`: welcome. Otherwise why a request of this origin to this host is refused. */
  readonly whyForeign: (headers: { readonly origin: string | undefined; readonly host: string | undefined }) => string | null;
  readonly nowMs: () => number;
  readonly isReady: () => { readonly ready: boolean; readonly why: string };
  readonly metricsRegistry: Registry;
  /** Absolute path of the built client, read once; `null`: serve no pages. */
  readonly staticDir: string | null;
  readonly buildId: string;
  /** `false`: browsers are told to remove what an earlier start gave them to work without a link. */
  readonly isOfflineOn: boolean;
  readonly limits: HttpLimits;
  /** Told of faults of ours (never of what clients did wrong). */
  readonly reportError: (error: unknown, where: string) => void;
}
