import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ReceivedCandidate } from '../ports/player.ts';
import type { LoggedBatch, ObservationLog } from '../ports/store.ts';
import type { Recording } from './recording.ts';

type ReadableLog = Pick<ObservationLog, 'readFrom'>;

/** A batch is one tick of the recorded run: enough to read ahead without a round trip per tick, and still a few MB at most. */
const READ_AHEAD_BATCHES = 16;

/**
 * The log of an earlier run as something to play. Batches are streamed; only those read ahead and the current reading of each
 * series are held. Log order is arrival order. `currentAt` reads the log from its start: 1.4-2.4 million observations a second.
 * @throws Error when the log is empty.
 */
export async function createLogRecording(log: ReadableLog, table: SeriesTable): Promise<Recording> {
  const [firstBatch] = await log.readFrom(0, 1);
  const startMs = firstBatch?.observations[0]?.receivedAtMs;
  const endMs = (await readLastBatch(log))?.observations.at(-1)?.receivedAtMs;
  if (startMs === undefined || endMs === undefined) {
    throw new Error('The log to replay holds no observation. Give the database file of a run that has received readings.');
  }
  /** Where the last read stopped: the next one nearly always begins there. */
  let resting: { readonly afterMs: number; readonly cursor: LogCursor } | null = null;

  async function takeCursor(afterMs: number): Promise<LogCursor> {
    const cursor = resting?.afterMs === afterMs ? resting.cursor : await cursorAt(log, afterMs, () => {});
    // Taken, so that a read that fails half-way leaves nothing half-read behind.
    resting = null;
    return cursor;
  }

  return {
    startMs, endMs, marksMs: [],
    async readBetween(afterMs, untilMs) {
      const cursor = await takeCursor(afterMs);
      const received: ReceivedCandidate[] = [];
      await cursor.visitUntil(untilMs, (observation) => received.push(toReceivedCandidate(observation, table)));
      resting = { afterMs: Math.max(afterMs, untilMs), cursor };
      return received;
    },
    async currentAt(atMs) {
      const heldBySeries = new Map<number, Observation>();
      const cursor = await cursorAt(log, atMs, (observation) => {
        const held = heldBySeries.get(observation.seriesIndex);
        if (held !== undefined && held.observedAtMs > observation.observedAtMs) return;
        // Set anew, so that the map stays in order of arrival.
        heldBySeries.delete(observation.seriesIndex);
        heldBySeries.set(observation.seriesIndex, observation);
      });
      resting = { afterMs: atMs, cursor };
      return [...heldBySeries.values()].map((observation) => toReceivedCandidate(observation, table));
    },
  };
}

interface LogCursor {
  /** Passes each observation from here that was received at or before `untilMs`, once, and stays before the first that was not. */
  visitUntil(untilMs: number, visit: (observation: Observation) => void): Promise<void>;
}

/** A cursor behind everything received at or before `afterMs`; `visit` sees what it passes. */
async function cursorAt(log: ReadableLog, afterMs: number, visit: (observation: Observation) => void): Promise<LogCursor> {
  const cursor = createLogCursor(log);
  await cursor.visitUntil(afterMs, visit);
  return cursor;
}

function createLogCursor(log: ReadableLog): LogCursor {
  let ahead: readonly LoggedBatch[] = [];
  let batchIndex = 0;
  let indexInBatch = 0;
  let nextOffset = 0;
  return {
    async visitUntil(untilMs, visit) {
      for (;;) {
        const batch = ahead[batchIndex];
        if (batch === undefined) {
          ahead = await log.readFrom(nextOffset, READ_AHEAD_BATCHES);
          batchIndex = 0;
          const last = ahead.at(-1);
          if (last === undefined) return;
          nextOffset = endOffset(last);
          continue;
        }
        for (let observation = batch.observations[indexInBatch]; observation !== undefined; observation = batch.observations[indexInBatch]) {
          if (observation.receivedAtMs > untilMs) return;
          visit(observation);
          indexInBatch += 1;
        }
        batchIndex += 1;
        indexInBatch = 0;
      }
    },
  };
}

/** Doubles past the end, then halves back: a log of 2^n observations is asked about 2 n times. */
async function readLastBatch(log: ReadableLog): Promise<LoggedBatch | undefined> {
  let last: LoggedBatch | undefined;
  /** No batch begins here or later. */
  let beyondOffset = 0;
  for (let [batch] = await log.readFrom(0, 1); batch !== undefined; [batch] = await log.readFrom(beyondOffset, 1)) {
    last = batch;
    beyondOffset = 2 * endOffset(batch);
  }
  if (last === undefined) return undefined;
  while (endOffset(last) < beyondOffset) {
    const midOffset = Math.floor((endOffset(last) + beyondOffset) / 2);
    const [batch] = await log.readFrom(midOffset, 1);
    if (batch === undefined) beyondOffset = midOffset;
    else last = batch;
  }
  return last;
}

function endOffset(batch: LoggedBatch): number {
  return batch.firstOffset + batch.observations.length;
}

/** What the gate would turn into this observation again, field for field. */
export function toReceivedCandidate(observation: Observation, table: SeriesTable): ReceivedCandidate {
  const series = table.series[observation.seriesIndex];
  if (series === undefined) {
    throw new Error(`A recorded observation is of series ${observation.seriesIndex}, but this catalogue has ${table.series.length} series. ` +
      'The recording was made with another edition or catalogue: start with the ones it was made with.');
  }
  const { sourceId, eventId, observedAtMs, receivedAtMs, value, numerator, denominator, comparator, provenance, ref } = observation;
  return {
    receivedAtMs,
    candidate: {
      sourceId,
      ...(eventId === null ? {} : { eventId }),
      localityCode: series.locality.code,
      indicatorId: series.indicator.id,
      observedAtMs, value,
      ...(numerator === null || denominator === null ? {} : { numerator, denominator }),
      comparator, provenance,
      ...(ref === null ? {} : { ref }),
    },
  };
}
