import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/startServer.ts';

const OUT = resolve(import.meta.dirname, '../../docs/screens');

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio?: number;
  /** Run once the page is ready, before the picture. */
  readonly act?: (page: Page, server: { kill(): Promise<void> }) => Promise<void>;
}

/** To the conference of 26 August 2020 by the presenter's own keys; a press that falls into a seek on its way is made again. */
async function seekDemo(page: Page): Promise<void> {
  const day = page.locator('.demo-day');
  for (let press = 0; press < 8 && !(await day.innerText()).endsWith('/8/2020'); press++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(3_000);
  }
}

async function loseLink(page: Page, server: { kill(): Promise<void> }): Promise<void> {
  await server.kill();
  await page.getByText('MẤT LIÊN LẠC').first().waitFor({ timeout: 20_000 });
}

const SHOTS: readonly Shot[] = [
  { name: 'wall-4k-connectivity', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160 },
  { name: 'wall-4k-security', path: '/wall?scene=security&rotate=0&motion=off', widthPx: 3840, heightPx: 2160 },
  { name: 'wall-4k-dossiers', path: '/wall?scene=dossiers&rotate=0&motion=off', widthPx: 3840, heightPx: 2160 },
  { name: 'wall-1080p', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 1920, heightPx: 1080 },
  { name: 'wall-ultrawide', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 5760, heightPx: 1080 },
  { name: 'province-landscape', path: '/province/68?domain=dossiers', widthPx: 1180, heightPx: 820, pixelRatio: 2 },
  { name: 'province-portrait', path: '/province/68?domain=connectivity', widthPx: 820, heightPx: 1180, pixelRatio: 2 },
  { name: 'demo-4k', path: '/demo?motion=off', widthPx: 3840, heightPx: 2160, act: seekDemo },
  { name: 'demo-1080p', path: '/demo?motion=off', widthPx: 1920, heightPx: 1080, act: seekDemo },
  { name: 'home', path: '/', widthPx: 1280, heightPx: 800 },
  // Last: it ends the server.
  { name: 'wall-link-lost', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160, act: loseLink },
];

/** Pictures of the product as it runs, for the README and for comparing with the design. `npm run screens -- <name>…` makes only those. */
async function main(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const wanted = process.argv.slice(2);
  const server = await startServer();
  const browser = await launchChromium();
  try {
    for (const shot of SHOTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      const page = await browser.newPage({
        viewport: { width: shot.widthPx, height: shot.heightPx }, deviceScaleFactor: shot.pixelRatio ?? 1, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh',
      });
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
      await page.goto(`${server.url}${shot.path}`);
      if (shot.path !== '/') await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
      await shot.act?.(page, server);
      // Two ticks and their redraw: labels of the first picture are placed by then.
      await page.waitForTimeout(4_000);
      await page.screenshot({ path: resolve(OUT, `${shot.name}.png`), timeout: 90_000 });
      console.log(`${shot.name}.png${problems.length === 0 ? '' : `: ${problems.join(' | ')}`}`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

await main();
