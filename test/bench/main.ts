import { benchAlarmFlood } from './alarmFlood.ts';
import { benchAlarmFold, benchAlarmStart } from './alarmFold.ts';
import { cpus, loadavg } from 'node:os';
import { launchChromium } from '../support/chromium.ts';
import { benchBrowserBudget } from './browserBudget.ts';
import { benchCaseBooks } from './caseBooks.ts';
import { benchClient } from './client.ts';
import { benchDeadLook } from './deadLook.ts';
import { benchDryRun } from './dryRun.ts';
import { benchExplain } from './explain.ts';
import { benchFeedFlood } from './feedFlood.ts';
import { benchFeedPaint } from './feedPaint.ts';
import { benchFanout } from './fanout.ts';
import { benchFrame } from './frame.ts';
import { benchGate } from './gate.ts';
import { benchGpu } from './gpu.ts';
import { benchIngest } from './ingest.ts';
import { benchIngestHttp } from './ingestHttp.ts';
import { benchPaint } from './paint.ts';
import { benchPast } from './past.ts';
import { benchProvinceOpen } from './provinceOpen.ts';
import { benchReconnectStorm } from './reconnectStorm.ts';
import { benchRecording } from './recording.ts';
import { benchReplay } from './replay.ts';
import type { BenchRow } from './row.ts';
import { benchSimulator } from './simulator.ts';
import { benchSocketWorkers } from './socketWorkers.ts';
import { benchSlowClients } from './slowClients.ts';
import { benchStore } from './store.ts';
import { benchTick } from './tick.ts';

const BENCHES: Readonly<Record<string, () => BenchRow[] | Promise<BenchRow[]>>> = {
  frame: benchFrame, fanout: benchFanout, socketWorkers: benchSocketWorkers, slowClients: () => benchSlowClients(), tick: benchTick, gate: benchGate, ingest: benchIngest, ingestHttp: benchIngestHttp, feedFlood: benchFeedFlood, feedPaint: benchFeedPaint, simulator: benchSimulator, store: benchStore, client: benchClient, gpu: benchGpu, paint: benchPaint, browserBudget: benchBrowserBudget,
  deadLook: benchDeadLook, replay: benchReplay, recording: benchRecording, caseBooks: benchCaseBooks, dryRun: benchDryRun, alarmFold: benchAlarmFold, alarmStart: benchAlarmStart, alarmFlood: benchAlarmFlood, explain: benchExplain, provinceOpen: benchProvinceOpen, past: benchPast, reconnectStorm: benchReconnectStorm,
};

/** `npm run bench`, or `npm run bench -- <name>…` for some. Misses are shown, not thrown: timings on a shared machine are no test. */
async function main(): Promise<void> {
  // What begins with -- is for a bench.
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const unknown = wanted.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) throw new Error(`No bench is called ${unknown.join(', ')}. Known: ${Object.keys(BENCHES).join(', ')}.`);
  const browser = await launchChromium();
  const version = browser.version();
  await browser.close();
  console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, Chromium ${version}, load average at start ${loadavg()[0]?.toFixed(1)}`);
  const rows: BenchRow[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`… ${name}`);
    rows.push(...await bench());
  }
  console.log(`\n| what | measured | reach | |\n|---|---|---|---|`);
  for (const { what, measured, reach, ok } of rows) console.log(`| ${what} | ${measured} | ${reach} | ${ok ? 'ok' : 'MISSED'} |`);
  // Worker threads and browsers of the benches are closed by now; whatever lingers must not hold the table back.
  process.exit(0);
}

await main();
