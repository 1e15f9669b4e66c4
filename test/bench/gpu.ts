import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { type BenchRow, median } from './row.ts';

const LIMIT_MS = 120_000;
const NOTICE_REACH_MS = 1_000;
const REPAIR_REACH_MS = 3_000;
const CASES: readonly (readonly [name: string, canvases: string])[] = [
  ['base map', '.maplibregl-canvas'], ['overlay', '#deckgl-overlay'], ['both', '.maplibregl-canvas, #deckgl-overlay'],
];

interface LossTimes {
  readonly noticeMs: number;
  readonly repairMs: number;
}

/** From the loss to the words that say so, and to base map and overlay on screen again, by the page's own clock. */
function loseAndWatch(page: Page, canvases: string, hasEvent: boolean): Promise<LossTimes> {
  return page.evaluate(({ selector, isTold }) => new Promise<LossTimes>((done) => {
    const swallow = (event: Event) => event.stopImmediatePropagation();
    if (!isTold) window.addEventListener('webglcontextlost', swallow, true);
    const view = document.querySelector<HTMLElement>('.mapView');
    const beganMs = performance.now();
    let noticeMs: number | undefined;
    const observer = new MutationObserver(() => {
      const sinceMs = performance.now() - beganMs;
      if (view?.dataset.standing !== 'map') noticeMs ??= sinceMs;
      else if (noticeMs !== undefined) {
        observer.disconnect();
        window.removeEventListener('webglcontextlost', swallow, true);
        done({ noticeMs, repairMs: sinceMs });
      }
    });
    if (view !== null) observer.observe(view, { attributes: true, attributeFilter: ['data-standing'] });
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>(selector)) canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  }), { selector: canvases, isTold: hasEvent });
}

/** How soon a wall notices that its GPU is gone, and has its map back. Software WebGL: the repair is what this machine takes to draw a map at all. */
export async function benchGpu(): Promise<BenchRow[]> {
  const [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const isSteady = () => page.locator('.mapView[data-standing="map"][data-steady="true"]').waitFor({ timeout: LIMIT_MS });
    await page.goto(`${server.url}/wall?scene=connectivity&rotate=0&motion=off`);
    const rows: BenchRow[] = [];
    for (const hasEvent of [true, false]) {
      const times: LossTimes[] = [];
      for (const [, canvases] of CASES) {
        await isSteady();
        times.push(await loseAndWatch(page, canvases, hasEvent));
      }
      const told = (pick: (times: LossTimes) => number) => CASES.map(([name], i) => `${name} ${Math.round(pick(times[i] ?? { noticeMs: Number.NaN, repairMs: Number.NaN }))}`).join(', ');
      const noticeMs = Math.max(...times.map((time) => time.noticeMs));
      const repairMs = median(times.map((time) => time.repairMs));
      const how = hasEvent ? '' : ', without its event';
      rows.push({ what: `WebGL context lost${how}: noticed`, measured: `${told((time) => time.noticeMs)} ms`, reach: '< 1,000 ms', ok: noticeMs < NOTICE_REACH_MS });
      rows.push({ what: `WebGL context lost${how}: map and symbols back`, measured: `${told((time) => time.repairMs)} ms`, reach: '< 3,000 ms with a GPU', ok: repairMs < REPAIR_REACH_MS });
    }
    return rows;
  } finally {
    await browser.close();
    await server.stop();
  }
}
