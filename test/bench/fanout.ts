import { runCase } from './fanoutCase.ts';
import type { Figures } from './fanoutFigures.ts';
import { type BenchRow, median } from './row.ts';

const CLIENTS = 800;
/** The default pace, measured over one whole round of pings (docs/adr/0007), and the fastest the product ticks at. */
const PACES = [{ name: '1 Hz', tickMs: 1000, seconds: 24 }, { name: '4 Hz', tickMs: 250, seconds: 4 }] as const;
const ROUNDS = 3;

async function benchPace({ name, tickMs, seconds }: (typeof PACES)[number]): Promise<BenchRow[]> {
  const rounds: Record<'product' | 'ws', Figures[]> = { product: [], ws: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const system of ['ws', 'product'] as const) rounds[system].push(await runCase({ system, workload: 'W1', clients: CLIENTS, tickMs, seconds }));
  }
  const of = (system: 'product' | 'ws', part: keyof Figures) => median(rounds[system].map((figures) => figures[part]));
  const ratio = of('product', 'serverUsPerClientTick') / of('ws', 'serverUsPerClientTick');
  const bytes = of('product', 'bytesPerClientTick');
  return [
    {
      what: `server CPU per client and tick, ${CLIENTS} clients, W1 at ${name}, against pre-framed ws`,
      measured: `${of('product', 'serverUsPerClientTick').toFixed(1)} µs against ${of('ws', 'serverUsPerClientTick').toFixed(1)} µs: ${ratio.toFixed(2)} ×`, reach: '≤ 1.3 ×', ok: ratio <= 1.3,
    },
    { what: `bytes per client and tick at ${name}, frames, heartbeats and pings`, measured: `${bytes.toFixed(0)} B`, reach: '≤ 3,720 B', ok: bytes <= 3720 },
    { what: `age of a tick when it arrives at ${name}, p99, against pre-framed ws`, measured: `${of('product', 'p99Ms').toFixed(0)} ms against ${of('ws', 'p99Ms').toFixed(0)} ms`, reach: 'told', ok: true },
    { what: `clients behind at ${name}`, measured: `${of('product', 'clientsBehind')}`, reach: '0', ok: of('product', 'clientsBehind') === 0 },
  ];
}

/** Both systems in turn, in the same minutes of the same machine; medians. A client that is lost ends the bench. Sizes: `npm run bench:fanout`. */
export async function benchFanout(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const pace of PACES) rows.push(...await benchPace(pace));
  return rows;
}
