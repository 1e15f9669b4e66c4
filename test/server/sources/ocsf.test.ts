import { describe, expect, test } from 'vitest';
import { createAlertBook } from '../../../server/cases/alertBook.ts';
import { createCoverage } from '../../../server/cases/coverage.ts';
import { createOcsfFeed } from '../../../server/sources/ocsf/decode.ts';
import type { AlertReport } from '../../../shared/domain/alertReport.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { decodeWith, RECEIVED_AT_MS } from '../../support/someLines.ts';

const adapter = createOcsfFeed(aPlacer);
const feed = aFeed({ id: 'edr-68', format: 'ocsf', domain: 'security' });

/** Synthetic, of the shape of a Detection Finding. */
const FINDING = {
  class_uid: 2004, category_uid: 2, activity_id: 1, type_uid: 200_401, time: 1_772_326_800_000, severity_id: 4, status_id: 1,
  metadata: { version: '1.3.0', product: { name: 'EDR', vendor_name: 'Ví dụ' } },
  finding_info: { uid: 'f-1', title: 'Mã độc trên máy trạm' }, device: { hostname: 'da-lat' },
};
const decode = (payload: unknown) => decodeWith(adapter, feed, payload);
const reportOf = (finding: unknown) => {
  const [item] = decode(finding);
  return item?.kind === 'report' ? item.report : item;
};

describe('OCSF findings', () => {
  test('[SE1] a finding is raised: identity, class, place and title', () => {
    expect(reportOf(FINDING)).toEqual({
      kind: 'alert', alertId: 'Ví dụ/EDR/f-1/1772326800000', conditionId: 'Ví dụ/EDR/f-1', transition: 'raised', atMs: 1_772_326_800_000, domain: 'security',
      severity: 'high', rawSeverity: '4', title: 'Mã độc trên máy trạm', localityCode: '672', placedBy: 'host', attack: null, tlp: null,
    });
  });

  test('[SE13] create raises, update says that it is raised still, close clears, and so do the statuses resolved, archived and deleted', () => {
    const transitionOf = (more: object) => Reflect.get(Object(reportOf({ ...FINDING, ...more })), 'transition');
    for (const more of [{ activity_id: 1 }, { activity_id: undefined }, { activity_id: 0 }, { status_id: 2 }, { status_id: 3 }, { status_id: null }]) expect(transitionOf(more)).toBe('raised');
    for (const status_id of [1, 2, 3, null]) expect(transitionOf({ activity_id: 2, status_id })).toBe('still-raised');
    for (const more of [{ activity_id: 3 }, { activity_id: 2, status_id: 4 }, { status_id: 5 }, { status_id: 6 }]) expect(transitionOf(more)).toBe('condition-cleared');
  });

  test('[SE13] a finding that is opened again under its uid is open, and closed by a close of whatever time', () => {
    const book = createAlertBook({ feeds: [feed], coverage: createCoverage([]) });
    const take = (activity_id: number, atMs: number, more: object = {}) => {
      book.take({ feedId: feed.id, receivedAtMs: RECEIVED_AT_MS, report: reportOf({ ...FINDING, activity_id, time: atMs, ...more }) as AlertReport });
      return book.tally(RECEIVED_AT_MS).open;
    };
    expect([take(1, 1_772_326_800_000), take(2, 1_772_326_801_000), take(3, 1_772_326_802_000), take(2, 1_772_326_803_000), take(3, 1_772_326_804_000)]).toEqual([1, 1, 0, 1, 0]);
    const closed = { finding_info: { ...FINDING.finding_info, modified_time: 1_772_326_806_000 } };
    expect([take(1, 1_772_326_805_000), take(3, 1_772_326_800_000, closed)]).toEqual([1, 0]);
  });

  test('[SE14] time is milliseconds, or seconds as some have it; a written time is trusted more', () => {
    const atMs = (more: object) => Reflect.get(Object(reportOf({ ...FINDING, ...more })), 'atMs');
    expect(atMs({ time: 1_772_326_800 })).toBe(1_772_326_800_000);
    expect(atMs({ time: 1_772_326_800.25 })).toBe(1_772_326_800_250);
    expect(atMs({ time: 7, time_dt: '2026-03-01T08:00:00+07:00' })).toBe(1_772_326_800_000);
    expect(atMs({ time: undefined, time_dt: '2026-03-01T01:00:00Z' })).toBe(1_772_326_800_000);
    for (const more of [{ time: undefined }, { time: '1772326800000' }, { time: -1 }, { time: 1_772_326_800_000_000 }]) expect(reportOf({ ...FINDING, ...more })).toMatchObject({ kind: 'unreadable', problems: [{ where: '/time' }] });
    expect(reportOf({ ...FINDING, time_dt: 'yesterday' })).toMatchObject({ kind: 'unreadable', problems: [{ where: '/time_dt' }] });
  });

  test.each([[6, 'critical'], [5, 'critical'], [4, 'high'], [3, 'medium'], [2, 'low'], [1, 'low'], [0, 'unknown'], [99, 'unknown'], [undefined, 'unknown'], [null, 'unknown']])('[SE5] severity_id %s is %s', (severity_id, severity) => {
    expect(reportOf({ ...FINDING, severity_id })).toMatchObject({ severity });
  });

  test('[SE3] other classes are ignored; in a list each is answered alone', () => {
    expect(decode([{ ...FINDING, class_uid: 4001 }, FINDING, { ...FINDING, finding_info: {} }, 7])).toMatchObject([
      { kind: 'ignored', why: 'class_uid 4001 is not a finding (2004, 2001)' }, { kind: 'report' },
      { kind: 'unreadable', problems: [{ where: '/2/finding_info/uid' }] }, { kind: 'unreadable', problems: [{ where: '/3' }] },
    ]);
  });

  test('[SE13] the older Security Finding keeps its uid under another name', () => {
    expect(reportOf({ ...FINDING, class_uid: 2001, finding_info: undefined, finding: { uid: 'f-1', title: 'Cũ' } })).toMatchObject({ conditionId: 'Ví dụ/EDR/f-1', title: 'Cũ' });
    expect(reportOf({ ...FINDING, finding_info: undefined })).toMatchObject({ kind: 'unreadable', problems: [{ where: '/finding_info' }] });
  });

  test('[SE8] a title keeps none of the users and addresses that the finding names, wherever', () => {
    const finding_info = { uid: 'f-1', title: 'User nguoi-dung (Nguyễn Văn A) from 203.0.113.7 runs bash' };
    expect(reportOf({
      ...FINDING, finding_info, actor: { user: { name: 'nguoi-dung', type: 'User' }, process: { name: 'bash', user: { full_name: 'Nguyễn Văn A' } } }, evidences: [{ src_endpoint: { ip: '203.0.113.7' } }],
    })).toMatchObject({ title: 'User … (…) from … runs bash' });
  });

  test('[SE7] unmapped labels and tags place before hosts', () => {
    expect(reportOf({ ...FINDING, unmapped: { ioc_locality: '680' } })).toMatchObject({ localityCode: '680', placedBy: 'label' });
    expect(reportOf({ ...FINDING, resources: [{ name: 'x', tags: [{ name: 'district', value: 'Bảo Lâm' }] }] })).toMatchObject({ localityCode: '680', placedBy: 'tag' });
    expect(reportOf({ ...FINDING, device: undefined, resources: [{ name: 'x' }, { name: '680' }] })).toMatchObject({ localityCode: '680', placedBy: 'host' });
  });
});
