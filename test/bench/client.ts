import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { type BenchRow, median, quantile } from './row.ts';

const WALL = '/wall?scene=connectivity&rotate=0&motion=off';
const SIZE = { width: 1920, height: 1080 };
const WATCH_MS = 30_000;
const REDRAW_OVER_MS = 100;
/** Some 7 % of series a second, enough that the map is redrawn now and then; and every observed series each second. */
const FEW = '10';
const ALL = '300';

const mapIsPainted = (page: Page) => page.locator('html[data-map-painted="true"]').waitFor({ state: 'attached', timeout: 60_000 });
const mapIsReady = (page: Page) => page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });

/** The page in a real browser. Software WebGL: the redraw is the machine's, the script is ours; both are told. */
export async function benchClient(): Promise<BenchRow[]> {
  const browser = await launchChromium();
  try {
    return [...await benchFirstLoad(browser), ...await benchFullChange(browser)];
  } finally {
    await browser.close();
  }
}

async function benchFirstLoad(browser: Browser): Promise<BenchRow[]> {
  const server = await startServer({ env: QUIET_DAY });
  const page = await browser.newPage({ viewport: SIZE, extraHTTPHeaders: { 'accept-encoding': 'gzip' } });
  const sizes: { readonly name: string; readonly bytes: number }[] = [];
  const waiting: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    waiting.push((async () => {
      const { responseBodySize } = await request.sizes();
      sizes.push({ name: new URL(request.url()).pathname.split('/').at(-1) ?? '', bytes: responseBodySize });
    })());
  });
  const startedMs = performance.now();
  await page.goto(`${server.url}${WALL}`);
  await page.locator('.figure-main').first().waitFor();
  const figuresMs = performance.now() - startedMs;
  await mapIsPainted(page);
  const mapMs = performance.now() - startedMs;
  await mapIsReady(page);
  const readyMs = performance.now() - startedMs;
  await Promise.all(waiting);
  await page.close();
  await server.stop();
  const counted = sizes.filter(({ name }) => !/\.woff2?$/.test(name)).sort((a, b) => b.bytes - a.bytes);
  const totalKb = counted.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
  const largest = counted.slice(0, 4).map(({ name, bytes }) => `${name.replace(/-[\w-]{8}\./, '.')} ${Math.round(bytes / 1_000)}`).join(', ');

  const starts: number[] = [];
  for (let round = 0; round < 3; round++) {
    const beganMs = performance.now();
    const own = await startServer({ env: QUIET_DAY });
    const wall = await browser.newPage({ viewport: SIZE });
    await wall.goto(`${own.url}${WALL}`);
    await mapIsPainted(wall);
    starts.push((performance.now() - beganMs) / 1_000);
    await wall.close();
    await own.stop();
  }
  return [
    { what: 'client first load, gzip, geography and catalogue included, fonts not', measured: `${Math.round(totalKb)} KB (${largest})`, reach: '< 1,000 KB', ok: totalKb < 1_000 },
    { what: 'first figures painted, then the map, from navigation', measured: `${Math.round(figuresMs)} ms, ${Math.round(mapMs)} ms (symbols too: ${Math.round(readyMs)} ms)`, reach: 'figures before map', ok: figuresMs < mapMs },
    { what: 'server start to first painted map, median of 3', measured: `${median(starts).toFixed(1)} s`, reach: '< 10 s', ok: median(starts) < 10 },
  ];
}

interface Watched {
  /** Script of one delta: decode, apply, tell listeners, render, update layers. */
  readonly longTasksMs: number[];
  readonly framesMs: number[];
  readonly scriptMsPerSec: number;
}

/** A frame is the gap between two animation frames. What differs between the two loads is what a delta costs, not what a redraw costs. */
async function benchFullChange(browser: Browser): Promise<BenchRow[]> {
  const watchAt = async (env: Readonly<Record<string, string>>) => {
    const server = await startServer({ env: { ...QUIET_DAY, ...env } });
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(`${server.url}${WALL}`);
    await mapIsReady(page);
    // The first seconds compile and place; a wall runs for a month.
    await page.waitForTimeout(6_000);
    const watched = await watch(page);
    await page.close();
    await server.stop();
    return watched;
  };
  const usual = await watchAt({ IOC_SIM_RATE: FEW });
  const full = await watchAt({ IOC_SIM_RATE: ALL });
  const redraws = ({ framesMs }: Watched) => framesMs.filter((frameMs) => frameMs > REDRAW_OVER_MS);
  const beyondMs = quantile(full.framesMs, 0.99) - quantile(usual.framesMs, 0.99);
  return [{
    what: 'client: frames while every observed series changes each second, beyond those while 7 % change, p99',
    measured: `${quantile(full.framesMs, 0.99).toFixed(0)} against ${quantile(usual.framesMs, 0.99).toFixed(0)} ms: ${beyondMs.toFixed(0)} ms beyond (over ${REDRAW_OVER_MS} ms: ${redraws(full).length} against ${redraws(usual).length}); script ${full.scriptMsPerSec.toFixed(0)} against ${usual.scriptMsPerSec.toFixed(0)} ms a second`,
    reach: '≤ 50 ms beyond', ok: beyondMs <= 50,
  }, {
    what: 'client: longest task on the page’s main thread, every observed series changing each second',
    measured: `p50 ${full.longTasksMs.length === 0 ? 'none over 50' : median(full.longTasksMs).toFixed(0)} ms, worst ${Math.max(0, ...full.longTasksMs).toFixed(0)} ms, ${full.longTasksMs.length} in ${WATCH_MS / 1_000} s`,
    reach: 'told', ok: true,
  }];
}

async function watch(page: Page): Promise<Watched> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const scriptSec = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  const before = await scriptSec();
  const seen = await page.evaluate((watchMs) => new Promise<{ longTasksMs: number[]; framesMs: number[] }>((done) => {
    const longTasksMs: number[] = [];
    const framesMs: number[] = [];
    const observer = new PerformanceObserver((list) => longTasksMs.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ entryTypes: ['longtask'] });
    const startedMs = performance.now();
    let lastMs = startedMs;
    const frame = (nowMs: number) => {
      framesMs.push(nowMs - lastMs);
      lastMs = nowMs;
      if (nowMs - startedMs < watchMs) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        done({ longTasksMs, framesMs });
      }
    };
    requestAnimationFrame(frame);
  }), WATCH_MS);
  return { ...seen, scriptMsPerSec: ((await scriptSec()) - before) * 1_000 / (WATCH_MS / 1_000) };
}
