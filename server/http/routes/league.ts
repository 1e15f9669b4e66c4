import { z } from 'zod';
import { IndicatorId, LocalityCode } from '../../../shared/domain/ids.ts';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import { ranksOf, whyUnranked } from '../../../shared/domain/ranking.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import { LeagueDto, type LeagueRow } from '../../../shared/protocol/league.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE, READING_EXAMPLE } from '../examples.ts';
import type { PartialPicture, ReadColumns } from '../pastColumns.ts';
import { PAST_UNITS } from '../picture.ts';
import { ProblemError } from '../problem.ts';
import { channelField, countField, findChannel, indicatorField, instantField, refuseFuture } from '../query.ts';
import { toReadingDto } from '../readingDto.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 7 * 24;
const YEAR_HOURS = 366 * 24;
/** Ranks are compared with those of a whole ten minutes: who asks again in that time asks the same. */
const PREVIOUS_STEP_MS = 600_000;

/** @throws ProblemError 404 for an indicator that no province has. */
export function findProvinceIndicator({ table }: ChannelView, id: IndicatorId): Indicator {
  const indicator = table.indicators.find((candidate) => candidate.id === id);
  if (indicator === undefined) throw new ProblemError('not-found', `There is no indicator "${id}". /api/v1/indicators lists them.`);
  if (indicator.levels.includes('province')) return indicator;
  throw new ProblemError('not-found', `Indicator "${id}" exists at these levels: ${indicator.levels.join(', ')}; provinces have none to rank.`);
}

export function provincesOf({ table }: ChannelView): readonly Locality[] {
  return table.localities.filter(({ level }) => level === 'province');
}

interface Standing {
  readonly reading: ReadingDto;
  readonly unranked: LeagueRow['unranked'];
  readonly rank: number | null;
}

/** Every province's standing, by code. */
function standingsOf({ table, columns }: PartialPicture, provinces: readonly Locality[], { id, direction, quorumRatio }: Indicator): Standing[] {
  const readings = provinces.map(({ code }) => toReadingDto(table, columns, table.indexOf(code, id) ?? -1));
  const reasons = readings.map((reading) => whyUnranked(reading, quorumRatio));
  const ranks = ranksOf(readings.map(({ value }, i) => (reasons[i] === null ? value : null)), direction);
  return readings.map((reading, i) => ({ reading, unranked: reasons[i] ?? null, rank: ranks[i] ?? null }));
}

function toRow({ reading, unranked, rank }: Standing, before: Standing | undefined): LeagueRow {
  const previousRank = before?.rank ?? null;
  return {
    ...reading, rank, unranked, previousRank,
    previousValue: previousRank === null ? null : (before?.reading.value ?? null),
    rankChange: rank === null || previousRank === null ? null : previousRank - rank,
  };
}

function nationReading({ table, columns }: PartialPicture, indicatorId: IndicatorId): ReadingDto | null {
  const nation = table.localities.find(({ level }) => level === 'nation');
  const index = nation === undefined ? undefined : table.indexOf(nation.code, indicatorId);
  return index === undefined ? null : toReadingDto(table, columns, index);
}

const ROW_EXAMPLE: LeagueRow = { ...READING_EXAMPLE, rank: 1, unranked: null, previousRank: 3, previousValue: 77.8, rankChange: 2 };
const UNRANKED_EXAMPLE: LeagueRow = {
  ...READING_EXAMPLE, localityCode: LocalityCode.parse('11'), value: 66.7, freshness: 'stale', membersFresh: 2, rank: null, unranked: 'under-quorum', previousRank: 2, previousValue: 83.3, rankChange: null,
};

export function leagueRoute({ channels }: Pick<HttpDependencies, 'channels'>, readColumns: ReadColumns): Route {
  return defineRoute({
    path: '/api/v1/league',
    query: z.strictObject({
      channel: channelField, indicator: indicatorField, at: instantField('As of when; now unless said.'),
      hours: countField(1, YEAR_HOURS, WEEK_HOURS, 'Ranks are compared with those of so long before `at`, to the ten minutes below;'),
    }),
    summary: { vi: 'Bảng xếp hạng các tỉnh theo một chỉ số', en: 'Provinces in the order of their rank under one indicator, with rank changes' },
    answer: answers('League', LeagueDto, {
      channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, indicatorId: IndicatorId.parse('tslcd-share'), atMs: AT_EXAMPLE_MS, resolution: 'raw',
      previousAtMs: AT_EXAMPLE_MS - WEEK_HOURS * HOUR_MS, previousResolution: 'minute', rankedCount: 1, previousRankedCount: 2, nation: null, rows: [ROW_EXAMPLE, UNRANKED_EXAMPLE],
    } satisfies LeagueDto),
    cost: ({ at }) => 2 + (at === undefined ? 0 : PAST_UNITS),
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, indicator: indicatorId, at, hours }) {
      const channel = findChannel(channels, channelId);
      const indicator = findProvinceIndicator(channel, indicatorId);
      if (at !== undefined) refuseFuture(channel, 'at', at);
      const untilMs = at ?? Math.floor(channel.playback().nowMs);
      const previousAtMs = Math.max(0, Math.floor((untilMs - hours * HOUR_MS) / PREVIOUS_STEP_MS) * PREVIOUS_STEP_MS);
      const before = await readColumns(channel, [indicatorId], previousAtMs);
      const now = await readColumns(channel, [indicatorId], at);
      return json(toLeague(channel, indicator, now, before));
    },
  });
}

function toLeague(channel: ChannelView, indicator: Indicator, now: PartialPicture, before: PartialPicture): LeagueDto {
  const provinces = provincesOf(channel);
  const previous = standingsOf(before, provinces, indicator);
  const standings = standingsOf(now, provinces, indicator);
  const rows = standings.map((standing, i) => toRow(standing, previous[i]));
  // The sort is stable: places of one rank, and those without, stay in the order of their codes.
  rows.sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || 0);
  return {
    channel: channel.id, edition: channel.edition, epoch: channel.epoch, indicatorId: indicator.id,
    atMs: now.atMs, resolution: now.resolution, previousAtMs: before.atMs, previousResolution: before.resolution,
    rankedCount: standings.filter(({ rank }) => rank !== null).length, previousRankedCount: previous.filter(({ rank }) => rank !== null).length,
    nation: nationReading(now, indicator.id), rows,
  };
}
