/**
 * The process that reportKill.test.ts kills: files alerts with the cases of the store named on the command line, cuts the log now and then,
 * and prints each alert's number once it is answered.
 */
import { createAlertBook } from '../../server/cases/alertBook.ts';
import { createCoverage } from '../../server/cases/coverage.ts';
import { createCases } from '../../server/cases/createCases.ts';
import { createEmptyBook } from '../support/anEmptyBook.ts';
import { openStore } from '../../server/openStore.ts';
import { START_MS } from '../support/anObservation.ts';
import { aFeed, filed } from '../support/someAlerts.ts';
import { smallTable } from '../support/storeContract.ts';

const [path, first] = process.argv.slice(2);
if (path === undefined || first === undefined) throw new Error('Usage: reportWriter.ts <path> <first number>');
const { reports } = await openStore({ path, table: smallTable });
const alert = createAlertBook({ feeds: [aFeed()], coverage: createCoverage(smallTable.localities) });
const cases = createCases({ log: reports, books: { alert, dossier: createEmptyBook() }, filed: await reports.readAll(), nowMs: START_MS });
for (let number = Number(first); ; number++) {
  await cases.file([filed({ alertId: `a-${number}` })]);
  process.stdout.write(`${number}\n`);
  // As the server's timer does, without waiting until it is worth while.
  if (number % 7 === 0) await reports.compact([...alert.live(START_MS)].flat());
}
