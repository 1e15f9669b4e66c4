import { gzipSync } from 'node:zlib';
import { RecordingHeader, writeRecording } from '../../server/players/recordingFile.ts';
import type { ReceivedCandidate } from '../../server/ports/player.ts';

/** A file as `npm run record` writes it. `received` is in order of arrival and not empty. */
export function packedBytes(received: readonly ReceivedCandidate[], more: Partial<RecordingHeader> = {}): Uint8Array {
  const header = RecordingHeader.parse({
    format: 'ioc-recording', version: 1, name: 'test', edition: '2021', startMs: received[0]?.receivedAtMs, endMs: received.at(-1)?.receivedAtMs,
    rate: 1, marksMs: [], sourceIds: [], ...more,
  });
  return gzipSync(writeRecording(header, received));
}
