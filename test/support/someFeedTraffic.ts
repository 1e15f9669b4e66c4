import type { ServerWithFeeds } from './startWithFeeds.ts';

/** Synthetic feeds of five kinds, of Da Nang, Lam Dong and the nation. */
export const SOME_FEEDS = [
  { id: 'giam-sat-da-nang', name: { vi: 'Giám sát Đà Nẵng', en: 'Da Nang monitoring' }, format: 'alertmanager', localities: ['48', '49'], expectEveryMs: 300_000, domain: 'security' },
  { id: 'soc-lam-dong', name: { vi: 'SOC Lâm Đồng', en: 'Lam Dong SOC' }, format: 'wazuh', localities: ['68'], expectEveryMs: null },
  { id: 'mot-cua-lam-dong', name: { vi: 'Một cửa điện tử Lâm Đồng', en: 'Lam Dong one-stop' }, format: 'dossiers', localities: ['68'], expectEveryMs: 3_600_000 },
  { id: 'nhap-tay-lam-dong', name: { vi: 'Số nhập tay Lâm Đồng', en: 'Lam Dong hand-keyed' }, format: 'figures', localities: ['68'], expectEveryMs: 86_400_000 },
  { id: 'so-do-quoc-gia', name: { vi: 'Số đo quốc gia', en: 'National readings' }, format: 'cloudevents', localities: ['VN'], expectEveryMs: 60_000 },
] as const;

const alertOf = (fingerprint: string, labels: Readonly<Record<string, string>>, startsAt: string) =>
  ({ status: 'firing', labels: { alertname: fingerprint, ...labels }, annotations: { summary: 'Máy chủ cổng dịch vụ không trả lời' }, startsAt, endsAt: '0001-01-01T00:00:00Z', generatorURL: '', fingerprint });
const eventOf = (id: string, time: Date, data: object) => ({ specversion: '1.0', id, source: 'so-do-quoc-gia', type: 'vn.ioc.observation.v1', subject: '672', time: time.toISOString(), data });

/** Alerts placed and not, a broken one, dossiers, readings of which one is of the future and one is implausible, and a wrong token. */
export async function sendSomeTraffic({ post, server }: ServerWithFeeds): Promise<void> {
  const now = new Date();
  const startsAt = new Date(now.getTime() - 60_000).toISOString();
  const alerts = [alertOf('a1', { severity: 'critical', province: '48' }, startsAt), alertOf('a2', { severity: 'high', province: '48' }, startsAt), alertOf('a3', { severity: 'high' }, startsAt), { status: 'firing' }];
  await post('alertmanager', 'giam-sat-da-nang', JSON.stringify({ version: '4', status: 'firing', truncatedAlerts: 0, groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: '', receiver: 'ioc', groupKey: '{}', alerts }));
  await post('alertmanager', 'giam-sat-da-nang', JSON.stringify({ version: '4', status: 'firing', alerts: alerts.slice(0, 1) }));
  await post('cloudevents', 'so-do-quoc-gia', JSON.stringify([
    eventOf('r1', now, { indicator: 'tslcd-latency', value: 12.5 }), eventOf('r2', new Date(now.getTime() + 3_600_000), { indicator: 'tslcd-latency', value: 13 }),
    eventOf('r3', now, { indicator: 'tslcd-loss', value: 500 }),
  ]), 'application/cloudevents-batch+json');
  await fetch(`${server.url}/api/v1/feeds/wazuh`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ioc_nobody00_wrong' }, body: '{}' });
}
