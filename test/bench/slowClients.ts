import { RawClient } from '../support/rawClient.ts';
import { type Company, rssKb, runCase } from './fanoutCase.ts';
import { type BenchRow, median } from './row.ts';

const OF = { system: 'product', workload: 'W1', clients: 300, tickMs: 100, seconds: 6 } as const;
const ROUNDS = 3;
const READ_EVERY_MS = 100;
const FLAP_EVERY_MS = 50;

type Misbehave = (client: RawClient, port: number) => NodeJS.Timeout | null;

/** What of the server's memory grew while they were there is added to `growthsKb`, for each of them. */
function companyOf(count: number, misbehave: Misbehave, growthsKb: number[]): Company {
  return async ({ port, pid }) => {
    const beforeKb = rssKb(pid);
    const clients = await Promise.all(Array.from({ length: count }, () => new RawClient(port).follow('nation')));
    const timers = clients.map((client) => misbehave(client, port));
    return () => {
      growthsKb.push((rssKb(pid) - beforeKb) / count);
      for (const timer of timers) if (timer !== null) clearInterval(timer);
      for (const { tcp } of clients) tcp.destroy();
    };
  };
}

const stall: Misbehave = ({ tcp }) => {
  tcp.pause();
  return null;
};

/** 64 KB a second: what one read takes is at most 64 KB. */
const readSlowly: Misbehave = ({ tcp }) => {
  tcp.pause();
  return setInterval(() => { tcp.read(64 * READ_EVERY_MS); }, READ_EVERY_MS);
};

const flap: Misbehave = (client, port) => {
  let latest = client;
  return setInterval(() => {
    latest.tcp.destroy();
    latest = new RawClient(port);
    latest.follow('nation').catch(() => {});
  }, FLAP_EVERY_MS * 30);
};

const ask: Misbehave = (client) => setInterval(() => {
  if (client.tcp.destroyed) return;
  client.ping(Buffer.alloc(125));
  for (const event of ['subscribe', 'report', 'nonsense']) client.emit(event, { channel: 'live', topics: ['nation'] });
}, 5);

const COMPANIES = [
  { name: '30 stalled readers', count: 30, misbehave: stall }, { name: '30 readers at 64 KB/s', count: 30, misbehave: readSlowly },
  { name: '30 that drop off, 20 times a second in all', count: 30, misbehave: flap }, { name: '10 that ask as fast as they can', count: 10, misbehave: ask },
] as const;

/** Rounds without and with each company in turn; medians. */
export async function benchSlowClients(rounds = ROUNDS): Promise<BenchRow[]> {
  const alone: number[] = [];
  const measured = COMPANIES.map((company) => ({ ...company, p99Ms: [] as number[], growthsKb: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    alone.push((await runCase(OF)).p99Ms);
    for (const { count, misbehave, p99Ms, growthsKb } of measured) p99Ms.push((await runCase(OF, companyOf(count, misbehave, growthsKb))).p99Ms);
  }
  return measured.flatMap(({ name, p99Ms, growthsKb }) => {
    const ratio = median(p99Ms) / median(alone);
    const growthMb = median(growthsKb) / 1024;
    return [
      { what: `${OF.clients} clients at 10 ticks a second beside ${name}: p99`, measured: `${median(p99Ms).toFixed(1)} against ${median(alone).toFixed(1)} ms: ${ratio.toFixed(2)} ×`, reach: '≤ 1.2 ×', ok: ratio <= 1.2 },
      { what: `growth of the server for each of ${name}`, measured: `${growthMb.toFixed(2)} MB`, reach: '≤ 2 MB', ok: growthMb <= 2 },
    ];
  });
}

if (import.meta.main) console.table(await benchSlowClients(Number(process.argv[2] ?? ROUNDS)));
