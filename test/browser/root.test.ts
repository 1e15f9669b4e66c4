import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

async function report(subject: string, indicator: string, value: number): Promise<void> {
  sent += 1;
  const answer = await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: `root-${sent}`, source: 'test', type: 'vn.ioc.observation.v1', subject, time: new Date().toISOString(), data: { indicator, value } }),
  });
  expect(await answer.json()).toMatchObject({ stored: 1 });
}

async function openWall(query: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 3840, height: 2160 }, locale: 'vi-VN' });
  await leaveMapOut(page);
  await page.goto(`${server.url}/wall?rotate=0&motion=off${query}`);
  return page;
}

test('[RT1] [RT2] the wall of a province speaks of it and of nothing else', async () => {
  // Two districts of Lâm Đồng, one of them lost; one district of Hà Giang lost; criticals in Hà Nội.
  await report('672', 'tslcd-link-state', 2);
  await report('673', 'tslcd-link-state', 0);
  await report('027', 'tslcd-link-state', 0);
  await report('01', 'alerts-critical', 1);
  const nation = await openWall('');
  await nation.getByRole('alert').filter({ hasText: 'Hà Nội' }).first().waitFor();
  await nation.close();

  const page = await openWall('&root=68');
  await page.getByRole('heading', { level: 2, name: 'Tỉnh Lâm Đồng' }).waitFor();
  await page.getByText('12 huyện', { exact: true }).waitFor();
  await page.locator('.attentionRow').first().waitFor();
  expect(await page.locator('.attentionRow-text').allInnerTexts()).toEqual(['Mất nối TSLCD']);
  const text = await page.locator('main').innerText();
  for (const foreign of ['Hà Giang', 'Mèo Vạc', 'Hà Nội', 'NGHIÊM TRỌNG']) expect(text).not.toContain(foreign);
  // One of twelve districts spoke well and one ill: too few for a share, and counted out of the province's districts.
  // Alarms and figures are messages of their own.
  await expect.poll(() => page.locator('.hero').innerText(), { timeout: 30_000 }).toContain('2/12 huyện');

  await page.keyboard.press('Enter');
  await page.keyboard.press('2');
  await page.waitForURL(/root=68.*scene=security/);
  expect(page.url()).not.toContain('focus=');

  await report('68', 'alerts-critical', 1);
  await page.getByRole('alert').filter({ hasText: 'Lâm Đồng' }).waitFor();
  await page.close();
});

test('[RT1] an unknown root is said, with what to do', async () => {
  const page = await openWall('&root=99');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toContain('Không có tỉnh mã “99”');
  expect(await alert.innerText()).toContain('/wall?root=68');
  await page.close();
});
