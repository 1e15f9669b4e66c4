import type { Indicator } from '../../../shared/domain/indicator.ts';
import { classOf } from '../../map/areaLook.ts';

/** Where a value in ramp classes stands: 0 is quiet, 4 needs attention. */
const BEYOND_TARGET_CLASS = 2;
const ALARM_CLASS = 4;

function misses(value: number, target: number, direction: Indicator['direction']): boolean {
  return direction === 'lower-is-better' ? value > target : value < target;
}

/**
 * Ramp class of a value: by the indicator's fixed breaks; where it has none, by state (an alarm state 4, short of the target 2) or by
 * target alone (0 or 2). `null` without a value. Never by quantiles: those always paint somebody bad.
 */
export function rampClassOf(indicator: Indicator, value: number | null): number | null {
  if (value === null) return null;
  if (indicator.bands.length > 0) return classOf(value, indicator.bands, indicator.direction);
  if (indicator.states.find((state) => state.value === value)?.alarm !== undefined) return ALARM_CLASS;
  return indicator.target !== null && misses(value, indicator.target, indicator.direction) ? BEYOND_TARGET_CLASS : 0;
}

export interface LegendClass {
  readonly classIndex: number;
  /** The break it begins at, or a state of the indicator. */
  readonly meaning: { readonly kind: 'reaches' | 'misses'; readonly limit: number } | { readonly kind: 'state'; readonly value: number };
}

/** What the map's colours mean, quiet first. Empty: the map says nothing by colour. */
export function legendOf(indicator: Indicator): LegendClass[] {
  if (indicator.states.length > 0) {
    return indicator.states.map(({ value }): LegendClass => ({ classIndex: rampClassOf(indicator, value) ?? 0, meaning: { kind: 'state', value } }))
      .sort((a, b) => a.classIndex - b.classIndex);
  }
  const limits = indicator.bands.length > 0 ? indicator.bands : indicator.target === null ? [] : [indicator.target];
  const last = limits.at(-1);
  if (last === undefined) return [];
  const classes = limits.map((limit, i): LegendClass => ({ classIndex: i, meaning: { kind: 'reaches', limit } }));
  return [...classes, { classIndex: indicator.bands.length > 0 ? limits.length : BEYOND_TARGET_CLASS, meaning: { kind: 'misses', limit: last } }];
}

export interface DotScale { readonly min: number; readonly max: number }

const STEPS = [1, 2, 5, 10];

function niceStep(span: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(span / 2));
  return (STEPS.find((step) => span / (step * magnitude) <= 4) ?? 10) * magnitude;
}

/**
 * The stated scale of the dots: round ends around all values and the target; percentages end at 100 and counts begin at 0. `null`:
 * nothing to place.
 */
export function dotScaleOf(indicator: Indicator, values: readonly number[]): DotScale | null {
  const all = indicator.target === null ? [...values] : [...values, indicator.target];
  if (values.length === 0 || indicator.states.length > 0) return null;
  const isShare = indicator.unit.vi === '%' && indicator.direction !== 'lower-is-better';
  const max = isShare ? 100 : Math.max(...all, indicator.plausible.min);
  const min = isShare ? Math.min(...all) : Math.min(0, ...all);
  if (max === min) return { min, max: min + 1 };
  const step = niceStep(max - min);
  return { min: Math.floor(min / step) * step, max: isShare ? 100 : Math.ceil(max / step) * step };
}

/** Worst first: positive when `a` goes after `b`. Units without a value come last. */
export function compareWorstFirst(indicator: Indicator, a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return indicator.direction === 'lower-is-better' || indicator.direction === 'neutral' ? b - a : a - b;
}
