import { describe, expect, test } from 'vitest';
import { createSuricataFeed } from '../../../server/sources/suricata/decode.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { decodeWith, readJsonLines, RECEIVED_AT_MS, toLines } from '../../support/someLines.ts';

const adapter = createSuricataFeed(aPlacer);
const feed = aFeed({ id: 'ids-68', format: 'suricata', domain: 'security' });
const decode = (payload: unknown, settings = feed) => decodeWith(adapter, settings, payload);

/** Synthetic, of the shape that eve.json has. */
const ALERT = {
  timestamp: '2026-03-01T08:00:00.123456+0700', flow_id: 1_154_611_008_869_142, in_iface: 'ens1', event_type: 'alert', host: 'da-lat',
  src_ip: '203.0.113.7', src_port: 51_512, dest_ip: '198.51.100.20', dest_port: 443, proto: 'TCP', tx_id: 0, community_id: '1:abc=',
  alert: { action: 'allowed', gid: 1, signature_id: 2_024_897, rev: 3, signature: 'ET SCAN thử nghiệm', category: 'Attempted Information Leak', severity: 2, metadata: { signature_severity: ['Major'], tag: ['a'] } },
  flow: { pkts_toserver: 4, pkts_toclient: 3, bytes_toserver: 300, bytes_toclient: 200, start: '2026-03-01T08:00:00.000000+0700' },
};
const withAlert = (more: object) => ({ ...ALERT, alert: { ...ALERT.alert, ...more } });
const reportOf = (event: unknown, settings = feed) => {
  const [item] = decode(toLines(event), settings);
  return item?.kind === 'report' ? item.report : item;
};
const problemsOf = (event: unknown) => decode(toLines(event)).flatMap((item) => (item.kind === 'unreadable' ? item.problems : []));

describe('Suricata', () => {
  test('[SE1] an alert is seen: identity, condition, class, place and title', () => {
    expect(reportOf(ALERT)).toEqual({
      kind: 'alert', alertId: 'da-lat/1154611008869142/1:2024897:3/0/2026-03-01T08:00:00.123456+0700', conditionId: '1:2024897/203.0.113.7/198.51.100.20',
      transition: 'seen', atMs: Date.parse('2026-03-01T01:00:00.123Z'), domain: 'security', severity: 'medium', rawSeverity: '2',
      title: 'ET SCAN thử nghiệm', localityCode: '672', placedBy: 'host', attack: null, tlp: null,
    });
  });

  test('[SY4] a moment ahead of its receipt is that of receipt, and what the clock said goes with it', () => {
    expect(decode(toLines({ ...ALERT, timestamp: '2026-03-01T09:05:00.000000+0700' }))).toMatchObject([{ statedAtMs: RECEIVED_AT_MS + 5 * 60_000, report: { atMs: RECEIVED_AT_MS } }]);
    expect(decode(toLines(ALERT))[0]).not.toHaveProperty('statedAtMs');
  });

  test('[SE2] a flow_id beyond 2^53 keeps its digits', () => {
    const line = JSON.stringify(ALERT).replace('1154611008869142', '1801439850948198401');
    expect(decode(readJsonLines(line))).toMatchObject([{ kind: 'report', id: expect.stringContaining('/1801439850948198401/') }]);
  });

  test('[SE3] other event types are ignored, each with what it is', () => {
    expect(decode(toLines({ ...ALERT, event_type: 'flow' }, { event_type: 'stats' }, ALERT))).toMatchObject([
      { kind: 'ignored', why: 'event_type "flow" is not an alert' }, { kind: 'ignored', why: 'event_type "stats" is not an alert' }, { kind: 'report' },
    ]);
  });

  test('[SE4] a broken line, null addresses and a bad time cost their own line only, and say where', () => {
    const text = [JSON.stringify(ALERT), '{"timestamp":"2026-03-01T08:0', '', JSON.stringify({ ...ALERT, src_ip: null }), JSON.stringify({ ...ALERT, timestamp: '2026-03-01 08:00:00' }), '7', JSON.stringify(ALERT)].join('\n');
    const items = decode(readJsonLines(text));
    expect(items.map(({ kind }) => kind)).toEqual(['report', 'unreadable', 'unreadable', 'unreadable', 'unreadable', 'report']);
    expect(items.flatMap((item) => (item.kind === 'unreadable' ? item.problems.map(({ where }) => where) : []))).toEqual(['line 2', 'line 4 /src_ip', 'line 5 /timestamp', 'line 6']);
  });

  test.each([
    [1, 'high'], [2, 'medium'], [3, 'low'], [4, 'low'], [255, 'low'], [undefined, 'unknown'],
  ])('[SE5] severity %s is %s', (severity, expected) => {
    expect(reportOf(withAlert({ severity }))).toMatchObject({ severity: expected, rawSeverity: severity === undefined ? null : String(severity) });
  });

  test('[SE5] only a rule\'s own word makes an alert critical; numbers out of 1-255 are refused', () => {
    expect(reportOf(withAlert({ metadata: { signature_severity: ['Critical'] } }))).toMatchObject({ severity: 'critical', rawSeverity: 'Critical' });
    expect(reportOf(withAlert({ metadata: { signature_severity: 'Critical' } }))).toMatchObject({ severity: 'critical' });
    expect(reportOf(withAlert({ metadata: null }))).toMatchObject({ severity: 'medium' });
    for (const severity of [0, 256, 1.5, '2', null]) expect(problemsOf(withAlert({ severity }))).toMatchObject([{ where: 'line 1 /alert/severity' }]);
  });

  test('[SE6] the same event twice has one identity; another moment, transaction or sensor has another', () => {
    const ids = [ALERT, ALERT, { ...ALERT, tx_id: 1 }, { ...ALERT, host: 'khac' }, { ...ALERT, timestamp: '2026-03-01T08:00:00.123457+0700' }, withAlert({ rev: 4 })].map((event) => decode(toLines(event))[0]?.id);
    expect(new Set(ids).size).toBe(5);
    expect(ids[0]).toBe(ids[1]);
  });

  test('[SE6] what parts an identity cannot be put into a part of it', () => {
    const idOf = (host: string, flow_id: string) => decode(toLines({ ...ALERT, host, flow_id }))[0]?.id;
    expect(idOf('a/1', '2')).not.toBe(idOf('a', '1'));
    expect(decode(toLines({ ...ALERT, host: '-' }))[0]?.id).not.toBe(decode(toLines({ ...ALERT, host: undefined }))[0]?.id);
  });

  test('[SE7] a packet without addresses and a sensor without a name are alerts too, and belong where the feed says or nowhere', () => {
    const bare = { timestamp: ALERT.timestamp, event_type: 'alert', alert: { gid: 1, signature_id: 2_200_122, rev: 1, severity: 3 } };
    expect(reportOf(bare)).toMatchObject({ conditionId: '1:2200122/-/-', title: '1:2200122', localityCode: null, placedBy: null });
    expect(reportOf(bare, aFeed({ format: 'suricata', placement: { otherwise: '68' } }))).toMatchObject({ localityCode: '68', placedBy: 'feed' });
    expect(reportOf({ ...ALERT, ioc_locality: '680' })).toMatchObject({ localityCode: '680', placedBy: 'label' });
  });

  test('[SE8] a title is one line without control or bidirectional characters, mail addresses and long numbers, and bounded', () => {
    const titleOf = (signature: string) => Reflect.get(Object(reportOf(withAlert({ signature }))), 'title');
    expect(titleOf('a\u0000b\u202ec\n\u2066d')).toBe('a b c d');
    expect(titleOf('x'.repeat(1_000))).toHaveLength(300);
    expect(titleOf(`${'x'.repeat(299)}😀`)).toBe('x'.repeat(299));
    expect(titleOf(' \u0007 ')).toBe('1:2024897');
    expect(titleOf('mail to an.nguyen@example.vn from 0912345678, CCCD 012345678901, CVE-2026-12345, 203.0.113.100')).toBe('mail to … from …, CCCD …, CVE-2026-12345, 203.0.113.100');
  });

  test('[SE9] a sensor whose clock is ahead reports the moment of receipt', () => {
    expect(reportOf({ ...ALERT, timestamp: '2027-03-01T08:00:00.000000+0700' })).toMatchObject({ atMs: Date.parse('2026-03-01T02:00:00Z') });
  });
});
