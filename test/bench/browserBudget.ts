import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { toLevel } from '../../shared/domain/locality.ts';
import { realTable } from '../support/aCatalogue.ts';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { benchBrowserDecode } from './browserDecode.ts';
import { type Part, PARTS, profilePage, readSources, type SourceOf, type TickTimes } from './pageProfile.ts';
import { type BenchRow, median, quantile } from './row.ts';

const WALL = '/wall?scene=connectivity&rotate=0';
const SIZE = { width: 1920, height: 1080 };
const MANIFEST = resolve(import.meta.dirname, '../../client/dist/.build.json');
const SETTLE_MS = 8_000;
const WATCH_MS = 30_000;
/** A display of 60 Hz shows the same picture twice when the next frame is later than this. */
const MISSED_OVER_MS = 25;

/** `flips`: every tenth local unit's link also goes from connected to not connected, and back a second later. */
interface Load { readonly name: string; readonly edition: '2021' | '2025'; readonly simRate: number; readonly flips?: boolean }

/** The simulator's rates at which about that many series change in a second. */
const LOADS: readonly Load[] = [
  { name: 'as many changes as W1', edition: '2021', simRate: 12 },
  { name: 'as many changes as W2', edition: '2021', simRate: 120 },
  { name: '20 %', edition: '2025', simRate: 30 },
  { name: 'all', edition: '2025', simRate: 300 },
  { name: 'all, and every tenth seat another state', edition: '2025', simRate: 300, flips: true },
];

interface BudgetNotes { readonly framesMs: number[]; readonly changed: number[]; readonly gapsMs: number[]; readonly longTasksMs: number[]; isWatching: boolean }
declare global { interface Window { budgetBench: BudgetNotes } }

/** Notes when frames of the server come and how many series they change; while `isWatching`, gaps between animation frames too. */
async function install(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const notes: BudgetNotes = { framesMs: [], changed: [], gapsMs: [], longTasksMs: [], isWatching: false };
    window.budgetBench = notes;
    const WebSocketOfPage = window.WebSocket;
    window.WebSocket = class extends WebSocketOfPage {
      constructor(...address: ConstructorParameters<typeof WebSocket>) {
        super(...address);
        this.addEventListener('message', ({ data }) => {
          if (!(data instanceof ArrayBuffer) || data.byteLength < 40) return;
          const view = new DataView(data);
          if (view.getUint32(0, true) !== 0x31505644 || view.getUint8(5) !== 2) return;
          notes.framesMs.push(performance.now());
          // Past the header a delta says how many series it changes, as a varint.
          let changed = 0, scale = 1, at = view.getUint16(6, true);
          for (;; at++, scale *= 128) {
            changed += (view.getUint8(at) & 127) * scale;
            if (view.getUint8(at) < 128) break;
          }
          notes.changed.push(changed);
        });
      }
    };
    new PerformanceObserver((list) => { if (notes.isWatching) notes.longTasksMs.push(...list.getEntries().map(({ duration }) => duration)); }).observe({ entryTypes: ['longtask'] });
  });
}

/** Returns what ends it. */
function flipLinks(url: string, edition: Load['edition']): () => void {
  const codes = realTable(edition).localities.filter(({ level }) => toLevel({ level }) === 'local').filter((_, at) => at % 10 === 0).map(({ code }) => code);
  let round = 0;
  const post = async () => {
    round += 1;
    const events = codes.map((code, place) => ({
      specversion: '1.0', id: `flip-${round}-${code}`, source: 'budget', type: 'vn.ioc.observation.v1', subject: code, time: new Date().toISOString(),
      data: { indicator: 'tslcd-link-state', value: 1 + ((round + place) % 2) },
    }));
    const response = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
    if (!response.ok) throw new Error(`The server refused the states of links: ${response.status} ${await response.text()}`);
  };
  const timer = setInterval(() => void post(), 1_000);
  return () => clearInterval(timer);
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Processor time so far of the process that draws, ms: with software WebGL the drawing is all there. */
async function drawingCpuMs(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'GPU').reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
}

interface Smoothness { readonly gapsMs: readonly number[]; readonly longTasksMs: readonly number[]; readonly heapGrowthBytes: number; readonly drawingMsPerSec: number }

async function watchSmoothness(browser: Browser, page: Page): Promise<Smoothness> {
  const [heapBefore, drawnBefore] = [await heapBytes(page), await drawingCpuMs(browser)];
  const seen = await page.evaluate((watchMs) => new Promise<{ gapsMs: number[]; longTasksMs: number[] }>((done) => {
    const notes = window.budgetBench;
    notes.isWatching = true;
    const startedMs = performance.now();
    let lastMs = startedMs;
    const frame = (nowMs: number) => {
      notes.gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
      if (nowMs - startedMs < watchMs) requestAnimationFrame(frame);
      else {
        notes.isWatching = false;
        done({ gapsMs: notes.gapsMs, longTasksMs: notes.longTasksMs });
      }
    };
    requestAnimationFrame(frame);
  }), WATCH_MS);
  return { ...seen, drawingMsPerSec: (await drawingCpuMs(browser) - drawnBefore) / (WATCH_MS / 1_000), heapGrowthBytes: await heapBytes(page) - heapBefore };
}

const spread = (values: readonly number[]) => `${median(values).toFixed(1)} (p99 ${quantile(values, 0.99).toFixed(1)})`;

function rowsOf(title: string, isRedrawn: boolean, ticks: readonly TickTimes[], { gapsMs, longTasksMs, heapGrowthBytes, drawingMsPerSec }: Smoothness): BenchRow[] {
  const sum = (parts: readonly Part[]) => ticks.map((tick) => parts.reduce((total, part) => total + tick[part], 0));
  const missed = gapsMs.filter((gapMs) => gapMs > MISSED_OVER_MS);
  return [{
    what: `browser: main thread a tick, ${title}`,
    measured: `decode and apply ${spread(sum(['frame']))}, store ${spread(sum(['store']))}, views and React ${spread(sum(['views', 'react']))}, map layers and labels ${spread(sum(['layers']))}, drawing’s script ${spread(sum(['draw']))}, garbage ${spread(sum(['garbage']))}, browser ${spread(sum(['browser']))}, rest ${spread(sum(['socket', 'other']))}; together ${spread(sum(PARTS))} ms`,
    reach: 'told', ok: true,
  }, {
    what: `browser: ${WATCH_MS / 1_000} s of animation frames, ${title}`,
    measured: `${missed.length} of ${gapsMs.length} late (over ${MISSED_OVER_MS} ms; p99 ${quantile(gapsMs, 0.99).toFixed(0)}, longest ${Math.max(...gapsMs).toFixed(0)} ms); tasks over 50 ms: ${longTasksMs.length}${longTasksMs.length === 0 ? '' : `, longest ${Math.max(...longTasksMs).toFixed(0)} ms`}; drawing process ${drawingMsPerSec.toFixed(0)} ms a second; heap ${(heapGrowthBytes / 1e6).toFixed(2)} MB`,
    // Where areas or seats look other than before, the map is drawn anew, by the processor here.
    reach: isRedrawn ? 'told' : 'no task over 50 ms', ok: isRedrawn || longTasksMs.length === 0,
  }];
}

async function benchLoad({ name, edition, simRate, flips = false }: Load, sourceOf: SourceOf): Promise<BenchRow[]> {
  const server = await startServer({ env: { ...QUIET_DAY, IOC_EDITION: edition, IOC_SIM_RATE: String(simRate) } });
  const stopFlips = flips ? flipLinks(server.url, edition) : () => {};
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: SIZE, locale: 'vi-VN' });
    await install(page);
    await page.goto(`${server.url}${WALL}`);
    await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 120_000 });
    await page.waitForTimeout(SETTLE_MS);
    const smooth = await watchSmoothness(browser, page);
    const ticks = await profilePage(page, sourceOf, WATCH_MS, () => page.evaluate(() => window.budgetBench.framesMs));
    const changed = await page.evaluate(() => window.budgetBench.changed.slice(5));
    return rowsOf(`edition ${edition}, ${name}: ${median(changed).toLocaleString('en')} changes a second, ${ticks.length} ticks`, flips, ticks, smooth);
  } finally {
    stopFlips();
    await browser.close();
    await server.stop();
  }
}

/** What a wall's page does with a tick: the mirror alone, then the whole product on its heaviest scene. */
export async function benchBrowserBudget(): Promise<BenchRow[]> {
  const rows = await benchBrowserDecode();
  const sourceOf = await readSources(readFileSync(MANIFEST, 'utf8'));
  for (const load of LOADS) rows.push(...await benchLoad(load, sourceOf));
  return rows;
}

if (import.meta.main) console.table(await benchBrowserBudget());
