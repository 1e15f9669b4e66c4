import type { z } from 'zod';
import { createScopeJudge } from '../../shared/domain/feedScope.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { FeedItemOutcome } from '../../shared/protocol/feeds.ts';
import type { DecodedItem } from '../../server/ports/feed.ts';
import type { FeedDoor } from '../../server/ports/feedDoor.ts';
import { FeedSettings } from '../../server/ports/feedSettings.ts';
import type { FeedGrant, FeedTokens } from '../../server/ports/feedTokens.ts';
import { smallNation } from './aChannelView.ts';

export function aFeed(overrides: Partial<z.input<typeof FeedSettings>> & { readonly id: string }): FeedSettings {
  return FeedSettings.parse({ name: { vi: overrides.id, en: overrides.id }, format: 'cloudevents', localities: ['VN'], expectEveryMs: null, ...overrides });
}

export interface AFeedDoor extends FeedDoor {
  /** Every item handed on, in order. */
  readonly taken: DecodedItem[];
  readonly turnedAway: { readonly feedId: string | null; readonly reason: string; readonly detail: string }[];
}

/** Stores what it is given within the feed's scope, and remembers all it was given. */
export function aFeedDoor(feeds: readonly FeedSettings[], overrides: Partial<FeedDoor> = {}): AFeedDoor {
  const taken: DecodedItem[] = [];
  const turnedAway: AFeedDoor['turnedAway'] = [];
  return {
    taken, turnedAway,
    settingsOf: (feedId) => feeds.find(({ id }) => id === feedId),
    feedsOf: (format) => feeds.filter((feed) => feed.format === format),
    take: async (feed, items) => {
      taken.push(...items);
      return items.map((item) => outcomeOf(feed, item));
    },
    noteJudged() {},
    noteTurnedAway: (feedId, reason, detail) => { turnedAway.push({ feedId, reason, detail }); },
    ...overrides,
  };
}

function outcomeOf(feed: FeedSettings, item: DecodedItem): FeedItemOutcome {
  if (item.kind === 'candidate' && smallNationJudge.whyOutside(feed, String(Reflect.get(Object(item.candidate), 'localityCode')), null) !== null) {
    return { id: item.id, outcome: 'rejected', reason: 'out-of-scope', detail: '', isPlaced: true };
  }
  const refusal = item.kind === 'unreadable' ? { outcome: 'rejected', reason: 'malformed' } as const : item.kind === 'ignored' ? { outcome: 'ignored', reason: 'not-shown-here' } as const : { outcome: 'stored', reason: null } as const;
  return { id: item.id, detail: null, isPlaced: true, ...refusal };
}

/** A token for each grant: its id, spelled out. */
export function someFeedTokens(grants: Readonly<Record<string, Omit<FeedGrant, 'tokenId' | 'feedId'> & { readonly feedId: string }>>): FeedTokens {
  return {
    judge(authorization) {
      const shown = /^Bearer (.*)$/.exec(authorization ?? '')?.[1];
      const grant = shown === undefined ? undefined : grants[shown];
      if (grant === undefined) return { kind: 'refused', feedId: null, reason: shown === undefined ? 'no-token' : 'unknown-token', why: 'No.' };
      return { kind: 'granted', grant: { tokenId: shown ?? '', feedId: SourceId.parse(grant.feedId), scope: grant.scope } };
    },
  };
}

export const smallNationJudge = createScopeJudge(smallNation);
