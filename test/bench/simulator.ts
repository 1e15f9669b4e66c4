import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { createSimulatedPlayer } from '../../server/players/simulated/simulatedPlayer.ts';
import { realTable } from '../support/aCatalogue.ts';
import { realSources } from '../support/simulation.ts';
import { type BenchRow, median } from './row.ts';

/** A working morning: counters move, nothing is at rest. */
const START_MS = Date.parse('2026-11-18T10:00:00+07:00');
const TICK_MS = 1_000;
const TICKS = 60;
/** High enough that every series is read every second. */
const EVERY_SECOND = 1e8;

interface Measured { readonly candidatesPerTick: number; readonly tickMs: number; readonly nsPerCandidate: number; readonly createMs: number }

async function measure(edition: '2021' | '2025', rateMultiplier: number): Promise<Measured> {
  const table = realTable(edition);
  const before = performance.now();
  const player = createSimulatedPlayer({ table, sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier });
  const createMs = performance.now() - before;
  await player.readUntil(START_MS);
  const ticksMs: number[] = [];
  let candidates = 0;
  for (let tick = 1; tick <= TICKS; tick++) {
    const from = performance.now();
    candidates += (await player.readUntil(START_MS + tick * TICK_MS)).length;
    ticksMs.push(performance.now() - from);
  }
  const sumMs = ticksMs.reduce((sum, each) => sum + each, 0);
  return { candidatesPerTick: candidates / TICKS, tickMs: median(ticksMs), nsPerCandidate: (sumMs * 1e6) / candidates, createMs };
}

/** What the simulator itself costs of a tick; medians of 60 ticks of a second. */
export async function benchSimulator(): Promise<BenchRow[]> {
  const tenfold = await measure('2021', 10);
  const all = await measure('2021', EVERY_SECOND);
  const communes = await measure('2025', EVERY_SECOND);
  const perSecond = 1e9 / all.nsPerCandidate;
  const said = ({ candidatesPerTick, tickMs, nsPerCandidate }: Measured) => `${tickMs.toFixed(2)} ms for ${Math.round(candidatesPerTick).toLocaleString('en')} (${nsPerCandidate.toFixed(0)} ns each)`;
  return [
    { what: 'simulator: a tick at 10 × (2021)', measured: said(tenfold), reach: '≤ 5 ms', ok: tenfold.tickMs <= 5 },
    { what: 'simulator: a tick with every observed series changing (2021, at least 7,680)', measured: said(all), reach: '≤ 25 ms', ok: all.tickMs <= 25 && all.candidatesPerTick >= 7_680 },
    { what: 'simulator: a tick with every observed series changing (2025)', measured: said(communes), reach: '≤ 100 ms', ok: communes.tickMs <= 100 },
    { what: 'simulator: candidates made in a second of one core', measured: Math.round(perSecond).toLocaleString('en'), reach: '≥ 200,000', ok: perSecond >= 200_000 },
    { what: 'simulator: creation (2025)', measured: `${communes.createMs.toFixed(0)} ms`, reach: '≤ 1,000 ms', ok: communes.createMs <= 1_000 },
  ];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { what, measured, reach, ok } of await benchSimulator()) process.stdout.write(`${ok ? 'ok ' : 'NOT'} ${what}: ${measured} (${reach})\n`);
}
