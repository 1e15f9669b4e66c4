import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

let server: RunningServer;
let browser: Browser;
let sent = 0;

beforeAll(async () => {
  // Headless, Chromium lets every page sound; on a desk it asks for a gesture first.
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium(['--autoplay-policy=document-user-activation-required'])]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function report(subject: string, value: number): Promise<void> {
  sent += 1;
  const answer = await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: `sound-${sent}`, source: `soc-${subject}`, type: 'vn.ioc.observation.v1', subject, time: new Date().toISOString(), data: { indicator: 'alerts-critical', value } }),
  });
  expect(await answer.json()).toMatchObject({ stored: 1 });
}

/** What the page asked of the browser's own audio. */
interface HeardPage { contexts: AudioContext[]; frequencies: number[] }

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await leaveMapOut(page);
  await page.addInitScript(() => {
    const heard: HeardPage = { contexts: [], frequencies: [] };
    Object.assign(window, { heard });
    const createOscillator = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function count() {
      const oscillator = createOscillator.call(this);
      const start = oscillator.start.bind(oscillator);
      oscillator.start = (atSec) => { heard.frequencies.push(oscillator.frequency.value); start(atSec); };
      return oscillator;
    };
    window.AudioContext = class extends AudioContext {
      constructor(options?: AudioContextOptions) { super(options); heard.contexts.push(this); }
    };
  });
  await page.goto(`${server.url}${path}`);
  return page;
}

const heardOn = (page: Page) => page.evaluate(() => {
  const { contexts, frequencies } = (window as unknown as { heard: HeardPage }).heard;
  return { states: contexts.map(({ state }) => state), frequencies };
});
const oscillators = (page: Page, least: number) => page.waitForFunction((count) => (window as unknown as { heard: HeardPage }).heard.frequencies.length >= count, least);
/** Whatever Playwright asks of a page counts as a person's gesture; this does not. Resolves once the wall says that its sound waits. */
async function waitsForGesture(page: Page): Promise<unknown> {
  const session = await page.context().newCDPSession(page);
  const says = "document.querySelector('header')?.textContent.includes('Âm thanh chờ một lần bấm phím')";
  const { result } = await session.send('Runtime.evaluate', {
    userGesture: false, awaitPromise: true, returnByValue: true,
    expression: `new Promise((told) => { const look = () => (${says} ? told(heard.contexts.map(({ state }) => state)) : requestAnimationFrame(look)); look(); })`,
  });
  await session.detach();
  return result.value;
}
const running = (page: Page) => page.waitForFunction(() => (window as unknown as { heard: HeardPage }).heard.contexts.some(({ state }) => state === 'running'));

describe('[SD8] in a real browser', () => {
  test('a wall with sound waits for one key press, says so, then sounds for a new critical alarm, and M mutes it', async () => {
    const page = await open('/wall?rotate=0&motion=off&sound=on&volume=10');
    expect(await waitsForGesture(page)).toEqual(['suspended']);
    await page.keyboard.press('x');
    await running(page);
    await page.getByText('Âm thanh chờ một lần bấm phím').waitFor({ state: 'detached' });
    expect((await heardOn(page)).frequencies).toEqual([]);
    await report('68', 1);
    await oscillators(page, 10);
    expect(Math.round(Math.max(...(await heardOn(page)).frequencies))).toBe(880);
    // It repeats by itself while nobody answers.
    await oscillators(page, 20);
    await page.keyboard.press('m');
    await page.getByText('Tắt tiếng 10 phút').waitFor();
    const before = (await heardOn(page)).frequencies.length;
    await report('01', 1);
    await page.getByText('Hà Nội').first().waitFor();
    expect((await heardOn(page)).frequencies).toHaveLength(before);
    await page.keyboard.press('m');
    await oscillators(page, before + 10);
    await page.close();
  });

  test('a wall without the flag has no sound until S is pressed, and the address then says so', async () => {
    const page = await open('/wall?rotate=0&motion=off');
    await page.getByText('MÔ PHỎNG').first().waitFor();
    expect((await heardOn(page)).states).toEqual([]);
    await page.keyboard.press('s');
    await running(page);
    await page.waitForURL(/sound=on/);
    await page.keyboard.press('s');
    await page.waitForFunction(() => (window as unknown as { heard: HeardPage }).heard.contexts.every(({ state }) => state === 'closed'));
    await page.waitForURL((url) => url.searchParams.get('sound') !== 'on');
    await page.close();
  });

  test('the desk has a switch', async () => {
    const page = await open('/desk');
    await page.getByRole('button', { name: 'Âm báo' }).click();
    await running(page);
    await page.getByRole('button', { name: 'Tắt tiếng 10 phút (M)' }).click();
    await page.getByText('Tắt tiếng còn 10 phút').waitFor();
    await page.close();
  });

  test('the replay is silent though its address asks for sound', async () => {
    const page = await open('/demo?sound=on');
    await page.getByText('KHÔNG PHẢI TRỰC TIẾP').first().waitFor();
    await page.keyboard.press('ArrowRight');
    await running(page);
    const live = await open('/wall?rotate=0&motion=off&sound=on&volume=0');
    await live.keyboard.press('x');
    await running(live);
    await report('79', 1);
    await oscillators(live, 10);
    expect((await heardOn(page)).frequencies).toEqual([]);
    await live.close();
    await page.close();
  });
});
