import { z } from 'zod';
import { FeedsDto } from '../../../shared/protocol/answers.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { channelField, findChannel } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import type { TurnedAwayTally } from '../turnedAway.ts';

export function feedsRoute({ channels }: Pick<HttpDependencies, 'channels'>, turnedAway: TurnedAwayTally): Route {
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
      turnedAway: [{ reason: 'malformed-request', count: 2, lastAtMs: AT_EXAMPLE_MS, lastDetail: '/time: nothing; expected an RFC 3339 time with its offset' }],
    }),
    problems: ['not-found'],
    handle({ channel: channelId }) {
      const channel = findChannel(channels, channelId);
      return json({
        channel: channel.id, epoch: channel.epoch, acceptedCount: channel.acceptedCount(), health: channel.sourceHealth(),
        sources: [...channel.sources()], refusals: [...channel.refusals()], turnedAway: turnedAway.list(),
      } satisfies FeedsDto);
    },
  });
}
