import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/startServer.ts';
import { type BenchRow, quantile } from './row.ts';

const WALL = '/wall?scene=security&rotate=0';
const EVENTS = 60;
/** Far more than the simulator changes in one tick, so that the jump is ours. */
const JUMP = 1_000;
const WATCH_MS = 60_000;

interface Painted { readonly serverTimeMs: number; readonly shown: number; readonly domMs: number; readonly paintedMs: number }
declare global { interface Window { paintBench: { painted: Painted[]; longTasksMs: number[] } } }

/**
 * Notes the server's time in every frame that arrives, and after which one the hero figure changed. "In the DOM" is the mutation;
 * "painted" is the beginning of the second animation frame after it: the first one draws it, and by the second it was handed on.
 */
async function install(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const bench = { painted: [] as Painted[], longTasksMs: [] as number[] };
    window.paintBench = bench;
    let serverTimeMs = 0;
    const nowMs = () => performance.timeOrigin + performance.now();
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
      const text = document.querySelector('.hero .figure-main')?.textContent ?? '';
      if (text === shownText) return;
      shownText = text;
      const entry = { serverTimeMs, shown: Number(text.replaceAll('.', '')), domMs: nowMs() };
      requestAnimationFrame(() => requestAnimationFrame(() => bench.painted.push({ ...entry, paintedMs: nowMs() })));
    }).observe(document, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => bench.longTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
  });
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

/** The hero figure of one wall after a posted observation, at the usual load with scenes standing still; the tick is not counted. */
export async function benchPaint(): Promise<BenchRow[]> {
  const server = await startServer();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await install(page);
    await page.goto(`${server.url}${WALL}`);
    await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 120_000 });
    await page.waitForTimeout(10_000);
    await page.evaluate(() => { window.paintBench.longTasksMs.length = 0; });
    await page.waitForTimeout(WATCH_MS);
    const longTasksMs = await page.evaluate(() => window.paintBench.longTasksMs);
    await page.evaluate(() => { window.paintBench.painted.length = 0; });
    for (let count = 1; count <= EVENTS; count++) {
      await post(server.url, count * JUMP);
      const floor = count * JUMP;
      await page.waitForFunction((value) => (window.paintBench.painted.at(-1)?.shown ?? 0) >= value, floor, { polling: 100 });
    }
    const painted = await page.evaluate(() => window.paintBench.painted);
    const jumps = painted.filter(({ shown }, index) => index > 0 && shown - (painted[index - 1]?.shown ?? 0) > JUMP / 2);
    const toPaintMs = jumps.map(({ serverTimeMs, paintedMs }) => paintedMs - serverTimeMs);
    const toDomMs = jumps.map(({ serverTimeMs, domMs }) => domMs - serverTimeMs);
    const p99Ms = quantile(toPaintMs, 0.99);
    return [{
      what: `server event → painted pixel, one wall, 1080p, tick not counted (${jumps.length} observations)`,
      measured: `p50 ${quantile(toPaintMs, 0.5).toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms (in the DOM: p50 ${quantile(toDomMs, 0.5).toFixed(0)}, p99 ${quantile(toDomMs, 0.99).toFixed(0)} ms)`,
      reach: 'p99 < 100 ms', ok: p99Ms < 100,
    }, {
      what: 'tasks over 50 ms on the page’s main thread in a minute at 1× load',
      measured: `${longTasksMs.length}${longTasksMs.length === 0 ? '' : `, longest ${Math.max(...longTasksMs).toFixed(0)} ms`}`,
      reach: 'none', ok: longTasksMs.length === 0,
    }];
  } finally {
    await browser.close();
    await server.stop();
  }
}
