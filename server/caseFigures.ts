import type { SourceId } from '../shared/domain/ids.ts';
import type { Indicator } from '../shared/domain/indicator.ts';
import type { Candidate } from '../shared/domain/observation.ts';
import { type Coverage, isSecurityFeed } from './cases/coverage.ts';
import type { Cases } from './cases/createCases.ts';
import { isSilentFeed } from './feedSilence.ts';
import type { CaseFigure } from './ports/cases.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

export interface CaseFiguresOptions {
  readonly feeds: readonly FeedSettings[];
  readonly coverage: Coverage;
  readonly indicators: readonly Indicator[];
  readonly cases: Pick<Cases, 'figures'>;
  /** When the feed last sent something; `null`: never. Epoch ms. */
  readonly lastSeenAtMs: (feedId: SourceId) => number | null;
  readonly receive: (candidates: readonly Candidate[], receivedAtMs: number) => Promise<unknown>;
}

interface Said {
  readonly value: number | null;
  readonly atMs: number;
}

/** Turns the books' counts into readings, once a tick. */
export interface CaseFigures {
  say(nowMs: number): void;
}

/**
 * A figure is said by each feed that stands behind it, as a reading of that feed: when it has changed, and at its indicator's cadence.
 * A feed that is silent beyond its promise says nothing, so that a figure ages once all of them are silent, and each of them is
 * missed by itself. A derived figure does not age: those who said it take it back.
 */
export function createCaseFigures({ feeds, coverage, indicators, cases, lastSeenAtMs, receive }: CaseFiguresOptions): CaseFigures {
  const everyMsById = new Map(indicators.map(({ id, expectEveryMs }) => [id, expectEveryMs]));
  const behindByKey = new Map<string, readonly FeedSettings[]>();
  const saidByKey = new Map<string, Said>();

  function feedsBehind({ localityCode, indicatorId }: CaseFigure): readonly FeedSettings[] {
    const key = `${localityCode}/${indicatorId}`;
    const known = behindByKey.get(key);
    if (known !== undefined) return known;
    const found = feeds.filter((feed) => (indicatorId.startsWith('alerts-') ? isSecurityFeed(feed) : feed.format === 'dossiers') && coverage.touches(feed, localityCode));
    behindByKey.set(key, found);
    return found;
  }

  function isDue(said: Said | undefined, value: number | null, everyMs: number, nowMs: number): boolean {
    return said === undefined || said.value !== value || nowMs - said.atMs >= everyMs;
  }

  return {
    say(nowMs) {
      const candidates: Candidate[] = [];
      const keys: string[] = [];
      const silent = new Set(feeds.filter((feed) => isSilentFeed(feed, lastSeenAtMs(feed.id), nowMs)));
      for (const figure of cases.figures(nowMs)) {
        const { localityCode, indicatorId, provenance } = figure;
        const behind = feedsBehind(figure);
        const isLost = behind.every((feed) => silent.has(feed));
        for (const feed of behind) {
          const key = `${feed.id}/${localityCode}/${indicatorId}`;
          const said = saidByKey.get(key);
          const takesBack = isLost && provenance === 'derived' && said !== undefined && said.value !== null;
          if (silent.has(feed) ? !takesBack : !isDue(said, figure.value, everyMsById.get(indicatorId) ?? 0, nowMs)) continue;
          const value = takesBack ? null : figure.value;
          candidates.push({ sourceId: feed.id, localityCode, indicatorId, observedAtMs: Math.floor(nowMs), value, provenance });
          keys.push(key);
          saidByKey.set(key, { value, atMs: nowMs });
        }
      }
      if (candidates.length === 0) return;
      // Not stored: it is said again with the next tick. The channel tells of the failure itself.
      receive(candidates, nowMs).catch(() => { for (const key of keys) saidByKey.delete(key); });
    },
  };
}
