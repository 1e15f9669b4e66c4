import type { ChannelId } from '../shared/domain/ids.ts';
import type { ReadingColumns } from '../shared/domain/readingColumns.ts';
import type { Alarm } from '../shared/domain/alarm.ts';
import type { Playback } from '../shared/protocol/socket.ts';
import type { ChannelPublisher } from './channel.ts';
import type { ChannelView } from './ports/channel.ts';
import type { ObservationLog } from './ports/store.ts';

/** Where pictures are handed to: the rooms, or what keeps them. */
export interface PictureRooms {
  openChannel(channel: Pick<ChannelView, 'id' | 'edition' | 'epoch' | 'table' | 'playback' | 'sourceHealth' | 'openAlarms' | 'alarmLoad'> & { readonly firstSeq: number; control(request: Playback, refuse: (why: string) => void): void }): void;
  publish(channelId: ChannelId, picture: { columns: ReadingColumns; changed: Uint32Array; dataTimeMs: number }): { headSeq: number };
  publishAlarms(channelId: ChannelId, transitions: readonly Alarm[]): void;
  newEpoch(channelId: ChannelId, epoch: string, firstSeq: number): void;
  heartbeat(): void;
}

// Eleven days of ticks at one a second: one small write to the log now and then, and a restart skips at most this many numbers.
const BLOCK = 1_000_000;
/** Ask for the next block this early; a reservation takes milliseconds, this many ticks take hours. */
const MARGIN = 10_000;

/**
 * Hands a channel's pictures to the rooms. Sequence numbers come in blocks that the log has set aside, so that after a restart
 * of the same epoch no number is used twice ([P2]) and a client's old position can never fit a new frame.
 */
export function createPublisher(rooms: PictureRooms, log: ObservationLog, onError: (error: unknown) => void) {
  let reservedUpTo = 0;
  let isReserving = false;

  async function reserve(): Promise<number> {
    const first = await log.reserveSequence(BLOCK);
    reservedUpTo = first + BLOCK;
    return first;
  }

  function reserveAhead(headSeq: number): void {
    if (headSeq < reservedUpTo - MARGIN || isReserving) return;
    isReserving = true;
    reserve().catch(onError).finally(() => { isReserving = false; }).catch(onError);
  }

  const publishAll = (channel: ChannelView, changed: Uint32Array) =>
    rooms.publish(channel.id, { columns: channel.readings.columns, changed, dataTimeMs: channel.playback().nowMs });

  const publisher: ChannelPublisher = {
    async open(channel) {
      const firstSeq = await reserve();
      const { id, edition, epoch, table, playback, sourceHealth, openAlarms, alarmLoad } = channel;
      const control = (request: Playback, refuse: (why: string) => void) => {
        const why = channel.control(request);
        if (why !== null) refuse(why);
      };
      rooms.openChannel({ id, edition, epoch, table, firstSeq, playback, sourceHealth, control, openAlarms, alarmLoad });
      publishAll(channel, indicesWithReading(channel.readings.columns));
    },
    publish(channel, changed) {
      reserveAhead(publishAll(channel, changed).headSeq);
    },
    publishAlarms(channel, transitions) {
      if (transitions.length > 0) rooms.publishAlarms(channel.id, transitions);
    },
    announcePlayback: () => rooms.heartbeat(),
    async newEpoch(channel) {
      rooms.newEpoch(channel.id, channel.epoch, await reserve());
      publishAll(channel, indicesWithReading(channel.readings.columns));
    },
  };
  return publisher;
}

function indicesWithReading({ status }: ReadingColumns): Uint32Array {
  const indices: number[] = [];
  for (let index = 0; index < status.length; index++) if (status[index] !== 0) indices.push(index);
  return Uint32Array.from(indices);
}
