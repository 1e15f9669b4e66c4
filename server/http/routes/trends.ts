import { z } from 'zod';
import { IndicatorId } from '../../../shared/domain/ids.ts';
import type { Trend } from '../../../shared/protocol/trends.ts';
import { TrendsDto } from '../../../shared/protocol/trends.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE, READING_EXAMPLE } from '../examples.ts';
import type { ReadColumns } from '../pastColumns.ts';
import { PAST_UNITS } from '../picture.ts';
import { channelField, countField, findChannel, findSeries, instantField, localityField, refuseFuture } from '../query.ts';
import { toReadingDto } from '../readingDto.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const HOUR_MS = 3_600_000;
/** The reading at the start is that of a whole minute: who asks again in that minute asks the same, and what is asked of all places is folded once. */
const START_STEP_MS = 60_000;
const MOST_INDICATORS = 12;

const indicatorsField = z.string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(,[a-z0-9]+(-[a-z0-9]+)*)*$/, 'must be indicator ids with commas between')
  .refine((text) => text.split(',').length <= MOST_INDICATORS, `must name at most ${MOST_INDICATORS} indicators`)
  .refine((text) => new Set(text.split(',')).size === text.split(',').length, 'must name each indicator once')
  .describe(`Indicator ids with commas between, at most ${MOST_INDICATORS}.`).meta({ examples: ['tslcd-share,tslcd-latency'] });

interface Span { readonly fromMs: number; readonly toMs: number; readonly points: number }

async function trendOf(channel: ChannelView, seriesIndex: number, { fromMs, toMs, points }: Span): Promise<{ points: Trend['points']; bucketMs: number }> {
  const answer = await channel.history.series({ seriesIndex, fromMs, toMs, points });
  return { points: answer.points.map(({ last }) => last), bucketMs: answer.bucketMs };
}

/** The figures of a page in one answer: six charts and a past picture asked for one by one would be folded seven times. */
export function trendsRoute({ channels }: Pick<HttpDependencies, 'channels'>, readColumns: ReadColumns): Route {
  return defineRoute({
    path: '/api/v1/trends',
    query: z.strictObject({
      channel: channelField, locality: localityField, indicators: indicatorsField, at: instantField('Last moment; now unless said.'),
      hours: countField(1, 720, 24, 'Length of the time, in hours;'), points: countField(1, 96, 24, 'Buckets of each;'),
    }),
    summary: { vi: 'Diễn biến ngắn của vài chỉ số ở một nơi, và số ở đầu khoảng', en: 'How several figures of one place ran, and what they were at the start' },
    answer: answers('Trends', TrendsDto, {
      channel: 'live', epoch: EPOCH_EXAMPLE, localityCode: '10', fromMs: AT_EXAMPLE_MS - 2 * HOUR_MS, toMs: AT_EXAMPLE_MS, bucketMs: HOUR_MS,
      trends: [{ indicatorId: 'tslcd-share', points: [88.9, null], before: { ...READING_EXAMPLE, observedAtMs: AT_EXAMPLE_MS - 2 * HOUR_MS } }],
    }),
    cost: ({ indicators }) => 1 + PAST_UNITS + indicators.split(',').length,
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, locality, indicators: ids, at, hours, points }) {
      const channel = findChannel(channels, channelId);
      const indicators = ids.split(',').map((id) => IndicatorId.parse(id.slice(0, 64)));
      const indices = indicators.map((id) => findSeries(channel, locality, id));
      if (at !== undefined) refuseFuture(channel, 'at', at);
      const toMs = at ?? Math.floor(channel.playback().nowMs);
      const span = { fromMs: Math.floor((toMs - hours * HOUR_MS) / START_STEP_MS) * START_STEP_MS, toMs, points };
      const before = await readColumns(channel, indicators, span.fromMs);
      const runs = await Promise.all(indices.map((index) => trendOf(channel, index, span)));
      return json({
        channel: channel.id, epoch: channel.epoch, localityCode: locality, fromMs: span.fromMs, toMs, bucketMs: runs[0]?.bucketMs ?? 0,
        trends: indicators.map((indicatorId, i) => ({
          indicatorId, points: runs[i]?.points ?? [], before: toReadingDto(before.table, before.columns, before.table.indexOf(locality, indicatorId) ?? -1),
        })),
      } satisfies TrendsDto);
    },
  });
}
