// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import en from '../../../client/i18n/en.json' with { type: 'json' };
import { startI18n } from '../../../client/i18n/i18n.ts';
import { FigureUpload } from '../../../client/screens/feeds/FigureUpload.tsx';
import viWords from '../../../client/i18n/vi.json' with { type: 'json' };
import { findHeadings } from '../../../server/sources/figures/headings.ts';
import { readCsv } from '../../../server/sources/figures/readCsv.ts';
import type { FeedAnswer } from '../../../shared/protocol/feeds.ts';

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const ANSWER: FeedAnswer = {
  stored: 1, duplicate: 0, quarantined: 0, rejected: 1, ignored: 0,
  items: [
    { id: 'Số liệu!2', outcome: 'stored', reason: null, detail: null, isPlaced: true },
    { id: 'Số liệu!3', outcome: 'rejected', reason: 'malformed', detail: 'Số liệu!C3: got "1.234", expected a number that can be read in one way only', isPlaced: true },
  ],
};

function show(answer: () => Response | Promise<Response>) {
  const asked: { path: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return answer();
  });
  render(<FigureUpload />);
  return asked;
}
const file = (name: string, bytes: BlobPart = 'x') => new File([bytes], name, { type: 'application/vnd.ms-excel' });
function choose(chosen: File, token = 'ioc_abc') {
  fireEvent.change(screen.getByLabelText('Tệp số liệu (.csv, .xlsx)'), { target: { files: [chosen] } });
  fireEvent.change(screen.getByLabelText('Mã truy cập của nguồn'), { target: { value: token } });
}
const handIn = () => fireEvent.submit(screen.getByRole('button', { name: 'Nộp' }).closest('form')!);

test('[FU1] a sheet is sent as it is with its token; every row shows what became of it, those to mend first', async () => {
  const asked = show(() => Response.json(ANSWER));
  expect(screen.getByRole('button', { name: 'Nộp' }).hasAttribute('disabled')).toBe(true);
  const sheet = file('Tháng 10.XLSX');
  choose(sheet, ' ioc_abc ');
  handIn();
  const rows = await screen.findAllByRole('row');
  expect(rows.slice(1).map((row) => within(row).getByRole('rowheader').textContent)).toEqual(['Số liệu!3', 'Số liệu!2']);
  expect(rows[1]?.textContent).toContain('không nhận');
  expect(rows[1]?.textContent).toContain('Sai định dạng');
  expect(rows[1]?.textContent).toContain('one way only');
  expect(screen.getByRole('status').textContent).toContain('1 đã lưu · 1 không nhận');
  expect(asked).toEqual([{ path: '/api/v1/feeds/figures', init: {
    method: 'POST', body: sheet, headers: { 'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Authorization: 'Bearer ioc_abc' },
  } }]);
});

test('[FU1] a CSV file is one by its name, whatever the browser calls it', async () => {
  const asked = show(() => Response.json({ ...ANSWER, items: [], stored: 0, rejected: 0 }));
  choose(file('a.csv'));
  handIn();
  expect(await screen.findByText('Tệp không có dòng số liệu nào')).toBeTruthy();
  expect(asked[0]?.init.headers).toMatchObject({ 'Content-Type': 'text/csv' });
});

test.each([
  [401, 'Mã truy cập không đúng'], [404, 'chưa khai báo nguồn'], [409, 'không thuộc nguồn nhập tay'], [413, '1 MB'], [429, 'đang bận'], [503, 'Chưa lưu gì'], [400, 'Không đọc được tệp'], [500, 'không nhận tệp'],
])('[FU2] an answer of %i says in words what is wrong, and what the server said', async (status, words) => {
  show(() => Response.json({ detail: 'Because.' }, { status }));
  choose(file('a.csv'));
  handIn();
  expect((await screen.findByText(/Because\./)).closest('p')?.textContent).toContain(words);
});

test('[FU2] a file that could never be read does not travel; a server that is away or odd is told', async () => {
  const asked = show(() => Response.json({ odd: true }));
  choose(file('a.pdf'));
  handIn();
  expect(await screen.findByText(/Chỉ đọc được tệp/)).toBeTruthy();
  choose(file('a.csv', new Uint8Array(1024 * 1024 + 1)));
  handIn();
  expect(await screen.findByText(/1 MB/)).toBeTruthy();
  expect(asked).toEqual([]);
  choose(file('a.csv'));
  handIn();
  expect(await screen.findByText(/tải lại trang/)).toBeTruthy();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  handIn();
  expect(await screen.findByText(/máy chủ không trả lời/)).toBeTruthy();
});

test('[FU2] where no row is right, each place to mend is shown', async () => {
  const errors = [{ where: 'row 2, column C', got: '"1.204"', expected: 'a number that can be read in one way only' }, { where: 'row 3, column D', got: 'nothing', expected: 'a day' }];
  show(() => Response.json({ detail: 'None of the 2 items can be read.', errors }, { status: 400 }));
  choose(file('a.csv'));
  handIn();
  const status = await screen.findByText(/row 2, column C/);
  expect(status.closest('p')?.textContent).toMatch(/không dòng nào đúng.*row 2, column C: "1\.204"; expected a number.*row 3, column D: missing; expected a day/);
});

test.each([['vi', viWords], ['en', en]])('[FU1] the template in %s is one that the server reads, with the decimal mark said in it', (_, { figureUpload: { templateRows } }) => {
  const read = readCsv(new TextEncoder().encode(`\ufeff${templateRows}\r\n`));
  const [sheet] = 'sheets' in read ? read.sheets : [];
  const headings = sheet === undefined ? null : findHeadings(sheet);
  expect(headings).toMatchObject({ decimalMark: ',', rows: [] });
  expect(headings !== null && 'columnOf' in headings ? [...headings.columnOf.keys()] : []).toEqual(['code', 'place', 'indicator', 'value', 'date', 'numerator', 'denominator']);
});
