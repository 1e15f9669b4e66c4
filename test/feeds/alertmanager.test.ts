import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { DecodedItem } from '../../server/ports/feed.ts';
import { createAlertmanagerFeed } from '../../server/sources/alertmanager/decode.ts';
import { aFeed, aPlacer } from '../support/aFeed.ts';
import { ensureDebian } from '../support/debianService.ts';
import { type RunningAlertmanager, startAlertmanager } from '../support/startAlertmanager.ts';
import { startWebhookListener, type WebhookListener } from '../support/webhookListener.ts';

const binary = ensureDebian('prometheus-alertmanager', 'prometheus-alertmanager');
const { decode } = createAlertmanagerFeed(aPlacer);
const feed = aFeed();
const labels = { alertname: 'LinkDown', severity: 'critical', district: '672', instance: 'sw-672-core:9100' };
const annotations = { summary: 'Mất đường truyền' };
/** Made up for this test. */
const token = 'a-token-of-this-test';

describe.skipIf(binary === null)('a real Alertmanager, configured as docs/feeds/alertmanager.md says', () => {
  let listener: WebhookListener;
  let alertmanager: RunningAlertmanager;

  beforeAll(async () => {
    listener = await startWebhookListener();
    // To try a server instead: its address of the feed, and its token.
    alertmanager = await startAlertmanager({ binary: binary ?? '', url: listener.url, token });
  });
  afterAll(async () => {
    await alertmanager?.stop();
    await listener?.close();
  });

  async function nextItems(): Promise<readonly DecodedItem[]> {
    const { body, headers, receivedAtMs } = await listener.next();
    expect(headers).toMatchObject({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
    return decode({ mediaType: 'application/json', headers: {}, payload: JSON.parse(body), receivedAtMs }, feed).items;
  }

  async function nextReport(transition: AlertReport['transition']): Promise<AlertReport> {
    for (;;) {
      for (const item of await nextItems()) {
        if (item.kind === 'report' && item.report.kind === 'alert' && item.report.transition === transition) return item.report;
      }
    }
  }

  test('[MA11] an alert that is fired, told again and resolved is one occurrence', async () => {
    await alertmanager.post([{ labels, annotations }]);
    const raised = await nextReport('raised');
    expect(raised).toMatchObject({ severity: 'critical', rawSeverity: 'critical', title: 'Mất đường truyền', localityCode: '672', placedBy: 'label', domain: 'connectivity' });
    expect(await nextReport('raised')).toEqual(raised);

    await alertmanager.post([{ labels, annotations, endsAt: new Date().toISOString() }]);
    const cleared = await nextReport('condition-cleared');
    expect(cleared).toEqual({ ...raised, alertId: raised.conditionId, transition: 'condition-cleared', atMs: cleared.atMs });
    expect(cleared.atMs).toBeGreaterThanOrEqual(raised.atMs);
  });

  test('[MA12] an alert posted with only an end starts at that end, in the future: it counts from when it was told', async () => {
    const endMs = Date.now() + 1_800_000;
    await alertmanager.post([{ labels: { ...labels, alertname: 'OnlyEnd' }, endsAt: new Date(endMs).toISOString() }]);
    const raised = await nextReport('raised');
    expect(raised.alertId.endsWith(`/${endMs}`)).toBe(true);
    expect(raised.atMs).toBeLessThan(endMs - 1_000_000);
  });
});
