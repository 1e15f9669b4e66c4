import { createReplayLine } from '../../client/net/replayLine.ts';
import type { Replay } from '../../client/net/replayFiles.ts';
import { DAY_MS } from '../../shared/domain/instant.ts';
import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import type { HeldPosition } from '../../shared/frame/frame.ts';
import { readFrameHeader } from '../../shared/frame/frameHeader.ts';
import { writeFrameFile } from '../../shared/frame/frameFile.ts';
import { decimalsOf } from '../../shared/frame/topicRanges.ts';
import { createPlayhead } from '../../shared/playback/playhead.ts';
import { ReplayIndex } from '../../shared/protocol/replayFolder.ts';
import { createChannel } from '../../server/channel.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openStore } from '../../server/openStore.ts';
import { createMemoryRecording, type Recording } from '../../server/players/recording.ts';
import { createReplayPlayer } from '../../server/players/replayPlayer.ts';
import { createPublisher } from '../../server/publisher.ts';
import { type RecordedReplay, type RecordReplayOptions, recordReplay } from '../../server/recordReplay.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { aLand, anIndicator } from './aCatalogue.ts';
import { aCandidate, START_MS } from './anObservation.ts';
import { rulesOf } from './someRules.ts';

const DAYS = 40;
export const END_MS = START_MS + DAYS * DAY_MS;
export const STOPS_MS = [START_MS + 10 * DAY_MS, START_MS + 25 * DAY_MS];
export const SNAPSHOT_EVERY = 6;
export const EPOCH = 'fffffffffffffffe';

const land = aLand({ provinces: 2, localsPerProvince: 2 });
export const table = buildSeriesTable(land, [anIndicator()]);
const decimals = decimalsOf(table);

/** Something is said on most days, of one district or more; on every eleventh day nothing is. */
export function aSmallRecording(overrides: Parameters<typeof aCandidate>[0] = {}): Recording {
  const districts = land.filter(({ level }) => level === 'district');
  const candidates = Array.from({ length: DAYS }, (_, day) => districts.filter((_, d) => (day * 7 + d * 3) % 11 !== 0 && day % 11 !== 5 && (day + d) % 3 !== 0)
    .map(({ code }, d) => {
      const receivedAtMs = START_MS + day * DAY_MS;
      return { receivedAtMs, candidate: aCandidate({ localityCode: code, observedAtMs: receivedAtMs, value: (day * 37 + d * 101) % 1_000, provenance: 'reported', ...overrides }) };
    })).flat();
  return createMemoryRecording(candidates, { startMs: START_MS, endMs: END_MS, marksMs: STOPS_MS });
}

/** The channel of a small recording, over the real player, gate, store and state. */
export async function openSmallChannel({ rooms, elapsedMs, onError }: Parameters<RecordReplayOptions['open']>[0], recording = aSmallRecording()) {
  const store = await openStore({ path: ':memory:', table });
  const channel = createChannel({
    id: 'demo', edition: '2021', table, onError, log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: [],
    player: createReplayPlayer({ name: 'replay', recording }),
    playhead: createPlayhead({ startMs: recording.startMs, endMs: recording.endMs, stopsMs: recording.marksMs, elapsedMs, rate: DAY_MS / 1_000, isPlaying: false }),
    createGate: () => createGate({ table, sources: [] }), createState: (open) => createChannelState({ table, sources: [], rules: rulesOf(table.indicators), open }),
    publisher: createPublisher(rooms, store.log, onError),
  });
  await channel.open({ resolution: 'raw', observations: [] });
  return channel;
}

export function recordSmallReplay(open: RecordReplayOptions['open'] = openSmallChannel): Promise<RecordedReplay> {
  return recordReplay({ open, stepMs: DAY_MS, snapshotEvery: SNAPSHOT_EVERY, epoch: EPOCH });
}

/** As the page holds it once it has been fetched. */
export function toReplay({ frames, ...recorded }: RecordedReplay): Replay {
  const index = ReplayIndex.parse({ format: 'ioc-replay', version: 1, ...recorded, frames: { file: 'frames-1.bin', count: frames.length, bytes: writeFrameFile(frames).length }, answers: {} });
  return { index, line: createReplayLine(frames, index) };
}

/** What the frames up to that time say, each applied to what came before it. */
export function decodedAt(frames: readonly Uint8Array[], atMs: number): ReadingColumns {
  const columns = createReadingColumns(table.series.length);
  let held: HeldPosition | null = null;
  for (const frame of frames) {
    const header = readFrameHeader(frame);
    if (header.dataTimeMs > atMs) break;
    applyFrame(columns, frame, held, decimals);
    held = { epoch: header.epoch, seq: header.seq };
  }
  return columns;
}
