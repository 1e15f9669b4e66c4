const EMAIL = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g;
/** Telephone and identity numbers have 9 to 12 digits; addresses, ports and signatures have fewer in a row. */
const LONG_NUMBER = /(?<!\w|\d\.)\+?\d{9,12}(?!\w|\.\d)/g;
/** As people write them: 0912 345 678, 091.234.5678, +84 912-345-678. */
const TELEPHONE = /(?<!\w|\d\.)(?:\+84[ .-]?|0)\d{1,3}(?:[ .-]\d{3,4}){2}(?!\w|\.\d)/g;

/** More than a title shows, and little enough for a search that starts anew at every character. */
const LOOKED_AT_CHARACTERS = 1_000;

/** A single letter and what is a port, a count or a status is nobody, and may be any word of the text. */
const NOBODY = /^(.|\d{1,5}|true|false|)$/su;

/**
 * What may be shown of a text that may speak of people: without mail addresses, numbers as long as those of telephones, and what is
 * in `quoted`, wherever it stands as a word of its own.
 */
export function withoutPeople(text: string, quoted: readonly string[]): string {
  const names = [...new Set(quoted)].filter((name) => !NOBODY.test(name)).sort((a, b) => b.length - a.length);
  const unquoted = names.reduce((left, name) => (left.includes(name) ? left.replace(asWord(name), '…') : left), text.slice(0, LOOKED_AT_CHARACTERS));
  return unquoted.replace(EMAIL, '…').replace(LONG_NUMBER, '…').replace(TELEPHONE, '…');
}

function asWord(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{M}\\p{N}])`, 'gu');
}

/** Every text within, at any depth. */
export function textsWithin(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsWithin) : [];
}

/** Every value that has one of these names within, at any depth. */
export function partsNamed(value: unknown, names: ReadonlySet<string>): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) => [...(names.has(name) ? [part] : []), ...partsNamed(part, names)]);
}
