import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { becomeWall, type Wall, wallAddress } from '../support/becomeWall.ts';
import { launchChromium } from '../support/chromium.ts';
import { postOld } from '../support/extremes.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { raiseFlood, seekDemo, stayBright, switchWebGlOff } from './screenActs.ts';

const OUT = resolve(import.meta.dirname, '../../screens');
const LANGUAGES = ['vi', 'en'] as const;
const SCENES = [['1', 'connectivity'], ['2', 'security'], ['3', 'dossiers']] as const;
const SIZES: readonly [Wall, ...Wall[]] = [
  { name: '1080p', width: 1920, height: 1080, widthMm: 1217, distanceM: 5 }, { name: '4k', width: 3840, height: 2160, widthMm: 2435, distanceM: 5 },
  { name: 'ultrawide', width: 5760, height: 1080, widthMm: 3652, distanceM: 5 }, { name: '9x3', width: 4320, height: 810, widthMm: 10957, distanceM: 8 },
];
const READY_MS = 120_000;
/** Two ticks and their redraw. */
const SETTLE_MS = 3_000;

interface State {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Before the page is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Once the first map is there, or what stands in its place. */
  readonly act?: (server: RunningServer, page: Page) => Promise<void>;
  /** Before each size, so that time does not change the state. */
  readonly renew?: (server: RunningServer) => Promise<void>;
}

async function becomeOld(server: RunningServer): Promise<void> {
  const fresh = await startServer({ env: QUIET_DAY });
  await postOld(server.url, fresh.url);
  await fresh.stop();
}

async function loseLink(server: RunningServer, page: Page): Promise<void> {
  await server.kill();
  await page.locator('html[data-link="lost"]').waitFor({ state: 'attached', timeout: 20_000 });
}

const STATES: readonly State[] = [
  { name: 'fresh', env: QUIET_DAY }, { name: 'stale', env: { IOC_LIVE: 'feeds' }, renew: becomeOld }, { name: 'flood', env: QUIET_DAY, act: raiseFlood },
  { name: 'disconnected', env: QUIET_DAY, act: loseLink }, { name: 'gpu-lost', env: QUIET_DAY, prepare: switchWebGlOff },
];

const mapIsReady = (page: Page) => page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: READY_MS });

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  await mapIsReady(page);
  await page.screenshot({ path: resolve(OUT, `${name}.png`), timeout: READY_MS });
}

async function opened(browser: Browser, { width, height }: Wall, url: string, prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  await stayBright(page);
  await prepare?.(page);
  await page.goto(url);
  await mapIsReady(page);
  return page;
}

/** One page becomes each wall in each language, as in the test of its texts. */
async function drawState(browser: Browser, { name, env, prepare, act, renew }: State, tell: (done: string) => void): Promise<void> {
  const server = await startServer({ env });
  await renew?.(server);
  const page = await opened(browser, SIZES[0], `${server.url}${wallAddress(SIZES[0])}`, prepare);
  await act?.(server, page);
  for (const size of SIZES) {
    await renew?.(server);
    for (const language of LANGUAGES) {
      await becomeWall(page, size);
      if (await page.locator('html').getAttribute('lang') !== language) await page.keyboard.press('l');
      for (const [key, scene] of SCENES) {
        await page.keyboard.press(key);
        await take(page, `${name}-${scene}-${size.name}-${language}`);
      }
    }
    tell(`screens/${name}-*-${size.name}-*.png`);
  }
  await page.close();
  await server.stop();
}

/** Every scene on every wall in both languages, in each state, and the replay. 128 pictures, beside the repository's own. */
export async function drawMatrix(tell: (done: string) => void): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const browser = await launchChromium();
  for (const state of STATES) await drawState(browser, state, tell);
  const server = await startServer({ env: QUIET_DAY });
  for (const size of SIZES) {
    for (const language of LANGUAGES) {
      const page = await opened(browser, size, `${server.url}/demo?motion=off&lang=${language}`);
      await seekDemo(page);
      await take(page, `replay-${size.name}-${language}`);
      await page.close();
    }
  }
  await browser.close();
  await server.stop();
}
