import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
function cpuUs(pid: number) { return readdirSync(`/proc/${pid}/task`).map((t) => [t, Number(readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'utf8').split(' ')[0])/1000] as const); }
const sum = (x: any[]) => x.reduce((a, b) => a + b[1], 0);
const [, , sys, tick, clients, prof] = process.argv;
const D = '/work/main/test/bench/';
const s = fork(D + 'fanoutServer.ts', [sys!, tick!], { execArgv: prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [] });
const [{ port }] = await once(s, 'message') as any;
const c = fork(D + 'fanoutClients.ts', [String(port), clients!, sys === 'rooms' ? 'socket.io' : 'websocket']);
await once(c, 'message');
await wait(3000);
for (let k = 0; k < 3; k++) {
  c.send('measure'); const a = cpuUs(s.pid!); await wait(7000); const b = cpuUs(s.pid!); c.send('report');
  const [r] = await once(c, 'message') as any;
  console.log(sys, tick, 'total ms', ((sum(b) - sum(a)) / 1000).toFixed(0), 'main', ((b[0]![1] - a[0]![1]) / 1000).toFixed(0), 'us/ct', ((sum(b) - sum(a)) / r.ticks).toFixed(1), 'ticks', r.ticks, 'B', (r.bytes / r.ticks).toFixed(0), 'p99', r.p99Ms.toFixed(0));
}
c.kill('SIGKILL'); s.disconnect(); await wait(500); process.exit(0);
