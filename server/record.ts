import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { EditionId } from '../shared/domain/ids.ts';
import { parseInstant } from '../shared/domain/instant.ts';
import { readCatalogue } from './catalogue.ts';
import { copyStore } from './copyStore.ts';
import { exportSpan } from './exportSpan.ts';
import { PACKED_ENDING } from './openRecording.ts';
import { openStore } from './openStore.ts';

const Instant = z.string().transform((text, context) => {
  const atMs = parseInstant(text);
  if (atMs === null) context.addIssue({ code: 'custom', message: `"${text}" is no RFC 3339 time with its offset` });
  return atMs ?? 0;
});

const Asked = z.strictObject({
  from: Instant,
  to: Instant,
  data: z.string().min(1).default(process.env.IOC_DATA ?? './data'),
  edition: EditionId.default('2021'),
  /** Data ms per real ms. */
  rate: z.coerce.number().positive().max(10_000).default(1),
  out: z.string().endsWith(PACKED_ENDING, `must end with "${PACKED_ENDING}"`),
});
type Asked = z.output<typeof Asked>;

const USAGE = 'npm run record -- --from 2026-11-28T08:00:00+07:00 --to 2026-11-28T09:00:00+07:00 --out storm.jsonl.gz [--data ./data] [--edition 2021] [--rate 1]';

/** @throws Error that names what was said wrongly and shows how it is said. */
function readAsked(args: readonly string[]): Asked {
  const names = ['from', 'to', 'data', 'edition', 'rate', 'out'] as const;
  const { values } = parseArgs({ args: [...args], options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) });
  const parsed = Asked.safeParse(values);
  if (!parsed.success) throw new Error(`${parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n')}\nFor example: ${USAGE}`);
  if (parsed.data.from >= parsed.data.to) throw new Error(`--from is not before --to.\nFor example: ${USAGE}`);
  return parsed.data;
}

/** `npm run record`: also while the server runs. */
async function record(args: readonly string[]): Promise<void> {
  const asked = readAsked(args);
  const catalogue = readCatalogue();
  if (existsSync(asked.out)) throw new Error(`${asked.out} is there already. Give another --out, or move it away.`);
  mkdirSync(dirname(asked.out), { recursive: true });
  // Beside the file, where there must be room anyway: a store may be larger than the system's temporary folder.
  const folder = mkdtempSync(join(dirname(asked.out), '.ioc-record-'));
  try {
    const copy = join(folder, 'live.sqlite');
    copyStore(join(asked.data, `live-${asked.edition}.sqlite`), copy);
    const store = await openStore({ path: copy, table: catalogue.tablesByEdition[asked.edition] });
    try {
      await exportSpan(store, join(folder, 'unfinished'), asked, catalogue, Date.now());
    } finally {
      await store.log.close();
    }
    renameSync(join(folder, 'unfinished'), asked.out);
    process.stdout.write(`${asked.out}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    await record(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
