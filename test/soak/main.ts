import { parseArgs } from 'node:util';
import { launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/startServer.ts';
import { type HeapClasses, heapGrowth, takeHeapClasses } from './heapGrowth.ts';
import { installProbe, plantLeak, type Sample, takeSample } from './probe.ts';
import { blockMeans, isLeak, trendOf } from './trend.ts';

/** Sixty real readings in the time of one: twenty minutes carry the events of a day but four hours. */
const RATE = 60;
const TICK_MS = 200;
const ROTATION_SEC = 20;
const SCENES = 3;
const EVERY_MS = 15_000;
/** Code is compiled, caches fill, every scene and both looks of the alarms have been shown. */
const WARM_UP_MS = 150_000;
const WALL = 'soak';

interface Judged {
  readonly what: string;
  readonly read: (sample: Sample) => number;
  readonly unit: string;
  /** Growth over the run below which nobody would speak of a leak; `null`: told, not judged. */
  readonly floor: number | null;
  readonly decimals: number;
}

const JUDGED: readonly Judged[] = [
  { what: 'page: JavaScript heap after a forced collection', read: ({ heapMb }) => heapMb, unit: 'MB', floor: 0.5, decimals: 2 },
  { what: 'page: DOM nodes', read: ({ nodes }) => nodes, unit: '', floor: 20, decimals: 0 },
  { what: 'page: event listeners', read: ({ listeners }) => listeners, unit: '', floor: 5, decimals: 0 },
  { what: 'page: live WebGL contexts', read: ({ contexts }) => contexts, unit: '', floor: 0.5, decimals: 1 },
  { what: 'server: sockets', read: ({ sockets }) => sockets, unit: '', floor: 0.5, decimals: 1 },
  // By design the last hour of readings is in memory until it is folded into history: it fills during the first hour.
  { what: 'server: heap, not collected', read: ({ serverHeapMb }) => serverHeapMb, unit: 'MB', floor: null, decimals: 1 },
  { what: 'server: resident memory', read: ({ serverRssMb }) => serverRssMb, unit: 'MB', floor: null, decimals: 1 },
];

function readOptions() {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' }, 'plant-leak': { type: 'boolean', default: false }, growth: { type: 'boolean', default: false } } });
  const minutes = Number(values.minutes);
  if (!(minutes >= 6)) throw new Error(`--minutes=${values.minutes}: at least 6 are needed, 2.5 to warm up and three whole rotations.`);
  return { minutes, hasLeak: values['plant-leak'], isGrowthWanted: values.growth };
}

function printSample({ atMs, heapMb, nodes, listeners, contexts, longTasks, longestTaskMs, paintedAgeMs, wallState, serverHeapMb, serverRssMb, sockets }: Sample): void {
  const minutes = (atMs / 60_000).toFixed(2).padStart(6);
  console.log(`${minutes} min | page ${heapMb.toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners, ${contexts} contexts, ${longTasks} long tasks to ${longestTaskMs} ms, picture ${paintedAgeMs ?? '—'} ms old, ${wallState} | server ${serverHeapMb.toFixed(0)} MB heap, ${serverRssMb.toFixed(0)} MB, ${sockets} sockets`);
}

/** `true`: something grew. */
function printVerdict(samples: readonly Sample[]): boolean {
  const warm = samples.filter(({ atMs }) => atMs >= WARM_UP_MS);
  console.log(`\nEach point is the mean of one whole rotation (${SCENES * ROTATION_SEC} s) after ${WARM_UP_MS / 1_000} s of warming up. A leak is a slope above three standard errors whose growth over the run is above the floor.\n`);
  console.log('| what | first | last | slope an hour ± standard error | grown by | floor | |\n|---|---|---|---|---|---|---|');
  let hasLeaked = false;
  for (const { what, read, unit, floor, decimals } of JUDGED) {
    const points = blockMeans(warm.map((sample) => ({ atMs: sample.atMs, value: read(sample) })), SCENES * ROTATION_SEC * 1_000);
    const trend = trendOf(points);
    const isGrowing = floor !== null && isLeak(trend, floor);
    hasLeaked ||= isGrowing;
    const text = (value: number | undefined) => `${(value ?? Number.NaN).toFixed(decimals)}${unit === '' ? '' : ` ${unit}`}`;
    console.log(`| ${what} | ${text(points[0]?.value)} | ${text(points.at(-1)?.value)} | ${text(trend.slopePerHour)} ± ${text(trend.standardErrorPerHour)} | ${text(trend.growth)} | ${floor ?? '—'} | ${floor === null ? 'told' : isGrowing ? 'LEAK' : 'ok'} |`);
  }
  const minutes = ((warm.at(-1)?.atMs ?? 0) - (warm[0]?.atMs ?? 0)) / 60_000;
  const longTasks = warm.slice(1).reduce((sum, sample) => sum + sample.longTasks, 0);
  console.log(`| page: tasks over 50 ms a minute, longest | | | ${(longTasks / minutes).toFixed(1)}, ${Math.max(...warm.map(({ longestTaskMs }) => longestTaskMs))} ms | | | told |`);
  console.log(`| page: oldest picture by its own report | | | ${Math.max(...warm.map(({ paintedAgeMs }) => paintedAgeMs ?? 0))} ms | | | told |`);
  return hasLeaked;
}

/** `npm run soak -- --minutes=20 [--plant-leak] [--growth]`: a wall at sixty times the load, watched for what grows. Ends with 1 if anything does. `--growth` says which objects do. */
async function main(): Promise<void> {
  const { minutes, hasLeak, isGrowthWanted } = readOptions();
  const server = await startServer({ env: { IOC_SIM_RATE: String(RATE), IOC_TICK_MS: String(TICK_MS) } });
  const browser = await launchChromium();
  const samples: Sample[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    page.on('pageerror', (error) => console.log(`error on the page: ${error.message}`));
    await installProbe(page);
    await page.goto(`${server.url}/wall?wall=${WALL}&rotate=${ROTATION_SEC}`);
    await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 120_000 });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    if (hasLeak) await plantLeak(page);
    console.log(`${RATE} × events, a tick every ${TICK_MS} ms, scenes of ${ROTATION_SEC} s, ${minutes} minutes${hasLeak ? ', with a planted leak' : ''}`);
    let warm: HeapClasses | null = null;
    const startedMs = performance.now();
    for (let count = 0; count * EVERY_MS <= minutes * 60_000; count++) {
      await page.waitForTimeout(Math.max(0, startedMs + count * EVERY_MS - performance.now()));
      const sample = await takeSample(page, session, server.url, WALL, performance.now() - startedMs);
      samples.push(sample);
      printSample(sample);
      if (isGrowthWanted && warm === null && sample.atMs >= WARM_UP_MS) warm = await takeHeapClasses(session);
    }
    if (warm !== null) console.log(`\nGrown since the warm-up:\n${heapGrowth(warm, await takeHeapClasses(session)).join('\n')}`);
  } finally {
    await browser.close();
    await server.stop();
  }
  process.exitCode = printVerdict(samples) ? 1 : 0;
}

await main();
