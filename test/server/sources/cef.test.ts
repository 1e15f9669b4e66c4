import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCefTime } from '../../../server/sources/cef/cefTime.ts';
import { createCefFeed } from '../../../server/sources/cef/decode.ts';
import { parseCef } from '../../../server/sources/cef/parseCef.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { decodeWith, RECEIVED_AT_MS, toLines, writeCef } from '../../support/someLines.ts';

const adapter = createCefFeed(aPlacer);
const feed = aFeed({ id: 'fw-68', format: 'cef', domain: 'security' });
const decode = (...lines: readonly unknown[]) => decodeWith(adapter, feed, toLines(...lines));
const reportOf = (line: string) => {
  const [item] = decode(line);
  return item?.kind === 'report' ? item.report : item;
};

/** Synthetic. */
const EVENT = 'CEF:0|Ví dụ|Tường lửa|7.2|100100|Tấn công SQL|8|rt=1772326800000 src=203.0.113.7 dst=198.51.100.20 externalId=4711 msg=hai từ dvchost=da-lat';

describe('CEF', () => {
  test('[SE1] an event is seen: identity, condition, class, place and title', () => {
    expect(reportOf(EVENT)).toEqual({
      kind: 'alert', alertId: 'Ví dụ/Tường lửa/da-lat/4711', conditionId: 'Ví dụ/Tường lửa/100100/203.0.113.7/198.51.100.20', transition: 'seen', atMs: 1_772_326_800_000,
      domain: 'security', severity: 'high', rawSeverity: '8', title: 'Tấn công SQL', localityCode: '672', placedBy: 'host', attack: null, tlp: null,
    });
  });

  test('[SE8] a name keeps none of the users and addresses that its keys name', () => {
    const titled = (name: string, keys: string) => Reflect.get(Object(reportOf(`CEF:0|a|b|1|2|${name}|5|${keys}`)), 'title');
    expect(titled('Người dùng nguoi-dung từ 203.0.113.7 bị khóa', 'src=203.0.113.7 suser=nguoi-dung act=khóa')).toBe('Người dùng … từ … bị khóa');
    expect(titled('a.b+c (d) for ::1', 'dst=::1 sourceUserName=a.b+c (d)')).toBe('… for …');
    expect(titled('nguoi-dung', 'duser=nguoi-dung')).toBe('…');
  });

  test('[SE15] with and without a header of syslog it is one event', () => {
    for (const prefix of ['<134>Mar  1 08:00:00 da-lat ', '<134>', '<134>1 2026-03-01T08:00:00Z da-lat fw - - - \ufeff', 'Mar  1 08:00:00 da-lat fw: ', '<134>1 2026-03-01T08:00:00Z da-lat fw - - [a@1 b="c] CEF:"] ']) {
      expect(reportOf(prefix + EVENT)).toEqual(reportOf(EVENT));
    }
  });

  test('[SE15] whatever is written as CEF is read as it was: escapes, pipes, equals signs, line breaks, spaces', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '|', '\\', '=', ' ', 'Ệ', 'n', '"') });
    const value = fc.string({ unit: fc.constantFrom('a', '|', '\\', '=', ' ', '\n', '\r', 'n', 'r', 'Ệ', '.') });
    const extension = fc.dictionary(fc.constantFrom('src', 'msg', 'cs1Label', 'ad.key', 'x[0]'), value);
    fc.assert(fc.property(fc.tuple(field, field, field, field, field, field), extension, (header, sent) => {
      const [vendor, product, version, signatureId, name, severity] = header;
      expect(parseCef(writeCef(header, sent))).toEqual({ vendor, product, version, signatureId, name, severity, extension: new Map(Object.entries(sent)) });
    }), { numRuns: 500 });
  });

  test('[SE15] values hold spaces and unescaped marks; a key that comes again counts once', () => {
    const { extension } = parseCef('CEF:0|a|b|1|2|c|5|request=http://x.example/?a=b&c=d msg=một hai | ba act= src=1 src=2')!;
    expect([...extension]).toEqual([['request', 'http://x.example/?a=b&c=d'], ['msg', 'một hai | ba'], ['act', ''], ['src', '1']]);
  });

  test.each([['0', 'low'], ['3', 'low'], ['4', 'medium'], ['7', 'high'], ['10', 'critical'], ['Very-High', 'critical'], ['Low', 'low'], ['Unknown', 'unknown'], ['11', 'unknown'], ['', 'unknown']])('[SE5] severity "%s" is %s', (raw, severity) => {
    expect(reportOf(`CEF:0|a|b|1|2|c|${raw}|`)).toMatchObject({ severity });
  });

  test('[SE16] a time is epoch ms, or written, in Vietnamese time unless it says', () => {
    const expected = Date.parse('2026-03-01T01:00:00Z');
    for (const text of ['1772326800000', '1772326800', 'Mar 01 2026 08:00:00', 'Mar 1 2026 08:00:00.000', 'Mar 01 2026 01:00:00 UTC', 'Mar 01 2026 02:00:00 +0100', 'Mar 01 2026 08:00:00.000 GMT+07:00', 'Mar 01 08:00:00', '2026-03-01T08:00:00+07:00']) {
      expect(parseCefTime(text, RECEIVED_AT_MS)).toBe(expected);
    }
    expect(parseCefTime('Dec 31 23:59:59', RECEIVED_AT_MS)).toBe(Date.parse('2025-12-31T23:59:59+07:00'));
    expect(parseCefTime('Feb 29 00:00:00', RECEIVED_AT_MS)).toBe(Date.parse('2024-02-29T00:00:00+07:00'));
    for (const text of ['', 'soon', 'Feb 30 2026 08:00:00', 'Thg 3 1 2026 08:00:00', 'Mar 01 2026 08:00:00 XYZ', '-5']) expect(parseCefTime(text, RECEIVED_AT_MS)).toBeNull();
  });

  test('[SE16] without a time it is the moment of receipt; one that cannot be read is refused', () => {
    expect(reportOf('CEF:0|a|b|1|2|c|5|')).toMatchObject({ atMs: RECEIVED_AT_MS });
    expect(reportOf('CEF:0|a|b|1|2|c|5|start=Mar 01 2026 08:00:00')).toMatchObject({ atMs: Date.parse('2026-03-01T01:00:00Z') });
    expect(decode('CEF:0|a|b|1|2|c|5|rt=soon')).toMatchObject([{ kind: 'unreadable', problems: [{ where: 'line 1 rt', got: '"soon"' }] }]);
  });

  test('[SE6] without an externalId the identity is the hash of the line, never the line', () => {
    const line = 'CEF:0|a|b|1|2|c|5|msg=nguoi-dung';
    const [item, same, other] = decode(line, `${line} `, `${line}2`);
    expect(item?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(same?.id).toBe(item?.id);
    expect(other?.id).not.toBe(item?.id);
    expect(JSON.stringify(item)).not.toContain('nguoi-dung');
  });

  test('[SE4] malformed lines cost themselves only', () => {
    const items = decode(EVENT, 'rsyslogd: started', 'CEF:0|a|b|1|2', 'CEF:9|a|b|1|2|c|5|', 7, EVENT);
    expect(items.map(({ kind }) => kind)).toEqual(['report', 'unreadable', 'unreadable', 'unreadable', 'unreadable', 'report']);
    expect(items[2]).toMatchObject({ problems: [{ where: 'line 3', got: 'a line of 13 characters' }] });
  });

  test('[SE7] a key, a custom text of that label, the device and the header place, in this order', () => {
    const placed = (more: string, prefix = '') => reportOf(`${prefix}CEF:0|a|b|1|2|c|5|${more}`);
    expect(placed('ioc_locality=680 dvchost=da-lat')).toMatchObject({ localityCode: '680', placedBy: 'label' });
    expect(placed('cs2Label=district cs2=Bảo Lâm dvchost=da-lat')).toMatchObject({ localityCode: '680', placedBy: 'label' });
    expect(placed('', '<134>Mar  1 08:00:00 bao-lam ')).toMatchObject({ localityCode: '680', placedBy: 'host' });
    expect(placed('')).toMatchObject({ localityCode: null, placedBy: null });
  });
});
