import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Attack, TLP_LABELS } from '../../../shared/domain/alarm.ts';
import { AlertReport } from '../../../shared/domain/alertReport.ts';
import type { FeedAdapter } from '../../../server/ports/feed.ts';
import { createAlertmanagerFeed } from '../../../server/sources/alertmanager/decode.ts';
import { attackOf } from '../../../server/sources/attack.ts';
import { createCefFeed } from '../../../server/sources/cef/decode.ts';
import { createOcsfFeed } from '../../../server/sources/ocsf/decode.ts';
import { createSuricataFeed } from '../../../server/sources/suricata/decode.ts';
import { tlpOf } from '../../../server/sources/tlp.ts';
import { createUptimeKumaFeed } from '../../../server/sources/uptimeKuma/decode.ts';
import { createWazuhFeed } from '../../../server/sources/wazuh/decode.ts';
import { createZabbixFeed } from '../../../server/sources/zabbix/decode.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { anAlertReport } from '../../support/someAlerts.ts';
import { decodeWith, toLines } from '../../support/someLines.ts';

const AT = '2026-03-01T08:00:00.123+0700';
const suricataWith = (metadata: unknown) => toLines({ timestamp: AT, event_type: 'alert', alert: { gid: 1, signature_id: 7, rev: 1, signature: 'ET', metadata } });
const wazuhWith = (mitre: unknown, data: object = {}) => ({ id: '1.1', timestamp: AT, rule: { id: 1, level: 9, description: 'a', mitre }, manager: { name: 'm' }, data });
const ocsfWith = (more: object, about: object = {}) => ({ class_uid: 2004, time: 1_772_326_800_000, metadata: { product: { name: 'EDR' } }, finding_info: { uid: 'f', title: 't', ...about }, ...more });
const monitoredWith = (labels: object) => ({ alerts: [{ status: 'firing', labels: { alertname: 'a', ...labels }, annotations: {}, startsAt: '2026-03-01T07:00:00Z', endsAt: '0001-01-01T00:00:00Z', fingerprint: 'f' }] });
const zabbixWith = (tags: readonly object[]) => ({ eventid: '42', value: 1, nseverity: 4, name: 'n', host: 'h', tags, clock: 1_772_326_800 });
const kumaWith = (tags: readonly object[]) => ({ heartbeat: { monitorID: 7, status: 0, time: '2026-03-01 01:00:00.123', important: true }, monitor: { name: 'm', tags } });
const cefWith = (extension: string) => [{ line: 1, value: `CEF:0|a|b|1|2|c|5|${extension}` }];

const ADAPTERS = {
  suricata: createSuricataFeed(aPlacer), wazuh: createWazuhFeed(aPlacer), ocsf: createOcsfFeed(aPlacer), cef: createCefFeed(aPlacer),
  alertmanager: createAlertmanagerFeed(aPlacer), zabbix: createZabbixFeed(aPlacer), 'uptime-kuma': createUptimeKumaFeed(aPlacer),
} satisfies Record<string, FeedAdapter>;

/** Attack and label of the one alert in it. */
function marksOf(format: keyof typeof ADAPTERS, payload: unknown, settings: object = {}) {
  const mediaType = { suricata: 'application/x-ndjson', cef: 'text/plain' }[format as string] ?? 'application/json';
  const [item] = decodeWith(ADAPTERS[format], aFeed({ format, ...settings }), payload, mediaType);
  if (item?.kind !== 'report') throw new Error(JSON.stringify(item));
  const { attack, tlp } = AlertReport.parse(item.report);
  return { attack, tlp };
}

const C2 = { tactics: ['TA0011'], techniques: ['T1071.001'] };

describe('what a security system says of an attack, and who may be told', () => {
  test.each([
    ['suricata', suricataWith({ mitre_tactic_id: ['TA0011'], mitre_tactic_name: ['Command_And_Control'], mitre_technique_id: ['T1071_001'], signature_severity: ['Major'] })],
    ['wazuh', wazuhWith({ id: ['T1071.001'], tactic: ['Command and Control'], technique: ['Web Protocols'] })],
    ['wazuh', wazuhWith(undefined, { alert: { metadata: { mitre_tactic_id: ['TA0011'], mitre_technique_id: ['T1071.001'] } } })],
    ['ocsf', ocsfWith({}, { attacks: [{ tactic: { uid: 'TA0011', name: 'Command and Control' }, technique: { uid: 'T1071.001' } }] })],
    ['ocsf', ocsfWith({}, { attacks: [{ tactics: [{ name: 'Command and Control' }], sub_technique: { uid: 'T1071.001' } }, 'odd'] })],
    ['cef', cefWith('cs1Label=MITRE tactic cs1=Command and Control cs2Label=MITRE technique cs2=T1071.001')],
    ['alertmanager', monitoredWith({ mitre_tactic: 'command-and-control', mitre_technique: 't1071.001' })],
    ['zabbix', zabbixWith([{ tag: 'mitre_tactic', value: 'TA0011' }, { tag: 'mitre_technique', value: 'T1071.001' }])],
    ['uptime-kuma', kumaWith([{ name: 'mitre_tactic', value: 'TA0011' }, { name: 'mitre_technique', value: 'T1071.001' }])],
  ] as const)('[AI7] tactics and techniques of %s come by their ids', (format, payload) => {
    expect(marksOf(format, payload).attack).toEqual(C2);
  });

  test.each([
    ['ocsf', ocsfWith({ osint: [{ tlp: 'GREEN' }, { tlp: 'AMBER STRICT' }, 7] })], ['ocsf', ocsfWith({ unmapped: { tlp: 'tlp:amber+strict' } })],
    ['cef', cefWith('cs3Label=TLP cs3=AMBER+STRICT')], ['alertmanager', monitoredWith({ tlp: 'TLP:AMBER+STRICT' })],
    ['zabbix', zabbixWith([{ tag: 'tlp', value: 'amber_strict' }])], ['uptime-kuma', kumaWith([{ name: 'tlp', value: 'Amber-Strict' }])],
  ] as const)('[AI8] the label of %s is read, and comes before its feed\'s', (format, payload) => {
    expect(marksOf(format, payload, { tlp: 'GREEN' }).tlp).toBe('AMBER+STRICT');
  });

  test.each(Object.keys(ADAPTERS) as (keyof typeof ADAPTERS)[])('[AI8] an alert of %s that says nothing has its feed\'s label, or none', (format) => {
    const payload = {
      suricata: suricataWith(undefined), wazuh: wazuhWith(undefined), ocsf: ocsfWith({}), cef: cefWith('src=203.0.113.7'), alertmanager: monitoredWith({}), zabbix: zabbixWith([]), 'uptime-kuma': kumaWith([]),
    }[format];
    expect(marksOf(format, payload, { tlp: 'RED' })).toEqual({ attack: null, tlp: 'RED' });
    expect(marksOf(format, payload)).toEqual({ attack: null, tlp: null });
  });

  test('[AI7] an odd id is left out, and costs neither the others nor the alert', () => {
    expect(marksOf('wazuh', wazuhWith({ id: ['T1110', 'T11', 7, null, 'T1110'], tactic: 'Witchcraft' })).attack).toEqual({ tactics: [], techniques: ['T1110'] });
    expect(marksOf('suricata', suricataWith({ mitre_tactic_id: 'TA0001, TA1', mitre_technique_id: { a: 1 } })).attack).toEqual({ tactics: ['TA0001'], techniques: [] });
    for (const odd of ['x', [['T1110']], {}, null]) expect(marksOf('wazuh', wazuhWith(odd)).attack).toBeNull();
    expect(marksOf('ocsf', ocsfWith({ osint: 'odd', unmapped: { tlp: 'PURPLE' } }, { attacks: 'odd' }))).toEqual({ attack: null, tlp: null });
  });

  test('[AI7] whatever is sent, what is kept is an attack, within its bounds', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constantFrom('T1486', 'TA0040', 'impact', 'T1059.001'))), (sent) => {
      const attack = attackOf(sent, sent);
      if (attack !== null) expect(Attack.parse(attack)).toEqual(attack);
    }));
    const many = Array.from({ length: 90 }, (_, index) => `T${1_000 + index}`);
    expect(attackOf([], many)).toEqual({ tactics: [], techniques: many.slice(0, 16) });
  });

  test('[AI8] of several labels the strictest counts, however it is written', () => {
    fc.assert(fc.property(fc.subarray([...TLP_LABELS], { minLength: 1 }), fc.constantFrom('', 'TLP:', 'tlp '), (labels, prefix) => {
      const sent = labels.toReversed().map((label) => `${prefix}${label.toLowerCase()}`);
      expect(tlpOf(sent, aFeed())).toBe(labels.at(-1));
    }));
    expect(tlpOf(['TLP:WHITE'], aFeed({ tlp: 'RED' }))).toBe('CLEAR');
  });

  test('[AI9] a report that was logged before there were such marks is read back, without any', () => {
    const { attack, tlp, ...before } = anAlertReport();
    expect(AlertReport.parse(before)).toEqual({ ...before, attack: null, tlp: null });
  });
});
