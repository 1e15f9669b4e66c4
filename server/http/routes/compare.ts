import { z } from 'zod';
import { LocalityCode } from '../../../shared/domain/ids.ts';
import { CompareDto, ComparedDomain } from '../../../shared/protocol/league.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE, READING_EXAMPLE } from '../examples.ts';
import type { PartialPicture, ReadColumns } from '../pastColumns.ts';
import { PAST_UNITS } from '../picture.ts';
import { ProblemError } from '../problem.ts';
import { channelField, findChannel, instantField, refuseFuture, requireLocality } from '../query.ts';
import { toReadingDto } from '../readingDto.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

/** All provinces and the country. */
const MOST_PLACES = 64;
/** Written as JSON in about 10 ms. */
const PLACES_PER_UNIT = 40;

// No transform: what is transformed has no example in the description of the interface.
const placesField = z.string().regex(/^(VN|\d{2})(,(VN|\d{2}))*$/, `must be 1 to ${MOST_PLACES} codes of provinces, or "VN", with commas between, e.g. 48,79,VN`)
  .refine((text) => text.split(',').length <= MOST_PLACES, `must be at most ${MOST_PLACES} codes`)
  .refine((text) => new Set(text.split(',')).size === text.split(',').length, 'must name each place once')
  .describe(`Provinces of the channel's edition and the country, 1-${MOST_PLACES} codes with commas between.`).meta({ examples: ['10,VN'] });

function readingsOf({ table, columns }: PartialPicture, code: LocalityCode, domain: ComparedDomain): CompareDto['places'][number] {
  const [start, end] = table.ownRange(code) ?? [0, 0];
  const readings = table.series.slice(start, end).filter(({ indicator }) => indicator.domain === domain).map(({ index }) => toReadingDto(table, columns, index));
  return { localityCode: code, readings };
}

function requirePlaces(channel: ChannelView, codes: readonly LocalityCode[]): void {
  for (const code of codes) requireLocality(channel, code);
  const isPlace = (code: LocalityCode) => channel.table.localities.some((locality) => locality.code === code && (locality.level === 'province' || locality.level === 'nation'));
  const below = codes.find((code) => !isPlace(code));
  if (below !== undefined) throw new ProblemError('not-found', `"${below}" is no province of edition ${channel.edition}.`);
}

export function compareRoute({ channels }: Pick<HttpDependencies, 'channels'>, readColumns: ReadColumns): Route {
  return defineRoute({
    path: '/api/v1/compare',
    query: z.strictObject({
      channel: channelField, places: placesField,
      domain: ComparedDomain.describe('Whose indicators.').meta({ examples: ['connectivity'] }), at: instantField('As of when; now unless said.'),
    }),
    summary: { vi: 'Số đo của vài tỉnh đặt cạnh nhau', en: 'The own readings of several provinces under all indicators of a domain' },
    answer: answers('Comparison', CompareDto, {
      channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, domain: 'connectivity', atMs: AT_EXAMPLE_MS, resolution: 'raw',
      places: [{ localityCode: READING_EXAMPLE.localityCode, readings: [READING_EXAMPLE] }],
    } satisfies CompareDto),
    cost: ({ places, at }) => Math.ceil(places.split(',').length / PLACES_PER_UNIT) + (at === undefined ? 0 : PAST_UNITS),
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, places, domain, at }) {
      const channel = findChannel(channels, channelId);
      const codes = places.split(',').map((code) => LocalityCode.parse(code));
      requirePlaces(channel, codes);
      if (at !== undefined) refuseFuture(channel, 'at', at);
      const indicatorIds = channel.table.indicators.filter((indicator) => indicator.domain === domain && indicator.levels.some((level) => level !== 'local')).map(({ id }) => id);
      const picture = await readColumns(channel, indicatorIds, at);
      return json({
        channel: channel.id, edition: channel.edition, epoch: channel.epoch, domain, atMs: picture.atMs, resolution: picture.resolution,
        places: codes.map((code) => readingsOf(picture, code, domain)),
      } satisfies CompareDto);
    },
  });
}
