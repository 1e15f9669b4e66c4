import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CaseTrouble, runCase } from './fanoutCase.ts';
import { type Case, type Figures, type FanoutRun, mediansOf, SYSTEMS, WORKLOADS, type Workload } from './fanoutFigures.ts';

const TICK_MS = 1000;
/** Tablets are measured where the targets are, so that the whole takes an hour. */
const SIZES_OF_TABLETS = new Set([1000, 5000]);
export const FANOUT_JSON = join(import.meta.dirname, '../../docs/benchmarks.fanout.json');

export interface Plan { readonly clients: readonly number[]; readonly workloads: readonly Workload[]; readonly rounds: number; readonly seconds: number; readonly isDry: boolean }

const Positive = z.coerce.number().int().positive();

function readOption<T>(schema: z.ZodType<T>, name: string, given: unknown, wanted: string): T {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new RangeError(`--${name} is ${wanted}, not "${given}".`);
  return parsed.data;
}

/** @throws for an option that is not known or not a positive whole number. */
export function readPlan(args: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...args],
    options: {
      clients: { type: 'string', default: '200,1000,5000,10000' }, workloads: { type: 'string', default: WORKLOADS.join(',') }, rounds: { type: 'string', default: '3' },
      // Half a round of pings, which are part of what the product costs (docs/adr/0007): half of the clients are pinged in it.
      seconds: { type: 'string', default: '12' }, dry: { type: 'boolean', default: false },
    },
  });
  return {
    clients: readOption(z.array(Positive), 'clients', values.clients.split(','), 'whole numbers with commas between them'),
    workloads: readOption(z.array(z.enum(WORKLOADS)), 'workloads', values.workloads.split(','), 'some of W1, W2 and T1, with commas'),
    rounds: readOption(Positive, 'rounds', values.rounds, 'a whole number above zero'),
    seconds: readOption(Positive, 'seconds', values.seconds, 'a whole number above zero'),
    isDry: values.dry,
  };
}

function casesOf({ workloads, clients, seconds }: Plan): Case[] {
  return workloads.flatMap((workload) => clients.filter((count) => workload !== 'T1' || SIZES_OF_TABLETS.has(count)).flatMap((count) => SYSTEMS.map((system) => ({ system, workload, clients: count, tickMs: TICK_MS, seconds }))));
}

function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8'))).version;
}

/** All cases once, then all again: what the machine does meanwhile falls on each of them. */
export async function runPlan(plan: Plan, tell: (line: string) => void): Promise<FanoutRun> {
  const loadAtStart = loadavg()[0] ?? Number.NaN;
  const measured = casesOf(plan).map((of) => ({ of, rounds: [] as Figures[], troubles: new Set<string>() }));
  for (let round = 1; round <= plan.rounds; round++) {
    for (const { of, rounds, troubles } of measured) {
      const name = `round ${round} of ${plan.rounds}, ${of.workload}, ${of.clients} clients, ${of.system}`;
      try {
        const figures = await runCase(of);
        rounds.push(figures);
        tell(`${name}: ${figures.serverUsPerClientTick.toFixed(1)} µs, p99 ${figures.p99Ms.toFixed(0)} ms`);
      } catch (error) {
        if (!(error instanceof CaseTrouble)) throw error;
        troubles.add(error.message);
        tell(`${name}: not measured, ${error.message}`);
      }
    }
  }
  return {
    measuredOn: new Date().toISOString().slice(0, 10),
    machine: { cores: cpus().length, cpuModel: cpus()[0]?.model ?? 'unknown', kernel: release(), loadAtStart },
    versions: { node: process.versions.node, 'socket.io': versionOf('socket.io'), ws: versionOf('ws') },
    rounds: plan.rounds,
    secondsPerRound: plan.seconds,
    cases: measured.map(({ of, rounds, troubles }) => ({
      workload: of.workload, clients: of.clients, system: of.system, medians: mediansOf(rounds), roundsMeasured: rounds.length, troubles: [...troubles],
    })),
  };
}
