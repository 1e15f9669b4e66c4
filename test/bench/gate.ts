import { createGate } from '../../server/ingest/gate.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import type { ReceivedCandidate } from '../../server/ports/player.ts';
import { realTable } from '../support/aCatalogue.ts';
import { START_MS } from '../support/anObservation.ts';
import { type BenchRow, median } from './row.ts';

const BATCH = 500;
const ROUNDS = 9;
const TICK_MS = 1_000;

/** Gate and state without the log: what one core admits and projects in a second, of the 200,000/s the whole journey must carry. */
export function benchGate(): BenchRow[] {
  const table = realTable('2025');
  const observed = table.series.filter(({ locality, indicator }) =>
    indicator.observedAt === (locality.level === 'nation' || locality.level === 'province' ? locality.level : 'local'));
  const rows: BenchRow[] = [];
  for (const withIds of [false, true]) {
    const gate = createGate({ table, sources: [] });
    const state = createChannelState({ table, sources: [] });
    const gateNs: number[] = [], stateNs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const atMs = START_MS + round * TICK_MS;
      const batches: ReceivedCandidate[][] = [];
      for (const [index, { locality, indicator }] of observed.entries()) {
        if (index % BATCH === 0) batches.push([]);
        const value = indicator.states.at(-1)?.value ?? Math.max(indicator.plausible.min, Math.min(indicator.plausible.max, (index * 7 + round) % 1_000));
        batches[batches.length - 1]?.push({
          receivedAtMs: atMs,
          candidate: {
            sourceId: `province-${locality.parent ?? 'vn'}`.toLowerCase(), localityCode: locality.code, indicatorId: indicator.id,
            observedAtMs: atMs, value, provenance: 'measured', ...(withIds ? { eventId: `reading-${round}-${index}` } : {}),
          },
        });
      }
      let gateMs = 0, stateMs = 0;
      for (const batch of batches) {
        const startMs = performance.now();
        const { accepted } = gate.admit(batch);
        const admittedMs = performance.now();
        state.project(accepted, 0);
        gateMs += admittedMs - startMs;
        stateMs += performance.now() - admittedMs;
      }
      gateNs.push((gateMs * 1e6) / observed.length);
      stateNs.push((stateMs * 1e6) / observed.length);
    }
    if (gate.acceptedCount !== ROUNDS * observed.length) throw new Error(`The gate accepted ${gate.acceptedCount} of ${ROUNDS * observed.length}: ${JSON.stringify(gate.refusals())}`);
    const perReadingNs = median(gateNs) + median(stateNs);
    rows.push({
      what: `gate + state, ${withIds ? 'every reading with an event id' : 'no event ids'}`,
      measured: `${Math.round(1e9 / perReadingNs).toLocaleString('en')}/s (gate ${median(gateNs).toFixed(0)} ns, state ${median(stateNs).toFixed(0)} ns a reading)`,
      reach: '≥ 400,000/s: half of the 200,000/s budget is left to the log',
      ok: 1e9 / perReadingNs >= 400_000,
    });
  }
  return rows;
}

if (import.meta.main) console.table(benchGate());
