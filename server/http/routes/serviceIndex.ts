import { z } from 'zod';
import { toLevel } from '../../../shared/domain/locality.ts';
import { ServiceIndexDto } from '../../../shared/protocol/serviceIndex.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { SERVICE_INDEX_EXAMPLE } from '../examples.ts';
import { PAST_UNITS, readPicture } from '../picture.ts';
import { ProblemError } from '../problem.ts';
import { channelField, findChannel, instantField, localityField, requireLocality } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import { answerServiceIndex } from '../serviceIndexAnswer.ts';

/** The service index of a province or the country, as far as its rules are known, down to the counts. */
export function serviceIndexRoute({ channels, serviceIndex, projectAsOf }: Pick<HttpDependencies, 'channels' | 'serviceIndex' | 'projectAsOf'>): Route {
  return defineRoute({
    path: '/api/v1/service-index',
    query: z.strictObject({ channel: channelField, locality: localityField, at: instantField('As of when; now unless said.') }),
    summary: { vi: 'Chỉ số 766: nhóm, công thức, số đếm, số của Cổng', en: 'Service index 766: groups, formulae, counts, and what the portal says' },
    answer: answers('ServiceIndex', ServiceIndexDto, SERVICE_INDEX_EXAMPLE),
    cost: ({ at }) => 1 + (at === undefined ? 0 : PAST_UNITS),
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, locality: localityCode, at }) {
      const channel = findChannel(channels, channelId);
      const { table, edition } = channel;
      requireLocality(channel, localityCode);
      const locality = table.localities.find(({ code }) => code === localityCode);
      if (locality !== undefined && toLevel(locality) === 'local') {
        throw new ProblemError('not-found', `The service index is of provinces and the nation; ${localityCode} of edition ${edition} is below them. Ask for ${locality.parent ?? 'VN'}.`);
      }
      const picture = await readPicture(channel, projectAsOf, at);
      return json({ channel: channel.id, edition, epoch: channel.epoch, ...answerServiceIndex(serviceIndex, { table, picture, localityCode }) });
    },
  });
}
