import fc from 'fast-check';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { csvFile } from '../../../client/screens/export/csvFile.ts';
import { exportFileName, vietnamTime } from '../../../client/screens/export/fileName.ts';
import { provenanceWords } from '../../../client/screens/export/provenanceWords.ts';

const AT_MS = Date.parse('2026-11-29T07:00:00+07:00');
beforeAll(async () => { await startI18n('vi'); });
const t = i18next.t;

describe('[XE4] names of files', () => {
  test('say whose, where, what and when in Viet Nam', () => {
    expect(exportFileName('Lâm Đồng', 'Đúng hạn', AT_MS, 'csv')).toBe('ioc_lam-dong_dung-han_2026-11-29T0700.csv');
    expect(exportFileName('Thành phố Hồ Chí Minh', 'VB điện tử, 24 giờ qua', AT_MS - 1, 'png')).toBe('ioc_thanh-pho-ho-chi-minh_vb-dien-tu-24-gio-qua_2026-11-29T0659.png');
  });

  test('are ASCII that every file system takes, whatever a place is called', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 0, max: 4e12 }), (place, what, atMs) => {
      expect(exportFileName(place, what, atMs, 'csv')).toMatch(/^ioc_[a-z0-9-]{1,48}_[a-z0-9-]{1,48}_\d{4}-\d{2}-\d{2}T\d{4}\.csv$/);
    }));
  });
});

test('[XE3] a file says what, where, when, from whom and what kind of numbers before its rows', () => {
  const text = csvFile({
    title: 'Huyện thấp nhất, đúng hạn', placeName: 'Tỉnh Lâm Đồng', placeCode: 'mã 68', atMs: AT_MS, source: 'IOC · /api/v1/snapshot?locality=68', provenance: provenanceWords(['simulated', null], t),
    columns: [{ name: 'Huyện', unit: '', decimals: 0 }, { name: 'Đúng hạn', unit: '%', decimals: 1 }], rows: [['Đạ Tẻh', 95.1], ['Bảo Lộc', null]],
  }, t);
  expect(text).toBe(`\uFEFF${[
    'Nội dung;"Huyện thấp nhất, đúng hạn"', 'Nơi;Tỉnh Lâm Đồng;mã 68', 'Thời điểm (giờ Việt Nam);2026-11-29 07:00:00', 'Nguồn;IOC · /api/v1/snapshot?locality=68',
    'Loại số liệu;"mô phỏng. CÓ SỐ MÔ PHỎNG HOẶC MINH HỌA, KHÔNG PHẢI SỐ ĐO THẬT"', '', 'Huyện;Đúng hạn (%)', 'Đạ Tẻh;95,1', 'Bảo Lộc;', '',
  ].join('\r\n')}`);
});

test('[XE5] made-up figures are said to be made up, and only they', () => {
  expect(provenanceWords(['measured', 'simulated'], t)).toMatch(/^đo, mô phỏng\. CÓ SỐ MÔ PHỎNG/);
  expect(provenanceWords(['illustrative'], t)).toMatch(/KHÔNG PHẢI SỐ ĐO THẬT$/);
  expect(provenanceWords(['measured', null, 'declared', 'measured'], t)).toBe('đo, khai báo');
  expect(provenanceWords([null], t)).toBe('chưa có số');
});

test('a moment in a file is Vietnamese time, whatever the zone of the machine', () => { expect(vietnamTime(AT_MS)).toBe('2026-11-29 07:00:00'); });
