import { z } from 'zod';
import { IndicatorId, LocalityCode } from '../../../shared/domain/ids.ts';
import { inputsOf } from '../../../shared/domain/ranking.ts';
import { LeagueSeriesDto } from '../../../shared/protocol/league.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { createKeptAnswers } from '../keptAnswers.ts';
import { channelField, countField, findChannel, indicatorField, instantField, refuseFuture } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import { findProvinceIndicator, provincesOf } from './league.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** As long as readings are kept by the minute. */
const LONGEST_HOURS = 35 * 24;
/** Small charts are looked at together, and many tablets show the same ones. */
const KEPT_FOR_MS = MINUTE_MS;
const MOST_KEPT = 8;
/** Rolled up in about 10 ms; as for one chart. */
const MEMBER_POINTS_PER_UNIT = 20_000;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}

/** One province after the other: the store answers what else is asked in between, and never has a nation's questions before it. */
async function readLines(channel: ChannelView, indicatorId: IndicatorId, { fromMs, toMs, points }: Span): Promise<LeagueSeriesDto> {
  const rows: LeagueSeriesDto['rows'] = [];
  let resolution: LeagueSeriesDto['resolution'] = 'raw';
  for (const { code } of provincesOf(channel)) {
    const seriesIndex = channel.table.indexOf(code, indicatorId);
    if (seriesIndex === undefined) continue;
    const answer = await channel.history.series({ seriesIndex, fromMs, toMs, points });
    resolution = answer.resolution;
    rows.push({ localityCode: code, min: answer.points.map(({ min }) => min), max: answer.points.map(({ max }) => max), last: answer.points.map(({ last }) => last) });
  }
  return { channel: channel.id, edition: channel.edition, epoch: channel.epoch, indicatorId, fromMs, toMs, bucketMs: (toMs - fromMs) / points, resolution, rows };
}

export function leagueSeriesRoute({ channels, nowMs }: Pick<HttpDependencies, 'channels' | 'nowMs'>): Route {
  const kept = createKeptAnswers<LeagueSeriesDto>({ keptForMs: KEPT_FOR_MS, most: MOST_KEPT });
  return defineRoute({
    path: '/api/v1/league/series',
    query: z.strictObject({
      channel: channelField, indicator: indicatorField,
      hours: countField(1, LONGEST_HOURS, 24, 'How long a time up to `to`, in hours;'), to: instantField('Last moment; the begun minute unless said.'),
      points: countField(2, 96, 48, 'Buckets for each province;'),
    }),
    summary: { vi: 'Diễn biến ngắn của mọi tỉnh theo một chỉ số', en: 'A short history of every province under one indicator, in one answer' },
    answer: answers('LeagueSeries', LeagueSeriesDto, {
      channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, indicatorId: IndicatorId.parse('tslcd-share'), fromMs: AT_EXAMPLE_MS - 2 * MINUTE_MS, toMs: AT_EXAMPLE_MS, bucketMs: MINUTE_MS, resolution: 'raw',
      rows: [{ localityCode: LocalityCode.parse('10'), min: [77.8, null], max: [88.9, null], last: [88.9, null] }],
    } satisfies LeagueSeriesDto),
    cost({ channel, indicator, points }) {
      const table = channels.get(channel)?.table;
      return table === undefined ? 1 : 1 + Math.ceil((table.localities.length * inputsOf(table.indicators, indicator).size * points) / MEMBER_POINTS_PER_UNIT);
    },
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, indicator, hours, to, points }) {
      const channel = findChannel(channels, channelId);
      findProvinceIndicator(channel, indicator);
      if (to !== undefined) refuseFuture(channel, 'to', to);
      const toMs = to ?? Math.ceil(channel.playback().nowMs / MINUTE_MS) * MINUTE_MS;
      const span = { fromMs: toMs - hours * HOUR_MS, toMs, points };
      return json(await kept.get(JSON.stringify([channel.id, channel.epoch, indicator, span]), nowMs(), () => readLines(channel, indicator, span)));
    },
  });
}
