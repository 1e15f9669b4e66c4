import { AlertReport } from '../../shared/domain/alertReport.ts';
import type { FiledReport } from '../../shared/domain/filedReport.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import { FeedSettings } from '../../server/ports/feedSettings.ts';
import { START_MS } from './anObservation.ts';

/** A feed of security alerts that promises nothing, except for what the test names. */
export function aFeed(overrides: Partial<Record<keyof FeedSettings, unknown>> = {}): FeedSettings {
  return FeedSettings.parse({ id: 'soc-a', name: { vi: 'Trung tâm A', en: 'Centre A' }, format: 'alertmanager', localities: ['VN'], expectEveryMs: null, ...overrides });
}

/** A critical alert raised in province 01 at `START_MS`, except for what the test names; synthetic. */
export function anAlertReport(overrides: Partial<Record<keyof AlertReport, unknown>> = {}): AlertReport {
  const alertId = typeof overrides.alertId === 'string' ? overrides.alertId : 'a-1';
  const isPlaced = overrides.localityCode !== null;
  return AlertReport.parse({
    kind: 'alert', alertId, conditionId: alertId, transition: 'raised', atMs: START_MS, domain: 'security', severity: 'critical', rawSeverity: 'critical',
    title: 'Mã độc tống tiền', localityCode: '01', placedBy: isPlaced ? 'label' : null, ...overrides,
  });
}

export function filed(report: Partial<Record<keyof AlertReport, unknown>> = {}, feedId = 'soc-a', receivedAtMs = START_MS): FiledReport & { readonly report: AlertReport } {
  return { feedId: SourceId.parse(feedId), receivedAtMs, report: anAlertReport(report) };
}
