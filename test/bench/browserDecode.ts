import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import { realTable } from '../support/aCatalogue.ts';
import { launchChromium } from '../support/chromium.ts';
import type { DecodeCase, DecodeTimes } from './decodeInPage.ts';
import { type BenchRow, median, quantile } from './row.ts';
import { workloadTable } from './workload.ts';

const TICKS = 200;
const REACH_MS = 2;
const ORIGIN = 'http://127.0.0.1:9';
/** A page that shares with no other has a clock of 5 µs, any other one of 100 (W3C, "High Resolution Time", §coarsen time). */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

interface InPage { timeTicks(of: DecodeCase): Promise<DecodeTimes> }
declare global { interface Window { decodeBench: InPage } }

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: resolve(import.meta.dirname, 'decodeInPage.ts'), formats: ['es'], fileName: 'decodeInPage' } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first !== undefined && 'output' in first ? first.output.find(({ type }) => type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error('decodeInPage.ts was not bundled.');
  return chunk.code;
}

async function openPage(browser: Browser, code: string): Promise<Page> {
  const page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, (route) => (route.request().url().endsWith('.js')
    ? route.fulfill({ contentType: 'text/javascript', headers: ISOLATED, body: code })
    : route.fulfill({ contentType: 'text/html', headers: ISOLATED, body: '<script type="module">import * as bench from "/decode.js"; window.decodeBench = bench;</script>' })));
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => 'decodeBench' in window);
  return page;
}

function rowOf(name: string, { series, takeMs, flushMs, naiveMs }: DecodeTimes): BenchRow {
  const p95Ms = quantile(takeMs, 0.95);
  const told = (timesMs: readonly number[]) => `${median(timesMs).toFixed(2)} (p95 ${quantile(timesMs, 0.95).toFixed(2)}) ms`;
  return {
    what: `browser: decode and apply one delta, ${name} of ${series.toLocaleString('en')} series`,
    measured: `${told(takeMs)}, then ${told(flushMs)} to say which changed; the whole picture as JSON into a Map ${told(naiveMs)}: ${(median(naiveMs) / median(takeMs)).toFixed(1)} ×`,
    reach: series < 10_000 ? `median and p95 ≤ ${REACH_MS} ms` : 'told', ok: series >= 10_000 || p95Ms <= REACH_MS,
  };
}

/** The client's mirror in a real browser, no screen beside it. By the clock, after a warm-up of 60 ticks. */
export async function benchBrowserDecode(): Promise<BenchRow[]> {
  const [browser, code] = await Promise.all([launchChromium(), bundle()]);
  try {
    const tables: readonly [SeriesTable, ...(readonly [string, number])[]][] = [
      [workloadTable(), ['W1, 20 %', 0.2], ['W2, all', 1]],
      [realTable('2025'), ['20 %', 0.2], ['all', 1]],
    ];
    const rows: BenchRow[] = [];
    for (const [table, ...loads] of tables) {
      const { localities, indicators } = table;
      for (const [name, ratio] of loads) {
        const page = await openPage(browser, code);
        rows.push(rowOf(name, await page.evaluate((of) => window.decodeBench.timeTicks(of), { localities: [...localities], indicators: [...indicators], ratio, ticks: Math.round(TICKS * Math.min(1, 7_680 / table.series.length)) })));
        await page.close();
      }
    }
    return rows;
  } finally {
    await browser.close();
  }
}

if (import.meta.main) console.table(await benchBrowserDecode());
