import { unzipSync } from 'fflate';

/** Inflated, of the parts that are read; 2,000 rows of a dozen columns are 1.5 MB. */
const MAX_INFLATED_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 500;
const NEEDED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

export type WorkbookParts = { readonly xmlByPath: ReadonlyMap<string, string> } | { readonly got: string; readonly expected: string };

/**
 * The parts of a workbook that hold cells, as text. Nothing else of the archive is inflated, and of those never more than
 * `MAX_INFLATED_BYTES`: each part is given the room its header claims and no more, so a header that lies gains nothing.
 */
export function readWorkbookParts(bytes: Uint8Array): WorkbookParts {
  if (OLE.every((byte, at) => bytes[at] === byte)) return { got: 'a workbook with a password, or of Excel 97-2003 (.xls)', expected: 'a workbook without password, saved as .xlsx' };
  if (!ZIP.every((byte, at) => bytes[at] === byte)) return { got: 'a file that is no workbook', expected: 'an Excel workbook (.xlsx)' };
  let inflatedBytes = 0;
  let entries = 0;
  const seen = new Set<string>();
  let isTwice = false;
  try {
    const parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        entries += 1;
        if (!NEEDED.test(name) || entries > MAX_ENTRIES) return false;
        isTwice ||= seen.has(name);
        seen.add(name);
        inflatedBytes += originalSize;
        return inflatedBytes <= MAX_INFLATED_BYTES;
      },
    });
    if (inflatedBytes > MAX_INFLATED_BYTES) return { got: `${inflatedBytes} bytes once unpacked`, expected: `at most ${MAX_INFLATED_BYTES} bytes unpacked; remove rows and sheets that are no figures` };
    if (entries > MAX_ENTRIES) return { got: `${entries} files in the archive`, expected: `at most ${MAX_ENTRIES}` };
    if (isTwice) return { got: 'a part twice in the archive', expected: 'each part once; save the workbook again with Excel or LibreOffice' };
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    return { xmlByPath: new Map(Object.entries(parts).map(([path, part]) => [path, utf8.decode(part)])) };
  } catch (error) {
    return { got: error instanceof Error ? error.message.slice(0, 200) : 'a damaged archive', expected: 'an undamaged workbook; save it again with Excel or LibreOffice' };
  }
}
