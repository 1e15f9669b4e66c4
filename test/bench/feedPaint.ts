import { launchChromium } from '../support/chromium.ts';
import { startWithFeeds } from '../support/startWithFeeds.ts';
import { type Changed, MARK, openWall } from './paint.ts';
import { tracePresented } from './presented.ts';
import { type BenchRow, median, quantile } from './row.ts';

const ALERTS = 60;
const TICK_MS = 1_000;
const BEYOND_TICK_MS = 150;
const FEED = { id: 'noc', name: { vi: 'NOC', en: 'NOC' }, format: 'alertmanager', localities: ['VN'], expectEveryMs: 60_000, domain: 'security' } as const;

function alertOf(count: number): string {
  const alert = { status: 'firing', labels: { alertname: 'Bench', severity: 'high', province: '48' }, annotations: {}, startsAt: new Date().toISOString(), endsAt: '0001-01-01T00:00:00Z', generatorURL: '', fingerprint: `bench-${count}` };
  return JSON.stringify({ version: '4', status: 'firing', truncatedAlerts: 0, alerts: [alert] });
}

/** An alert by HTTP, from its answer, which is after commit, until the wall's count of it is presented. The tick, 1 s, is counted. */
export async function benchFeedPaint(): Promise<BenchRow[]> {
  const feeds = await startWithFeeds([FEED], { IOC_LIVE: 'feeds' });
  const browser = await launchChromium();
  const acceptedMs: number[] = [];
  try {
    const page = await openWall(browser, feeds.server, true);
    const marks = await tracePresented<Changed>(browser, MARK, async () => {
      for (let count = 1; count <= ALERTS; count++) {
        // At any moment of a tick.
        await page.waitForTimeout((count * 0.618 * TICK_MS) % TICK_MS);
        const response = await feeds.post('alertmanager', FEED.id, alertOf(count));
        if (!response.ok) throw new Error(`The server refused the alert: ${response.status} ${await response.text()}`);
        acceptedMs[count] = performance.timeOrigin + performance.now();
        await page.waitForFunction((shown) => window.paintBench.shown >= shown, count, { polling: 50 });
      }
    });
    const waitsMs = marks.flatMap(({ detail: { shown, domMs }, afterMs }) => {
      const sinceMs = acceptedMs[shown];
      return sinceMs === undefined ? [] : [domMs + afterMs - sinceMs];
    });
    const p99Ms = quantile(waitsMs, 0.99);
    return [{
      what: `alert accepted by HTTP → counted on a wall, presented, 1080p, tick of 1 s counted (${waitsMs.length} alerts)`,
      measured: `p50 ${median(waitsMs).toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`, reach: `p99 < ${TICK_MS + BEYOND_TICK_MS} ms`, ok: p99Ms < TICK_MS + BEYOND_TICK_MS,
    }];
  } finally {
    await browser.close();
    await feeds.stop();
  }
}
