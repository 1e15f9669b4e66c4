/**
 * The process that kill9.test.ts kills: appends batches to the store named on the command line and prints each batch's number once
 * it is acknowledged. Everything about a batch follows from its number, so the parent knows what must be there.
 */
import { openStore } from '../../server/openStore.ts';
import { smallTable } from '../support/storeContract.ts';
import { fingerprintsOf, numberedBatch } from './numberedBatch.ts';

const [path, first] = process.argv.slice(2);
if (path === undefined || first === undefined) throw new Error('Usage: storeWriter.ts <path> <first batch number>');
// A fold is nearly always under way: a kill then falls into its middle.
const store = await openStore({ path, table: smallTable, foldAtCount: 50, foldEveryMs: 60_000 });
process.stdout.write(`epoch ${store.log.epoch}\n`);

/** Several batches wait at once, as when a commit is slower than a tick. */
async function write(from: number, step: number): Promise<void> {
  for (let number = from; ; number += step) {
    const firstOffset = await store.log.append(numberedBatch(number), fingerprintsOf(number));
    process.stdout.write(`${number} ${firstOffset}\n`);
  }
}
await Promise.all([0, 1, 2].map((lane) => write(Number(first) + lane, 3)));
