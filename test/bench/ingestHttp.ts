import type { IngestAnswer } from '../../shared/protocol/http.ts';
import { startServer } from '../support/startServer.ts';
import { aBatchOfEvents } from './events.ts';
import { type BenchRow, quantile } from './row.ts';
import { cpuSecOf } from './serverCpu.ts';

const BATCH = 500;
const BATCHES = 400;
/** As a sender that keeps two connections busy. */
const AT_ONCE = 2;
const ROUNDS = 3;

/** HTTP → decode → gate → log with fsync → answer, in a server as it is run; bodies are made before the clock starts. */
export async function benchIngestHttp(): Promise<BenchRow[]> {
  const rates: number[] = [];
  const p99s: number[] = [];
  const cpuUsPerItem: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await startServer({ env: { IOC_LIVE: 'feeds' } });
    try {
      const bodies = Array.from({ length: BATCHES }, (_, batch) => aBatchOfEvents('province-68', `r${round}-${batch}`, BATCH));
      const took: number[] = [];
      const cpuBeforeSec = await cpuSecOf(server.url);
      let stored = 0;
      const startedMs = performance.now();
      await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
          const sentMs = performance.now();
          const response = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json' }, body });
          const answer = await response.json() as IngestAnswer;
          took.push(performance.now() - sentMs);
          stored += answer.stored;
        }
      }));
      const elapsedSec = (performance.now() - startedMs) / 1_000;
      if (stored !== BATCH * BATCHES) throw new Error(`The bench of HTTP ingest stored ${stored} of ${BATCH * BATCHES}.`);
      rates.push(stored / elapsedSec);
      p99s.push(quantile(took, 0.99));
      cpuUsPerItem.push((await cpuSecOf(server.url) - cpuBeforeSec) * 1e6 / stored);
    } finally {
      await server.stop();
    }
  }
  const cpuUs = quantile(cpuUsPerItem, 0.5);
  const [rate, p99Ms] = [quantile(rates, 0.5), quantile(p99s, 0.5)];
  return [
    { what: `HTTP batches of ${BATCH} CloudEvents, durable before answered, ${AT_ONCE} at once`, measured: `${Math.round(rate).toLocaleString('en')} items/s`, reach: '≥ 20,000', ok: rate >= 20_000 },
    { what: 'the same, a batch from sent to answered, p99', measured: `${p99Ms.toFixed(0)} ms`, reach: '< 100 ms', ok: p99Ms < 100 },
    // What other programs of the machine take is not in this.
    { what: 'the same, processor time of the server an item, all its threads', measured: `${cpuUs.toFixed(0)} µs`, reach: '≤ 50 µs', ok: cpuUs <= 50 },
  ];
}

if (import.meta.main) console.table(await benchIngestHttp());
