import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EditionId } from '../shared/domain/ids.ts';
import type { Source } from '../shared/domain/source.ts';
import type { Catalogue } from './catalogue.ts';
import { openStore } from './openStore.ts';
import { createLogRecording } from './players/logRecording.ts';
import { readPackedRecording } from './players/packedRecording.ts';
import { createMemoryRecording, type Recording } from './players/recording.ts';
import { readRecording, type RecordingHeader } from './players/recordingFile.ts';

/** Made from seeds/facts by `npm run build:recording`. */
export const DEMO_RECORDING_PATH = resolve(import.meta.dirname, '../seeds/recording/demo-2019-2021.jsonl');

/** Ending of the files that `npm run record` writes. */
export const PACKED_ENDING = '.jsonl.gz';

export interface OpenedRecording {
  readonly recording: Recording;
  readonly edition: EditionId;
  /** Pace it begins with, data ms per real ms. */
  readonly rate: number;
  /** Those expected to speak in it. */
  readonly sources: readonly Source[];
}

/** A recording file (`.jsonl`, or `.jsonl.gz` as `npm run record` writes it), or the database file of an earlier run in `edition`. */
export async function openRecording(path: string, edition: EditionId, { sources, tablesByEdition }: Catalogue): Promise<OpenedRecording> {
  const opened = (header: RecordingHeader, recording: Recording) =>
    ({ recording, edition: header.edition, rate: header.rate, sources: sources.filter(({ id }) => header.sourceIds.includes(id)) });
  if (path.endsWith(PACKED_ENDING)) {
    const { header, recording } = await readPackedRecording(path);
    return opened(header, recording);
  }
  if (path.endsWith('.jsonl')) {
    const { header, received } = readRecording(readFileSync(path, 'utf8'));
    return opened(header, createMemoryRecording(received, header));
  }
  const table = tablesByEdition[edition];
  const { log } = await openStore({ path, table, readOnly: true });
  return { recording: await createLogRecording(log, table), edition, rate: 1, sources };
}
