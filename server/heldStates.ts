import type { IndicatorId, LocalityCode, SourceId } from '../shared/domain/ids.ts';
import type { Indicator } from '../shared/domain/indicator.ts';
import type { Candidate, Observation } from '../shared/domain/observation.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import { isSilentFeed } from './feedSilence.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

export interface HeldStatesOptions {
  readonly feeds: readonly FeedSettings[];
  readonly table: Pick<SeriesTable, 'indicators' | 'series'>;
  /** The picture the channel began with: the states that were held before. */
  readonly restored: readonly Observation[];
  readonly lastSeenAtMs: (feedId: SourceId) => number | null;
  readonly receive: (candidates: readonly Candidate[], receivedAtMs: number) => Promise<unknown>;
}

export interface HeldStates {
  /** A reading of this feed was stored, or was stored before. */
  note(candidate: unknown): void;
  say(nowMs: number): void;
}

interface HeldState {
  readonly feed: FeedSettings;
  readonly localityCode: LocalityCode;
  readonly indicatorId: IndicatorId;
  readonly everyMs: number;
  value: number;
  /** When it became so, by the sender's clock. */
  atMs: number;
  /** What was said last, and when. */
  said: { readonly value: number; readonly atMs: number };
}

/**
 * [FD8] An alert tells of a link when it goes and when it comes, and nothing between. Its state holds meanwhile, so it is said again at the
 * cadence of its indicator, for as long as the feed keeps its promise to speak: a feed that promises nothing lets its states grow old.
 */
export function createHeldStates({ feeds, table, restored, lastSeenAtMs, receive }: HeldStatesOptions): HeldStates {
  const feedsById = new Map<string, FeedSettings>(feeds.filter(({ states, expectEveryMs }) => states.length > 0 && expectEveryMs !== null).map((feed) => [feed.id, feed]));
  const indicatorsById = new Map<string, Indicator>(table.indicators.map((indicator) => [indicator.id, indicator]));
  const heldByKey = new Map<string, HeldState>();

  function hold({ sourceId, localityCode, indicatorId, observedAtMs, value }: Pick<Candidate, 'sourceId' | 'localityCode' | 'indicatorId' | 'observedAtMs' | 'value'>, saidAtMs: number): void {
    const feed = feedsById.get(sourceId);
    const everyMs = indicatorsById.get(indicatorId)?.expectEveryMs;
    if (feed === undefined || everyMs === undefined || value === null || !feed.states.some(({ indicator }) => indicator === indicatorId)) return;
    const key = `${sourceId}/${localityCode}/${indicatorId}`;
    const held = heldByKey.get(key);
    if (held === undefined) heldByKey.set(key, { feed, localityCode, indicatorId, everyMs, value, atMs: observedAtMs, said: { value, atMs: saidAtMs } });
    else if (observedAtMs > held.atMs) Object.assign(held, { value, atMs: observedAtMs });
  }

  for (const { seriesIndex, sourceId, observedAtMs, value } of restored) {
    const series = table.series[seriesIndex];
    // The last reading may be one that was said again: the end that came meanwhile may be older than it by as much as a cadence.
    if (series !== undefined) hold({ sourceId, localityCode: series.locality.code, indicatorId: series.indicator.id, observedAtMs: observedAtMs - series.indicator.expectEveryMs, value }, observedAtMs);
  }

  return {
    note(candidate) {
      const stored = candidate as Candidate;
      hold(stored, stored.observedAtMs);
    },
    say(nowMs) {
      const due = [...heldByKey.values()].filter(({ feed, everyMs, value, said }) =>
        (said.value !== value || nowMs - said.atMs >= everyMs) && !isSilentFeed(feed, lastSeenAtMs(feed.id), nowMs));
      if (due.length === 0) return;
      const before = due.map(({ said }) => said);
      for (const held of due) held.said = { value: held.value, atMs: nowMs };
      const candidates = due.map(({ feed, localityCode, indicatorId, value }): Candidate => ({ sourceId: feed.id, localityCode, indicatorId, observedAtMs: Math.floor(nowMs), value, provenance: 'measured' }));
      // Not stored: it is said again with the next tick. The channel tells of the failure itself.
      receive(candidates, nowMs).catch(() => { due.forEach((held, index) => { held.said = before[index] ?? held.said; }); });
    },
  };
}
