import { freshnessAt, sourceLimits } from '../shared/domain/freshness.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

/** Whether the feed has been silent beyond its promise. One that promises nothing never is. `lastSeenAtMs` `null`: never heard. */
export function isSilentFeed({ expectEveryMs }: Pick<FeedSettings, 'expectEveryMs'>, lastSeenAtMs: number | null, nowMs: number): boolean {
  if (expectEveryMs === null) return false;
  return lastSeenAtMs === null || ['stale', 'dead'].includes(freshnessAt(nowMs - lastSeenAtMs, sourceLimits(expectEveryMs)));
}
