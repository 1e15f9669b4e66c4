export type DecimalMark = '.' | ',';
export type ReadNumber = { readonly value: number } | { readonly expected: string };

const SPACE = /[\s\u00a0\u202f]/;
const GROUPED = { '.': /^\d{1,3}(\.\d{3})+$/, ',': /^\d{1,3}(,\d{3})+$/ } as const;

/**
 * A number as people here write it: "1.234,5", "1,234.5", "1 234,5", "0,5", "-7". One mark before exactly three digits could be
 * either ("1.234"), and is refused unless `decimalMark` is known: a guess would be wrong by a factor of a thousand.
 */
export function parseNumber(text: string, decimalMark: DecimalMark | undefined): ReadNumber {
  const trimmed = text.trim().replace('\u2212', '-');
  if (/^[=@]/.test(trimmed) || (/^[+-]/.test(trimmed) && !/^[+-]\s*[\d.,\s\u00a0\u202f]+$/.test(trimmed))) {
    return { expected: 'a number; formulas are never worked out here' };
  }
  const match = /^([+-]?)(\d[\d.,\s\u00a0\u202f]*)$/.exec(trimmed);
  if (match === null) return { expected: 'a number in digits, without unit or sign of percent' };
  const plain = toPlain(match[2] ?? '', decimalMark);
  if (plain === null) return { expected: describeMarks(match[2] ?? '', decimalMark) };
  const value = Number(`${match[1] ?? ''}${plain}`);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? { value: value + 0 } : { expected: 'a number within ±9007199254740991 (2^53 - 1)' };
}

/** Digits with "." before the fraction; `null`: not a number, or one that could be read in two ways. */
function toPlain(digits: string, decimalMark: DecimalMark | undefined): string | null {
  const isSpaced = SPACE.test(digits);
  if (isSpaced && !/^\d{1,3}([\s\u00a0\u202f]\d{3})+([.,]\d+)?$/.test(digits)) return null;
  const unspaced = withoutSpaces(digits);
  const marks = unspaced.replace(/\d/g, '');
  if (marks === '') return unspaced;
  const last = marks.at(-1) === '.' ? '.' : ',';
  const other = last === '.' ? ',' : '.';
  const [whole = '', fraction = ''] = splitAtLast(unspaced, last);
  if (marks.includes(other)) {
    const isGrouped = GROUPED[other].test(whole) && /^\d+$/.test(fraction) && decimalMark !== other;
    return isGrouped ? `${whole.replaceAll(other, '')}.${fraction}` : null;
  }
  const couldGroup = GROUPED[last].test(unspaced) && !isSpaced;
  if (marks.length > 1) return couldGroup && decimalMark !== last ? unspaced.replaceAll(last, '') : null;
  if (fraction === '') return null;
  if (decimalMark === last) return `${whole}.${fraction}`;
  if (decimalMark === other) return couldGroup ? unspaced.replace(last, '') : null;
  return couldGroup && !whole.startsWith('0') ? null : `${whole}.${fraction}`;
}

const withoutSpaces = (text: string) => text.split(SPACE).join('');

function splitAtLast(text: string, mark: string): readonly [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

function describeMarks(digits: string, decimalMark: DecimalMark | undefined): string {
  const bare = withoutSpaces(digits);
  if (decimalMark === undefined && /^\d{1,3}[.,]\d{3}$/.test(bare)) {
    const [whole = '', rest = ''] = bare.split(/[.,]/);
    return `a number that can be read in one way only: this may be ${whole}${rest} or ${whole} and a fraction of ${rest}. Write ${whole}${rest}, or ${whole},${rest}0; or say the decimal mark once, in a row "dấu thập phân" above the headings`;
  }
  return decimalMark === undefined ? 'a number such as 1234,5 or 1.234,5' : `a number with "${decimalMark}" before the fraction, as this sheet or feed says`;
}
