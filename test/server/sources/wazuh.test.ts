import { describe, expect, test } from 'vitest';
import { createWazuhFeed } from '../../../server/sources/wazuh/decode.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { decodeWith, toLines } from '../../support/someLines.ts';

const adapter = createWazuhFeed(aPlacer);
const feed = aFeed({ id: 'wazuh-68', format: 'wazuh', domain: 'security' });

/** Synthetic, of the shape that an integration script gets. */
const ALERT = {
  timestamp: '2026-03-01T08:00:00.123+0700', id: '1772326800.12345',
  rule: { level: 10, description: 'sshd: brute force trying to get access to the system', id: '5712', frequency: 8, firedtimes: 1, mail: false, groups: ['syslog', 'sshd'], mitre: { id: ['T1110'] } },
  agent: { id: '003', name: 'web-01', ip: '192.0.2.3', labels: { ioc_locality: '672' } }, manager: { name: 'wazuh-68' }, cluster: { name: 'wazuh', node: 'node01' },
  decoder: { parent: 'sshd', name: 'sshd' }, location: '/var/log/auth.log', full_log: 'Failed password for nguoi-dung from 203.0.113.7', previous_output: 'nguoi-dung',
  data: { srcip: '203.0.113.7', srcuser: 'nguoi-dung', dstuser: 'nguoi-dung' },
};
const SURICATA = {
  ...ALERT, rule: { id: 86_601, level: 3, description: 'Suricata: Alert - ET SCAN', groups: ['ids', 'suricata'] },
  data: { src_ip: '203.0.113.7', dest_ip: '198.51.100.20', flow_id: '1154611008869142.000000', alert: { gid: '1', signature_id: '2024897.000000', severity: '1', signature: 'ET SCAN' } },
};
const withRule = (more: object) => ({ ...ALERT, rule: { ...ALERT.rule, ...more } });
const decode = (alert: unknown) => decodeWith(adapter, feed, alert, 'application/json')[0]!;
const reportOf = (alert: unknown) => {
  const item = decode(alert);
  return item.kind === 'report' ? item.report : item;
};

describe('Wazuh', () => {
  test('[SE1] an alert is seen: identity, condition, class, place and title', () => {
    expect(reportOf(ALERT)).toEqual({
      kind: 'alert', alertId: 'wazuh-68/1772326800.12345', conditionId: 'wazuh-68/5712/003/203.0.113.7', transition: 'seen', atMs: Date.parse('2026-03-01T01:00:00.123Z'),
      domain: 'security', severity: 'medium', rawSeverity: '10', title: 'sshd: brute force trying to get access to the system', localityCode: '672', placedBy: 'label',
      attack: { tactics: [], techniques: ['T1110'] }, tlp: null,
    });
  });

  test('[SE10] one alert a call and a line of alerts.json say the same', () => {
    expect(decodeWith(adapter, feed, toLines(ALERT, SURICATA), 'application/x-ndjson')).toEqual([decode(ALERT), decode(SURICATA)]);
  });

  test('[SE10] who did it and what was logged is never kept', () => {
    for (const alert of [ALERT, SURICATA]) expect(JSON.stringify(decode(alert))).not.toContain('nguoi-dung');
  });

  const titled = (description: string, more: object = {}) => Reflect.get(Object(reportOf({ ...withRule({ description }), ...more })), 'title');

  test('[SE10] a description keeps the words of its rule, and no value of the event that stands among them', () => {
    expect(titled('Người dùng nguoi-dung đăng nhập từ 203.0.113.7')).toBe('Người dùng … đăng nhập từ …');
    expect(titled('User NHA\\nguoi-dung, nguoi-dung.', { data: { win: { eventdata: { targetUserName: 'nguoi-dung', list: ['NHA'] } } } })).toBe('User …\\…, ….');
    expect(titled('File /home/nguoi-dung/a.txt changed', { data: undefined, syscheck: { path: '/home/nguoi-dung/a.txt' } })).toBe('File … changed');
    expect(titled('Multiple failures of nguoi-dung (x)', { data: { a: 'nguoi-dung (x)', b: 'nguoi-dung' } })).toBe('Multiple failures of …');
  });

  test('[SE10] what is no word of its own, a port, a status, and what a rule of Suricata, a weakness or a benchmark is called stay', () => {
    expect(titled('rootcheck: 5 times at port 443', { data: { srcuser: 'root', times: '5', port: '443' } })).toBe('rootcheck: 5 times at port 443');
    expect(titled('CVE-2026-12345 affects openssl', { data: { vulnerability: { cve: 'CVE-2026-12345', package: { name: 'openssl' } } } })).toBe('CVE-2026-12345 affects openssl');
    expect(reportOf(SURICATA)).toMatchObject({ title: 'Suricata: Alert - ET SCAN' });
  });

  test.each([[16, 'critical'], [15, 'critical'], [12, 'high'], [7, 'medium'], [6, 'low'], ['0', 'low']])('[SE5] level %s is %s', (level, severity) => {
    expect(reportOf(withRule({ level }))).toMatchObject({ severity });
  });

  test('[SE11] of an alert of Suricata its own severity counts, not the level 3 that every one of them gets', () => {
    expect(reportOf(SURICATA)).toMatchObject({ severity: 'high', rawSeverity: '1', conditionId: 'wazuh-68/86601/003/203.0.113.7/1:2024897/198.51.100.20' });
    expect(reportOf({ ...SURICATA, data: { alert: { metadata: { signature_severity: ['Critical'] }, severity: '2' } } })).toMatchObject({ severity: 'critical' });
    expect(reportOf({ ...SURICATA, data: { alert: {} } })).toMatchObject({ severity: 'unknown', rawSeverity: null });
    expect(reportOf({ ...SURICATA, data: undefined })).toMatchObject({ severity: 'low', rawSeverity: '3' });
  });

  test('[SE12] rule ids are one identity as number and as text; mangled whole numbers are read', () => {
    expect(reportOf(withRule({ id: 5712 }))).toEqual(reportOf(ALERT));
    expect(reportOf({ ...SURICATA, data: { ...SURICATA.data, alert: { gid: 1, signature_id: 2_024_897, severity: 1 } } })).toEqual(reportOf(SURICATA));
  });

  test('[SE7] a label places, then the name of the agent; without either it belongs nowhere', () => {
    expect(reportOf({ ...ALERT, agent: { id: '003', name: 'Bảo Lâm' } })).toMatchObject({ localityCode: '680', placedBy: 'host' });
    expect(reportOf({ ...ALERT, agent: { id: '003', name: 'Bảo Lâm', labels: { district: 'Đà Lạt' } } })).toMatchObject({ localityCode: '672', placedBy: 'label' });
    expect(reportOf({ ...ALERT, agent: { id: '000', name: 'x', labels: 'odd' } })).toMatchObject({ localityCode: null });
    expect(reportOf({ ...ALERT, agent: undefined })).toMatchObject({ localityCode: null, conditionId: 'wazuh-68/5712/-/203.0.113.7' });
  });

  test('[SE4] what is missing is named', () => {
    expect(decode({})).toMatchObject({ kind: 'unreadable', problems: [{ where: '/id' }, { where: '/timestamp' }, { where: '/rule' }, { where: '/manager' }] });
    expect(decode({ ...ALERT, rule: { ...ALERT.rule, level: 17 } })).toMatchObject({ kind: 'unreadable', problems: [{ where: '/rule/level', got: '17', expected: 'must be 0-16' }] });
    expect(decode([ALERT])).toMatchObject({ kind: 'unreadable', problems: [{ where: 'body', got: 'a list of 1' }] });
  });
});
