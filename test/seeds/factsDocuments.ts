import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Fact } from '../../shared/domain/fact.ts';

/** The documents are not part of the project: they lie beside the checkout where it is worked on. */
const FOLDER = process.env.IOC_SEED_DOCUMENTS ?? resolve(import.meta.dirname, '../../../shared/seeds');
export const DOCUMENTS = ['000_af08fb4ccec8fd45', '001_b4e094ec4b05358f', '002_a905b39233e47c62', '003_31cdd3fa36d12396', '004_b59a86032f647a24'] as const;
export const hasDocuments = DOCUMENTS.every((document) => existsSync(resolve(FOLDER, `${document}.txt`)));

/** NFC, every run of white space one space. */
export function readDocument(document: string): string {
  return readFileSync(resolve(FOLDER, `${document}.txt`), 'utf8').normalize('NFC').replaceAll(/\s+/gu, ' ');
}

interface NumberToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// "năm" is also "year", "tỷ" also "tỷ lệ" and "không" also "not", so five, a thousand million and nought count only where they must be numbers.
const NUMBER_WORDS = 'một|hai|ba|bốn|năm(?= (?:tỉnh|huyện|xã|bộ|trung tâm)\\b)|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn|triệu|tỷ(?= đồng)|'
  + 'nửa|rưỡi|nhất|đôi|toàn bộ|tất cả|mọi';
const NUMBER_TOKEN = new RegExp(`\\d+(?:[.,]\\d+)*|(?<![\\p{L}\\p{N}])(?:${NUMBER_WORDS})(?![\\p{L}\\p{N}])`, 'giu');

/** Digits, and the words that count. */
export function numberTokensOf(text: string): NumberToken[] {
  return [...text.matchAll(NUMBER_TOKEN)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
}

/** What would make the figure another one if it stood just outside the evidence: more digits, a multiplier, "%", "about", "over". */
export function clippedFrom(text: string, [start, end]: readonly [number, number]): string[] {
  const before = /(?:[\p{L}\p{N}]|\d[.,/]|(?<!\p{L})(?:khoảng|hơn|trên|dưới|gần|chưa đến|ít nhất|tối đa|tối thiểu) )$/iu.exec(text.slice(0, start));
  const after = /^(?:[\p{L}\p{N}]|[.,/]\d|%| (?:nghìn|ngàn|triệu|tỷ)(?!\p{L}))/iu.exec(text.slice(end));
  return [before, after].flatMap((match) => (match === null ? [] : [match[0].trim()]));
}

/** Numbers in the documents that state nothing an indicator measures, with the reason. Each pattern must match something. */
export const NOT_FIGURES: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /(?:Ngày|Sáng) \d{1,2}[.-]\d{1,2}\b/gu, why: 'day of the conference: reportedOn' },
  { pattern: /tháng \d{1,2}\.\d{4}/gu, why: 'month a figure is of: asOf, period' },
  { pattern: /từ ngày \d{1,2}\.\d{1,2}\.\d{4} đến hết ngày \d{1,2}\.\d{1,2}\.\d{4}/gu, why: 'span a figure is of: period' },
  { pattern: /[Nn]ăm 20\d\d\b/gu, why: 'year a figure or a plan is of: asOf, period' },
  { pattern: /(?:giai đoạn|nhiệm kỳ) 20\d\d ?- ?20\d\d/gu, why: 'years of a programme or a term of office' },
  { pattern: /định hướng đến 2025/gu, why: 'horizon of Resolution 17' },
  { pattern: /[Nn]ghị quyết (?:số )?17\/NQ-CP(?: ngày 7\.3\.2019)?/gu, why: 'number and date of a resolution' },
  { pattern: /Quyết định 28\b/gu, why: 'number of a decision' },
  { pattern: /(?:mức|cấp) độ \d(?:(?:,| và) \d(?![\d.,]*\d))?/gu, why: 'name of a service level' },
  { pattern: /cách mạng công nghiệp 4\.0/gu, why: 'name of an era' },
  { pattern: /(?<!\p{L})một (?:số|con người)(?!\p{L})/giu, why: 'some; a human being: no count' },
  { pattern: /Một (?:bộ phận cán bộ|cửa điện tử)/giu, why: 'a part of the staff; the one-stop office' },
  { pattern: /(?<!\p{L})mọi nguồn lực/gu, why: 'all resources: a call, not a share' },
  { pattern: /lần thứ nhất/giu, why: 'number of a meeting' },
  { pattern: /dự kiến có 39620 cử tri/gu, why: 'voters of one district, headline of unrelated news' },
  { pattern: /phép số 55\/GP-TTĐT cấp ngày 18\/3\/2011/gu, why: 'licence of the publisher' },
  { pattern: /trị sự: Số 57AB/gu, why: 'address of the publisher' },
  { pattern: /: \+84 \(290\) [\d/ ]+/gu, why: 'telephone and fax of the publisher' },
];

interface ParsedFigure {
  readonly value: number | null;
  readonly parts: readonly [number, number] | null;
  readonly comparator: Fact['comparator'];
}

const MULTIPLIERS: Readonly<Record<string, number>> = { nghìn: 1_000, triệu: 1_000_000 };

/** Vietnamese writes 20.703 for a whole number, 82,61 for a fraction, "gấp đôi" for twice. "tỷ đồng" is the unit itself. */
export function parseFigure(evidence: string): ParsedFigure {
  const comparator = /^(khoảng hơn|hơn|trên)\s/iu.test(evidence) ? 'more-than' : /^khoảng\s/iu.test(evidence) ? 'about' : 'exactly';
  const parts = /(\d+)\/(\d+)/u.exec(evidence);
  if (parts !== null) return { value: null, parts: [Number(parts[1]), Number(parts[2])], comparator };
  if (evidence.includes('gấp đôi')) return { value: 2, parts: null, comparator };
  const number = /(\d+(?:\.\d{3})*(?:,\d+)?)(?:\s(nghìn|triệu))?/u.exec(evidence);
  if (number?.[1] === undefined) return { value: null, parts: null, comparator };
  // Rounded, because 4.4 × 1,000,000 is not a whole number in binary.
  const value = Number(number[1].replaceAll('.', '').replace(',', '.')) * (MULTIPLIERS[number[2] ?? ''] ?? 1);
  return { value: Number(value.toFixed(2)), parts: null, comparator };
}

/** Start and end of every place `phrase` stands in `text`. */
export function placesOf(text: string, phrase: string | RegExp): (readonly [number, number])[] {
  if (typeof phrase !== 'string') return [...text.matchAll(phrase)].map((match) => [match.index, match.index + match[0].length] as const);
  const places: (readonly [number, number])[] = [];
  for (let start = text.indexOf(phrase); start !== -1; start = text.indexOf(phrase, start + 1)) places.push([start, start + phrase.length]);
  return places;
}

/** A number of a document and what accounts for it: ids of facts, else the reason why it is no figure, else nothing. */
interface NumberEntry {
  readonly document: string;
  readonly number: string;
  readonly accountedBy: readonly string[];
}

/** Every number of one document in the order it is written in. */
export function accountForNumbers(document: string, facts: readonly Fact[]): NumberEntry[] {
  const text = readDocument(document);
  const isCovered = ({ start, end }: NumberToken, phrase: string | RegExp) => placesOf(text, phrase).some(([from, to]) => from <= start && end <= to);
  return numberTokensOf(text).map((token) => {
    const ids = facts.filter((fact) => fact.document === document && fact.evidence.some((phrase) => isCovered(token, phrase))).map(({ id }) => id);
    const why = NOT_FIGURES.find(({ pattern }) => isCovered(token, pattern))?.why;
    return { document: document.slice(0, 3), number: token.text, accountedBy: ids.length > 0 || why === undefined ? ids : [`(${why})`] };
  });
}

/** One line a number, so that a clone without the documents can still tell when a figure loses its fact. */
export function formatNumbers(entries: readonly NumberEntry[]): string {
  return entries.map(({ document, number, accountedBy }) => `${document} | ${number} | ${accountedBy.join(', ')}\n`).join('');
}

export function parseNumbers(text: string): NumberEntry[] {
  return text.trimEnd().split('\n').map((line) => {
    const [document = '', number = '', accountedBy = ''] = line.split(' | ');
    return { document, number, accountedBy: accountedBy.startsWith('(') ? [accountedBy] : accountedBy.split(', ').filter((id) => id !== '') };
  });
}
