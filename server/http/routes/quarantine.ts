import { z } from 'zod';
import { QuarantineDto } from '../../../shared/protocol/answers.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { channelField, findChannel } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

export function quarantineRoute({ channels }: Pick<HttpDependencies, 'channels'>): Route {
  return defineRoute({
    path: '/api/v1/quarantine', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Số liệu bị giữ lại vì thời điểm không hợp lý', en: 'Readings held back because of their time' },
    answer: answers('Quarantine', QuarantineDto, {
      channel: 'live', epoch: EPOCH_EXAMPLE,
      items: [{ id: 1, receivedAtMs: AT_EXAMPLE_MS, reason: 'future', detail: 'observed 3600 s in the future', candidate: { sourceId: 'laocai-tslcd' } }],
    }),
    problems: ['not-found'],
    handle({ channel: channelId }) {
      const channel = findChannel(channels, channelId);
      return json({ channel: channel.id, epoch: channel.epoch, items: [...channel.quarantine()] } satisfies QuarantineDto);
    },
  });
}
