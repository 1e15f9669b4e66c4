import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { postOld } from '../support/extremes.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';
import { seekDemo, switchWebGlOff } from './screenActs.ts';

const OUT = resolve(import.meta.dirname, '../../screens');
const LANGUAGES = ['vi', 'en'] as const;
const SCENES = [['1', 'connectivity'], ['2', 'security'], ['3', 'dossiers']] as const;
const SIZES = [
  { name: '1080p', width: 1920, height: 1080, widthMm: 1217, distanceM: 5 }, { name: '4k', width: 3840, height: 2160, widthMm: 2435, distanceM: 5 },
  { name: 'ultrawide', width: 5760, height: 1080, widthMm: 3652, distanceM: 5 }, { name: '9x3', width: 4320, height: 810, widthMm: 10957, distanceM: 8 },
] as const;
const READY_MS = 120_000;
/** Two ticks and their redraw. */
const SETTLE_MS = 3_000;

interface State {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Before the page is opened. */
  readonly prepare?: (page: Page, server: RunningServer) => Promise<void>;
  /** Once the map is there, or what stands in its place. */
  readonly act?: (page: Page, server: RunningServer) => Promise<void>;
}

/** No incident of the simulator's own, so that a state shows itself and nothing else. */
const QUIET = { IOC_SCENARIO: 'quiet-day' };

async function becomeOld(_page: Page, server: RunningServer): Promise<void> {
  const fresh = await startServer({ env: QUIET });
  await postOld(server.url, fresh.url);
  await fresh.stop();
}

/** One district of each of sixteen provinces loses its link, as feeds would say. */
async function raiseFlood(page: Page, server: RunningServer): Promise<void> {
  const districts = ['001', '024', '040', '058', '071', '080', '094', '105', '117', '132', '148', '164', '178', '193', '213', '227'];
  const time = new Date().toISOString();
  const events = districts.map((subject) => ({ specversion: '1.0', id: `flood-${subject}`, source: 'flood', type: 'vn.ioc.observation.v1', subject, time, data: { indicator: 'tslcd-link-state', value: 0 } }));
  const answer = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  if (!answer.ok) throw new Error(`The flood for the picture was answered ${answer.status}: ${await answer.text()}`);
  await page.waitForTimeout(SETTLE_MS);
}

async function loseLink(page: Page, server: RunningServer): Promise<void> {
  await server.kill();
  await page.locator('html[data-link="lost"]').waitFor({ state: 'attached', timeout: 20_000 });
}

const STATES: readonly State[] = [
  { name: 'fresh', env: QUIET }, { name: 'stale', env: { IOC_LIVE: 'feeds' }, prepare: becomeOld }, { name: 'flood', env: QUIET, act: raiseFlood },
  { name: 'disconnected', env: QUIET, act: loseLink }, { name: 'gpu-lost', env: QUIET, prepare: switchWebGlOff },
];

type Size = (typeof SIZES)[number];

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: resolve(OUT, `${name}.png`), timeout: READY_MS });
}

async function opened(browser: Browser, { width, height }: Size, url: string, prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  await prepare?.(page);
  await page.goto(url);
  await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: READY_MS });
  return page;
}

async function drawState(browser: Browser, { name, env, prepare, act }: State, size: Size, language: string): Promise<void> {
  const server = await startServer({ env });
  const page = await opened(browser, size, `${server.url}/wall?rotate=0&motion=off&lang=${language}&widthMm=${size.widthMm}&distance=${size.distanceM}`, (made) => prepare?.(made, server) ?? Promise.resolve());
  await act?.(page, server);
  for (const [key, scene] of SCENES) {
    await page.keyboard.press(key);
    await take(page, `${name}-${scene}-${size.name}-${language}`);
  }
  await page.close();
  await server.stop();
}

/** Every scene on every wall in both languages, in each state, and the replay. 128 pictures, beside the repository's own. */
export async function drawMatrix(tell: (done: string) => void): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const browser = await launchChromium();
  for (const state of STATES) for (const size of SIZES) for (const language of LANGUAGES) {
    await drawState(browser, state, size, language);
    tell(`screens/${state.name}-*-${size.name}-${language}.png`);
  }
  const server = await startServer({ env: QUIET });
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
