import { strToU8, type Zippable, zipSync } from 'fflate';

/** One worksheet: `rows` is the XML inside `sheetData`. */
interface WorksheetXml { readonly name: string; readonly rows: string; readonly state?: 'hidden' }

export interface WorkbookXml {
  readonly sheets: readonly WorksheetXml[];
  readonly sharedTexts?: readonly string[];
  readonly is1904?: boolean;
  /** Further entries of the archive, or others in place of those. */
  readonly parts?: Zippable;
}

/** Styles: 0 general, 1 a date (dd/mm/yyyy), 2 a number with "đồng" in its format. */
const STYLES = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0 &quot;đồng&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`;

/** Synthetic: a workbook as Excel writes it, of the parts a reader needs. */
export function aWorkbook({ sheets, sharedTexts = [], is1904 = false, parts = {} }: WorkbookXml): Uint8Array {
  const outline = sheets.map(({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${state === undefined ? '' : ` state="${state}"`}/>`).join('');
  const relations = sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('');
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="r"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${outline}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${relations}</Relationships>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${sharedTexts.map((text) => `<si>${text}</si>`).join('')}</sst>`),
    'xl/styles.xml': strToU8(STYLES),
    ...Object.fromEntries(sheets.map(({ rows }, at) => [`xl/worksheets/sheet${at + 1}.xml`, strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)])),
    ...parts,
  });
}

/** A row of inline texts. */
export function aTextRow(row: number, texts: readonly string[]): string {
  return `<row r="${row}">${texts.map((text, column) => `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
}
