import { performance } from 'node:perf_hooks';
import { LightClient, type LightProtocol } from './lightClient.ts';

// Many clients in one process. Forked by `fanoutCase.ts`. Arguments: port, how many, protocol, the address they come from, what each
// follows (`nation`, or `province`: one of 63, in turn).

const [, , portText, clientsText, protocol, localAddress = '127.0.0.1', scope] = process.argv;
const clients = Number(clientsText);
const AT_ONCE = 50;
const PROVINCES = 63;
const topicOf = (client: number) => (scope === 'province' ? `province:${String((client % PROVINCES) + 1).padStart(2, '0')}` : 'nation');

let isMeasuring = false;
let bytes = 0;
let closed = 0;
let cpuFrom = process.cpuUsage();
const latenciesMs: number[] = [];
const all: { ticks: number }[] = [];

function connectOne(onReady: () => void): void {
  const counted = { ticks: 0 };
  all.push(counted);
  new LightClient({
    port: Number(portText), protocol: protocol as LightProtocol, localAddress, topic: topicOf(all.length), onReady,
    onBytes(length) { if (isMeasuring) bytes += length; },
    onFrame(stampMs) {
      if (!isMeasuring) return;
      counted.ticks += 1;
      latenciesMs.push(performance.timeOrigin + performance.now() - stampMs);
    },
    onClose() { closed += 1; },
  });
}

async function connectAll(): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next++ < clients) await new Promise<void>(connectOne);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.send?.({ isConnected: true });
}

process.on('message', (message) => {
  isMeasuring = message === 'measure';
  if (isMeasuring) {
    bytes = 0;
    latenciesMs.length = 0;
    for (const client of all) client.ticks = 0;
    cpuFrom = process.cpuUsage();
    return;
  }
  const { user, system } = process.cpuUsage(cpuFrom);
  process.send?.({ bytes, closed, cpuUs: user + system, latenciesMs: Float64Array.from(latenciesMs), ticksByClient: Uint32Array.from(all, ({ ticks }) => ticks) });
});
process.on('disconnect', () => process.exit(0));
void connectAll();
