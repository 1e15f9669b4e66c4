import { Counter } from 'prom-client';
import { z } from 'zod';
import { FeedAnswer, type FeedItemOutcome } from '../../../shared/protocol/feeds.ts';
import { refuseUnlessReadable, refuseUnlessStored } from '../delivery.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { refuseOtherFormat } from '../feedPasses.ts';
import type { FeedPosting } from '../feedPosting.ts';
import { bodyBytesOf, mediaTypeOf, readPayload } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const LIMIT_BYTES = 1024 * 1024;

type Dependencies = Pick<HttpDependencies, 'feedDoor' | 'feedAdapters' | 'nowMs' | 'metricsRegistry'>;

/** [FK7] One route a format. The token decides the feed; 2xx only after commit, with one outcome per item in the order sent. */
export function feedItemsRoutes({ feedDoor, feedAdapters, nowMs, metricsRegistry }: Dependencies, { passes, allowance, handOn }: FeedPosting): Route[] {
  const itemCount = new Counter({ name: 'ioc_feed_posted_items_total', help: 'Items that feeds posted, by what became of them.', labelNames: ['feed', 'outcome'], registers: [metricsRegistry] });
  return feedAdapters.map((adapter) => defineRoute({
    method: 'post', path: `/api/v1/feeds/${adapter.format}`, query: z.strictObject({}),
    summary: { vi: `Gửi dữ liệu dạng ${adapter.format}`, en: `Send what a feed of format ${adapter.format} has, with its token` },
    body: { accepts: adapter.accepts, limitBytes: LIMIT_BYTES },
    answer: answers('FeedAnswer', FeedAnswer, {
      stored: 1, duplicate: 0, quarantined: 0, rejected: 0, ignored: 0, items: [{ id: 'a-1', outcome: 'stored', reason: null, detail: null, isPlaced: true }],
    }),
    problems: ['unauthorized', 'feed-refused', 'wrong-format', 'too-large', 'unsupported-media-type', 'too-many-requests', 'inbox-full', 'not-stored', 'store-full'],
    async admit(request) {
      const { feed } = await passes.check(request);
      refuseOtherFormat(feed, adapter.format);
      await allowance.refuseSpent(feed);
    },
    async handle(_query, request) {
      const pass = passes.passOf(request);
      if (pass === null) throw new Error('Invariant: a feed route answers only requests that were admitted.');
      const { feed } = pass;
      const receivedAtMs = nowMs();
      await allowance.takeBytes(feed, bodyBytesOf(request));
      // An adapter may show in its problems what it was sent; it is never shown the secret.
      const { authorization: _secret, ...headers } = request.headersDistinct;
      const { items } = adapter.decode({ mediaType: mediaTypeOf(request), headers, payload: readPayload(request, adapter.accepts), receivedAtMs }, feed);
      refuseUnlessReadable(items, 'item');
      await allowance.takeItems(feed, items.length);
      const outcomes = await handOn<typeof items[number], FeedItemOutcome>(pass, items, receivedAtMs, {
        // What is beyond the feed itself, the door refuses and counts.
        whyOutside: pass.whyBeyondToken,
        send: (piece) => feedDoor.take(feed, piece, receivedAtMs),
        refuse: ({ id }, detail) => ({ id, outcome: 'rejected', reason: 'out-of-scope', detail, isPlaced: true }),
      }).catch(refuseUnlessStored);
      const answer: FeedAnswer = { stored: 0, duplicate: 0, quarantined: 0, rejected: 0, ignored: 0, items: [...outcomes] };
      for (const { outcome } of outcomes) {
        answer[outcome] += 1;
        itemCount.inc({ feed: feed.id, outcome });
      }
      return json(answer);
    },
  }));
}
