import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RecordingName } from '../shared/domain/ids.ts';
import type { RecordingDto } from '../shared/protocol/answers.ts';
import type { Channel } from './channel.ts';
import { openRecordingChannel, type Surroundings } from './openChannels.ts';
import { PACKED_ENDING } from './openRecording.ts';
import { RecordingFileError } from './players/recordingFile.ts';
import type { Recordings } from './ports/recordings.ts';

/** Each holds its file in memory, packed, and plays by itself. */
const FILES_MAX = 8;

export interface RecordingChannels extends Recordings {
  /** Opens one file after the other and hands over each channel. One that cannot be played is told of, and the next is opened. */
  open(onChannel: (channel: Channel) => Promise<void>, onRefused: (name: string, why: string) => void): Promise<void>;
}

/**
 * The recordings of a folder; none without one. Checking a file of an hour takes seconds, so a server listens before they are open.
 * @throws Error when the folder cannot be read, holds more than eight, or one has a name that no address can say.
 */
export function findRecordings(folder: string | undefined, surroundings: Surroundings): RecordingChannels {
  const names = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith(PACKED_ENDING)).map((file) => file.slice(0, -PACKED_ENDING.length)).sort();
  if (names.length > FILES_MAX) throw new Error(`IOC_RECORDINGS="${folder}" holds ${names.length} recordings; at most ${FILES_MAX} are played. Take some out.`);
  const wrong = names.find((name) => !RecordingName.safeParse(name).success);
  if (wrong !== undefined) throw new Error(`IOC_RECORDINGS="${folder}" holds "${wrong}${PACKED_ENDING}", whose name no address can say. Use small letters, digits and hyphens.`);
  const entries = new Map<string, RecordingDto>(names.map((name) => [name, { name, state: 'opening', why: null, line: null }]));

  return {
    list: () => [...entries.values()],
    async open(onChannel, onRefused) {
      for (const name of names) {
        try {
          await onChannel(await openRecordingChannel(surroundings, `recording:${name}`, join(folder ?? '', `${name}${PACKED_ENDING}`)));
          entries.set(name, { name, state: 'ready', why: null, line: null });
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          entries.set(name, { name, state: 'refused', why, line: error instanceof RecordingFileError ? error.line : null });
          onRefused(name, why);
        }
      }
    },
  };
}
