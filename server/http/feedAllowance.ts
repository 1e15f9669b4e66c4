import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { FeedSettings } from '../ports/feedSettings.ts';
import { ProblemError } from './problem.ts';

const WINDOW_SEC = 10;
/** Twice a record of Suricata with everything switched on; what a feed may send in bytes is so many for each item it may send. */
const BYTES_PER_ITEM = 4 * 1024;
/** A feed of few items may still send the largest body. */
const MIN_BYTES = 1024 * 1024;

/** What a feed may send in any ten seconds, counted in items. Whoever sends more waits out the window, and costs little meanwhile. */
export interface FeedAllowance {
  /** Before its body is read. @throws ProblemError 429 */
  refuseSpent(feed: FeedSettings): Promise<void>;
  /** Before it is decoded. @throws ProblemError 429 */
  takeBytes(feed: FeedSettings, bytes: number): Promise<void>;
  /** @throws ProblemError 429, or 413 for more than any window allows */
  takeItems(feed: FeedSettings, count: number): Promise<void>;
}

interface Limits {
  readonly itemsPerSec: number;
  readonly items: RateLimiterMemory;
  readonly bytes: RateLimiterMemory;
}

export function createFeedAllowance(): FeedAllowance {
  const limitsByFeed = new Map<string, Limits>();
  const limitsOf = ({ id, itemsPerSec }: FeedSettings): Limits => {
    const known = limitsByFeed.get(id);
    if (known?.itemsPerSec === itemsPerSec) return known;
    const points = itemsIn(itemsPerSec);
    const limits: Limits = {
      itemsPerSec,
      items: new RateLimiterMemory({ points, duration: WINDOW_SEC }),
      bytes: new RateLimiterMemory({ points: Math.max(MIN_BYTES, points * BYTES_PER_ITEM), duration: WINDOW_SEC }),
    };
    limitsByFeed.set(id, limits);
    return limits;
  };
  return {
    async refuseSpent(feed) {
      const { items, bytes } = limitsOf(feed);
      for (const limiter of [items, bytes]) {
        const left = await limiter.get(feed.id);
        if (left !== null && left.remainingPoints <= 0) throw tooMuch(feed, left);
      }
    },
    takeBytes: (feed, bytes) => take(feed, limitsOf(feed).bytes, bytes),
    async takeItems(feed, count) {
      const most = itemsIn(feed.itemsPerSec);
      if (count > most) throw new ProblemError('too-large', `${count} items in one body; feed "${feed.id}" may send ${most} in ${WINDOW_SEC} s. Send at most ${most} at once, or raise its itemsPerSec.`);
      await take(feed, limitsOf(feed).items, count);
    },
  };
}

function itemsIn(itemsPerSec: number): number {
  return Math.max(1, Math.floor(itemsPerSec * WINDOW_SEC));
}

async function take(feed: FeedSettings, limiter: RateLimiterMemory, points: number): Promise<void> {
  try {
    await limiter.consume(feed.id, points);
  } catch (refusal) {
    throw refusal instanceof RateLimiterRes ? tooMuch(feed, refusal) : refusal;
  }
}

function tooMuch({ id, itemsPerSec }: FeedSettings, { msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>): ProblemError {
  const retryAfterSec = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new ProblemError('too-many-requests', `Feed "${id}" has sent more than its ${itemsPerSec} items a second over ${WINDOW_SEC} s. Nothing of this request was stored; send it again in ${retryAfterSec} s.`, {
    headers: { 'Retry-After': String(retryAfterSec) },
  });
}
