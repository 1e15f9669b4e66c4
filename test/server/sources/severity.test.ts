import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Severity } from '../../../shared/domain/severity.ts';
import { FEED_FORMATS, type FeedFormat } from '../../../server/ports/feedSettings.ts';
import { normaliseSeverity } from '../../../server/sources/severity.ts';

const classOf = (format: FeedFormat, raw: unknown, severities = {}) => normaliseSeverity(format, raw, { severities }).severity;
const classes = (format: FeedFormat, raws: readonly unknown[]) => raws.map((raw) => classOf(format, raw));

describe('severity', () => {
  test('[MA1] Suricata: 1 is the worst of 255, and nothing but a word of the rule says critical', () => {
    expect(classes('suricata', [1, 2, 3, 4, 255, '2'])).toEqual(['high', 'medium', 'low', 'low', 'low', 'medium']);
    expect(classes('suricata', [0, 256, -1, 1.5])).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(classes('suricata', ['Critical', 'Major', 'Minor', 'Informational'])).toEqual(['critical', 'high', 'medium', 'low']);
  });

  test('[MA1] Wazuh: 0-16, cut at 7, 12 and 15', () => {
    expect(classes('wazuh', [0, 3, 6, 7, 11, 12, 14, 15, 16])).toEqual(['low', 'low', 'low', 'medium', 'medium', 'high', 'high', 'critical', 'critical']);
    expect(classes('wazuh', [17, -1, '']).every((severity) => severity === 'unknown')).toBe(true);
  });

  test('[MA1] Zabbix: 0 is not classified, and its "Warning" is lower than that of others', () => {
    expect(classes('zabbix', [0, 1, 2, 3, 4, 5, 6])).toEqual(['unknown', 'low', 'low', 'medium', 'high', 'critical', 'unknown']);
    expect(classes('zabbix', ['Not classified', 'Information', 'Warning', 'Average', 'High', 'Disaster'])).toEqual(['unknown', 'low', 'low', 'medium', 'high', 'critical']);
    expect(classOf('alertmanager', 'warning')).toBe('medium');
  });

  test('[MA1] OCSF: 0 and 99 are unknown, 5 and 6 critical', () => {
    expect(classes('ocsf', [0, 1, 2, 3, 4, 5, 6, 99])).toEqual(['unknown', 'low', 'low', 'medium', 'high', 'critical', 'critical', 'unknown']);
  });

  test('[MA1] CEF: 0-10 or its words', () => {
    expect(classes('cef', [0, 3, 4, 6, 7, 8, 9, 10, 11])).toEqual(['low', 'low', 'medium', 'medium', 'high', 'high', 'critical', 'critical', 'unknown']);
    expect(classes('cef', ['Unknown', 'Low', 'Medium', 'High', 'Very-High', 'very high'])).toEqual(['unknown', 'low', 'medium', 'high', 'critical', 'critical']);
  });

  test('[MA1] Alertmanager and Uptime Kuma have no scale: only words of a label are read', () => {
    for (const format of ['alertmanager', 'uptime-kuma'] as const) {
      expect(classes(format, ['critical', ' Page ', 'warning', 'info', '1', 5])).toEqual(['critical', 'critical', 'medium', 'low', 'unknown', 'unknown']);
    }
  });

  test('[MA2] what is missing or not known is its own class, never low', () => {
    expect(normaliseSeverity('cef', undefined, { severities: {} })).toEqual({ severity: 'unknown', rawSeverity: null });
    for (const raw of [null, '', '  ', {}, [], true]) expect(normaliseSeverity('cef', raw, { severities: {} })).toEqual({ severity: 'unknown', rawSeverity: null });
    for (const raw of ['sev-3', 'constructor', '__proto__', 'NaN', '1e1']) expect(classOf('wazuh', raw)).toBe('unknown');
  });

  test('[MA3] the sender\'s own codes come before every table', () => {
    expect(classOf('zabbix', 2, { 2: 'critical' })).toBe('critical');
    expect(classOf('alertmanager', 'P1', { P1: 'high' })).toBe('high');
    expect(classOf('alertmanager', 'critical', { critical: 'unknown' })).toBe('unknown');
  });

  test('[MA3] the raw value is kept, cut to 64 characters', () => {
    expect(normaliseSeverity('zabbix', 4, { severities: {} })).toEqual({ severity: 'high', rawSeverity: '4' });
    expect(normaliseSeverity('alertmanager', ' Sev-3 ', { severities: {} })).toEqual({ severity: 'unknown', rawSeverity: 'Sev-3' });
    expect(normaliseSeverity('cef', 'x'.repeat(99), { severities: {} }).rawSeverity).toHaveLength(64);
  });

  test('[MA1] on every scale with a direction, worse is never shown as milder', () => {
    const rank = (severity: Severity) => Severity.options.indexOf(severity);
    const bounds = { wazuh: [0, 16], zabbix: [1, 5], ocsf: [1, 6], cef: [0, 10] } as const;
    fc.assert(fc.property(fc.constantFrom(...(Object.keys(bounds) as (keyof typeof bounds)[])), fc.nat(16), fc.nat(16), (format, a, b) => {
      const [lowest, highest] = bounds[format];
      const [milder, worse] = [Math.min(a, b), Math.max(a, b)].map((level) => Math.min(highest, Math.max(lowest, level)));
      expect(rank(classOf(format, worse))).toBeLessThanOrEqual(rank(classOf(format, milder)));
    }));
  });

  test('[MA2] whatever is sent, there is a class', () => {
    fc.assert(fc.property(fc.constantFrom(...FEED_FORMATS), fc.anything(), (format, raw) => {
      const { severity, rawSeverity } = normaliseSeverity(format, raw, { severities: {} });
      expect(Severity.safeParse(severity).success).toBe(true);
      expect(rawSeverity === null || rawSeverity.length <= 64).toBe(true);
    }));
  });
});
