import { z } from 'zod';
import type { IndicatorId, LocalityCode } from '../../../shared/domain/ids.ts';
import { toLevel } from '../../../shared/domain/locality.ts';
import { SeriesDto } from '../../../shared/protocol/http.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS } from '../examples.ts';
import { ProblemError } from '../problem.ts';
import { channelField, countField, findChannel, findSeries, indicatorField, instantField, localityField } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const DAY_MS = 24 * 3_600_000;

/** Rolled up in about 10 ms. */
const MEMBER_POINTS_PER_UNIT = 20_000;

/** How many series a chart is rolled up from, at most; none if it is observed. */
function membersOf(channel: ChannelView | undefined, locality: LocalityCode, indicatorId: IndicatorId): number {
  const index = channel?.table.indexOf(locality, indicatorId);
  const series = index === undefined ? undefined : channel?.table.series[index];
  if (channel === undefined || series === undefined || series.indicator.observedAt === toLevel(series.locality)) return 0;
  const isOfLocals = locality === 'VN' && series.indicator.observedAt !== 'province';
  return isOfLocals ? channel.table.localities.length : channel.table.childrenOf(locality).length;
}

export function seriesRoute({ channels }: Pick<HttpDependencies, 'channels'>): Route {
  return defineRoute({
    path: '/api/v1/series',
    query: z.strictObject({
      channel: channelField, locality: localityField, indicator: indicatorField,
      from: instantField('First moment; a day before `to` unless said.'), to: instantField('Last moment; now unless said.'),
      points: countField(1, 2_000, 240, 'Buckets to return;'),
    }),
    summary: { vi: 'Diễn biến của một chỉ số', en: 'History of one series: min, max and last of each bucket' },
    answer: answers('Series', SeriesDto, {
      channel: 'live', localityCode: '10', indicatorId: 'tslcd-share', fromMs: AT_EXAMPLE_MS - 120_000, toMs: AT_EXAMPLE_MS, bucketMs: 60_000, resolution: 'raw',
      points: [
        { atMs: AT_EXAMPLE_MS - 120_000, min: 77.8, max: 88.9, last: 88.9, count: 2 },
        { atMs: AT_EXAMPLE_MS - 60_000, min: null, max: null, last: null, count: 0 },
      ],
    }),
    cost: ({ channel, locality, indicator, points }) => 1 + Math.ceil((membersOf(channels.get(channel), locality, indicator) * points) / MEMBER_POINTS_PER_UNIT),
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, locality, indicator, from, to, points }) {
      const channel = findChannel(channels, channelId);
      const seriesIndex = findSeries(channel, locality, indicator);
      const toMs = to ?? Math.floor(channel.playback().nowMs);
      const fromMs = from ?? toMs - DAY_MS;
      if (fromMs >= toMs) {
        throw new ProblemError('malformed-request', 'The range ends before it begins.', {
          errors: [{ where: 'query from', got: String(fromMs), expected: `a time before ${toMs}` }],
        });
      }
      // Times are whole milliseconds: finer buckets would be several of one time.
      const answer = await channel.history.series({ seriesIndex, fromMs, toMs, points: Math.min(points, toMs - fromMs) });
      return json({
        channel: channel.id, localityCode: locality, indicatorId: indicator, fromMs, toMs,
        bucketMs: answer.bucketMs, resolution: answer.resolution, points: [...answer.points],
      } satisfies SeriesDto);
    },
  });
}
