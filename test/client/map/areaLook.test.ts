import { describe, expect, test } from 'vitest';
import { classOf, mixColors, toAreaLook } from '../../../client/map/areaLook.ts';
import { drawHatch, HATCHES } from '../../../client/map/hatchPatterns.ts';
import { THEMES } from '../../../client/theme/tokens.ts';

const { dark } = THEMES;

describe('[AL1] the class of a value comes from fixed breaks tied to the target', () => {
  test.each([[100, 0], [99.9, 1], [95, 1], [94.9, 2], [90, 2], [80, 3], [79.9, 4], [0, 4]])('%d of 100/95/90/80 is class %d', (value, expected) => {
    expect(classOf(value, [100, 95, 90, 80], 'higher-is-better')).toBe(expected);
  });

  test('where lower is better the breaks are reached from above', () => {
    expect([1, 3, 20].map((value) => classOf(value, [2, 5, 10, 15], 'lower-is-better'))).toEqual([0, 1, 4]);
  });

  test('zero is a value; no value has no class', () => {
    expect(classOf(0, [30, 20, 15, 10], 'higher-is-better')).toBe(4);
    expect(classOf(null, [30, 20, 15, 10], 'higher-is-better')).toBeNull();
    expect(classOf(50, [], 'higher-is-better')).toBeNull();
  });
});

describe('[AL2] an area shows how old its figure is', () => {
  test('fresh and late carry the class colour', () => {
    for (const freshness of ['fresh', 'late'] as const) expect(toAreaLook(3, freshness, 'measured', dark)).toEqual({ fill: dark.ramp[3], hatch: 'none' });
  });

  test('stale is greyed and hatched, and keeps a trace of its class', () => {
    const looks = [0, 4].map((classIndex) => toAreaLook(classIndex, 'stale', 'measured', dark));
    expect(looks.map(({ hatch }) => hatch)).toEqual(['stale', 'stale']);
    expect(looks[0]!.fill).not.toBe(looks[1]!.fill);
    expect(looks[0]!.fill).not.toBe(dark.ramp[0]);
  });

  test('dead has no class at all', () => {
    expect(toAreaLook(0, 'dead', 'measured', dark)).toEqual(toAreaLook(4, 'dead', 'measured', dark));
  });

  test('never is dots on land, not the best class', () => {
    expect(toAreaLook(null, 'never', null, dark)).toEqual({ fill: dark.land, hatch: 'never' });
  });

  test('a simulated area can be told from a measured one', () => {
    expect(toAreaLook(1, 'fresh', 'simulated', dark).hatch).toBe('simulated');
    expect(toAreaLook(1, 'fresh', 'illustrative', dark).hatch).toBe('simulated');
  });

  test('a mix is the ends at its ends', () => {
    expect([mixColors('#102030', '#FFFFFF', 0), mixColors('#102030', '#ffffff', 1)]).toEqual(['#102030', '#ffffff']);
  });
});

describe('[AL3] hatches repeat without a seam and differ', () => {
  test.each(HATCHES)('%s', (name) => {
    const { width, height, data } = drawHatch(name, 14, '#FFFFFF');
    const alphaAt = (x: number, y: number) => data[(y * width + x) * 4 + 3]!;
    const shades = new Set(Array.from({ length: width * height }, (_, i) => data[i * 4 + 3]));
    expect(shades.size).toBeGreaterThan(1);
    // Along the edge a step leaves the square no more abruptly than it would inside.
    const steps = (from: number, to: number) => Math.max(...Array.from({ length: height }, (_, y) => Math.abs(alphaAt(from, y) - alphaAt(to, y))));
    const inside = Math.max(...Array.from({ length: width - 1 }, (_, x) => steps(x, x + 1)));
    expect(steps(width - 1, 0)).toBeLessThanOrEqual(inside);
  });

  test('no two are the same', () => {
    const drawn = HATCHES.map((name) => drawHatch(name, 14, '#FFFFFF').data.join());
    expect(new Set(drawn).size).toBe(HATCHES.length);
  });
});
