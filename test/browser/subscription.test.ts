import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReadingColumns } from '../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import { decimalsOf } from '../../shared/frame/topicRanges.ts';
import { readCatalogue } from '../../server/catalogue.ts';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

const table = readCatalogue().tablesByEdition['2021'];

let server: RunningServer;
let browser: Browser;
beforeAll(async () => { [server, browser] = await Promise.all([startServer({ env: { ...QUIET_DAY, IOC_SIM_RATE: '10' } }), launchChromium()]); });
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Codes of the places whose series came to a page at `path`, until its third frame; how many series those were. */
async function sentTo(path: string): Promise<{ readonly places: ReadonlySet<string>; readonly seriesCount: number }> {
  const columns = createReadingColumns(table.series.length);
  const decimals = decimalsOf(table);
  const sent = new Set<number>();
  const page = await browser.newPage();
  await leaveMapOut(page);
  let held: { epoch: string; seq: number } | null = null;
  const third = new Promise<void>((done) => {
    let frames = 0;
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') return;
      const { header, changed } = applyFrame(columns, payload, held, decimals);
      held = { epoch: header.epoch, seq: header.seq };
      for (const index of changed) sent.add(index);
      frames += 1;
      if (frames === 3) done();
    }));
  });
  await page.goto(server.url + path);
  await third;
  await page.close();
  return { places: new Set([...sent].map((index) => String(table.series[index]!.locality.code))), seriesCount: sent.size };
}

test('[OF11] a tablet receives its province with its districts and the headline of the nation, and nothing of any other place', async () => {
  const tablet = await sentTo('/province/68');
  const mayCome = new Set(['VN', '68', ...table.childrenOf('68').map(({ code }) => String(code))]);
  expect([...tablet.places].filter((code) => !mayCome.has(code))).toEqual([]);
  expect(tablet.places).toContain('VN');
  expect(tablet.places).toContain('672');
  const [start, end] = table.familyRange('68')!;
  const [ownStart, ownEnd] = table.ownRange('VN')!;
  expect(tablet.seriesCount).toBeLessThanOrEqual(end - start + ownEnd - ownStart);
  // The same count sees the whole nation on a wall: a count that sees nothing would pass.
  const wall = await sentTo('/wall?rotate=0&motion=off');
  expect(wall.places.size).toBeGreaterThan(700);
});
