import type { Indicator } from '../../shared/domain/indicator.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import type { Series, SeriesTable } from '../../shared/domain/seriesTable.ts';

/** How a series gets its value: the numbers in `RollUpPlan.rule`. */
const OBSERVED = 0, WORST_MIN = 1;
export const SUM = 2, WORST_MAX = 3, RATIO = 4, SHARE = 5;

/** The arithmetic of an edition, laid out flat: made once, followed every tick. */
export interface RollUpPlan {
  /** Computed series, each after everything it is computed from. */
  readonly order: Uint32Array;
  readonly rule: Uint8Array;
  /** Members of series `s` are `members[memberStart[s] .. memberStart[s + 1])`. Of a ratio: its numerator and denominator. */
  readonly memberStart: Uint32Array;
  readonly members: Uint32Array;
  /** Beside `members`. 1: a share asks whether this very reading is at least `atLeast`; 0: it adds up the parts of a share below. */
  readonly isTested: Uint8Array;
  readonly dependentStart: Uint32Array;
  readonly dependents: Uint32Array;
  /** Units at the bottom that the series speaks for: 1 where it is observed and for a ratio, whose parts do the counting. */
  readonly leafCount: Uint16Array;
}

interface Inputs { readonly members: readonly number[]; readonly tested: readonly boolean[] }

const NO_INPUTS: Inputs = { members: [], tested: [] };

const plans = new WeakMap<SeriesTable, RollUpPlan>();

/** Made once for each table: every past picture is folded by a state of its own, and the plan is most of what making one costs. */
export function rollUpPlanOf(table: SeriesTable): RollUpPlan {
  const known = plans.get(table);
  if (known !== undefined) return known;
  const plan = buildRollUpPlan(table);
  plans.set(table, plan);
  return plan;
}

function buildRollUpPlan(table: SeriesTable): RollUpPlan {
  const seriesCount = table.series.length;
  const rule = Uint8Array.from(table.series, ruleOf);
  const inputs = table.series.map((series) => (rule[series.index] === OBSERVED ? NO_INPUTS : inputsOf(table, series)));
  const order = inputsFirst(rule, inputs, table);
  const dependents = Array.from({ length: seriesCount }, (): number[] => []);
  for (const [series, { members }] of inputs.entries()) for (const member of members) dependents[member]?.push(series);
  const leafCount = new Uint16Array(seriesCount).fill(1);
  for (const series of order) if (rule[series] !== RATIO) leafCount[series] = countLeaves(inputs[series] ?? NO_INPUTS, leafCount);
  const memberLists = inputs.map(({ members }) => members);
  return {
    order, rule, leafCount,
    memberStart: startsOf(memberLists), members: Uint32Array.from(memberLists.flat()),
    isTested: Uint8Array.from(inputs.flatMap(({ tested }) => tested), Number),
    dependentStart: startsOf(dependents), dependents: Uint32Array.from(dependents.flat()),
  };
}

function ruleOf({ locality, indicator: { observedAt, rollUp } }: Series): number {
  if (toLevel(locality) === observedAt) return OBSERVED;
  switch (rollUp.rule) {
    case 'none': return OBSERVED;
    case 'sum': return SUM;
    case 'worst': return rollUp.pick === 'max' ? WORST_MAX : WORST_MIN;
    case 'ratio': return RATIO;
    case 'share': return SHARE;
  }
}

function inputsOf(table: SeriesTable, { locality, indicator }: Series): Inputs {
  const { rollUp } = indicator;
  if (rollUp.rule === 'ratio') {
    const parts = [rollUp.numerator, rollUp.denominator].map((id) => table.indexOf(locality.code, id));
    return { members: parts.map((part) => part ?? missing(indicator, locality)), tested: [false, false] };
  }
  const members: number[] = [];
  const tested: boolean[] = [];
  const addBelow = (unit: Locality): void => {
    for (const child of table.childrenOf(unit.code)) {
      const own = table.indexOf(child.code, indicator.id);
      const asked = rollUp.rule === 'share' ? table.indexOf(child.code, rollUp.of) : undefined;
      const member = own ?? asked;
      if (member === undefined) { addBelow(child); continue; }
      members.push(member);
      tested.push(own === undefined);
    }
  };
  addBelow(locality);
  return { members, tested };
}

function missing(indicator: Indicator, locality: Locality): never {
  throw new Error(`Invariant: ratio "${indicator.id}" exists at ${locality.code} (${toLevel(locality)}) but one of its parts does not; give its parts that level in seeds/catalogue/indicators.json.`);
}

function countLeaves({ members, tested }: Inputs, leafCount: Uint16Array): number {
  return members.reduce((sum, member, at) => sum + (tested[at] ? 1 : leafCount[member] ?? 0), 0);
}

/** Depth first: a series is put after its inputs. @throws Error when a series is, over some way, made of itself. */
function inputsFirst(rule: Uint8Array, inputs: readonly Inputs[], table: SeriesTable): Uint32Array {
  const order: number[] = [];
  const mark = new Uint8Array(rule.length);
  const visit = (series: number): void => {
    if (mark[series] === 2 || rule[series] === OBSERVED) return;
    if (mark[series] === 1) throw new Error(`Invariant: indicator "${table.series[series]?.indicator.id}" is computed from itself; correct rollUp in seeds/catalogue/indicators.json.`);
    mark[series] = 1;
    for (const member of inputs[series]?.members ?? []) visit(member);
    mark[series] = 2;
    order.push(series);
  };
  for (let series = 0; series < rule.length; series++) visit(series);
  return Uint32Array.from(order);
}

function startsOf(lists: readonly (readonly number[])[]): Uint32Array {
  const starts = new Uint32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) starts[at + 1] = (starts[at] ?? 0) + list.length;
  return starts;
}
