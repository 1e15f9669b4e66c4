import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BYTE_ORDER_MARK, csvOf, guarded } from '../../../client/screens/export/csv.ts';
import type { ExportCell } from '../../../client/screens/export/exportTable.ts';

/** RFC 4180 read by its grammar, one character at a time: nothing is shared with the writer. `separator`: of the machine that reads. */
function parseCsv(text: string, separator = ';'): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted, wasQuoted]: [string[], string, boolean, boolean] = [[], '', false, false];
  const endCell = () => { row.push(cell); cell = ''; wasQuoted = false; };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') { cell += '"'; i++; } else isQuoted = false;
    } else if (sign === '"' && cell === '' && !wasQuoted) { isQuoted = true; wasQuoted = true; }
    else if (sign === separator) endCell();
    else if (sign === '\r' && text[i + 1] === '\n') { endCell(); rows.push(row); row = []; i++; }
    else cell += sign;
  }
  expect([row, cell, isQuoted]).toEqual([[], '', false]);
  return rows;
}

const body = (rows: readonly (readonly ExportCell[])[]) => csvOf(rows).slice(BYTE_ORDER_MARK.length);
/** As Excel with Vietnamese settings takes a cell. */
const asNumber = (text: string) => (/^-?\d+(,\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null);
const Text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'=+-@;,"\t\r\n\'ắ 1a|＝') }));
const Value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
/** Where a program begins a cell that it would compute. */
const COMPUTES = /^[\s"]*[=+\-@＝＋－＠]/;

describe('[XE1] CSV for Excel with Vietnamese settings', () => {
  test('every cell comes back: texts as guarded, numbers as the same numbers', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.oneof(Text, Value, fc.constant(null)), { minLength: 1, maxLength: 5 }), { maxLength: 6 }), (rows) => {
      const read = parseCsv(body(rows));
      expect(read).toHaveLength(rows.length);
      rows.forEach((row, y) => {
        expect(read[y]).toHaveLength(row.length);
        row.forEach((cell, x) => {
          const text = read[y]![x]!;
          if (typeof cell === 'number') expect(asNumber(text)).toBe(cell);
          else expect(text).toBe(cell === null ? '' : guarded(cell));
          if (typeof cell === 'string') expect(text).not.toMatch(/^(?:[\t\r]|[\s"]*[=+\-@＝＋－＠])/);
        });
      });
    }), { numRuns: 500 });
  });

  test.each([[95.14, '95,14'], [-3.5, '-3,5'], [0, '0'], [1_973, '1973'], [1e21, '1e+21'], [-1e-7, '-1e-7'], [Number.NaN, ''], [Number.POSITIVE_INFINITY, '']])('the number %d is written %s', (value, text) => {
    expect(body([[value]])).toBe(`${text}\r\n`);
  });

  test('begins with a byte order mark, parts cells by semicolons, and ends each row in CRLF', () => {
    expect(csvOf([['Đúng hạn (%)', 'a;b', 'c"d', null], [], [1, -2.5]])).toBe('\uFEFFĐúng hạn (%);"a;b";"c""d";\r\n\r\n1;-2,5\r\n');
  });
});

describe('[XE2] no cell computes', () => {
  test.each([
    ['=1+1', '\'=1+1'], ['+84', '\'+84'], ['-5', '\'-5'], ['@SUM(A1)', '\'@SUM(A1)'], ['\t=1', '\'\t\'=1'], ['\r', '\'\r'], [' =1', ' \'=1'], ['＝1', '\'＝1'],
    ['a,=cmd()', 'a,\'=cmd()'], ['a\n=cmd()', 'a\n\'=cmd()'], ['"=1"', '"\'=1"'],
    ['Cao Bằng - Lạng Sơn', 'Cao Bằng - Lạng Sơn'], ['a+b=c', 'a+b=c'], ['', ''],
  ])('%j is written %j', (text, safe) => {
    expect(guarded(text)).toBe(safe);
  });

  test.each([';', ',', '\t', '|'])('not where the file is parted by %j either', (separator) => {
    fc.assert(fc.property(Text, Text, (a, b) => {
      const text = body([[a, b]]);
      for (const line of [text, ...text.split(/\r\n|\r|\n/)]) {
        for (const cell of line.split(separator)) expect(COMPUTES.test(cell.replace(/^\r\n/, '')) ? cell : '').toBe('');
      }
    }), { numRuns: 500 });
  });

  test('a guard stands once: what was guarded needs no other', () => {
    fc.assert(fc.property(Text, (text) => { expect(guarded(guarded(text))).toBe(guarded(text)); }));
  });
});
