import type { Browser, Page } from 'playwright-core';
import { WallsDto } from '../../shared/protocol/answers.ts';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { tracePresented } from './presented.ts';
import { type BenchRow, median, quantile } from './row.ts';

const EVENTS = 100;
/** Far more than the simulator changes in one tick, so that the jump is ours. */
const JUMP = 1_000;
const WATCH_MS = 60_000;
const SETTLE_MS = 10_000;
export const MARK = 'figure';

export interface Changed { readonly serverTimeMs: number; readonly shown: number; readonly domMs: number }
declare global { interface Window { paintBench: { shown: number; longTasksMs: number[] } } }

/** Notes the server's time in every frame that arrives, and marks when the hero figure changed after it. */
async function install(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    const bench = { shown: 0, longTasksMs: [] as number[] };
    window.paintBench = bench;
    let serverTimeMs = 0;
    const WebSocketOfPage = window.WebSocket;
    window.WebSocket = class extends WebSocketOfPage {
      constructor(...address: ConstructorParameters<typeof WebSocket>) {
        super(...address);
        // Registered before the client's own: it runs first.
        this.addEventListener('message', ({ data }) => {
          if (!(data instanceof ArrayBuffer) || data.byteLength < 16) return;
          const view = new DataView(data);
          const isFrame = view.getUint32(0, true) === 0x31505644;
          if (isFrame) serverTimeMs = view.getFloat64(8, true);
        });
      }
    };
    let shownText = '';
    new MutationObserver(() => {
      // A critical alarm of the simulator stands before the scene; a person sends it away.
      if (document.querySelector('.wall-edge') !== null) window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      const text = document.querySelector('.hero .figure-main')?.textContent ?? '';
      if (text === shownText) return;
      shownText = text;
      bench.shown = Number(text.replaceAll('.', ''));
      performance.mark(mark, { detail: { serverTimeMs, shown: bench.shown, domMs: performance.timeOrigin + performance.now() } });
    }).observe(document, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => bench.longTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
  }, MARK);
}

/** A wall on its security scene that marks when its hero figure changes. */
export async function openWall(browser: Browser, server: Pick<RunningServer, 'url'>, hasMap: boolean): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await install(page);
  if (!hasMap) await page.route(/WallMap-[^/]*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: 'export default () => null;' }));
  await page.goto(`${server.url}/wall?scene=security&rotate=0&wall=bench`);
  await page.locator(hasMap ? 'html[data-map-ready="true"]' : '.hero .figure-main').first().waitFor({ state: 'attached', timeout: 120_000 });
  await page.waitForTimeout(SETTLE_MS);
  return page;
}

async function post(url: string, value: number): Promise<void> {
  const response = await fetch(`${url}/api/v1/observations`, {
    method: 'POST', headers: { 'Content-Type': 'application/cloudevents+json' },
    body: JSON.stringify({
      specversion: '1.0', id: `paint-${value}`, source: 'soc-68', type: 'vn.ioc.observation.v1', subject: '68', time: new Date().toISOString(),
      data: { indicator: 'alerts-open', value },
    }),
  });
  if (!response.ok) throw new Error(`The server refused the observation: ${response.status} ${await response.text()}`);
}

async function paintRow(browser: Browser, page: Page, url: string, hasMap: boolean): Promise<BenchRow> {
  const marks = await tracePresented<Changed>(browser, MARK, async () => {
    for (let count = 1; count <= EVENTS; count++) {
      await post(url, count * JUMP);
      await page.waitForFunction((value) => window.paintBench.shown >= value, count * JUMP, { polling: 100 });
    }
  });
  const jumps = marks.filter(({ detail: { shown } }, index) => index > 0 && shown - (marks[index - 1]?.detail.shown ?? 0) > JUMP / 2);
  const toDomMs = jumps.map(({ detail: { domMs, serverTimeMs } }) => domMs - serverTimeMs);
  const toScreenMs = jumps.map(({ detail: { domMs, serverTimeMs }, afterMs }) => domMs + afterMs - serverTimeMs);
  const p99Ms = quantile(toScreenMs, 0.99);
  return {
    what: `server event → pixel presented, one wall, 1080p, ${hasMap ? '' : 'without its map, '}tick not counted (${jumps.length} observations)`,
    measured: `p50 ${median(toScreenMs).toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms (of which until in the DOM: p50 ${median(toDomMs).toFixed(0)}, p99 ${quantile(toDomMs, 0.99).toFixed(0)} ms)`,
    reach: hasMap ? 'p99 < 100 ms' : 'told', ok: !hasMap || p99Ms < 100,
  };
}

/** How old the picture is by the wall's own reports: a queue that grows would make the second half older than the first. */
async function picturesWhile(url: string, watched: Promise<void>): Promise<number[]> {
  const agesMs: number[] = [];
  let isWatching = true;
  const ended = watched.then(() => { isWatching = false; });
  let reports = 0;
  while (isWatching) {
    const { walls } = WallsDto.parse(await (await fetch(`${url}/api/v1/walls`)).json());
    const wall = walls.find(({ wallId }) => wallId === 'bench');
    if (wall !== undefined && wall.reportCount !== reports && wall.paintedAgeMs !== null) {
      reports = wall.reportCount;
      agesMs.push(wall.paintedAgeMs);
    }
    await new Promise((again) => { setTimeout(again, 1_000); });
  }
  await ended;
  return agesMs;
}

async function loadRows(page: Page, url: string, rate: number): Promise<BenchRow[]> {
  await page.evaluate(() => { window.paintBench.longTasksMs.length = 0; });
  const agesMs = await picturesWhile(url, page.waitForTimeout(WATCH_MS));
  const longTasksMs = await page.evaluate(() => window.paintBench.longTasksMs);
  const half = Math.floor(agesMs.length / 2);
  const [firstMs, secondMs] = [median(agesMs.slice(0, half)), median(agesMs.slice(half))];
  return [{
    what: `tasks over 50 ms on the page’s main thread in a minute at ${rate}× load`,
    measured: `${longTasksMs.length}${longTasksMs.length === 0 ? '' : `, longest ${Math.max(...longTasksMs).toFixed(0)} ms`}`,
    reach: rate === 1 ? 'none' : 'told', ok: rate > 1 || longTasksMs.length === 0,
  }, {
    what: `age of the picture meanwhile, median of the reports of the first and of the second half minute, ${rate}× load`,
    measured: `${firstMs.toFixed(0)}, then ${secondMs.toFixed(0)} ms (oldest ${Math.max(...agesMs).toFixed(0)} ms)`,
    // Heartbeats come every two seconds: what is younger than that says nothing of a queue.
    reach: 'does not grow by a heartbeat', ok: secondMs - firstMs < 2_000,
  }];
}

async function withWall(rate: number, hasMap: boolean, measure: (browser: Browser, page: Page, url: string) => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const server = await startServer({ env: { ...QUIET_DAY, IOC_SIM_RATE: String(rate) } });
  const browser = await launchChromium();
  try {
    return await measure(browser, await openWall(browser, server, hasMap), server.url);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The hero figure of one wall after a posted observation, scenes standing still; then what the page's main thread does at 1× and 10×. */
export async function benchPaint(): Promise<BenchRow[]> {
  const usual = await withWall(1, true, async (browser, page, url) => [await paintRow(browser, page, url, true), ...await loadRows(page, url, 1)]);
  const mapless = await withWall(1, false, async (browser, page, url) => [await paintRow(browser, page, url, false)]);
  return [...usual, ...mapless, ...await withWall(10, true, (_browser, page, url) => loadRows(page, url, 10))];
}
