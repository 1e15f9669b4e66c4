import type { Observation } from '../../shared/domain/observation.ts';
import type { LoggedBatch, ObservationLog } from '../ports/store.ts';
import type { StoreConnection } from '../ports/storeConnection.ts';
import { decodeBatch, encodeBatch } from './batchCodec.ts';

/** Stored batches fetched at a time: what one turn of the event loop decodes. */
const BATCHES_PER_FETCH = 16;

/** The log's end on the main thread: encodes here, so that the thread that owns the file is left to write. */
export function createLog(connection: StoreConnection): ObservationLog {
  return {
    get epoch() {
      return connection.epoch;
    },
    append: async (batch, fingerprints) => {
      const payload = encodeBatch(batch, connection.idBySeriesIndex);
      let receivedAtMs = 0;
      for (const observation of batch) receivedAtMs = Math.max(receivedAtMs, observation.receivedAtMs);
      const words = fingerprints.words.slice();
      return connection.ask('append', { payload, count: batch.length, receivedAtMs, fingerprints: words }, [payload.buffer, words.buffer]);
    },
    readFrom: (offset, limit) => readFrom(connection, offset, limit),
    readFingerprints: async (sinceMs) => ({ words: await connection.ask('readFingerprints', { sinceMs }) }),
    reserveSequence: (count) => connection.ask('reserveSequence', { count }),
    restart: () => connection.ask('restart', null),
    close: async () => { await connection.ask('close', null); },
  };
}

async function readFrom(connection: StoreConnection, offset: number, limit: number): Promise<readonly LoggedBatch[]> {
  const batches: LoggedBatch[] = [];
  let from = offset;
  while (batches.length < limit) {
    const stored = await connection.ask('readFrom', { offset: from, maxBatches: Math.min(limit - batches.length, BATCHES_PER_FETCH) });
    const last = stored.at(-1);
    if (last === undefined) break;
    for (const { firstOffset, payload } of stored) {
      const observations = decodeBatch(payload, connection.seriesIndexById);
      batches.push(...knownRuns(connection, observations, firstOffset, Math.max(0, from - firstOffset)));
    }
    from = last.firstOffset + last.count;
  }
  return batches.slice(0, limit);
}

/** Offsets within a batch follow on, so a batch is split where an observation is left out. */
function knownRuns(connection: StoreConnection, observations: readonly (Observation | null)[], firstOffset: number, from: number): LoggedBatch[] {
  const runs: { firstOffset: number; observations: Observation[] }[] = [];
  let unknown = 0;
  let isInRun = false;
  for (let i = from; i < observations.length; i++) {
    const observation = observations[i] ?? null;
    if (observation === null) {
      unknown++;
      isInRun = false;
      continue;
    }
    if (!isInRun) runs.push({ firstOffset: firstOffset + i, observations: [] });
    runs.at(-1)?.observations.push(observation);
    isInRun = true;
  }
  connection.noteUnknownSeries(unknown);
  return runs;
}
