import type { ServerWithFeeds } from './startWithFeeds.ts';

/** Synthetic. */
export const SOC_FEED = { id: 'soc-lam-dong', name: { vi: 'SOC Lâm Đồng', en: 'Lam Dong SOC' }, format: 'alertmanager', localities: ['68'], domain: 'security', expectEveryMs: null } as const;

/** Longer than any screen has room for, partly in a script that runs the other way. */
const LONG_TITLE = 'Phát hiện mã độc tống tiền LockBit lan trên 14 máy chủ ảo hóa của Trung tâm dữ liệu tỉnh, đã mã hóa ổ chia sẻ và xóa bản sao lưu gần nhất (مثال) theo cảnh báo của hệ thống giám sát';

/** As an Alertmanager would send it. */
function anAlert(fingerprint: string, severity: string, summary: string) {
  const labels = { alertname: fingerprint, severity, province: '68', tlp: 'AMBER', mitre_tactic: 'TA0040', mitre_technique: 'T1486' };
  return { status: 'firing', labels, annotations: { summary }, startsAt: new Date(Date.now() - 60_000).toISOString(), endsAt: '0001-01-01T00:00:00Z', generatorURL: '', fingerprint };
}

/** A critical alert of Lâm Đồng, and one of as many words as a sender may find. */
export async function sendSocAlerts({ post }: Pick<ServerWithFeeds, 'post'>): Promise<void> {
  const alerts = [anAlert('a1', 'critical', 'Mã độc tống tiền lan ra 14 máy chủ, Trung tâm dữ liệu tỉnh'), anAlert('a2', 'high', LONG_TITLE)];
  const answer = await post('alertmanager', SOC_FEED.id, JSON.stringify({ version: '4', status: 'firing', alerts }));
  if (!answer.ok) throw new Error(`The alerts were answered ${answer.status}: ${await answer.text()}`);
}
