import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { type BenchRow, median } from './row.ts';

const ROUNDS = 8;
const STILL_MS = 10_000;
const WOKE_AFTER_GAP_MS = 3_000;

declare global { interface Window { frameBegunMs: number; deadLook: { lostAtMs: number | null; framesAfterGap: number; liveFramesAfterGap: number; framesCutInTwo: number } } }

const pause = (delayMs: number) => new Promise((done) => { setTimeout(done, delayMs); });

/** Begun before the page's own loop of frames, so that it knows when each frame began. */
async function watchBegins(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const begin = () => {
      window.frameBegunMs = performance.now();
      requestAnimationFrame(begin);
    };
    requestAnimationFrame(begin);
  });
}

/** Begun after the page's own loop, so that within a frame it looks after the page has. */
async function install(page: Page): Promise<void> {
  await page.evaluate((gapMs) => {
    const look = { lostAtMs: null as number | null, framesAfterGap: 0, liveFramesAfterGap: 0, framesCutInTwo: 0 };
    window.deadLook = look;
    const isLost = () => document.querySelector('.linkLost') !== null;
    new MutationObserver(() => {
      look.lostAtMs = isLost() ? look.lostAtMs ?? performance.timeOrigin + performance.now() : null;
    }).observe(document, { subtree: true, childList: true });
    let beforeMs = performance.now();
    let isAfterGap = false;
    const frame = () => {
      const nowMs = performance.now();
      // Stopped between the page's look and this one: the page drew this frame before, and the screen has shown it since.
      const isCutInTwo = nowMs - window.frameBegunMs > gapMs;
      if (isCutInTwo) look.framesCutInTwo += 1;
      isAfterGap ||= nowMs - beforeMs > gapMs;
      beforeMs = nowMs;
      if (isAfterGap && isLost()) isAfterGap = false;
      else if (isAfterGap && !isCutInTwo) look.liveFramesAfterGap += 1;
      if (isLost()) look.framesAfterGap += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, WOKE_AFTER_GAP_MS);
}

const isLive = (page: Page) => page.waitForFunction(() => document.querySelector('.linkLost') === null, undefined, { polling: 100 });

/** The server is stopped as if its cable were pulled: sockets stay open and say nothing. */
async function linkRow(page: Page, serverPid: number): Promise<BenchRow> {
  const tookMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await isLive(page);
    // Another place in the time between two heartbeats each round.
    await pause(3_000 + round * 250);
    const cutAtMs = Date.now();
    process.kill(serverPid, 'SIGSTOP');
    await page.waitForFunction(() => window.deadLook.lostAtMs !== null, undefined, { polling: 50 });
    tookMs.push(await page.evaluate(() => window.deadLook.lostAtMs ?? Number.NaN) - cutAtMs);
    process.kill(serverPid, 'SIGCONT');
  }
  await isLive(page);
  return {
    what: `time with a live look after the server fell silent, ${ROUNDS} times`,
    measured: `median ${(median(tookMs) / 1_000).toFixed(2)} s, longest ${(Math.max(...tookMs) / 1_000).toFixed(2)} s`,
    reach: '< 6 s', ok: Math.max(...tookMs) < 6_000,
  };
}

async function stoppedRow(page: Page, signalAll: (signal: 'SIGSTOP' | 'SIGCONT') => void): Promise<BenchRow> {
  await isLive(page);
  await page.evaluate(() => { window.deadLook.framesAfterGap = 0; window.deadLook.liveFramesAfterGap = 0; });
  for (let round = 0; round < ROUNDS; round++) {
    signalAll('SIGSTOP');
    await pause(STILL_MS);
    signalAll('SIGCONT');
    await isLive(page);
  }
  const { framesAfterGap, liveFramesAfterGap, framesCutInTwo } = await page.evaluate(() => window.deadLook);
  return {
    what: `frames with a live look after the page’s process was stopped for ${STILL_MS / 1_000} s, ${ROUNDS} times`, measured: `${liveFramesAfterGap} (with a dead look ${framesAfterGap}; begun before the stop and ended after it ${framesCutInTwo})`,
    reach: '0', ok: liveFramesAfterGap === 0 && framesAfterGap >= ROUNDS,
  };
}

function rendererPids(): number[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n').filter((line) => line.includes('--type=renderer')).map((line) => Number(line.trim().split(' ')[0]));
}

/** How long a wall shows old figures as if they were live. */
export async function benchDeadLook(): Promise<BenchRow[]> {
  const server = await startServer({ env: QUIET_DAY });
  const others = new Set(rendererPids());
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await watchBegins(page);
    await page.goto(`${server.url}/wall?scene=security&rotate=0`);
    await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 120_000 });
    await install(page);
    const own = rendererPids().filter((pid) => !others.has(pid));
    const signalAll = (signal: 'SIGSTOP' | 'SIGCONT') => { for (const pid of own) process.kill(pid, signal); };
    return [await linkRow(page, server.process.pid ?? 0), await stoppedRow(page, signalAll)];
  } finally {
    await browser.close();
    await server.stop();
  }
}
