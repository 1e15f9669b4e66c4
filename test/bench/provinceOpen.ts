import type { BrowserContext } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { type BenchRow, median } from './row.ts';

const RUNS = 7;
const REACH_MS = 1_000;
const REACH_SCRIPT_MS = 300;

declare global { interface Window { figuresPaintedAtMs: Promise<number> } }

interface Opened {
  /** From the start of the navigation until all cards of the province have their numbers on screen. */
  readonly figuresMs: number;
  /** Processor time of the page's main thread in scripts until then, those of the bench included. */
  readonly scriptMs: number;
  readonly taskMs: number;
  /** Whether the map's code had come by then. */
  readonly hasMapCode: boolean;
}

/** Tells in the page when the figures are painted: the timer after the frame in which they stand. */
async function watchFigures(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.figuresPaintedAtMs = new Promise((painted) => {
      const look = () => {
        const figures = [...document.querySelectorAll('.province-card .figure-main')];
        if (figures.length === 0 || !figures.every(({ textContent }) => /\d/.test(textContent ?? ''))) requestAnimationFrame(look);
        else requestAnimationFrame(() => setTimeout(() => painted(performance.now())));
      };
      requestAnimationFrame(look);
    });
  });
}

async function openWarm(context: BrowserContext, url: string): Promise<Opened> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  // The thread's own clock: other programs of the machine do not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`${url}/province/68`, { waitUntil: 'commit' });
  const { result } = await devtools.send('Runtime.evaluate', { expression: 'window.figuresPaintedAtMs', awaitPromise: true });
  const { metrics } = await devtools.send('Performance.getMetrics');
  const secondsOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const isControlled = await page.evaluate(() => navigator.serviceWorker.controller !== null);
  if (!isControlled) throw new Error('The page was opened without its worker: this is no warm visit.');
  const hasMapCode = await page.evaluate((beforeMs) => performance.getEntriesByType('resource').some(({ name, startTime }) => /MapView-[^/]*\.js$/.test(name) && startTime < beforeMs), Number(result.value));
  await page.close();
  return { figuresMs: Number(result.value), scriptMs: secondsOf('ScriptDuration') * 1_000, taskMs: secondsOf('TaskDuration') * 1_000, hasMapCode };
}

/** The second visit of a tablet to a province, 1180 × 820, its worker in place, WebGL in software. */
export async function benchProvinceOpen(): Promise<BenchRow[]> {
  const server = await startServer({ env: QUIET_DAY });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1180, height: 820 } });
    const first = await context.newPage();
    await first.goto(`${server.url}/province/68`);
    await first.evaluate(async () => { await navigator.serviceWorker.ready; });
    await first.close();
    await watchFigures(context);
    const runs: Opened[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await openWarm(context, server.url));
    const figuresMs = median(runs.map((run) => run.figuresMs));
    const scriptMs = median(runs.map((run) => run.scriptMs));
    return [{
      what: `open a province, warm, until its figures are painted (${RUNS} visits)`,
      measured: `median ${figuresMs.toFixed(0)} ms, slowest ${Math.max(...runs.map((run) => run.figuresMs)).toFixed(0)} ms; map code before them in ${runs.filter(({ hasMapCode }) => hasMapCode).length}`,
      reach: `median < ${REACH_MS} ms`, ok: figuresMs < REACH_MS,
    }, {
      what: 'processor time of its scripts until then',
      measured: `median ${scriptMs.toFixed(0)} ms, of ${median(runs.map((run) => run.taskMs)).toFixed(0)} ms of the main thread`,
      reach: `median < ${REACH_SCRIPT_MS} ms`, ok: scriptMs < REACH_SCRIPT_MS,
    }];
  } finally {
    await browser.close();
    await server.stop();
  }
}
