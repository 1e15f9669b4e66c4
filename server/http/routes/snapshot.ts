import { z } from 'zod';
import { SnapshotDto } from '../../../shared/protocol/http.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE, READING_EXAMPLE } from '../examples.ts';
import { PAST_UNITS, readPicture } from '../picture.ts';
import { channelField, findChannel, instantField, localityField, requireLocality } from '../query.ts';
import { toReadingDto } from '../readingDto.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

/** Written as JSON in about 10 ms. */
const READINGS_PER_UNIT = 2_000;

export function snapshotRoute({ channels, projectAsOf }: Pick<HttpDependencies, 'channels' | 'projectAsOf'>): Route {
  return defineRoute({
    path: '/api/v1/snapshot',
    query: z.strictObject({
      channel: channelField, at: instantField('As of when; now unless said.'),
      locality: localityField.optional().describe('This unit and everything below it; the nation unless said.'),
    }),
    summary: { vi: 'Mọi số đo tại một thời điểm', en: 'Every reading as of a time' },
    answer: answers('Snapshot', SnapshotDto, { channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, atMs: AT_EXAMPLE_MS, resolution: 'raw', readings: [READING_EXAMPLE] }),
    cost({ channel, at, locality }) {
      const table = channels.get(channel)?.table;
      const [start, end] = (locality === undefined ? undefined : table?.familyRange(locality)) ?? [0, table?.series.length ?? 0];
      return Math.ceil((end - start) / READINGS_PER_UNIT) + (at === undefined ? 0 : PAST_UNITS);
    },
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, at, locality }) {
      const channel = findChannel(channels, channelId);
      const [start, end] = locality === undefined ? [0, channel.table.series.length] : requireLocality(channel, locality);
      const { atMs, resolution, columns } = await readPicture(channel, projectAsOf, at);
      const readings = Array.from({ length: end - start }, (_, index) => toReadingDto(channel.table, columns, start + index));
      return json({ channel: channel.id, edition: channel.edition, epoch: channel.epoch, atMs, resolution, readings } satisfies SnapshotDto);
    },
  });
}
