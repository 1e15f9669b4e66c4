import { z } from 'zod';
import { FeedsDto } from '../../../shared/protocol/answers.ts';
import { FeedStatus, WebhookStatus } from '../../../shared/protocol/feeds.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { channelField, findChannel } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import type { TurnedAwayTally } from '../turnedAway.ts';

const FEED_EXAMPLE = FeedStatus.parse({
  id: 'soc-laocai', name: { vi: 'Trung tâm giám sát an toàn thông tin Lào Cai', en: 'Lào Cai security operations centre' }, format: 'wazuh', localities: ['10'],
  expectEveryMs: 60_000, lastSeenAtMs: AT_EXAMPLE_MS, freshness: 'fresh', items: { stored: 3, duplicate: 1, quarantined: 0, rejected: 1, ignored: 0 },
  lagMs: { median: 900, max: 4_200 }, skewMs: 150, unplaced: 0,
  refused: [{ atMs: AT_EXAMPLE_MS, reason: 'malformed', detail: '/timestamp: expected an RFC 3339 time with its offset' }],
  turnedAway: [{ reason: 'unauthorized', count: 1, lastAtMs: AT_EXAMPLE_MS, lastDetail: 'no token' }],
  link: null,
} satisfies z.input<typeof FeedStatus>);

const WEBHOOK_EXAMPLE = WebhookStatus.parse({
  id: 'phieu-su-co', origin: 'https://tickets.laocai.gov.vn', state: 'failing', pending: 1, delivered: 12, givenUp: 0, notTaken: 0,
  oldestPendingAtMs: AT_EXAMPLE_MS, lastDeliveredAtMs: null, nextTryAtMs: AT_EXAMPLE_MS + 5_000, lastError: { atMs: AT_EXAMPLE_MS, text: 'answered 500' },
} satisfies z.input<typeof WebhookStatus>);

export function feedsRoute({ channels, feedStatusesOf, webhooksOf }: Pick<HttpDependencies, 'channels' | 'feedStatusesOf' | 'webhooksOf'>, turnedAway: TurnedAwayTally): Route {
  return defineRoute({
    path: '/api/v1/feeds', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Tình trạng từng nguồn, và những gì bị từ chối', en: 'Health of each source, and what was refused and why' },
    answer: answers('Feeds', FeedsDto, {
      channel: 'live', epoch: EPOCH_EXAMPLE, acceptedCount: 1_000, health: { fresh: 1, late: 0, stale: 0, dead: 0, never: 0 },
      sources: [{ sourceId: 'laocai-tslcd', lastReceivedAtMs: AT_EXAMPLE_MS, freshness: 'fresh' }],
      refusals: [{
        reason: 'implausible-value', count: 1, lastAtMs: AT_EXAMPLE_MS, lastSourceId: 'laocai-tslcd',
        lastDetail: 'tslcd-latency = -3 ms is outside 0..10000', lastExample: '{"value":-3}',
      }],
      feeds: [FEED_EXAMPLE],
      turnedAway: [{ reason: 'malformed-request', count: 2, lastAtMs: AT_EXAMPLE_MS, lastDetail: '/time: nothing; expected an RFC 3339 time with its offset' }],
      webhooks: [WEBHOOK_EXAMPLE],
    }),
    problems: ['not-found'],
    handle({ channel: channelId }) {
      const channel = findChannel(channels, channelId);
      const statuses = feedStatusesOf(channel.id);
      return json({
        channel: channel.id, epoch: channel.epoch, acceptedCount: channel.acceptedCount(), health: channel.sourceHealth(),
        sources: [...channel.sources()], refusals: [...channel.refusals()],
        feeds: [...(statuses?.list() ?? [])], turnedAway: turnedAway.list(),
        webhooks: [...webhooksOf(channel.id)],
      } satisfies FeedsDto);
    },
  });
}
