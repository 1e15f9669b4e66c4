import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readPackedRecording } from '../../server/players/packedRecording.ts';
import { createRecordingWriter } from '../../server/players/recordingFile.ts';
import { createSimulatedPlayer } from '../../server/players/simulated/simulatedPlayer.ts';
import { realTable } from '../support/aCatalogue.ts';
import { realSources } from '../support/simulation.ts';
import { watchLoop } from './loopBlock.ts';
import { type BenchRow, quantile } from './row.ts';

/** A working morning: counters move, nothing is at rest. */
const START_MS = Date.parse('2026-11-18T10:00:00+07:00');
const MINUTES = 60;
const MINUTE_MS = 60_000;
const SEEKS = 40;
/** Steps that visit minutes of the hour in no order. */
const STRIDE = 23;

interface Written { text: number; candidates: number }

async function* anHour(written: Written): AsyncGenerator<string> {
  const sources = realSources();
  const player = createSimulatedPlayer({ table: realTable('2021'), sources, seed: 2_026, startMs: START_MS, rateMultiplier: 1 });
  const writer = createRecordingWriter({
    format: 'ioc-recording', version: 1, name: 'bench', edition: '2021', startMs: START_MS, endMs: START_MS + MINUTES * MINUTE_MS, rate: 1, marksMs: [], sourceIds: sources.map(({ id }) => id),
  });
  yield writer.header();
  for (let minute = 0; minute <= MINUTES; minute++) {
    const received = await player.readUntil(START_MS + minute * MINUTE_MS);
    const text = received.map(({ receivedAtMs, candidate }) => writer.candidate({ receivedAtMs: Math.max(START_MS, receivedAtMs), candidate })).join('');
    written.text += text.length;
    written.candidates += received.length;
    yield text;
  }
  yield writer.end();
}

/** An hour of the nation as a recording file: its size, what opening it costs, and a seek in it. */
export async function benchRecording(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-bench-'));
  const path = join(folder, 'hour.jsonl.gz');
  const written = { text: 0, candidates: 0 };
  try {
    await pipeline(Readable.from(anHour(written)), createGzip(), createWriteStream(path));
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    const loop = watchLoop();
    const beganMs = performance.now();
    const { recording } = await readPackedRecording(path);
    const openSec = (performance.now() - beganMs) / 1_000;
    const { cpuMs } = loop.stop();
    const seeksMs: number[] = [];
    for (let step = 1; step <= SEEKS; step++) {
      const from = performance.now();
      await recording.currentAt(START_MS + ((step * STRIDE) % MINUTES) * MINUTE_MS);
      seeksMs.push(performance.now() - from);
    }
    const seekMs = quantile(seeksMs, 0.99);
    return [
      { what: `an hour of the nation as a recording, ${written.candidates.toLocaleString('en')} readings: text, file`, measured: `${megabytes(written.text)}, ${megabytes(statSync(path).size)}`, reach: 'told', ok: true },
      { what: 'opened: every line checked; longest turn of the event loop, CPU', measured: `${openSec.toFixed(1)} s, ${cpuMs.toFixed(0)} ms`, reach: 'told', ok: true },
      { what: `what was current at any minute of it, ${SEEKS} times, p99`, measured: `${seekMs.toFixed(0)} ms`, reach: '< 200 ms', ok: seekMs < 200 },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
