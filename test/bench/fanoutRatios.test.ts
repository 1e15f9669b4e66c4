import { describe, expect, test } from 'vitest';
import type { Figures, MeasuredCase, System } from './fanoutFigures.ts';
import { compareRatios, RATIOS, type Ratio, type RatioName, ratiosOf } from './fanoutRatios.ts';

function aRatio(name: RatioName, value: number, clients = 1000): Ratio {
  return { workload: 'W1', clients, name, value };
}

function aCase(system: System, medians: Partial<Figures> | null): MeasuredCase {
  const calm: Figures = { serverUsPerClientTick: 20, bytesPerClientTick: 2000, p50Ms: 10, p99Ms: 20, rssKbPerConnection: 20, clientsBehind: 0, clientUsPerClientTick: 10, clientBusiestPercentOfCore: 5 };
  return { workload: 'W1', clients: 1000, system, medians: medians === null ? null : { ...calm, ...medians }, roundsMeasured: medians === null ? 0 : 1, troubles: [] };
}

describe('the comparison of two runs', () => {
  const cases = Object.entries(RATIOS).map(([name, { isBetterHigher }]) => ({ name: name as RatioName, sign: isBetterHigher ? -1 : 1 }));

  test.each(cases)('$name that is 16 % worse is told', ({ name, sign }) => {
    const { worse, comparedCount } = compareRatios([aRatio(name, 2)], [aRatio(name, 2 * (1 + sign * 0.16))]);
    expect(worse).toEqual([{ ratio: aRatio(name, 2 * (1 + sign * 0.16)), committed: 2, worsePercent: expect.closeTo(16) }]);
    expect(comparedCount).toBe(1);
  });

  test.each(cases)('$name that is 14 % worse passes, and so does one that is twice as good', ({ name, sign }) => {
    expect(compareRatios([aRatio(name, 2)], [aRatio(name, 2 * (1 + sign * 0.14))]).worse).toEqual([]);
    expect(compareRatios([aRatio(name, 2)], [aRatio(name, sign > 0 ? 1 : 4)]).worse).toEqual([]);
  });

  test('what was committed and not measured is told as missing, never as good', () => {
    const committed = [aRatio('product bytes', 2000), aRatio('product bytes', 2000, 5000)];
    expect(compareRatios(committed, [aRatio('product bytes', 2000)])).toEqual({ worse: [], missing: [committed[1]], comparedCount: 1 });
  });

  test('a size that was never committed is nothing to compare with', () => {
    expect(compareRatios([], [aRatio('product bytes', 9000)])).toEqual({ worse: [], missing: [], comparedCount: 0 });
  });
});

describe('the ratios of a run', () => {
  test('are taken between the servers of one workload and size', () => {
    const ratios = ratiosOf([aCase('product', { serverUsPerClientTick: 22, p99Ms: 30 }), aCase('naive', { serverUsPerClientTick: 88 }), aCase('ws', {}), aCase('tcp', {})]);
    expect(Object.fromEntries(ratios.map(({ name, value }) => [name, value]))).toEqual({ 'product/ws CPU': 1.1, 'naive/product CPU': 4, 'product bytes': 2000, 'product/ws p99': 1.5 });
  });

  test('leave out what a server without figures would be part of', () => {
    const ratios = ratiosOf([aCase('product', {}), aCase('naive', null), aCase('ws', {})]);
    expect(ratios.map(({ name }) => name)).toEqual(['product/ws CPU', 'product bytes', 'product/ws p99']);
  });
});
