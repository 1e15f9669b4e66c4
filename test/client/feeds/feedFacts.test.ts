import { describe, expect, test } from 'vitest';
import { inTroubleOrder, isKnownReason, troubleOf } from '../../../client/screens/feeds/feedFacts.ts';
import type { ProblemKind } from '../../../server/http/problem.ts';
import type { QuarantineReason, RejectReason } from '../../../server/ports/ingest.ts';
import { FeedStatus } from '../../../shared/protocol/feeds.ts';

const NOW_MS = 1_772_326_800_000;
const HOUR_MS = 3_600_000;

function aStatus(overrides: Partial<FeedStatus> = {}): FeedStatus {
  return FeedStatus.parse({
    id: 'soc-a', name: { vi: 'A', en: 'A' }, format: 'wazuh', localities: ['01'], expectEveryMs: 60_000, lastSeenAtMs: NOW_MS, freshness: 'fresh',
    items: { stored: 1, duplicate: 0, quarantined: 0, rejected: 9, ignored: 0 }, lagMs: null, skewMs: null, unplaced: 0, refused: [], turnedAway: [], link: null, ...overrides,
  });
}
const turnedAwayAgo = (agoMs: number) => ({ turnedAway: [{ reason: 'unauthorized', count: 1, lastAtMs: NOW_MS - agoMs, lastDetail: '' }] });
const refusedAgo = (agoMs: number) => ({ refused: [{ atMs: NOW_MS - agoMs, reason: 'malformed', detail: '' }] });
const aLink = (isConnected: boolean): FeedStatus['link'] =>
  ({ carrier: 'mqtt', url: 'mqtt://b', isConnected, sinceMs: NOW_MS, taken: 0, unreadable: 0, lastMessageAtMs: null, refusedTopics: [], lastError: null });

describe('[FP1] what to look at first', () => {
  test.each<[string, Partial<FeedStatus>, ReturnType<typeof troubleOf>]>([
    ['a feed that is silent beyond its promise, whatever else', { freshness: 'dead', ...turnedAwayAgo(0), link: aLink(false) }, 'silent'],
    ['one whose broker is not reached, also before it has ever spoken', { freshness: 'never', lastSeenAtMs: null, link: aLink(false) }, 'link'],
    ['one that was turned away within the hour', turnedAwayAgo(HOUR_MS - 1), 'turnedAway'],
    ['one of which something was refused within the hour', refusedAgo(HOUR_MS - 1), 'refused'],
    ['one that has promised to speak and never has', { freshness: 'never', lastSeenAtMs: null }, 'never'],
    ['not one that speaks on events and has not yet', { freshness: 'never', lastSeenAtMs: null, expectEveryMs: null }, null],
    ['not what was refused longer ago, though it is counted still', { ...turnedAwayAgo(HOUR_MS), ...refusedAgo(HOUR_MS) }, null],
    ['not one that is connected', { link: aLink(true) }, null],
  ])('%s', (_, overrides, trouble) => {
    expect(troubleOf(aStatus(overrides), NOW_MS)).toBe(trouble);
  });

  test('comes first, and rows of one trouble stand still', () => {
    const feeds = [aStatus({ id: 'c' as never }), aStatus({ id: 'b' as never, freshness: 'never', lastSeenAtMs: null }), aStatus({ id: 'd' as never, freshness: 'stale' }), aStatus({ id: 'a' as never })];
    expect(inTroubleOrder(feeds, NOW_MS).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
  });
});

test('[FP1] every reason that the gate, the door and the routes of feeds give has words', () => {
  const gate: Readonly<Record<RejectReason | QuarantineReason, true>> = {
    malformed: true, 'unknown-indicator': true, 'unknown-locality': true, 'not-observed-here': true, 'implausible-value': true, 'id-conflict': true, 'too-many-sources': true, 'too-late': true, future: true,
  };
  const routes: readonly ProblemKind[] = ['malformed-request', 'foreign-origin', 'unauthorized', 'feed-refused', 'wrong-format', 'too-large', 'unsupported-media-type', 'too-many-requests', 'inbox-full', 'not-stored', 'store-full'];
  const door = ['malformed-item', 'out-of-scope', 'not-its-source', 'book-full', 'not-shown-here', 'not-allowed', 'too-many'];
  expect([...Object.keys(gate), ...routes, ...door].filter((reason) => !isKnownReason(reason))).toEqual([]);
});
