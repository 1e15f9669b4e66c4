import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportOf, withSection } from './fanoutReport.ts';
import { FANOUT_JSON, readPlan, runPlan } from './fanoutRun.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/benchmarks.md');

/** `npm run bench:fanout`, `-- --clients 200,1000 --workloads W1,T1 --rounds 3 --seconds 12 --dry`. */
const plan = readPlan(process.argv.slice(2));
const run = await runPlan(plan, console.error);
const report = reportOf(run);
console.log(report);
if (!plan.isDry) {
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), report));
  writeFileSync(FANOUT_JSON, `${JSON.stringify(run, null, 2)}\n`);
}
