import { MAX_ROWS, type ReadFile, type Sheet, TOO_MANY_ROWS } from './sheet.ts';
import { readCells } from './sheetCells.ts';
import { readWorkbookParts } from './workbookParts.ts';
import { walkXml } from './xml.ts';

const MAX_SHEETS = 8;
/** Formats that Excel has without naming them: dates and times, also those of East Asian editions. */
const isBuiltInDate = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

interface WorkbookOutline {
  readonly is1904: boolean;
  /** Those a person sees, in order. */
  readonly sheets: readonly { readonly name: string; readonly relationId: string }[];
}

/** An Excel workbook (ECMA-376): the visible sheets' cells with the values Excel last worked out. Formulas are never evaluated. */
export function readWorkbook(bytes: Uint8Array): ReadFile {
  const parts = readWorkbookParts(bytes);
  if ('got' in parts) return parts;
  const xml = (path: string) => parts.xmlByPath.get(path) ?? '';
  try {
    if (xml('xl/workbook.xml') === '') return { got: 'an archive without xl/workbook.xml', expected: 'an Excel workbook (.xlsx)' };
    const { is1904, sheets: outlined } = readOutline(xml('xl/workbook.xml'));
    if (outlined.length > MAX_SHEETS) return { got: `${outlined.length} visible sheets`, expected: `at most ${MAX_SHEETS}` };
    const pathsById = readRelations(xml('xl/_rels/workbook.xml.rels'));
    const sharedTexts = readSharedTexts(xml('xl/sharedStrings.xml'));
    const isDateStyle = readDateStyles(xml('xl/styles.xml'));
    const sheets: Sheet[] = [];
    for (const { name, relationId } of outlined) {
      const rows = readCells(xml(pathsById.get(relationId) ?? ''), { sharedTexts, isDateStyle, is1904 });
      if (rows === 'too-many') return { ...TOO_MANY_ROWS, got: `${TOO_MANY_ROWS.got} in sheet "${name.slice(0, 31)}"` };
      sheets.push({ name: name.slice(0, 31), rows });
    }
    const rowCount = sheets.reduce((sum, { rows }) => sum + rows.length, 0);
    return rowCount > MAX_ROWS ? TOO_MANY_ROWS : { sheets };
  } catch (error) {
    return { got: error instanceof Error ? error.message.slice(0, 200) : 'XML that cannot be read', expected: 'an undamaged workbook of figures; save it again with Excel or LibreOffice' };
  }
}

function readOutline(xml: string): WorkbookOutline {
  let is1904 = false;
  const sheets: { name: string; relationId: string }[] = [];
  walkXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name === 'sheet' && (attributes.state ?? 'visible') === 'visible') sheets.push({ name: attributes.name ?? '', relationId: attributes['r:id'] ?? '' });
    },
  });
  return { is1904, sheets };
}

function readRelations(xml: string): ReadonlyMap<string, string> {
  const pathsById = new Map<string, string>();
  if (xml !== '') {
    walkXml(xml, {
      open(name, { Id, Target }) {
        if (name === 'Relationship' && Id !== undefined && Target !== undefined) pathsById.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
      },
    });
  }
  return pathsById;
}

/** Rich text is its runs joined; the reading aids of East Asian text (`rPh`) are no part of it. */
function readSharedTexts(xml: string): readonly string[] {
  const texts: string[] = [];
  let isText = false, isAid = false;
  if (xml !== '') {
    walkXml(xml, {
      open(name) {
        if (name === 'si') texts.push('');
        if (name === 'rPh') isAid = true;
        isText = name === 't' && !isAid;
      },
      text(value) {
        if (isText) texts[texts.length - 1] += value;
      },
      close(name) {
        if (name === 'rPh') isAid = false;
        isText = false;
      },
    });
  }
  return texts;
}

/** Whether a number in a cell of that style is shown as a date. */
function readDateStyles(xml: string): (style: number) => boolean {
  const customDates = new Set<number>();
  const customOthers = new Set<number>();
  const dateByStyle: boolean[] = [];
  let isCellFormats = false;
  if (xml !== '') {
    walkXml(xml, {
      open(name, attributes) {
        if (name === 'numFmt') (isDateCode(attributes.formatCode ?? '') ? customDates : customOthers).add(Number(attributes.numFmtId));
        if (name === 'cellXfs') isCellFormats = true;
        if (name === 'xf' && isCellFormats) {
          const id = Number(attributes.numFmtId ?? 0);
          dateByStyle.push(customDates.has(id) || (isBuiltInDate(id) && !customOthers.has(id)));
        }
      },
      close(name) {
        if (name === 'cellXfs') isCellFormats = false;
      },
    });
  }
  return (style) => dateByStyle[style] === true;
}

/** Letters of a date outside of literals, colours and locales: `dd/mm/yyyy`, `[$-42A]d mmmm`, not `#,##0 "đồng"`. */
const isDateCode = (code: string) => /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, ''));
