import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { EditionId } from '../shared/domain/ids.ts';
import { copyStore } from './copyStore.ts';
import { defineCommand, howItIsSaid } from './iocCommand.ts';
import { checkChain, type KeptAuditRow } from './log/auditChain.ts';
import { headPathOf, readHead } from './log/headFile.ts';
import { type AuditFile, openAuditFile } from './log/openAuditFile.ts';

const USAGE = `  npm run --silent ioc -- audit verify
  npm run --silent ioc -- audit export > audit.jsonl
The server's folder is IOC_DATA, or --data; its unit set IOC_EDITION, or --edition. Both look at a copy in the system's temporary folder, TMPDIR.`;

const Options = z.strictObject({
  data: z.string().min(1).default(process.env.IOC_DATA ?? './data'),
  edition: EditionId.default(EditionId.safeParse(process.env.IOC_EDITION).data ?? '2021'),
});

/** A head is written in place: one read in the midst of that is none, and is there a moment later. */
const HEAD_READS = 5;

/** The trail of the live channel. Also while the server runs, which holds its file for itself alone. */
export const auditCommand = defineCommand({
  usage: USAGE, options: Options,
  run([verb = '', ...more], { data, edition }) {
    if ((verb !== 'verify' && verb !== 'export') || more.length > 0) throw howItIsSaid(`"audit ${[verb, ...more].join(' ')}" is no command here.`, USAGE);
    const path = join(data, `live-${edition}.sqlite`);
    // Before the copy is made: what is written meanwhile is in the copy and beyond the head, never the other way about.
    const noted = notedHead(path);
    const folder = mkdtempSync(join(tmpdir(), 'ioc-audit-'));
    try {
      const copy = join(folder, 'live.sqlite');
      copyStore(path, copy);
      const file = openAuditFile(copy);
      try {
        if (verb === 'export') printRows(file);
        const found = verify(file, noted, path);
        // Rows can then be sent to a file.
        (verb === 'export' ? process.stderr : process.stdout).write(`${found}\n`);
      } finally {
        file.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
});

function notedHead(path: string): { readonly seq: number; readonly hash: string } | null {
  for (let read = 0; read < HEAD_READS; read++) {
    const head = readHead(path);
    if (head !== null) return head.audit;
  }
  return null;
}

/** One row a line, with the hash it is chained by. */
function printRows(file: AuditFile): void {
  for (const { text, hash } of file.walkAudit()) process.stdout.write(`${Buffer.from(text).toString('utf8').slice(0, -1)},"hash":"${hash}"}\n`);
}

/** @throws Error for a trail that is not as it was written */
function verify(file: AuditFile, noted: { readonly seq: number; readonly hash: string } | null, path: string): string {
  const cuts: number[] = [];
  const found = checkChain(notingCuts(file.walkAudit(), cuts), noted);
  if (found.kind === 'broken') throw new Error(`The audit trail of ${path} is broken at row ${found.seq}: ${found.why}. The rows before it are as they were written. Keep this file and ${headPathOf(path)} as they are, and compare with the last export and backup.`);
  const isCut = cuts.length === 0 ? '' : ` Before row ${cuts.join(', ')} the server found another database than it had left (log.cut): rows may be missing there.`;
  return `The audit trail of ${path} is whole. Rows checked: ${found.head.seq}. Head: ${found.head.hash}${isCut}`;
}

/** [AU4] What was cut off before a start of the server is not there to be missed; that it was, is. */
function* notingCuts(rows: Iterable<KeptAuditRow>, cuts: number[]): Iterable<KeptAuditRow> {
  for (const row of rows) {
    if (Buffer.from(row.text).includes('"action":"log.cut"')) cuts.push(row.seq);
    yield row;
  }
}
