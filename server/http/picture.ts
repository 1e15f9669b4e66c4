import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { ExplainNode } from '../../shared/protocol/http.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { ChannelView } from '../ports/channel.ts';
import type { Resolution } from '../ports/store.ts';
import type { HttpDependencies } from './dependencies.ts';
import { refuseFuture } from './query.ts';

/** The past is folded anew for every request, whatever is asked of it. */
export const PAST_UNITS = 10;

type Origin = NonNullable<ExplainNode['source']>;

/** Everything a channel shows at one moment. */
export interface Picture {
  readonly atMs: number;
  readonly resolution: Resolution;
  readonly columns: ReadingColumns;
  /** Where an observed reading came from; `null`: it was computed, or there is none. */
  originOf(seriesIndex: number): Origin | null;
}

/** @param atMs `undefined`: as of the last tick, which is what every wall was sent. */
export async function readPicture(channel: ChannelView, projectAsOf: HttpDependencies['projectAsOf'], atMs: number | undefined): Promise<Picture> {
  if (atMs === undefined) return presentPicture(channel);
  refuseFuture(channel, 'at', atMs);
  const answer = await channel.history.asOf(atMs);
  const observationsBySeries = new Map(answer.observations.map((observation) => [observation.seriesIndex, observation]));
  return {
    atMs, resolution: answer.resolution, columns: projectAsOf(channel, answer, atMs),
    originOf(seriesIndex) {
      const observation = observationsBySeries.get(seriesIndex);
      if (observation === undefined) return null;
      return { sourceId: observation.sourceId, receivedAtMs: observation.receivedAtMs, offset: null, ref: observation.ref };
    },
  };
}

function presentPicture(channel: ChannelView): Picture {
  const { readings } = channel;
  return {
    atMs: channel.playback().nowMs, resolution: 'raw', columns: readings.columns,
    originOf(seriesIndex) {
      const sourceId = readings.sourceIdOf(seriesIndex);
      if (sourceId === null) return null;
      const offset = readings.offset[seriesIndex] ?? -1;
      return {
        sourceId: SourceId.parse(sourceId), receivedAtMs: readings.receivedAtMs[seriesIndex] ?? Number.NaN,
        offset: offset < 0 ? null : offset, ref: readings.refOf(seriesIndex),
      };
    },
  };
}
