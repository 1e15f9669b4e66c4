import { unpackStatus } from '../shared/domain/readingColumns.ts';
import type { ChannelView } from './ports/channel.ts';
import type { AlarmOrigin } from './ports/outbound.ts';
import type { PictureRooms } from './publisher.ts';

/** What deliveries need to know of a channel's alarms. */
export function alarmOriginOf(channel: ChannelView): AlarmOrigin {
  const { table } = channel;
  return {
    openAlarms: channel.openAlarms,
    provenanceOf({ localityCode, indicatorId, sourceId }) {
      const { columns, sourceIdOf } = channel.readings;
      const index = indicatorId === null ? table.series.findIndex(({ index: at }) => sourceId !== null && sourceIdOf(at) === sourceId) : table.indexOf(localityCode, indicatorId);
      const status = columns.status[index ?? -1] ?? 0;
      return status === 0 ? null : unpackStatus(status).provenance;
    },
    isWithin(code, localityCode) {
      const [first, end] = table.familyRange(localityCode) ?? [0, 0];
      const own = table.ownRange(code);
      return own !== undefined && own[0] >= first && own[1] <= end;
    },
  };
}

/** The same rooms, whose alarm transitions `tell` hears too. */
export function tellingAlarms(rooms: PictureRooms, tell: (transitions: Parameters<PictureRooms['publishAlarms']>[1]) => void): PictureRooms {
  return {
    ...rooms,
    publishAlarms(channelId, transitions) {
      rooms.publishAlarms(channelId, transitions);
      tell(transitions);
    },
  };
}
