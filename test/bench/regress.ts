import { existsSync, readFileSync } from 'node:fs';
import { FanoutRun } from './fanoutFigures.ts';
import { compareRatios, type Ratio, ratiosOf } from './fanoutRatios.ts';
import { reportOf } from './fanoutReport.ts';
import { FANOUT_JSON, readPlan, runPlan } from './fanoutRun.ts';

const nameOf = ({ workload, clients, name }: Ratio) => `${workload}, ${clients} clients, ${name}`;

function committedRun(): FanoutRun | null {
  return existsSync(FANOUT_JSON) ? FanoutRun.parse(JSON.parse(readFileSync(FANOUT_JSON, 'utf8'))) : null;
}

/** What was asked for on the command line, else what was committed. Rounds and their length are always as committed unless said. */
function planAs(committed: FanoutRun, args: readonly string[]) {
  const asCommitted = [
    '--clients', [...new Set(committed.cases.map(({ clients }) => clients))].join(','), '--workloads', [...new Set(committed.cases.map(({ workload }) => workload))].join(','),
    '--rounds', String(committed.rounds), '--seconds', String(committed.secondsPerRound),
  ];
  // Of an option that is given twice the last one counts.
  return readPlan([...asCommitted, ...args]);
}

/** `npm run bench:regress`, with the options of `bench:fanout` for less of it. Ends with 1 for anything worse, or not to be compared. */
async function main(): Promise<number> {
  const committed = committedRun();
  if (committed === null) {
    console.error('There is no committed figure to compare with. Run `npm run bench:fanout` in a quiet hour and commit docs/benchmarks.fanout.json.');
    return 1;
  }
  const plan = planAs(committed, process.argv.slice(2));
  const run = await runPlan(plan, console.error);
  console.log(reportOf(run));
  const asked = ratiosOf(committed.cases).filter(({ workload, clients }) => plan.workloads.includes(workload) && plan.clients.includes(clients));
  const { worse, missing, comparedCount } = compareRatios(asked, ratiosOf(run.cases));
  console.log(`\n${comparedCount} ratios compared with those of ${committed.measuredOn}.`);
  for (const { ratio, committed: before, worsePercent } of worse) console.log(`WORSE by ${worsePercent.toFixed(0)} %: ${nameOf(ratio)}, ${ratio.value.toFixed(2)}, was ${before.toFixed(2)}.`);
  for (const ratio of missing) console.log(`NOT COMPARED: ${nameOf(ratio)} could not be measured this time, was ${ratio.value.toFixed(2)}.`);
  if (comparedCount === 0) console.log('Nothing of what was asked for has a committed figure; ask for the workloads and sizes in docs/benchmarks.fanout.json.');
  return worse.length > 0 || missing.length > 0 || comparedCount === 0 ? 1 : 0;
}

process.exitCode = await main();
