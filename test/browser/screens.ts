import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { readScenario } from '../../server/players/simulated/scenario.ts';
import { createSimulatedPlayer } from '../../server/players/simulated/simulatedPlayer.ts';
import { realTable } from '../support/aCatalogue.ts';
import { launchChromium } from '../support/chromium.ts';
import { packedBytes } from '../support/packedBytes.ts';
import { realSources } from '../support/simulation.ts';
import { SOC_FEED, sendSocAlerts } from '../support/socAlerts.ts';
import { SOME_FEEDS, sendSomeTraffic } from '../support/someFeedTraffic.ts';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { startWithFeeds } from '../support/startWithFeeds.ts';
import { anOrdinaryWatch, aStormyLoad, aStormyWatch, serveDesk } from './deskActs.ts';
import { raiseFlood, seekDemo, stayBright, switchWebGlOff } from './screenActs.ts';
import { drawMatrix } from './screenMatrix.ts';

const OUT = resolve(import.meta.dirname, '../../docs/screens');

/** A page that is closed at once may not say goodbye: as another wall it would be a trouble in the header of the next picture. */
const ONE_WALL = '&wall=pictures';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio?: number;
  /** A server of its own; absent: the one all share. */
  readonly serve?: () => Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Run before the page is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Run once the page is ready, before the picture. */
  readonly act?: (page: Page, server: { readonly url: string; kill(): Promise<void> }) => Promise<void>;
}

/** What the SOC of Lâm Đồng would send. A simulated reading is gone with the next tick, one from a feed stays. */
async function reportCritical(value: number, url: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: `shot-${Math.random()}`, source: 'soc-68', type: 'vn.ioc.observation.v1', subject: '68', time: new Date().toISOString(), data: { indicator: 'alerts-critical', value } }),
  });
  if (!answer.ok) throw new Error(`The alert for the picture was answered ${answer.status}: ${await answer.text()}`);
}

async function raiseCritical(page: Page, { url }: { readonly url: string }): Promise<void> {
  await reportCritical(1, url);
  await page.locator('.preempt').waitFor({ timeout: 20_000 });
  // The map's flight is a cut here, its redraw is not.
  await page.waitForTimeout(4_000);
}

/** The alarm of the pictures before is over; the map is back at the country. */
async function endCritical(page: Page, url: string): Promise<void> {
  await reportCritical(0, url);
  await page.keyboard.press('Escape');
  await page.locator('.preempt').waitFor({ state: 'detached' });
  await page.waitForTimeout(4_000);
}

async function exercise(page: Page, { url }: { readonly url: string }): Promise<void> {
  const answer = await fetch(`${url}/api/v1/exercises/start`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ scenario: 'storm-central', leader: 'Trực ban' }) });
  if (!answer.ok && answer.status !== 409) throw new Error(`The exercise for the picture was answered ${answer.status}: ${await answer.text()}`);
  await page.getByText('DIỄN TẬP').first().waitFor({ timeout: 20_000 });
}

async function flood(page: Page, server: { readonly url: string }): Promise<void> {
  await endCritical(page, server.url);
  await raiseFlood(server, page);
}

async function loseLink(page: Page, server: { readonly url: string; kill(): Promise<void> }): Promise<void> {
  await endCritical(page, server.url);
  await server.kill();
  await page.getByText('MẤT LIÊN LẠC').first().waitFor({ timeout: 20_000 });
}

/** The map's next try never comes, so that the picture has what stands there meanwhile. */
async function loseGpu(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(window, { setTimeout: () => 0 });
    for (const canvas of document.querySelectorAll('canvas')) canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await page.locator('.mapView[data-standing="outline"]').waitFor({ timeout: 20_000 });
}

/** A province a little while ago: the server of the pictures is young. */
async function goBack(page: Page, { url }: { readonly url: string }): Promise<void> {
  await page.goto(`${url}/province/48?domain=dossiers&at=${Date.now() - 20_000}`);
  await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 240_000 });
  await page.getByText('QUÁ KHỨ').first().waitFor();
}

/** On a server of its own: what is handed over stays on the wall for minutes, and would be on the pictures after it. */
async function handOver(page: Page): Promise<void> {
  const url = new URL(page.url()).origin;
  const wallId = new URLSearchParams(ONE_WALL).get('wall');
  const answer = await fetch(`${url}/api/v1/walls/${wallId}/handover`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ localityCode: '48', scene: 'dossiers', minutes: 5, owner: 'chairman', replaces: null }),
  });
  if (!answer.ok) throw new Error(`The hand-over for the picture was answered ${answer.status}: ${await answer.text()}`);
  await page.getByText('Chủ tịch').first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(6_000);
}

/** The walkthrough: days on which all of a milestone has been said. */
const MILESTONE_DAYS = ['23/7/2019', '16/2/2020', '26/8/2020', '15/3/2021'];

const RECORDING = 'bao-mien-trung';
const STORM_MS = 600_000;
/** Nothing to wait for but the page. */
const MAPLESS = new Set(['/', '/desk', '/desk/load', '/desk/walls', '/feeds', '/wall?recording=khac', '/compare?places=48,68,79&domain=dossiers', '/compare?places=48&domain=dossiers&view=league', '/province/48/report']);

const SHOTS: readonly Shot[] = [
  { name: 'wall-4k-connectivity', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160 },
  { name: 'wall-4k-security', path: '/wall?scene=security&rotate=0&motion=off', widthPx: 3840, heightPx: 2160 },
  { name: 'wall-4k-dossiers', path: '/wall?scene=dossiers&rotate=0&motion=off', widthPx: 3840, heightPx: 2160 },
  { name: 'wall-1080p', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 1920, heightPx: 1080 },
  { name: 'wall-ultrawide', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 5760, heightPx: 1080 },
  { name: 'wall-1080p-en', path: '/wall?scene=connectivity&rotate=0&motion=off&lang=en', widthPx: 1920, heightPx: 1080 },
  { name: 'wall-9x3', path: '/wall?scene=connectivity&rotate=0&motion=off&widthMm=10957&distance=8', widthPx: 4320, heightPx: 810 },
  { name: 'wall-4k-gpu-lost', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160, act: loseGpu },
  { name: 'wall-4k-table', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160, prepare: switchWebGlOff },
  { name: 'wall-1080p-table-en', path: '/wall?scene=dossiers&rotate=0&motion=off&lang=en', widthPx: 1920, heightPx: 1080, prepare: switchWebGlOff },
  { name: 'province-landscape', path: '/province/22?domain=dossiers', widthPx: 1180, heightPx: 820, pixelRatio: 2 },
  { name: 'province-portrait', path: '/province/22?domain=connectivity', widthPx: 820, heightPx: 1180, pixelRatio: 2 },
  { name: 'province-phone', path: '/province/48?domain=dossiers', widthPx: 390, heightPx: 844, pixelRatio: 2 },
  { name: 'province-explain', path: '/province/48?domain=dossiers&explain=dossiers-on-time-share', widthPx: 1180, heightPx: 820, pixelRatio: 2 },
  { name: 'province-index', path: '/province/48?domain=dossiers&view=index', widthPx: 820, heightPx: 1180, pixelRatio: 2 },
  { name: 'province-past', path: '/province/48?domain=dossiers', widthPx: 1180, heightPx: 820, pixelRatio: 2, act: goBack },
  { name: 'compare', path: '/compare?places=48,68,79&domain=dossiers', widthPx: 1180, heightPx: 820, pixelRatio: 2 },
  { name: 'compare-league', path: '/compare?places=48&domain=dossiers&view=league', widthPx: 820, heightPx: 1180, pixelRatio: 2 },
  { name: 'report', path: '/province/48/report', widthPx: 900, heightPx: 2400 },
  { name: 'wall-1080p-handover', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 1920, heightPx: 1080, serve: () => startServer({}), act: handOver },
  { name: 'demo-4k', path: '/demo?motion=off', widthPx: 3840, heightPx: 2160, act: (page) => seekDemo(page) },
  ...MILESTONE_DAYS.map((day, i): Shot => ({ name: `demo-milestone-${i + 1}`, path: '/demo?motion=off', widthPx: 1920, heightPx: 1080, act: (page) => seekDemo(page, day) })),
  { name: 'demo-illustrated', path: '/demo?motion=off&illustrate=1', widthPx: 1920, heightPx: 1080, act: (page) => seekDemo(page, '16/2/2020') },
  { name: 'home', path: '/', widthPx: 1280, heightPx: 800 },
  // These raise an alarm that stays, so they come after what should be quiet.
  { name: 'wall-4k-preempted', path: '/wall?rotate=0&motion=off', widthPx: 3840, heightPx: 2160, act: raiseCritical },
  { name: 'wall-1080p-preempted', path: '/wall?rotate=0&motion=off', widthPx: 1920, heightPx: 1080, act: raiseCritical },
  { name: 'wall-ultrawide-preempted', path: '/wall?rotate=0&motion=off', widthPx: 5760, heightPx: 1080, act: raiseCritical },
  { name: 'wall-4k-flood', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160, act: flood },
  { name: 'wall-1080p-exercise', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 1920, heightPx: 1080, act: async (page, server) => { await endCritical(page, server.url); await exercise(page, server); } },
  { name: 'wall-ultrawide-exercise', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 5760, heightPx: 1080, act: exercise },
  { name: 'wall-1080p-recording', path: `/wall?recording=${RECORDING}&scene=connectivity&rotate=0&motion=off`, widthPx: 1920, heightPx: 1080 },
  { name: 'wall-4k-recording', path: `/wall?recording=${RECORDING}&scene=security&rotate=0&motion=off`, widthPx: 3840, heightPx: 2160 },
  { name: 'wall-recording-unknown', path: '/wall?recording=khac', widthPx: 1920, heightPx: 1080 },
  { name: 'desk-exercise', path: '/desk/walls', widthPx: 1280, heightPx: 900, act: exercise },
  { name: 'desk', path: '/desk', widthPx: 1920, heightPx: 1080, serve: serveDesk, act: anOrdinaryWatch },
  { name: 'desk-storm', path: '/desk', widthPx: 1920, heightPx: 1080, serve: serveDesk, act: aStormyWatch },
  { name: 'desk-load', path: '/desk/load', widthPx: 1920, heightPx: 1080, serve: serveDesk, act: aStormyLoad },
  { name: 'wall-4k-alerts', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160, serve: withSocAlerts, act: sendCriticalAway },
  { name: 'feeds', path: '/feeds', widthPx: 1920, heightPx: 1560, serve: withFeeds },
  // Last: it ends the server.
  { name: 'wall-link-lost', path: '/wall?scene=connectivity&rotate=0&motion=off', widthPx: 3840, heightPx: 2160, act: loseLink },
];

/** The alert that gave way stays as a row; the other is in the list. */
async function sendCriticalAway(page: Page): Promise<void> {
  await page.locator('.preempt').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.preempt').waitFor({ state: 'detached' });
}

/** What a SOC sends, in its own words. */
async function withSocAlerts(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const feeds = await startWithFeeds([SOC_FEED], QUIET_DAY);
  await sendSocAlerts(feeds);
  return { url: feeds.server.url, stop: feeds.stop };
}

/** Three of five feeds have spoken, and not all of it was right. */
async function withFeeds(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const feeds = await startWithFeeds(SOME_FEEDS, QUIET_DAY);
  await sendSomeTraffic(feeds);
  return { url: feeds.server.url, stop: feeds.stop };
}

/** The second five of the first ten minutes of a storm, as they would have been recorded. */
async function aStorm(): Promise<Uint8Array> {
  const startMs = Date.parse('2026-10-18T08:00:00+07:00');
  const player = createSimulatedPlayer({ table: realTable('2021'), sources: realSources(), seed: 2_026, startMs, rateMultiplier: 1, scenario: readScenario('storm-central') });
  const received = await player.readUntil(startMs + STORM_MS);
  return packedBytes(received, { shownFromMs: startMs + STORM_MS / 2, endMs: startMs + STORM_MS, sourceIds: realSources().map(({ id }) => id) });
}

/** Pictures of the product as it runs, for the README and for comparing with the design, then every scene in every state. `npm run screens -- <name>…` makes only those; "matrix" is a name. */
async function main(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const wanted = process.argv.slice(2);
  const recordings = mkdtempSync(join(tmpdir(), 'ioc-recordings-'));
  writeFileSync(join(recordings, `${RECORDING}.jsonl.gz`), await aStorm());
  const server = await startServer({ env: { IOC_RECORDINGS: recordings } });
  const browser = await launchChromium();
  try {
    for (const shot of SHOTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      const own = await shot.serve?.();
      const page = await browser.newPage({
        viewport: { width: shot.widthPx, height: shot.heightPx }, deviceScaleFactor: shot.pixelRatio ?? 1, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh',
      });
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
      await stayBright(page);
      await shot.prepare?.(page);
      await page.goto(`${(own ?? server).url}${shot.path}${shot.path.startsWith('/wall') ? ONE_WALL : ''}`);
      if (!MAPLESS.has(shot.path)) await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 240_000 });
      await shot.act?.(page, server);
      // Two ticks and their redraw: labels of the first picture are placed by then.
      await page.waitForTimeout(4_000);
      await page.screenshot({ path: resolve(OUT, `${shot.name}.png`), timeout: 240_000 });
      console.log(`${shot.name}.png${problems.length === 0 ? '' : `: ${problems.join(' | ')}`}`);
      await page.close();
      await own?.stop();
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(recordings, { recursive: true });
  }
  if (wanted.length === 0 || wanted.includes('matrix')) await drawMatrix((done) => console.log(done));
}

await main();
