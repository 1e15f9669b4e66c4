import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FeedsDto } from '../../shared/protocol/answers.ts';
import { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { SnapshotDto } from '../../shared/protocol/http.ts';
import { type FeedServer, startFeedServer } from '../support/aFeedServer.ts';
import { ensureDebian } from '../support/debianService.ts';
import { freePort } from '../support/freePort.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';
import { startAlertmanager } from '../support/startAlertmanager.ts';
import { startRsyslog } from '../support/startRsyslog.ts';

const alertmanagerBinary = ensureDebian('prometheus-alertmanager', 'prometheus-alertmanager');
const rsyslogBinary = ensureDebian('rsyslog', 'rsyslogd');
const mosquittoBinary = ensureDebian('mosquitto', 'mosquitto');
const hasAll = alertmanagerBinary !== null && rsyslogBinary !== null && mosquittoBinary !== null;

/** Figures are said once a second, and a subscription of MQTT is tried again after up to a minute. */
const PATIENCE = { timeout: 90_000, interval: 100 };

describe.skipIf(!hasAll)('a running server between real programs', () => {
  let server: FeedServer;
  let broker: Mosquitto;
  let syslogPort: number;

  beforeAll(async () => {
    broker = await startMosquitto(mosquittoBinary ?? '');
    syslogPort = await freePort();
    server = await startFeedServer([
      { id: 'monitoring-68', format: 'alertmanager', localities: ['68'], states: [{ alert: 'LinkDown', indicator: 'tslcd-link-state', raised: 0, cleared: 2 }] },
      { id: 'firewall-01', format: 'cef', localities: ['01'], syslog: { transport: 'tcp', port: syslogPort } },
      { id: 'onestop-68', localities: ['68'], mqtt: { url: broker.url, topics: ['ioc/68/#'], clientId: 'ioc-onestop-68' } },
    ]);
  });
  afterAll(async () => {
    await server?.stop();
    server?.remove();
    await broker?.remove();
  });

  async function shownAt(localityCode: string, indicatorId: string): Promise<number | null | undefined> {
    const { readings } = SnapshotDto.parse(await (await fetch(`${server.url}/api/v1/snapshot?channel=live&locality=${localityCode}`)).json());
    return readings.find((reading) => reading.localityCode === localityCode && reading.indicatorId === indicatorId)?.value;
  }
  const untilShown = (localityCode: string, indicatorId: string, value: number) =>
    vi.waitFor(async () => expect(await shownAt(localityCode, indicatorId), `${indicatorId} of ${localityCode}`).toBe(value), PATIENCE);

  test('[RF1] an alert that Alertmanager fires is on the wall, as a count or as the state of a link, and gone once it is resolved', async () => {
    const alertmanager = await startAlertmanager({ binary: alertmanagerBinary ?? '', url: `${server.url}/api/v1/feeds/alertmanager`, token: server.tokenOf('monitoring-68') });
    try {
      const alerts = ['LinkDown', 'WebDefaced'].map((alertname) => ({ labels: { alertname, severity: 'critical', district: '672', instance: 'sw-672:9100' }, annotations: { summary: alertname } }));
      await untilShown('68', 'alerts-critical', 0);
      await alertmanager.post(alerts);
      await untilShown('68', 'alerts-critical', 1);
      await untilShown('672', 'tslcd-link-state', 0);
      await alertmanager.post(alerts.map((alert) => ({ ...alert, endsAt: new Date().toISOString() })));
      await untilShown('68', 'alerts-critical', 0);
      await untilShown('672', 'tslcd-link-state', 2);
    } finally {
      await alertmanager.stop();
    }
  });

  test('[RF8] an alert of Alertmanager is one alarm by its identity, however often it is sent; resolved, it waits for somebody to say that they saw it', async () => {
    const alertmanager = await startAlertmanager({ binary: alertmanagerBinary ?? '', url: `${server.url}/api/v1/feeds/alertmanager`, token: server.tokenOf('monitoring-68') });
    const alarmsHere = async () => AlarmsMessage.parse(await (await fetch(`${server.url}/api/v1/alarms?channel=live`)).json()).alarms.filter(({ title }) => title === 'Trang thông tin bị sửa');
    try {
      const alert = { labels: { alertname: 'PageChanged', severity: 'critical', district: '672', tlp: 'amber', mitre_technique: 'T1491.002' }, annotations: { summary: 'Trang thông tin bị sửa' } };
      await alertmanager.post([alert]);
      const [first] = await vi.waitFor(async () => {
        const found = await alarmsHere();
        // Sent again by itself, every second.
        expect(found).toMatchObject([{ kind: 'alert', severity: 'critical', state: 'UNACK', localityCode: '672', sourceId: 'monitoring-68', tlp: 'AMBER', attack: { tactics: [], techniques: ['T1491.002'] } }]);
        expect(found[0]?.count).toBeGreaterThan(1);
        return found;
      }, PATIENCE);
      expect(first?.id).toMatch(/^alert:monitoring-68:[\w-]{22}$/);
      await alertmanager.post([{ ...alert, endsAt: new Date().toISOString() }]);
      const [over] = await vi.waitFor(async () => {
        const found = await alarmsHere();
        expect(found).toMatchObject([{ id: first?.id, occurrenceId: first?.occurrenceId, state: 'RTN_UNACK' }]);
        return found;
      }, PATIENCE);
      expect(over?.count).toBeGreaterThanOrEqual(first?.count ?? Number.NaN);
      // The count of critical alerts is no alarm beside it ([AI4]).
      const { alarms } = AlarmsMessage.parse(await (await fetch(`${server.url}/api/v1/alarms?channel=live`)).json());
      expect(alarms.filter(({ kind }) => kind === 'security')).toEqual([]);
    } finally {
      await alertmanager.stop();
    }
  });

  test('[RF2] a line of CEF that rsyslog forwards is counted in its province', async () => {
    const rsyslog = startRsyslog(rsyslogBinary ?? '', { port: syslogPort, framing: 'octet-counted' });
    try {
      await untilShown('01', 'alerts-open', 0);
      rsyslog.write('CEF:0|Ví dụ|Tường lửa|7.2|100100|Tấn công vào cổng dịch vụ công|8|externalId=1 src=203.0.113.7 ioc_locality=01\n');
      await untilShown('01', 'alerts-open', 1);
    } finally {
      await rsyslog.stop();
    }
  });

  test('[RF3] a reading that Mosquitto delivers is shown at its place', async () => {
    // Retained, so that it comes also if it is published before the subscription stands.
    await broker.publish('ioc/68/overdue', JSON.stringify({
      specversion: '1.0', id: 'e-1', source: '/lamdong/motcua', type: 'vn.ioc.observation.v1', subject: '672', time: new Date().toISOString(), data: { indicator: 'dossiers-overdue', value: 12 },
    }), { retain: true });
    await untilShown('672', 'dossiers-overdue', 12);
  });

  test('[RF4] the server lists each of them as heard, with what it stored and nothing refused', async () => {
    const { feeds } = FeedsDto.parse(await (await fetch(`${server.url}/api/v1/feeds?channel=live`)).json());
    expect(feeds.map(({ id }) => id)).toEqual(['monitoring-68', 'firewall-01', 'onestop-68']);
    for (const feed of feeds) {
      expect(feed).toMatchObject({ lastSeenAtMs: expect.any(Number), items: { quarantined: 0, rejected: 0 }, unplaced: 0, refused: [], turnedAway: [] });
      expect(feed.items.stored).toBeGreaterThanOrEqual(1);
    }
    expect(server.output()).not.toMatch(/"level":[56]0/);
  });
});
