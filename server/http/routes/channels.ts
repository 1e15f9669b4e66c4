import { z } from 'zod';
import { ChannelDto } from '../../../shared/protocol/http.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { CHANNEL_EXAMPLE } from '../examples.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

function toChannelDto(channel: ChannelView): ChannelDto {
  return {
    channel: channel.id, edition: channel.edition, epoch: channel.epoch, player: channel.playerName,
    seriesCount: channel.table.series.length, playback: channel.playback(),
  };
}

export function channelsRoute({ channels }: Pick<HttpDependencies, 'channels'>): Route {
  return defineRoute({
    path: '/api/v1/channels', query: z.strictObject({}),
    summary: { vi: 'Các kênh đang chạy', en: 'Channels: edition, epoch, playhead, capabilities' },
    answer: answers('ChannelList', z.array(ChannelDto), [CHANNEL_EXAMPLE]),
    handle: () => json([...channels.values()].map(toChannelDto)),
  });
}
