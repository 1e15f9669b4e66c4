import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesPoint } from '../../shared/protocol/http.ts';
import { type AsOfAnswer, type History, type SeriesAnswer, type SeriesQuery, StoreError } from '../ports/store.ts';
import type { BucketColumns, StoreConnection } from '../ports/storeConnection.ts';
import { createByteReader } from '../storage/bytes.ts';
import { readObservations } from '../storage/observationCodec.ts';
import { createObservationColumns } from '../storage/observationColumns.ts';
import { createObservationReader } from '../storage/observationRow.ts';
import { startOfBucket } from './buckets.ts';

const MAX_POINTS = 2000;

/** The history's end on the main thread. */
export function createHistory(connection: StoreConnection): History {
  return {
    series: async (query) => {
      const seriesId = checkQuery(query, connection);
      const { fromMs, toMs, points } = query;
      return toAnswer(query, await connection.ask('series', { seriesId, fromMs, toMs, points }));
    },
    asOf: async (atMs) => {
      const { resolution, payload } = await connection.ask('asOf', { atMs });
      return { resolution, observations: decodeAsOf(payload, connection) };
    },
    beginsAtMs: () => connection.ask('begin', null),
    retain: (nowMs) => connection.ask('retain', { nowMs }),
  };
}

/** Returns the series' id in the file; -1: the file has none. */
function checkQuery({ seriesIndex, fromMs, toMs, points }: SeriesQuery, connection: StoreConnection): number {
  const seriesId = connection.idBySeriesIndex[seriesIndex];
  if (seriesId === undefined) {
    throw new StoreError('invalid', `Series ${seriesIndex} was asked for, the store was opened with ${connection.idBySeriesIndex.length} series.`);
  }
  if (!Number.isInteger(points) || points < 1 || points > MAX_POINTS) {
    throw new StoreError('invalid', `${points} points were asked for; ask for a whole number from 1 to ${MAX_POINTS}.`);
  }
  if (!Number.isSafeInteger(fromMs) || !Number.isSafeInteger(toMs) || fromMs >= toMs) {
    throw new StoreError('invalid', `The range ${fromMs}..${toMs} is not one of whole milliseconds with its end after its start.`);
  }
  return seriesId;
}

function toAnswer({ fromMs, toMs, points }: SeriesQuery, { resolution, min, max, last, count }: BucketColumns): SeriesAnswer {
  const answer: SeriesPoint[] = [];
  for (let bucket = 0; bucket < points; bucket++) {
    const readings = count[bucket] ?? 0;
    const orNull = (column: Float64Array) => (readings === 0 ? null : (column[bucket] ?? null));
    answer.push({ atMs: startOfBucket(fromMs, toMs, points, bucket), min: orNull(min), max: orNull(max), last: orNull(last), count: readings });
  }
  return { resolution, bucketMs: (toMs - fromMs) / points, points: answer };
}

function decodeAsOf(payload: Uint8Array, connection: StoreConnection): AsOfAnswer['observations'] {
  const columns = createObservationColumns();
  const count = readObservations(createByteReader(payload), columns, 'all');
  const observationAt = createObservationReader(columns);
  const observations: Observation[] = [];
  for (let row = 0; row < count; row++) {
    const seriesIndex = connection.seriesIndexById[columns.seriesId[row] ?? -1] ?? -1;
    if (seriesIndex >= 0) observations.push(observationAt(row, seriesIndex, null));
  }
  connection.noteUnknownSeries(count - observations.length);
  return observations;
}
