import { createHash } from 'node:crypto';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { LocalityCode } from '../../../shared/domain/ids.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import type { Candidate } from '../../../shared/domain/observation.ts';
import type { FieldProblem } from '../../../shared/protocol/fieldProblem.ts';
import type { DecodedItem } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import { createPlacer } from '../placement.ts';
import { readContentDate } from './contentDate.ts';
import { type Field, toKey } from './headings.ts';
import { type DecimalMark, parseNumber } from './number.ts';
import { type Cell, type Sheet, type SheetRow, showCell, toPlaceName } from './sheet.ts';

/** A candidate also says what it is a figure of and what was entered, to find rows that contradict each other. */
export type ReadRow =
  | Exclude<DecodedItem, { readonly kind: 'candidate' }>
  | { readonly kind: 'candidate'; readonly id: string; readonly candidate: Candidate; readonly where: string; readonly figure: string; readonly entered: string };

interface RowContext {
  readonly sheet: Sheet;
  readonly feed: FeedSettings;
  readonly columnOf: ReadonlyMap<Field, number>;
  readonly decimalMark: DecimalMark | undefined;
}

export interface RowReader {
  read(row: SheetRow, context: RowContext): ReadRow;
}

/** What one row is asked for, and what was wrong with the answers. */
interface RowQuestions {
  cell(field: Field): Cell | undefined;
  refuse(field: Field, expected: string): null;
}

/** What people write where there was nothing to count. An empty cell may also be a slip, and is refused. */
const NO_READING: ReadonlySet<string> = new Set(['khong co so', 'no reading', 'n a']);

export function createRowReader(localities: readonly Locality[], indicators: readonly Indicator[]): RowReader {
  const codes = new Set<string>(localities.map(({ code }) => code));
  const placer = createPlacer(localities);
  const indicatorsByKey = new Map<string, Indicator | null>();
  for (const indicator of indicators) {
    const { id, name, shortName } = indicator;
    for (const key of new Set([id, name.vi, name.en, shortName.vi, shortName.en].map(toKey))) {
      indicatorsByKey.set(key, indicatorsByKey.has(key) ? null : indicator);
    }
  }
  // An id is never in doubt, whatever names are like it.
  for (const indicator of indicators) indicatorsByKey.set(toKey(indicator.id), indicator);

  function readPlace({ cell, refuse }: RowQuestions, { placement }: FeedSettings): LocalityCode | null {
    const place = (text: string) => placer.place([{ by: 'label', text }], { labels: [], names: placement.names }).localityCode;
    const code = cell('code'), name = cell('place');
    if (code === undefined && name === undefined) return placement.otherwise ?? refuse('code', 'a code or a name of a locality');
    const byCode = code === undefined ? null : place(textOf(code));
    const byName = name === undefined ? null : place(textOf(name));
    if (code !== undefined && byCode === null) return refuse('code', describeCode(textOf(code), codes));
    if (name !== undefined && byName === null && byCode === null) return refuse('place', 'a locality of this edition, by its code or a name that no other has');
    if (byCode !== null && byName !== null && byCode !== byName) return refuse('place', `the name of ${byCode}, which the row's code says; it is ${byName}`);
    return byCode ?? byName;
  }

  function readIndicator({ cell, refuse }: RowQuestions): Indicator | null {
    const answer = cell('indicator');
    const indicator = answer === undefined ? undefined : indicatorsByKey.get(toKey(textOf(answer)));
    if (indicator === null) return refuse('indicator', 'an indicator id: several have this name (see /api/v1/indicators)');
    return indicator ?? refuse('indicator', 'an indicator id or its full name (see /api/v1/indicators)');
  }

  return {
    read({ row, cells }, context) {
      const { sheet, feed, columnOf, decimalMark } = context;
      const id = sheet.name === null ? String(row) : `${sheet.name}!${row}`;
      const problems: FieldProblem[] = [];
      const whereOf = (field: Field) => toPlaceName(sheet, row, columnOf.get(field) ?? columnOf.get('place') ?? 0);
      const questions: RowQuestions = {
        cell: (field) => cells.get(columnOf.get(field) ?? -1),
        refuse(field, expected) {
          const cell = questions.cell(field);
          problems.push({ where: whereOf(field), got: showCell(cell), expected: cell?.kind === 'unusable' ? cell.expected : expected });
          return null;
        },
      };
      const localityCode = readPlace(questions, feed);
      const indicator = readIndicator(questions);
      const day = readContentDate(questions.cell('date'));
      if ('expected' in day) questions.refuse('date', day.expected);
      const value = isNoReading(questions.cell('value')) ? null : readNumber(questions, 'value', decimalMark);
      const parts = readParts(questions, decimalMark);
      if (indicator !== null) checkUnit(questions, indicator);
      if (localityCode === null || indicator === null || 'expected' in day || problems.length > 0) return { kind: 'unreadable', id, problems };
      const figure = [localityCode, indicator.id, day.observedAtMs].join('/');
      const entered = [value ?? 'no reading', ...(parts === null ? [] : [parts.numerator, parts.denominator])].join(' / ');
      const candidate: Candidate = {
        sourceId: feed.id, eventId: createHash('sha256').update(`${figure}\n${entered}`).digest('hex').slice(0, 40),
        localityCode, indicatorId: indicator.id, observedAtMs: day.observedAtMs, value, ...parts, provenance: 'declared',
      };
      return { kind: 'candidate', id, candidate, where: whereOf('value'), figure, entered };
    },
  };
}

function readNumber({ cell, refuse }: RowQuestions, field: Field, decimalMark: DecimalMark | undefined): number | null {
  const answer = cell(field);
  if (answer?.kind === 'number') return answer.value + 0;
  if (answer?.kind !== 'text') return refuse(field, answer === undefined ? 'a number; 0 if nothing was counted, "không có số" if nobody counted' : 'a number');
  const read = parseNumber(answer.text, decimalMark);
  return 'value' in read ? read.value : refuse(field, read.expected);
}

function readParts(questions: RowQuestions, decimalMark: DecimalMark | undefined): { readonly numerator: number; readonly denominator: number } | null {
  if (questions.cell('numerator') === undefined && questions.cell('denominator') === undefined) return null;
  const [numerator, denominator] = (['numerator', 'denominator'] as const).map((field) => {
    const part = readNumber(questions, field, decimalMark);
    return part !== null && part < 0 ? questions.refuse(field, 'a number of at least 0') : part;
  });
  return numerator == null || denominator == null ? null : { numerator, denominator };
}

function checkUnit({ cell, refuse }: RowQuestions, { unit }: Indicator): void {
  const answer = cell('unit');
  if (answer === undefined) return;
  const sent = textOf(answer).normalize('NFC').trim();
  if (sent !== unit.vi && sent !== unit.en) refuse('unit', `"${unit.vi}" or "${unit.en}", or no unit; values are never converted here`);
}

const isNoReading = (cell: Cell | undefined) => cell?.kind === 'text' && NO_READING.has(toKey(cell.text));

function textOf(cell: Cell): string {
  if (cell.kind === 'text') return cell.text;
  return cell.kind === 'number' ? String(cell.value) : '';
}

/** Excel drops the zeros before a number, so that 1 may have been "01" or "001": the sheet must say. */
function describeCode(text: string, codes: ReadonlySet<string>): string {
  const meant = /^\d{1,4}$/.test(text.trim()) ? [2, 3, 5].map((length) => text.trim().padStart(length, '0')).filter((code) => codes.has(code)) : [];
  return meant.length === 0 ? 'a locality code of this edition (see /api/v1/localities)'
    : `the code with all its zeros (${meant.map((code) => `"${code}"`).join(' or ')}): format the column as text, or write the name`;
}
