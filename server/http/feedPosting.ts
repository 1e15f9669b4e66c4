import type { DecodedItem } from '../ports/feed.ts';
import type { HttpDependencies } from './dependencies.ts';
import { createFeedAllowance, type FeedAllowance } from './feedAllowance.ts';
import { createFeedPasses, type FeedPass, type FeedPasses } from './feedPasses.ts';
import { createFeedTurns, type FeedTurns } from './feedTurns.ts';

/** What stands between a feed's request and what takes its items, on every route that a feed posts to. */
export interface FeedPosting {
  readonly passes: FeedPasses;
  readonly allowance: FeedAllowance;
  /**
   * Hands on in the feed's turn; what is outside is counted, and refused by itself.
   * Resolves with one outcome per item in the order given; rejects as `send` does, or as a full inbox.
   */
  handOn<Item extends DecodedItem, Outcome>(pass: FeedPass, items: readonly Item[], receivedAtMs: number, ways: Ways<Item, Outcome>): Promise<readonly Outcome[]>;
}

interface Ways<Item, Outcome> {
  /** `null`: it may be handed on. */
  whyOutside(item: Item): string | null;
  send(piece: readonly Item[]): Promise<readonly Outcome[]>;
  refuse(item: Item, why: string): Outcome;
}

type Dependencies = Pick<HttpDependencies, 'feedTokens' | 'feedDoor' | 'scopeJudge'>;

export function createFeedPosting(dependencies: Dependencies): FeedPosting {
  const { feedDoor } = dependencies;
  const turns: FeedTurns = createFeedTurns();
  return {
    passes: createFeedPasses(dependencies),
    allowance: createFeedAllowance(),
    async handOn({ feed }, items, receivedAtMs, { whyOutside, send, refuse }) {
      const outside = items.map((item) => whyOutside(item));
      const taken = await turns.take(feed.id, items.filter((_, index) => outside[index] === null), send);
      let next = 0;
      return items.map((item, index) => {
        const why = outside[index] ?? null;
        if (why !== null) {
          feedDoor.noteTurnedAway(feed.id, 'out-of-scope', why, receivedAtMs);
          return refuse(item, why);
        }
        const outcome = taken[next++];
        if (outcome === undefined) throw new Error(`Invariant: ${taken.length} items were answered, but not number ${next - 1}.`);
        return outcome;
      });
    },
  };
}
