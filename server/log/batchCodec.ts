import type { Observation } from '../../shared/domain/observation.ts';
import { StoreError } from '../ports/store.ts';
import {
  type ByteReader, type ByteWriter, createByteReader, createByteWriter, MalformedBytes, readByte, readText, readVarint, takeBytes,
  writeByte, writeText, writeVarint,
} from '../storage/bytes.ts';
import { readObservations, writeObservations } from '../storage/observationCodec.ts';
import { clearColumns, createObservationColumns, rowsUpTo } from '../storage/observationColumns.ts';
import { appendObservation, createObservationReader } from '../storage/observationRow.ts';

// One per thread: an encode or a decode finishes with them before the next begins.
const writer = createByteWriter();
const columns = createObservationColumns(1024);

/** Arrival order is kept. `idBySeriesIndex` names each series as the file does. */
export function encodeBatch(batch: readonly Observation[], idBySeriesIndex: Int32Array): Uint8Array<ArrayBuffer> {
  clearColumns(columns);
  for (const observation of batch) {
    const seriesId = idBySeriesIndex[observation.seriesIndex];
    if (seriesId === undefined) {
      throw new StoreError('invalid', `Observation of series ${observation.seriesIndex}, the store was opened with ${idBySeriesIndex.length} series.`);
    }
    appendObservation(columns, observation, seriesId);
  }
  writeObservations(writer, columns, rowsUpTo(batch.length), batch.length, 'of-many-series', 'steps');
  writeEventIds(writer, batch);
  return takeBytes(writer);
}

/** Inverse of `encodeBatch`. `null` holds the place of an observation whose series is no longer in the catalogue. */
export function decodeBatch(payload: Uint8Array, seriesIndexById: Int32Array): (Observation | null)[] {
  clearColumns(columns);
  const reader = createByteReader(payload);
  const count = readObservations(reader, columns, 'all');
  const eventIds = readEventIds(reader, count);
  const observationAt = createObservationReader(columns);
  const observations: (Observation | null)[] = [];
  for (let row = 0; row < count; row++) {
    const seriesIndex = seriesIndexById[columns.seriesId[row] ?? -1] ?? -1;
    observations.push(seriesIndex < 0 ? null : observationAt(row, seriesIndex, eventIds?.[row] ?? null));
  }
  return observations;
}

const NO_EVENT_IDS = 0;
const EVENT_IDS = 1;

/** Senders count up or share a prefix, so each id is written as what differs from the one before. */
function writeEventIds(writer: ByteWriter, batch: readonly Observation[]): void {
  if (batch.every(({ eventId }) => eventId === null)) {
    writeByte(writer, NO_EVENT_IDS);
    return;
  }
  writeByte(writer, EVENT_IDS);
  let before = '';
  for (const { eventId } of batch) {
    if (eventId === null) {
      writeVarint(writer, 0);
      continue;
    }
    const shared = sharedPrefixLength(before, eventId);
    writeVarint(writer, shared + 1);
    writeText(writer, eventId.slice(shared));
    before = eventId;
  }
}

function readEventIds(reader: ByteReader, count: number): (string | null)[] | null {
  const mark = readByte(reader);
  if (mark === NO_EVENT_IDS) return null;
  if (mark !== EVENT_IDS) throw new MalformedBytes(`event ids begin with ${mark}`);
  const eventIds: (string | null)[] = [];
  let before = '';
  for (let i = 0; i < count; i++) {
    const shared = readVarint(reader);
    if (shared > 0) before = before.slice(0, shared - 1) + readText(reader);
    eventIds.push(shared > 0 ? before : null);
  }
  return eventIds;
}

function sharedPrefixLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
