import { z } from 'zod';
import { IndicatorId, LocalizedText } from './ids.ts';
import type { Indicator } from './indicator.ts';

/** The six groups of the index, in the order in which they are shown. */
export const GROUP_IDS = ['openness', 'progress', 'online', 'payment', 'digitisation', 'satisfaction'] as const;
export const GroupId = z.enum(GROUP_IDS);
export type GroupId = z.infer<typeof GroupId>;

/**
 * On what something stands. `document`: a published document says it, and is cited. `not-established`: nobody has found where it is
 * laid down, so it is a setting of whoever runs this display; the remark says so on the screen.
 */
export const Standing = z.strictObject({
  basis: z.enum(['document', 'not-established']),
  /** Where it was read. `null`: nowhere. */
  citation: LocalizedText.nullable(),
  remark: LocalizedText.nullable(),
}).refine(({ basis, citation }) => basis !== 'document' || citation !== null, 'what a document says must be cited')
  .refine(({ basis, remark }) => basis === 'document' || remark !== null, 'what is not established must say so in a remark');
export type Standing = z.infer<typeof Standing>;

/** What is divided by. `largest`: the greatest of several counts of one thing; all of them must be there. `less`: one count without another. */
const Whole = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('one'), of: IndicatorId }),
  z.strictObject({ rule: z.literal('largest'), of: z.array(IndicatorId).min(2) }),
  z.strictObject({ rule: z.literal('less'), from: IndicatorId, less: IndicatorId }),
]);
type Whole = z.infer<typeof Whole>;

const Share = z.strictObject({ part: IndicatorId, whole: Whole });
type Share = z.infer<typeof Share>;

/** A percentage out of counts. `difference`: the first share without the others, and not below 0. */
export const Formula = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('share'), share: Share }),
  z.strictObject({ kind: z.literal('product'), of: z.array(Share).min(2) }),
  z.strictObject({ kind: z.literal('difference'), from: Share, less: z.array(Share).min(1) }),
]);
export type Formula = z.infer<typeof Formula>;

const ComponentRule = z.strictObject({
  formula: Formula,
  /** From this percentage on the component has all its points; below, in proportion. */
  fullAtPct: z.number().positive().max(100),
  /** The formula as people say it. */
  words: LocalizedText,
  standing: Standing,
});

/** Points and scores are kept to the hundredth, so that what is shown adds up. */
const Points = z.number().positive().multipleOf(0.01);

export const IndexComponent = z.strictObject({
  /** Number in the index: "3.6". Several that nobody knows the rules of stand together: "1.1–1.3". */
  number: z.string().min(1),
  name: LocalizedText,
  points: Points,
  /** `null`: its rule is not known. It is never scored, and the total says so. */
  rule: ComponentRule.nullable(),
});
export type IndexComponent = z.infer<typeof IndexComponent>;

export const IndexGroup = z.strictObject({
  id: GroupId,
  name: LocalizedText,
  points: Points,
  /** Of the group's maximum. */
  standing: Standing,
  /** Of how its points are shared out among its components. */
  sharing: Standing,
  /** What the national portal publishes for this group. */
  portalIndicator: IndicatorId,
  components: z.array(IndexComponent).min(1),
});
export type IndexGroup = z.infer<typeof IndexGroup>;

/** Sums of hundredths, without the dust of binary fractions. */
export function addPoints(points: readonly number[]): number {
  return points.reduce((sum, each) => sum + Math.round(each * 100), 0) / 100;
}

const TOTAL_POINTS = 100;

/** The index as this display computes it. */
export const ServiceIndexRules = z.strictObject({
  name: LocalizedText,
  /** Of the index as a whole. */
  standing: Standing,
  /** Counts are those of the calendar month, Vietnamese time: of that choice. */
  periodStanding: Standing,
  portalTotalIndicator: IndicatorId,
  groups: z.array(IndexGroup),
}).superRefine(({ groups }, context) => {
  const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const ids = groups.map(({ id }) => id);
  if (ids.join() !== GROUP_IDS.join()) say(['groups'], `must be the groups ${GROUP_IDS.join(', ')}, each once and in this order; they are ${ids.join(', ')}`);
  const total = addPoints(groups.map(({ points }) => points));
  if (total !== TOTAL_POINTS) say(['groups'], `points of the groups must add up to ${TOTAL_POINTS}; they come to ${total}`);
  for (const [at, { points, components }] of groups.entries()) {
    const sum = addPoints(components.map((component) => component.points));
    if (sum !== points) say(['groups', at, 'components'], `points of the components must add up to the group's ${points}; they come to ${sum}`);
  }
  const numbers = groups.flatMap(({ components }) => components.map(({ number }) => number));
  const repeated = numbers.find((number, at) => numbers.indexOf(number) !== at);
  if (repeated !== undefined) say(['groups'], `component ${repeated} is there twice`);
});
export type ServiceIndexRules = z.infer<typeof ServiceIndexRules>;

function countsOfWhole(whole: Whole): readonly IndicatorId[] {
  if (whole.rule === 'one') return [whole.of];
  return whole.rule === 'largest' ? whole.of : [whole.from, whole.less];
}

function sharesOf(formula: Formula): readonly Share[] {
  if (formula.kind === 'share') return [formula.share];
  return formula.kind === 'product' ? formula.of : [formula.from, ...formula.less];
}

/** Indicators that a formula counts by, each once, in the order of the formula. */
export function countsOf(formula: Formula): readonly IndicatorId[] {
  return [...new Set(sharesOf(formula).flatMap(({ part, whole }) => [part, ...countsOfWhole(whole)]))];
}

/** What is wrong with the rules beside a catalogue: an indicator that is not there, or not of a province. `null`: nothing. */
export function whyUnusable(rules: ServiceIndexRules, indicators: readonly Indicator[]): string | null {
  const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]));
  const named = [
    { where: 'portalTotalIndicator', id: rules.portalTotalIndicator },
    ...rules.groups.flatMap(({ id, portalIndicator, components }) => [
      { where: `group ${id}`, id: portalIndicator },
      ...components.flatMap(({ number, rule }) => (rule === null ? [] : countsOf(rule.formula).map((count) => ({ where: `component ${number}`, id: count })))),
    ]),
  ];
  for (const { where, id } of named) {
    const indicator = byId.get(id);
    if (indicator === undefined) return `${where} names the indicator "${id}", which the catalogue does not have`;
    if (!indicator.levels.includes('province')) return `${where} names the indicator "${id}", which exists at ${indicator.levels.join(', ')} and not in provinces`;
  }
  return null;
}

/** A count of the period; `null`: there is none. Never negative. */
export type CountOf = (indicatorId: IndicatorId) => number | null;

/**
 * Why a component has no score. `no-rule`: its rule is not known. `missing-counts`: a count is not there. `nothing-to-count`: a whole is
 * zero, so there is no share. `impossible`: a part is larger than its whole.
 */
export const SCORE_STATES = ['judged', 'no-rule', 'missing-counts', 'nothing-to-count', 'impossible'] as const;
type ScoreState = (typeof SCORE_STATES)[number];

export interface ComponentScore {
  readonly number: string;
  readonly points: number;
  readonly state: ScoreState;
  /** What the formula comes to, 0-100. `null`: it comes to nothing. */
  readonly valuePct: number | null;
  /** To the hundredth. `null`: not judged, which is not 0. */
  readonly score: number | null;
}

/** What could be judged of something, and how far its score can lie from the truth for what could not. */
export interface ScoreSum {
  readonly points: number;
  /** `null`: nothing of it could be judged. */
  readonly score: number | null;
  /** Points of what was judged. */
  readonly judgedPoints: number;
  /** With nothing, and with all, of the points that were not judged. */
  readonly possible: { readonly min: number; readonly max: number };
}

interface GroupScore extends ScoreSum {
  readonly id: GroupId;
  readonly components: readonly ComponentScore[];
}

export interface IndexScore extends ScoreSum {
  readonly groups: readonly GroupScore[];
}

function wholeOf(whole: Whole, count: CountOf): number | null {
  const counts = countsOfWhole(whole).map(count);
  if (counts.some((each) => each === null)) return null;
  const known = counts.flatMap((each) => each ?? []);
  return whole.rule === 'less' ? (known[0] ?? 0) - (known[1] ?? 0) : Math.max(...known);
}

type Worked = { readonly state: 'judged'; readonly ratio: number } | { readonly state: Exclude<ScoreState, 'judged' | 'no-rule'> };

function workShare({ part, whole }: Share, count: CountOf): Worked {
  const [above, below] = [count(part), wholeOf(whole, count)];
  if (above === null || below === null) return { state: 'missing-counts' };
  if (below === 0 && above === 0) return { state: 'nothing-to-count' };
  return above > below ? { state: 'impossible' } : { state: 'judged', ratio: above / below };
}

/** The formula's percentage, or the first reason why there is none; a missing count comes before the others. */
export function workFormula(formula: Formula, count: CountOf): Worked {
  const worked = sharesOf(formula).map((share) => workShare(share, count));
  for (const state of ['missing-counts', 'impossible', 'nothing-to-count'] as const) if (worked.some((each) => each.state === state)) return { state };
  const [first = 0, ...others] = worked.flatMap((each) => (each.state === 'judged' ? each.ratio : []));
  const ratio = formula.kind === 'difference' ? first - others.reduce((sum, each) => sum + each, 0) : others.reduce((product, each) => product * each, first);
  return { state: 'judged', ratio: Math.max(0, ratio) };
}

/** The percentage in symbols with the figures filled in, as in JSON: "(9 / 18) × (15 / max(16; 18)) × 100". Empty while a count is missing. */
export function writeFormula(formula: Formula, count: CountOf): string {
  const shares = sharesOf(formula);
  const isKnown = shares.every(({ part, whole }) => [part, ...countsOfWhole(whole)].every((id) => count(id) !== null));
  if (!isKnown) return '';
  const texts = shares.map(({ part, whole }) => {
    const counts = countsOfWhole(whole).map((id) => String(count(id)));
    const below = whole.rule === 'one' ? counts.join('') : whole.rule === 'largest' ? `max(${counts.join('; ')})` : `(${counts.join(' − ')})`;
    return `${count(part)} / ${below}`;
  });
  if (formula.kind === 'share') return `${texts.join('')} × 100`;
  return formula.kind === 'product' ? `${texts.map((text) => `(${text})`).join(' × ')} × 100` : `(${texts.join(' − ')}) × 100`;
}

function judge({ number, points, rule }: IndexComponent, count: CountOf): ComponentScore {
  if (rule === null) return { number, points, state: 'no-rule', valuePct: null, score: null };
  const worked = workFormula(rule.formula, count);
  if (worked.state !== 'judged') return { number, points, state: worked.state, valuePct: null, score: null };
  const valuePct = 100 * worked.ratio;
  return { number, points, state: 'judged', valuePct, score: addPoints([points * Math.min(1, valuePct / rule.fullAtPct)]) };
}

function sumUp(parts: readonly { readonly points: number; readonly score: number | null; readonly judgedPoints: number }[]): ScoreSum {
  const scores = parts.flatMap(({ score }) => score ?? []);
  const [points, judgedPoints, sum] = [addPoints(parts.map((part) => part.points)), addPoints(parts.map((part) => part.judgedPoints)), addPoints(scores)];
  return { points, judgedPoints, score: scores.length === 0 ? null : sum, possible: { min: sum, max: addPoints([sum, points, -judgedPoints]) } };
}

/** [SI1]-[SI4] Scores of the index out of counts, each known only by its indicator. Pure. */
export function scoreIndex({ groups }: Pick<ServiceIndexRules, 'groups'>, count: CountOf): IndexScore {
  const scored = groups.map((group): GroupScore => {
    const components = group.components.map((component) => judge(component, count));
    return { id: group.id, components, ...sumUp(components.map((each) => ({ ...each, judgedPoints: each.score === null ? 0 : each.points }))) };
  });
  return { groups: scored, ...sumUp(scored) };
}

/** What a published figure may be above ours: with all, and with nothing, of what we could not judge. Equal when all was judged. */
export function differenceFrom(published: number, { possible }: ScoreSum): { readonly min: number; readonly max: number } {
  return { min: addPoints([published, -possible.max]), max: addPoints([published, -possible.min]) };
}

const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** Calendar months since 1970 in Vietnam (UTC+7, no summer time): the same number, the same period. */
export function monthOf(atMs: number): number {
  const local = new Date(atMs + VIETNAM_OFFSET_MS);
  return (local.getUTCFullYear() - 1970) * 12 + local.getUTCMonth();
}

/** The calendar month of a moment in Vietnam, from its first millisecond to that of the next. Epoch ms. */
export function monthBounds(atMs: number): { readonly fromMs: number; readonly toMs: number } {
  const month = monthOf(atMs);
  const startMs = (index: number) => Date.UTC(1970, index) - VIETNAM_OFFSET_MS;
  return { fromMs: startMs(month), toMs: startMs(month + 1) };
}
