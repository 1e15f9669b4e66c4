import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { EditionId } from '../shared/domain/ids.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import type { Catalogue } from './catalogue.ts';
import { PACKED_ENDING } from './openRecording.ts';
import type { Store } from './openStore.ts';
import { createLogRecording, toReceivedCandidate } from './players/logRecording.ts';
import { CurrentCandidates, type Recording } from './players/recording.ts';
import { createRecordingWriter, type RecordingHeader } from './players/recordingFile.ts';
import type { ReceivedCandidate } from './ports/player.ts';

const STEP_MS = 60_000;

export interface SpanAsked {
  /** Ms since 1970, as is `to`. */
  readonly from: number;
  readonly to: number;
  readonly edition: EditionId;
  /** Data ms per real ms. */
  readonly rate: number;
  /** Path of the file; its name without the ending is the recording's. */
  readonly out: string;
}

/** What each series held at `atMs`, in order of arrival: what the history held as the log begins, and what the log says since. */
async function pictureAt(atMs: number, recording: Recording, store: Store, table: SeriesTable): Promise<ReceivedCandidate[]> {
  const { observations } = await store.history.asOf(recording.startMs - 1);
  const older = observations.filter(({ receivedAtMs }) => receivedAtMs < recording.startMs).map((observation) => toReceivedCandidate(observation, table));
  const current = new CurrentCandidates();
  for (const received of [...older.sort((a, b) => a.receivedAtMs - b.receivedAtMs), ...await recording.currentAt(atMs)]) current.take(received);
  return current.list();
}

/** The text of the file, piece by piece. */
export async function* linesOf(header: RecordingHeader, picture: readonly ReceivedCandidate[], recording: Recording, fromMs: number): AsyncGenerator<string> {
  const writer = createRecordingWriter(header);
  let lastMs = header.startMs;
  // [RC9] A clock set back leaves times in the log that step back; in a file arrival times never do, and their order is what counts.
  const line = (received: ReceivedCandidate) => {
    lastMs = Math.max(lastMs, received.receivedAtMs);
    return writer.candidate({ ...received, receivedAtMs: lastMs });
  };
  yield writer.header() + picture.map(line).join('');
  for (let afterMs = fromMs; afterMs < header.endMs; afterMs += STEP_MS) {
    yield (await recording.readBetween(afterMs, Math.min(header.endMs, afterMs + STEP_MS))).map(line).join('');
  }
  yield writer.end();
}

/**
 * Writes what a live run received between two moments, and the picture it began with, to `path`; `nowMs`: until when the log is known to hold everything.
 * @throws Error when the log does not hold the whole span: it keeps 48 hours.
 */
export async function exportSpan(store: Store, path: string, asked: SpanAsked, { sources, tablesByEdition }: Catalogue, nowMs: number): Promise<void> {
  const table = tablesByEdition[asked.edition];
  const recording = await createLogRecording(store.log, table);
  // Until now nothing more has come.
  const knownUntilMs = Math.max(recording.endMs, nowMs);
  if (asked.from < recording.startMs || asked.to > knownUntilMs) {
    const say = (atMs: number) => new Date(atMs).toISOString();
    throw new Error(`The log holds what arrived from ${say(recording.startMs)} to ${say(knownUntilMs)}; asked for was ${say(asked.from)} to ${say(asked.to)}. Ask for a span inside; a log keeps 48 hours.`);
  }
  const picture = await pictureAt(asked.from, recording, store, table);
  const header: RecordingHeader = {
    format: 'ioc-recording', version: 1, name: basename(asked.out, PACKED_ENDING), edition: asked.edition,
    startMs: picture[0]?.receivedAtMs ?? asked.from, endMs: asked.to, shownFromMs: asked.from, rate: asked.rate, marksMs: [], sourceIds: sources.map(({ id }) => id),
  };
  await pipeline(Readable.from(linesOf(header, picture, recording, asked.from)), createGzip(), createWriteStream(path));
}
