import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

let server: RunningServer;
let browser: Browser;
let sent = 0;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: { IOC_LIVE: 'feeds' } }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** What a province's SOC would send: how many critical alerts are open. */
async function report(subject: string, value: number): Promise<void> {
  sent += 1;
  const answer = await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: `alert-${sent}`, source: `soc-${subject}`, type: 'vn.ioc.observation.v1', subject, time: new Date().toISOString(), data: { indicator: 'alerts-critical', value } }),
  });
  expect(await answer.json()).toMatchObject({ stored: 1 });
}

/** The words are ours, the map is not looked at: an empty one spares most of the time. Without any, the page would be taken anew in mid-test ([AP1]). */
async function openWall(size: { readonly width: number; readonly height: number }, query = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: size, locale: 'vi-VN' });
  await leaveMapOut(page);
  await page.goto(`${server.url}/wall?rotate=0&motion=off&wall=preempt${query}`);
  await page.locator('.sourceCounts').first().waitFor();
  return page;
}

const preempted = (page: Page) => page.getByRole('alert').filter({ hasText: 'Chưa ai xác nhận' });

describe('[PE3] a critical alarm that nobody has taken', () => {
  test('stands before the scenes of every kind of wall, and gives way when it is over', async () => {
    const pages = await Promise.all([{ width: 3840, height: 2160 }, { width: 1920, height: 1080 }, { width: 5760, height: 1080 }].map((size) => openWall(size)));
    await report('68', 1);
    for (const page of pages) {
      await preempted(page).waitFor();
      const text = await preempted(page).innerText();
      for (const words of ['NGHIÊM TRỌNG', 'Lâm Đồng', 'mục tiêu', '05:00', 'Cách ly máy chủ']) expect(text).toContain(words);
    }
    await report('68', 0);
    await Promise.all(pages.map(async (page) => {
      await page.getByText('Trở lại sau').waitFor();
      await page.getByText('Trở lại sau').waitFor({ state: 'detached', timeout: 30_000 });
      await page.getByRole('heading', { level: 1, name: 'KẾT NỐI' }).waitFor();
      await page.close();
    }));
  });

  test('goes before a held scene, stays as a row when a person leaves it, and gives the scene back', async () => {
    const page = await openWall({ width: 3840, height: 2160 }, '&scene=dossiers&hold=1');
    await page.getByRole('heading', { level: 1, name: 'HỒ SƠ' }).waitFor();
    await report('01', 2);
    await preempted(page).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'HỒ SƠ' }).waitFor();
    await page.locator('.preemptRow').filter({ hasText: 'Hà Nội' }).waitFor();
    await report('01', 0);
    await page.locator('.preemptRow').waitFor({ state: 'detached' });
    await page.close();
  });

  test('[DM13] not in the replay, which it interrupts and pauses as what really happens, until it is over', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await leaveMapOut(page);
    await page.goto(`${server.url}/demo`);
    await page.getByRole('button', { name: 'Phát', exact: true }).click();
    await page.getByText(/Đang phát/).waitFor();
    await report('79', 1);
    const incident = page.getByRole('alert').filter({ hasText: 'SỰ CỐ THẬT' });
    await incident.filter({ hasText: 'TP.HCM' }).waitFor();
    await page.getByText('Tạm dừng').first().waitFor();
    expect(await page.getByText('KHÔNG PHẢI TRỰC TIẾP').count()).toBe(1);
    await page.keyboard.press('Escape');
    await incident.waitFor({ state: 'detached' });
    await report('68', 1);
    await incident.filter({ hasText: 'Lâm Đồng' }).waitFor();
    await report('68', 0);
    await report('79', 0);
    await incident.waitFor({ state: 'detached' });
    await page.close();
  });
});

test('[WO2] the address of a wall opens the same view again', async () => {
  const page = await openWall({ width: 1920, height: 1080 });
  await report('79', 0);
  await page.keyboard.press('3');
  await page.keyboard.press(' ');
  await page.getByText('GIỮ CẢNH').first().waitFor();
  await page.waitForURL(/scene=dossiers&hold=1/);
  await page.reload();
  await page.getByText('GIỮ CẢNH').first().waitFor();
  await page.getByRole('heading', { level: 1, name: 'HỒ SƠ' }).waitFor();
  await page.close();
});
