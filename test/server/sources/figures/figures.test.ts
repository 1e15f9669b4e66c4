import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate } from '../../../../shared/domain/observation.ts';
import { buildSeriesTable } from '../../../../shared/domain/seriesTable.ts';
import { createGate } from '../../../../server/ingest/gate.ts';
import { FeedSettings } from '../../../../server/ports/feedSettings.ts';
import { createFiguresAdapter } from '../../../../server/sources/figures/decode.ts';
import { aLand, anIndicator } from '../../../support/aCatalogue.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const localities = aLand({ provinces: 3 });
const indicators = [
  anIndicator({ id: 'documents-total', name: { vi: 'Văn bản gửi và nhận', en: 'Documents' }, shortName: { vi: 'Văn bản', en: 'Docs' }, observedAt: 'province', unit: { vi: 'văn bản', en: 'documents' }, decimals: 1 }),
  anIndicator({ id: 'dossiers-received', name: { vi: 'Hồ sơ tiếp nhận', en: 'Received' }, shortName: { vi: 'Hồ sơ', en: 'Dossiers' } }),
  anIndicator({ id: 'dossiers-resolved', name: { vi: 'Hồ sơ giải quyết', en: 'Resolved' }, shortName: { vi: 'Hồ sơ', en: 'Dossiers' } }),
];
const adapter = createFiguresAdapter(localities, indicators);
const feedWith = (more: object = {}) => FeedSettings.parse({ id: 'so-tttt', name: { vi: 'Sở', en: 'Department' }, format: 'figures', localities: ['VN'], expectEveryMs: 30 * 86_400_000, ...more });
/** Noon in Vietnam on the fifth of November. */
const RECEIVED_MS = Date.parse('2026-11-05T12:00:00+07:00');
const HEADINGS = 'mã địa phương;chỉ tiêu;giá trị;ngày số liệu';

function csv(text: string | Uint8Array, more: object = {}) {
  const payload = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return adapter.decode({ mediaType: 'text/csv', headers: {}, payload, receivedAtMs: RECEIVED_MS }, feedWith(more)).items;
}
const row = (text: string, more: object = {}) => csv(`${HEADINGS}\n${text}\n`, more)[0];
function candidatesOf(items: ReturnType<typeof csv>) {
  return items.flatMap((item) => (item.kind === 'candidate' ? [item.candidate] : []));
}
const problemsOf = (items: ReturnType<typeof csv>) => items.flatMap((item) => (item.kind === 'unreadable' ? item.problems : []));
const readValue = (text: string, more: object = {}) => {
  const item = row(`01;documents-total;${text.includes(';') ? `"${text}"` : text};31/10/2026`, more);
  return item?.kind === 'candidate' ? Reflect.get(Object(item.candidate), 'value') : item?.kind === 'unreadable' ? item.problems[0]?.expected : item;
};

describe('hand-keyed figures', () => {
  test('[HK1] a row becomes a declared candidate of the feed, dated the begin of its day in Vietnam', () => {
    const item = row('01;documents-total;1204;31/10/2026');
    expect(item).toEqual({
      kind: 'candidate', id: '2', candidate: {
        sourceId: 'so-tttt', eventId: expect.stringMatching(/^[0-9a-f]{40}$/), localityCode: '01', indicatorId: 'documents-total',
        observedAtMs: Date.parse('2026-10-31T00:00:00+07:00'), value: 1204, provenance: 'declared',
      },
    });
    expect(Candidate.safeParse(item?.kind === 'candidate' && item.candidate).success).toBe(true);
  });

  test('[HK1] headings in either language, in any order, with marks of order; remarks are read past', () => {
    expect(candidatesOf(csv('\ufeffSTT,Content date,Indicator,Value,Locality,Ghi chú,Numerator,Denominator\r\n1,2026-10-31,Văn bản,"7,5",Tỉnh 01,"a, ""b""",3,40\r\n')))
      .toMatchObject([{ localityCode: '01', indicatorId: 'documents-total', value: 7.5, numerator: 3, denominator: 40 }]);
    expect(candidatesOf(csv(`Báo cáo tháng 10\n\n${HEADINGS.toUpperCase()}\n01;VĂN BẢN GỬI VÀ NHẬN;0;31/10/2026\n`))).toMatchObject([{ value: 0 }]);
  });

  test.each([
    ['1234', 1234], ['1.234,5', 1234.5], ['1,234.5', 1234.5], ['1 234,5', 1234.5], ['1\u00a0234\u00a0567', 1_234_567], ['1.234.567', 1_234_567], ['1,234,567', 1_234_567],
    ['0,5', 0.5], ['0.125', 0.125], ['12,34', 12.34], ['1234,567', 1234.567], ['-7', -7], ['\u22127', -7], ['+7', 7], ['0', 0], ['không có số', null], ['N/A', null],
  ])('[HK2] "%s" is %d', (text, expected) => {
    expect(readValue(text)).toBe(expected);
  });

  test.each(['1.234', '12,345', '999.999'])('[HK2] "%s" could be two numbers a thousand times apart, and is refused unless sheet or settings say the decimal mark', (text) => {
    expect(readValue(text)).toContain('in one way only');
    const [whole, rest] = text.split(/[.,]/);
    const mark = text.includes('.') ? '.' : ',';
    expect(readValue(text, { decimalMark: mark })).toBe(Number(`${whole}.${rest}`));
    expect(readValue(text, { decimalMark: mark === '.' ? ',' : '.' })).toBe(Number(`${whole}${rest}`));
    expect(candidatesOf(csv(`dấu thập phân;"${mark}"\n${HEADINGS}\n01;documents-total;"${text}";31/10/2026\n`))).toMatchObject([{ value: Number(`${whole}.${rest}`) }]);
  });

  test.each(['=1+1', '@SUM(A1)', '+A1', '-1+2', '=HYPERLINK("x")', '12%', '1e5', 'mười', '1.23.4', '1,2,3', '1.234,5,6', '1.2345,6', '1 23', ',5', '5,', '.', '9007199254740993', 'Infinity', '٣'])(
    '[HK3] "%s" is no number: nothing is worked out, nothing is guessed', (text) => {
      expect(readValue(text)).toEqual(expect.stringContaining('a number'));
      expect(readValue(text, { decimalMark: ',' })).toEqual(expect.stringContaining('a number'));
    });

  test('[HK2] a number that is written out in either way is read back', () => {
    fc.assert(fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }), fc.constantFrom('vi-VN', 'en-US'), (whole, cents, locale) => {
      const value = whole + Math.sign(whole || 1) * cents / 100;
      const text = value.toLocaleString(locale, { minimumFractionDigits: 2 });
      expect(readValue(text)).toBeCloseTo(value, 6);
    }));
  });

  test.each([['31/10/2026', '2026-10-31'], ['1/2/2026', '2026-02-01'], ['29-02-2024', '2024-02-29'], ['2026-10-31', '2026-10-31'], ['05.11.2026', '2026-11-05']])('[HK4] "%s" is %s', (text, day) => {
    expect(candidatesOf([row(`01;documents-total;1;${text}`)!])).toMatchObject([{ observedAtMs: Date.parse(`${day}T00:00:00+07:00`) }]);
  });

  test.each(['12/31/2026', '31/02/2026', '31/10/26', '10/2026', 'hôm nay', '45962', '2026-10-31T08:00', '1/1/1970', ''])('[HK4] "%s" is no day', (text) => {
    expect(problemsOf([row(`01;documents-total;1;${text}`)!])).toMatchObject([{ where: 'row 2, column D', expected: expect.stringContaining('dd/mm/yyyy') }]);
  });

  test('[HK5] a place is a code with its zeros, or a name that no other has; code and name must agree', () => {
    const places = (text: string) => csv(`mã địa phương;tên địa phương;chỉ tiêu;giá trị;ngày số liệu\n${text};documents-total;1;31/10/2026\n`);
    expect(candidatesOf(places('02;'))).toMatchObject([{ localityCode: '02' }]);
    expect(candidatesOf(places(';tinh 02'))).toMatchObject([{ localityCode: '02' }]);
    expect(problemsOf(places('1;'))).toEqual([{ where: 'row 2, column A', got: '"1"', expected: expect.stringContaining('"01" or "001"') }]);
    expect(problemsOf(places('02;Tỉnh 03'))).toMatchObject([{ where: 'row 2, column B', expected: 'the name of 02, which the row\'s code says; it is 03' }]);
    expect(problemsOf(places(';Tổng cộng'))).toMatchObject([{ got: '"Tổng cộng"' }]);
    expect(problemsOf(places(';'))).toMatchObject([{ got: 'nothing' }]);
    expect(candidatesOf(csv('chỉ tiêu;giá trị;ngày số liệu\ndocuments-total;1;31/10/2026\n', { placement: { otherwise: '03' } }))).toMatchObject([{ localityCode: '03' }]);
  });

  test('[HK5] an indicator is its id or a name that no other has; a unit, if there is one, is the indicator\'s', () => {
    expect(candidatesOf([row('01;Documents;1;31/10/2026')!])).toMatchObject([{ indicatorId: 'documents-total' }]);
    expect(problemsOf([row('01;Hồ sơ;1;31/10/2026')!])).toMatchObject([{ where: 'row 2, column B', expected: expect.stringContaining('several') }]);
    expect(problemsOf([row('01;constructor;1;31/10/2026')!])).toMatchObject([{ where: 'row 2, column B' }]);
    const unit = (text: string) => csv(`${HEADINGS};đơn vị tính\n01;documents-total;1;31/10/2026;${text}\n`);
    expect(candidatesOf(unit('văn bản'))).toHaveLength(1);
    expect(problemsOf(unit('nghìn văn bản'))).toMatchObject([{ where: 'row 2, column E', expected: expect.stringContaining('never converted') }]);
  });

  test.each([';', ',', '\t'])('[HK1] titles above the headings may hold any mark; the headings say that "%s" is between the columns', (mark) => {
    const sheet = ['Báo cáo tháng 10, 2026, tỉnh; kỳ 1', '', HEADINGS, '01;documents-total;1204;31/10/2026'].map((line, index) => (index > 1 ? line.replaceAll(';', mark) : line));
    expect(candidatesOf(csv(sheet.join('\r\n')))).toMatchObject([{ value: 1204 }]);
  });

  test('[HK6] every bad cell is named, and a bad row never costs the others', () => {
    const items = csv(`${HEADINGS}\n01;documents-total;1;31/10/2026\n09;nothing;x;never\n02;documents-total;;31/10/2026\n03;documents-total;3;31/10/2026\n`);
    expect(items.map(({ kind, id }) => [kind, id])).toEqual([['candidate', '2'], ['unreadable', '3'], ['unreadable', '4'], ['candidate', '5']]);
    expect(problemsOf(items).map(({ where }) => where)).toEqual(['row 3, column A', 'row 3, column B', 'row 3, column D', 'row 3, column C', 'row 4, column C']);
    expect(problemsOf(items).at(-1)).toMatchObject({ got: 'nothing', expected: expect.stringContaining('0 if nothing was counted') });
  });

  test('[HK6] a heading nobody knows may be a misspelt one: the sheet is refused by name', () => {
    expect(problemsOf(csv(`${HEADINGS};tủ số kho\n`))).toEqual([{ where: 'row 1, column E', got: '"tủ số kho"', expected: expect.stringContaining('ghi chú') }]);
    expect(problemsOf(csv(`${HEADINGS};giá trị\n`))).toMatchObject([{ where: 'row 1, column E', expected: 'each heading once' }]);
    expect(problemsOf(csv(`${HEADINGS};tử số\n`))).toMatchObject([{ expected: 'both or neither' }]);
  });

  test('[HK6] what is no sheet of figures is refused as a whole', () => {
    expect(problemsOf(csv('a;b\n1;2\n'))).toMatchObject([{ where: 'file', got: 'no row of headings' }]);
    expect(problemsOf(csv(''))).toMatchObject([{ where: 'file', got: 'nothing' }]);
    expect(problemsOf(csv(Uint8Array.of(0xff, 0xfe, 0x41, 0)))).toMatchObject([{ where: 'file', expected: expect.stringContaining('UTF-8') }]);
    expect(problemsOf(csv(`${HEADINGS}\n"01;x\n`))).toMatchObject([{ where: 'file', expected: expect.stringContaining('CSV') }]);
    expect(problemsOf(csv(`${HEADINGS}\n${'01;documents-total;1;31/10/2026\n'.repeat(2_001)}`))).toMatchObject([{ where: 'file', got: 'more than 2000 rows' }]);
  });

  test('[HK7] two values for one figure of one day in one file: neither is taken', () => {
    const items = csv(`${HEADINGS}\n01;documents-total;5;31/10/2026\n02;documents-total;5;31/10/2026\n01;Văn bản;6;2026-10-31\n`);
    expect(items.map(({ kind }) => kind)).toEqual(['unreadable', 'candidate', 'unreadable']);
    expect(problemsOf(items)[0]).toMatchObject({ where: 'row 2, column C', got: '5, and 6 in another row for the same place, indicator and day' });
  });

  test('[HK8] sent twice, in whatever form, it is a duplicate; a correction of the same day is a later arrival and is stored', () => {
    const gate = createGate({ table: buildSeriesTable(localities, indicators), sources: [] });
    const admit = (text: string, receivedAtMs: number) =>
      gate.admit(candidatesOf(csv(text)).map((candidate) => ({ candidate, receivedAtMs }))).results.map((result) => (result.kind === 'accepted' ? result.observation : result.kind));
    const first = admit(`${HEADINGS}\n01;documents-total;1204,5;31/10/2026\n`, RECEIVED_MS);
    expect(first).toMatchObject([{ value: 1204.5, provenance: 'declared' }]);
    expect(admit(`${HEADINGS}\n01;documents-total;1204,5;31/10/2026\n`, RECEIVED_MS + 1)).toEqual(['duplicate']);
    expect(admit('giá trị,ngày số liệu,địa phương,chỉ tiêu\n"1.204,5",2026-10-31,Tỉnh 01,Văn bản\n', RECEIVED_MS + 2)).toEqual(['duplicate']);
    expect(admit(`${HEADINGS}\n01;documents-total;1250;31/10/2026\n`, RECEIVED_MS + 3)).toMatchObject([{ value: 1250, observedAtMs: Reflect.get(Object(first[0]), 'observedAtMs') }]);
  });

  test('[HK8] today\'s figure is never from the future, tomorrow\'s is', () => {
    const gate = createGate({ table: buildSeriesTable(localities, indicators), sources: [] });
    const verdict = (day: string) => gate.admit(candidatesOf([row(`01;documents-total;1;${day}`)!]).map((candidate) => ({ candidate, receivedAtMs: Date.parse('2026-11-05T00:00:00+07:00') }))).results[0]?.kind;
    expect(verdict('05/11/2026')).toBe('accepted');
    expect(verdict('06/11/2026')).toBe('quarantined');
    expect(verdict('01/01/2026')).toBe('accepted');
  });

  test('[HK9] whatever bytes are sent, decoding answers and never throws', () => {
    const part = fc.constantFrom(...HEADINGS.split(';'), ';', '\n', '"', '01', 'documents-total', '1.5', '31/10/2026', '=', '\ufeff', '__proto__');
    const bytes = fc.oneof(fc.uint8Array(), fc.array(fc.oneof(part, fc.string())).map((parts) => new TextEncoder().encode(parts.join(''))));
    fc.assert(fc.property(fc.constantFrom(...adapter.accepts.map(({ mediaType }) => mediaType)), fc.oneof(bytes, fc.anything()), (mediaType, payload) => {
      for (const item of adapter.decode({ mediaType, headers: {}, payload, receivedAtMs: RECEIVED_MS }, feedWith()).items) {
        if (item.kind === 'unreadable') expect(item.problems.length).toBeGreaterThan(0);
        if (item.kind === 'candidate') expect(Candidate.safeParse(item.candidate).success).toBe(true);
      }
    }), { numRuns: 300 });
  });

  test('[HK1] the template can be filled in and sent as it is', () => {
    const land = createFiguresAdapter(JSON.parse(readFileSync(resolve(ROOT, 'seeds/geography/localities-2021.json'), 'utf8')).localities, JSON.parse(readFileSync(resolve(ROOT, 'seeds/catalogue/indicators.json'), 'utf8')));
    const items = land.decode({ mediaType: 'text/csv', headers: {}, payload: readFileSync(resolve(ROOT, 'docs/feeds/figures-template.csv')), receivedAtMs: RECEIVED_MS }, feedWith()).items;
    expect(items.map(({ kind }) => kind)).toEqual(['candidate', 'candidate', 'candidate']);
    for (const { example, mediaType } of adapter.accepts.slice(0, 1)) {
      expect(land.decode({ mediaType, headers: {}, payload: new TextEncoder().encode(String(example)), receivedAtMs: RECEIVED_MS }, feedWith()).items.map(({ kind }) => kind)).toEqual(['candidate']);
    }
  });
});
