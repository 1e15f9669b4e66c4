import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue } from '../../server/catalogue.ts';
import { createChannel } from '../../server/channel.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openStore } from '../../server/openStore.ts';
import { createWallClockPlayhead } from '../../server/players/wallClockPlayhead.ts';
import type { Player, ReceivedCandidate } from '../../server/ports/player.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { createMirror } from '../support/mirrorOf.ts';
import { watchLoop } from './loopBlock.ts';
import { type BenchRow, median } from './row.ts';

const BATCH = 1_000;
const BATCHES = 1_000;
/** Made at once, between measurements: a million candidates at once would be the collector's benchmark. */
const CHUNK = 50;
const IN_FLIGHT = 5;
const START_MS = Date.parse('2026-11-23T07:00:00Z');

/**
 * gate → log → state as the server runs it, on a real file with fsync, in batches of 1,000 with an event id each, as a feed
 * that pushes sends them. Candidates are made before the clock starts; they are the sender's work.
 */
export async function benchIngest(): Promise<BenchRow[]> {
  const catalogue = readCatalogue();
  const table = catalogue.tablesByEdition[2021];
  const observed = table.series.filter(({ indicator, locality }) => indicator.observedAt === 'local' && indicator.states.length === 0 && locality.level === 'district');
  const rates: number[] = [];
  const blocks: { readonly cpuMs: number; readonly wallMs: number }[] = [];
  for (let round = 0; round < 3; round++) {
    const dir = mkdtempSync(join(tmpdir(), 'ioc-bench-'));
    const store = await openStore({ path: join(dir, 'live.sqlite'), table });
    let ready: ReceivedCandidate[][] = [];
    let next = 0;
    const player: Player = {
      name: 'bench', capabilities: new Set(), startMs: null, endMs: null, seek() {}, exercise: () => null, close: async () => {},
      readUntil: async () => ready[next++ % CHUNK] ?? [],
    };
    const errors: unknown[] = [];
    const channel = createChannel({
      id: 'live', edition: '2021', table, player, log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: [], publisher: createMirror(table).publisher,
      playhead: createWallClockPlayhead(() => START_MS + next * 100),
      createGate: () => createGate({ table, sources: catalogue.sources }),
      createState: () => createChannelState({ table, sources: catalogue.sources }),
      onError: (error) => errors.push(error),
    });
    let longest = { cpuMs: 0, wallMs: 0 };
    let elapsedMs = 0;
    for (let chunk = 0; chunk < BATCHES / CHUNK; chunk++) {
      ready = Array.from({ length: CHUNK }, (_, batch) => aBatch(observed, chunk * CHUNK + batch));
      // A turn of the loop, so that the delay of making them is not counted as the server's.
      await new Promise((turn) => { setImmediate(turn); });
      const loop = watchLoop();
      const startedMs = performance.now();
      // As posts that arrive while the ones before are being written: a few at a time, never unbounded.
      for (let batch = 0; batch < CHUNK; batch += IN_FLIGHT) await Promise.all(Array.from({ length: IN_FLIGHT }, () => channel.drain()));
      elapsedMs += performance.now() - startedMs;
      const block = loop.stop();
      if (block.cpuMs > longest.cpuMs) longest = block;
    }
    if (errors.length > 0 || channel.acceptedCount() !== BATCH * BATCHES) throw new Error(`The ingest bench stored ${channel.acceptedCount()} of ${BATCH * BATCHES}: ${String(errors[0])}`);
    rates.push((BATCH * BATCHES) / (elapsedMs / 1_000));
    blocks.push(longest);
    await channel.close();
    rmSync(dir, { recursive: true });
  }
  return [
    { what: 'gate → log → state, durable, batches of 1,000', measured: `${Math.round(median(rates)).toLocaleString('en')} observations/s`, reach: '≥ 200,000', ok: median(rates) >= 200_000 },
    {
      what: 'longest event-loop turn meanwhile (CPU of the thread)', reach: '≤ 20 ms',
      measured: `${median(blocks.map(({ cpuMs }) => cpuMs)).toFixed(1)} ms (${median(blocks.map(({ wallMs }) => wallMs)).toFixed(1)} ms by the clock)`,
      ok: median(blocks.map(({ cpuMs }) => cpuMs)) <= 20,
    },
  ];
}

function aBatch(observed: readonly { readonly locality: { readonly code: string }; readonly indicator: { readonly id: string } }[], batch: number): ReceivedCandidate[] {
  const receivedAtMs = START_MS + batch * 100;
  return Array.from({ length: BATCH }, (_, item) => {
    const number = batch * BATCH + item;
    const series = observed[number % observed.length];
    return {
      receivedAtMs,
      candidate: {
        sourceId: 'province-01', eventId: `e-${number}`, localityCode: series?.locality.code, indicatorId: series?.indicator.id,
        observedAtMs: receivedAtMs - 50, value: number % 97, provenance: 'measured',
      },
    };
  });
}

if (import.meta.main) console.table(await benchIngest());
