import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { THEMES } from '../../client/theme/tokens.ts';
import { canvasInk } from '../support/canvasInk.ts';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

/** Small, because the processor draws here; the wall's own size changes none of these rules. */
const SIZE = { width: 960, height: 540 };
const BOTH = '.maplibregl-canvas, #deckgl-overlay';
const WALL = '/wall?scene=connectivity&rotate=0&motion=off';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

declare global {
  interface Window {
    /** Every WebGL context this page was ever given; held, so that none is collected. */
    contexts: WebGL2RenderingContext[];
    /** Contexts asked for in vain. */
    refusals: number;
    isWebGlOff: boolean;
  }
}

/** A wall whose contexts are counted, and whose WebGL can be switched off as a driver would. */
async function openWall(isWebGlOff = false): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZE, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  await page.addInitScript((isOff) => {
    window.contexts = [];
    window.isWebGlOff = isOff;
    window.refusals = 0;
    const original = HTMLCanvasElement.prototype.getContext;
    Object.assign(HTMLCanvasElement.prototype, {
      getContext(this: HTMLCanvasElement, ...asked: Parameters<typeof original>) {
        if (asked[0].startsWith('webgl') && window.isWebGlOff) {
          window.refusals += 1;
          return null;
        }
        const context = original.apply(this, asked);
        if (context instanceof WebGL2RenderingContext && !window.contexts.includes(context)) window.contexts.push(context);
        return context;
      },
    });
  }, isWebGlOff);
  await page.goto(`${server.url}${WALL}`);
  await page.evaluate(() => { document.body.dataset.mark = 'same page'; });
  return page;
}

const standing = (page: Page, what: 'map' | 'outline' | 'table') => page.locator(`.mapView[data-standing="${what}"]`).waitFor({ timeout: 100_000 });
const mapIsBack = async (page: Page) => {
  await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 100_000 });
  await page.locator('.mapView[data-standing="map"][data-steady="true"]').waitFor({ timeout: 100_000 });
};
const lose = (page: Page, canvases: string) => page.evaluate((selector) => {
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>(selector)) canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
}, canvases);
/** Ink of the base map and of the overlay. */
async function inks(page: Page): Promise<{ readonly base: number; readonly overlay: number }> {
  const base = await canvasInk(page, '.maplibregl-canvas', THEMES.dark.sea);
  return { base, overlay: await canvasInk(page, '#deckgl-overlay', THEMES.dark.sea) };
}
const liveContexts = (page: Page) => page.evaluate(() => window.contexts.filter((context) => !context.isContextLost()).length);

describe('[GP1] a wall that loses its GPU', () => {
  test('says so, keeps its figures, and has its map back by itself, five times over, with no context or canvas more', async () => {
    const page = await openWall();
    await mapIsBack(page);
    const before = await inks(page);
    expect(before.base).toBeGreaterThan(5_000);
    expect(before.overlay).toBeGreaterThan(300);
    for (const canvases of ['.maplibregl-canvas', '#deckgl-overlay', BOTH, '#deckgl-overlay', BOTH]) {
      await lose(page, canvases);
      // The outline, and on a machine that draws slowly the table after it.
      await page.getByText(/Bản đồ đơn giản, đang dựng lại|Đang thử vẽ lại bản đồ/).waitFor();
      for (const words of ['/705', 'Quần đảo Hoàng Sa', 'Quần đảo Trường Sa', 'BIỂN ĐÔNG']) await page.getByText(words).first().waitFor();
      await mapIsBack(page);
      expect(await page.getByText('Bản đồ đơn giản').count()).toBe(0);
      expect([await liveContexts(page), await page.locator('.mapView canvas').count()]).toEqual([2, 2]);
    }
    // Figures live on meanwhile, so a ring or a symbol may have come or gone.
    const after = await inks(page);
    expect(after.base / before.base).toBeGreaterThan(0.9);
    expect(after.overlay / before.overlay).toBeGreaterThan(0.6);
    expect(await page.locator('body').getAttribute('data-mark')).toBe('same page');
    await page.close();
  });

  test('notices it without the event too', async () => {
    const page = await openWall();
    await mapIsBack(page);
    await page.evaluate(() => window.addEventListener('webglcontextlost', (event) => event.stopImmediatePropagation(), true));
    await lose(page, '#deckgl-overlay');
    await page.locator('.mapView:not([data-standing="map"])').waitFor();
    await mapIsBack(page);
    await page.close();
  });

  test('has its map back after the browser’s GPU process has died', async () => {
    const page = await openWall();
    await mapIsBack(page);
    const session = await browser.newBrowserCDPSession();
    await session.send('Browser.crashGpuProcess');
    await page.locator('.mapView:not([data-standing="map"])').waitFor();
    await mapIsBack(page);
    const { base, overlay } = await inks(page);
    expect(base).toBeGreaterThan(5_000);
    expect(overlay).toBeGreaterThan(300);
    await session.detach();
    await page.close();
  });
});

describe('[GP2] a wall that has no GPU', () => {
  test('whose map does not come back at once shows the table before the tries are spent', async () => {
    const page = await openWall();
    await mapIsBack(page);
    await page.evaluate(() => {
      for (const context of window.contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
      window.isWebGlOff = true;
    });
    await standing(page, 'table');
    // The third try in a row comes 7.5 s after the loss.
    const refusals = await page.evaluate(() => window.refusals);
    expect(refusals).toBeGreaterThan(0);
    await page.evaluate(() => { window.isWebGlOff = false; });
    await mapIsBack(page);
    await page.close();
  });

  test('shows a table in the map’s place that says so, and the map once there is one', async () => {
    const page = await openWall(true);
    const table = page.getByRole('region', { name: 'BẢNG THAY BẢN ĐỒ' });
    await table.waitFor();
    await page.getByText('/705').first().waitFor();
    for (const words of ['Đang thử vẽ lại bản đồ', 'Quần đảo Hoàng Sa', 'Quần đảo Trường Sa', 'BIỂN ĐÔNG']) await table.getByText(words).waitFor();
    const rows = await table.getByRole('listitem').allInnerTexts();
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row).toMatch(/\d\s%|—/);
    expect(await page.locator('canvas').count()).toBe(0);
    await page.evaluate(() => { window.isWebGlOff = false; });
    await mapIsBack(page);
    expect(await page.locator('body').getAttribute('data-mark')).toBe('same page');
    await page.close();
  });

  test('[AP1] shows the table when the map’s code does not come, and takes the page anew', async () => {
    // No feed, so the moment is quiet; no chance, so it is now. The map draws nothing without chance.
    const quiet = await startServer({ env: { IOC_LIVE: 'feeds' } });
    const page = await browser.newPage({ viewport: SIZE });
    await page.addInitScript(() => { if (sessionStorage.length === 0) Math.random = () => 0; });
    const seen = Promise.withResolvers<void>();
    await page.route('**/healthz', async (route) => { await seen.promise; await route.continue(); });
    await page.route(/WallMap-[^/]*\.js$/, (route) => route.abort());
    await page.goto(`${quiet.url}${WALL}`);
    await page.locator('.mapTable').waitFor();
    await page.unroute(/WallMap-[^/]*\.js$/);
    seen.resolve();
    await mapIsBack(page);
    await page.close();
    await quiet.stop();
  });
});
