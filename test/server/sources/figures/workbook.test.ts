import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedSettings } from '../../../../server/ports/feedSettings.ts';
import { createFiguresAdapter } from '../../../../server/sources/figures/decode.ts';
import { aLand, anIndicator } from '../../../support/aCatalogue.ts';
import { aTextRow, aWorkbook, type WorkbookXml } from '../../../support/aWorkbook.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const adapter = createFiguresAdapter(aLand({ provinces: 3 }), [anIndicator({ id: 'documents-total', observedAt: 'province' })]);
const feed = FeedSettings.parse({ id: 'so-tttt', name: { vi: 'Sở', en: 'Department' }, format: 'figures', localities: ['VN'], expectEveryMs: null });
const HEADINGS = aTextRow(1, ['mã địa phương', 'chỉ tiêu', 'giá trị', 'ngày số liệu']);

const read = (payload: Uint8Array) => adapter.decode({ mediaType: XLSX, headers: {}, payload, receivedAtMs: 0 }, feed).items;
const sheetOf = (rows: string, more: Partial<WorkbookXml> = {}) => read(aWorkbook({ sheets: [{ name: 'Số liệu', rows: HEADINGS + rows }], ...more }));
/** A row whose value is the cell `value` and whose date is the cell `date`, both XML. */
const aRow = (value: string, date = '<c r="D2" s="1"><v>46326</v></c>') => `<row r="2"><c r="A2" t="inlineStr"><is><t>01</t></is></c><c r="B2" t="inlineStr"><is><t>documents-total</t></is></c>${value}${date}</row>`;
const OCTOBER_31_MS = Date.parse('2026-10-31T00:00:00+07:00');
const NUMBER = '<c r="C2"><v>1204</v></c>';

describe('figures in a workbook', () => {
  test('[HK10] a row of a visible sheet becomes a candidate, named by sheet and row, and equal to that of a CSV file', () => {
    const [item] = sheetOf(aRow(NUMBER));
    expect(item).toMatchObject({ kind: 'candidate', id: 'Số liệu!2', candidate: { localityCode: '01', value: 1204, observedAtMs: OCTOBER_31_MS, provenance: 'declared' } });
    const [asCsv] = adapter.decode({ mediaType: 'text/csv', headers: {}, receivedAtMs: 0, payload: new TextEncoder().encode('mã địa phương;chỉ tiêu;giá trị;ngày số liệu\n01;documents-total;1204;31/10/2026') }, feed).items;
    expect(asCsv?.kind === 'candidate' && asCsv.candidate).toEqual(item?.kind === 'candidate' && item.candidate);
  });

  test.each([
    ['a serial shown as a date', '<c r="D2" s="1"><v>46326</v></c>', {}],
    ['a serial with the time of day', '<c r="D2" s="1"><v>46326.75</v></c>', {}],
    ['a serial shown as a number', '<c r="D2"><v>46326</v></c>', {}],
    ['a serial of the calendar of 1904', '<c r="D2" s="1"><v>44864</v></c>', { is1904: true }],
    ['a text', '<c r="D2" t="inlineStr"><is><t>31/10/2026</t></is></c>', {}],
    ['an ISO date', '<c r="D2" t="d"><v>2026-10-31T00:00:00</v></c>', {}],
  ])('[HK4] a date may be %s', (_, date, more) => {
    expect(sheetOf(aRow(NUMBER, date), more)).toMatchObject([{ candidate: { observedAtMs: OCTOBER_31_MS } }]);
  });

  test('[HK4] a plain number that is no day of this century is no date', () => {
    expect(sheetOf(aRow(NUMBER, '<c r="D2"><v>31102026</v></c>'))).toMatchObject([{ problems: [{ where: 'Số liệu!D2', got: '31102026' }] }]);
    expect(sheetOf(aRow(NUMBER, '<c r="D2" s="2"><v>1</v></c>'))).toMatchObject([{ problems: [{ where: 'Số liệu!D2' }] }]);
  });

  test('[HK3] of a formula the stored result counts; without one it is refused, and nothing is worked out', () => {
    expect(sheetOf(aRow('<c r="C2"><f>1+1</f><v>7</v></c>'))).toMatchObject([{ candidate: { value: 7 } }]);
    expect(sheetOf(aRow('<c r="C2"><f>1+1</f></c>'))).toMatchObject([{ problems: [{ where: 'Số liệu!C2', got: 'a formula without its result' }] }]);
    expect(sheetOf(aRow('<c r="C2" t="inlineStr"><is><t>=1+1</t></is></c>'))).toMatchObject([{ problems: [{ got: '"=1+1"', expected: expect.stringContaining('never worked out') }] }]);
    expect(sheetOf(aRow('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))).toMatchObject([{ problems: [{ got: 'the error #DIV/0!' }] }]);
    expect(sheetOf(aRow('<c r="C2" t="b"><v>1</v></c>'))).toMatchObject([{ problems: [{ got: 'true or false' }] }]);
    expect(sheetOf(aRow('<c r="C2" s="1"><v>1204</v></c>'))).toMatchObject([{ problems: [{ where: 'Số liệu!C2', got: '1903-04-18', expected: 'a number' }] }]);
  });

  test('[HK10] shared and rich texts are read whole, without reading aids', () => {
    const cell = '<c r="C2" t="s"><v>0</v></c>';
    expect(sheetOf(aRow(cell), { sharedTexts: ['<r><t>1.2</t></r><r><t xml:space="preserve">04,5</t></r><rPh><t>9</t></rPh>'] })).toMatchObject([{ candidate: { value: 1204.5 } }]);
  });

  test('[HK10] a sheet without headings is read past, a hidden one not at all', () => {
    const items = read(aWorkbook({ sheets: [
      { name: 'Hướng dẫn', rows: aTextRow(1, ['Điền vào bảng']) }, { name: 'Cũ', rows: HEADINGS + aRow(NUMBER), state: 'hidden' }, { name: 'Mới', rows: HEADINGS + aRow(NUMBER) },
    ] }));
    expect(items.map(({ kind, id }) => [kind, id])).toEqual([['ignored', 'Hướng dẫn'], ['candidate', 'Mới!2']]);
  });

  test.each<[string, () => Uint8Array, string]>([
    ['an old workbook or one with a password', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'without password'],
    ['a page', () => strToU8('<html><table></table></html>'), '.xlsx'],
    ['another archive', () => zipSync({ 'word/document.xml': strToU8('<x/>') }), '.xlsx'],
    ['a cut file', () => aWorkbook({ sheets: [{ name: 'a', rows: HEADINGS }] }).slice(0, 400), 'undamaged'],
    ['broken XML', () => aWorkbook({ sheets: [{ name: 'a', rows: '<row><c></row>' }] }), 'undamaged'],
    ['too many rows', () => aWorkbook({ sheets: [{ name: 'a', rows: HEADINGS + Array.from({ length: 2_001 }, (_, at) => aTextRow(at + 2, ['01'])).join('') }] }), '2000 rows'],
    ['more cells than a person fills in', () => aWorkbook({ sheets: [{ name: 'a', rows: `<row>${'<c><v>1</v></c>'.repeat(80_000)}</row>` }] }), 'undamaged'],
    ['too many sheets', () => aWorkbook({ sheets: Array.from({ length: 9 }, (_, at) => ({ name: `s${at}`, rows: '' })) }), 'at most 8'],
  ])('[HK11] %s is refused as a whole, with what to do', (_, bytes, expected) => {
    expect(read(bytes())).toMatchObject([{ kind: 'unreadable', id: null, problems: [{ where: 'file', expected: expect.stringContaining(expected) }] }]);
  });

  test('[HK11] what would inflate beyond the bound is refused before it does, and what is not needed is never inflated', () => {
    const zeros = new Uint8Array(12 * 1024 * 1024);
    const bomb = aWorkbook({ sheets: [{ name: 'a', rows: '' }], parts: { 'xl/worksheets/sheet1.xml': zeros } });
    expect(bomb.length).toBeLessThan(256 * 1024);
    expect(read(bomb)).toMatchObject([{ problems: [{ got: expect.stringContaining('bytes once unpacked') }] }]);
    expect(sheetOf(aRow(NUMBER), { parts: { 'xl/media/image1.png': zeros, 'xl/theme/theme1.xml': zeros } })).toMatchObject([{ kind: 'candidate' }]);
  });

  test('[HK11] a header that understates the size gains nothing', () => {
    const bomb = aWorkbook({ sheets: [{ name: 'a', rows: '' }], parts: { 'xl/worksheets/sheet1.xml': new Uint8Array(16 * 1024 * 1024) } });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at < bomb.length - 46; at++) {
      // Uncompressed size: at 24 in the central directory, at 22 in the local header.
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 1_000_000) view.setUint32(at + 24, 100, true);
      else if (view.getUint32(at, true) === 0x04034b50 && view.getUint32(at + 22, true) > 1_000_000) view.setUint32(at + 22, 100, true);
    }
    expect(read(bomb)).toMatchObject([{ kind: 'unreadable', id: null }]);
  });

  test('[HK9] whatever is flipped in a workbook, decoding answers and never throws', () => {
    const whole = aWorkbook({ sheets: [{ name: 'a', rows: HEADINGS + aRow(NUMBER) }] });
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (flips) => {
      const bytes = whole.slice();
      for (const [at, byte] of flips) bytes[at] = byte;
      expect(Array.isArray(read(bytes))).toBe(true);
    }), { numRuns: 300 });
    const xml = fc.array(fc.constantFrom('<row r="2">', '</row>', '<c r="A1">', '<c>', '</c>', '<v>', '</v>', '<f/>', '1', '<c t="s"><v>9</v></c>', '<is><t>', '&#x0;', '<!DOCTYPE x>', ']]>')).map((parts) => parts.join(''));
    fc.assert(fc.property(xml, (rows) => { expect(Array.isArray(sheetOf(rows))).toBe(true); }), { numRuns: 300 });
  });
});
