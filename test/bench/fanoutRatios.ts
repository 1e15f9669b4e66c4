import type { Figures, MeasuredCase, System, Workload } from './fanoutFigures.ts';

/** What is compared between runs and machines. `isBetterHigher`: the naive server is the one that should cost more. */
export const RATIOS = {
  'product/ws CPU': { isBetterHigher: false },
  'naive/product CPU': { isBetterHigher: true },
  'product bytes': { isBetterHigher: false },
  'product/ws p99': { isBetterHigher: false },
} as const;
export type RatioName = keyof typeof RATIOS;

export interface Ratio { readonly workload: Workload; readonly clients: number; readonly name: RatioName; readonly value: number }

export interface Comparison {
  /** Further off than allowed; `worsePercent` of the committed ratio. */
  readonly worse: readonly { readonly ratio: Ratio; readonly committed: number; readonly worsePercent: number }[];
  /** Committed, and not to be had from this run. */
  readonly missing: readonly Ratio[];
  readonly comparedCount: number;
}

const ALLOWED_PERCENT = 15;

/** Of each workload and size, those ratios whose parts were measured. */
export function ratiosOf(cases: readonly MeasuredCase[]): Ratio[] {
  const groups = Map.groupBy(cases, ({ workload, clients }) => `${workload} ${clients}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const of = (system: System, name: keyof Figures) => group.find((one) => one.system === system)?.medians?.[name] ?? Number.NaN;
    const values: Readonly<Record<RatioName, number>> = {
      'product/ws CPU': of('product', 'serverUsPerClientTick') / of('ws', 'serverUsPerClientTick'),
      'naive/product CPU': of('naive', 'serverUsPerClientTick') / of('product', 'serverUsPerClientTick'),
      'product bytes': of('product', 'bytesPerClientTick'),
      'product/ws p99': of('product', 'p99Ms') / of('ws', 'p99Ms'),
    };
    return (Object.keys(RATIOS) as RatioName[]).flatMap((name) => (Number.isFinite(values[name]) ? [{ workload: first.workload, clients: first.clients, name, value: values[name] }] : []));
  });
}

/** A ratio without a committed one is new and passes. */
export function compareRatios(committed: readonly Ratio[], measured: readonly Ratio[]): Comparison {
  const worse: Comparison['worse'][number][] = [];
  const missing: Ratio[] = [];
  for (const before of committed) {
    const ratio = measured.find(({ workload, clients, name }) => workload === before.workload && clients === before.clients && name === before.name);
    if (ratio === undefined) {
      missing.push(before);
      continue;
    }
    const change = ratio.value / before.value - 1;
    const worsePercent = (RATIOS[before.name].isBetterHigher ? -change : change) * 100;
    if (worsePercent > ALLOWED_PERCENT) worse.push({ ratio, committed: before.value, worsePercent });
  }
  return { worse, missing, comparedCount: committed.length - missing.length };
}
