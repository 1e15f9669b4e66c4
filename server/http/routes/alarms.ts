import { z } from 'zod';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { channelField, findChannel } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

export function alarmsRoute({ channels }: Pick<HttpDependencies, 'channels'>): Route {
  return defineRoute({
    path: '/api/v1/alarms', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Các cảnh báo đang mở', en: 'Open alarms' },
    answer: answers('Alarms', AlarmsMessage, {
      channel: 'live', epoch: EPOCH_EXAMPLE, kind: 'snapshot',
      alarms: [{
        id: 'state/085/tslcd-link-state', occurrenceId: '085-tslcd-link-state-1', severity: 'high', domain: 'connectivity', localityCode: '085',
        indicatorId: 'tslcd-link-state', sourceId: 'laocai-tslcd', kind: 'state', value: 0, state: 'UNACK', sinceMs: AT_EXAMPLE_MS, dataLost: false,
      }],
    }),
    problems: ['not-found'],
    handle({ channel: channelId }) {
      const channel = findChannel(channels, channelId);
      return json({ channel: channel.id, epoch: channel.epoch, kind: 'snapshot', alarms: [...channel.openAlarms()] } satisfies AlarmsMessage);
    },
  });
}
