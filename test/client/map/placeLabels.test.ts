import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MapLabel, type PlacementOptions, placeLabels, type Rect } from '../../../client/map/placeLabels.ts';

const options: PlacementOptions = {
  project: ([x, y]) => [x, y], measure: (text, sizePx) => text.length * sizePx * 0.6, area: { x: 0, y: 0, width: 1000, height: 1000 }, obstacles: [],
};

function aLabel(id: string, x: number, y: number, more: Partial<MapLabel> = {}): MapLabel {
  return { id, lngLat: [x, y], lines: [id], priority: 0, tone: 'strong', sizePx: 20, symbolRadiusPx: 15, ...more };
}

function rectOf({ label, centerPx: [x, y] }: ReturnType<typeof placeLabels>[number]): Rect {
  const width = Math.max(...label.lines.map((line) => line.length * label.sizePx * 0.6));
  const height = label.lines.length * label.sizePx * 1.22;
  return { x: x - width / 2, y: y - height / 2, width, height };
}
const covers = (a: Rect, b: Rect) => a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height - 0.01 && b.y < a.y + a.height - 0.01;

describe('[MP2] labels never cover one another, a symbol, or what stands over the map', () => {
  test('with room it stands to the right of its symbol', () => {
    const [placed] = placeLabels([aLabel('Lai Châu', 500, 500)], options);
    expect(placed!.centerPx[0]).toBeGreaterThan(515);
    expect(placed!.centerPx[1]).toBe(500);
    expect(placed!.justify).toBe('left');
  });

  test('at the right edge it turns to the left', () => {
    expect(placeLabels([aLabel('Lai Châu', 980, 500)], options)[0]!.centerPx[0]).toBeLessThan(965);
  });

  test('with room for one, the more urgent is placed and the other dropped', () => {
    const narrow = { ...options, area: { x: 480, y: 480, width: 150, height: 40 } };
    const placed = placeLabels([aLabel('later', 500, 500, { priority: 2 }), aLabel('first', 500, 500, { priority: 1 })], narrow);
    expect(placed.map(({ label }) => label.id)).toEqual(['first']);
  });

  test('a symbol without words still keeps others off', () => {
    const placed = placeLabels([aLabel('silent', 560, 500, { lines: [] }), aLabel('Lai Châu', 500, 500)], options);
    expect(placed).toHaveLength(1);
    expect(covers(rectOf(placed[0]!), { x: 545, y: 485, width: 30, height: 30 })).toBe(false);
  });

  test('for any crowd: inside the area, clear of each other, of symbols and of obstacles', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 5 })), { maxLength: 40 });
    const obstacle = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }), width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 300 }) });
    fc.assert(fc.property(places, fc.array(obstacle, { maxLength: 4 }), (crowd, obstacles) => {
      const labels = crowd.map(([x, y, priority], i) => aLabel(`Tỉnh ${i}`, x, y, { priority }));
      const rects = placeLabels(labels, { ...options, obstacles }).map(rectOf);
      const symbols = labels.map(({ lngLat: [x, y] }) => ({ x: x - 15, y: y - 15, width: 30, height: 30 }));
      // A space of 0.3 em, or two names are read as one.
      rects.forEach((rect, i) => { for (const other of rects.slice(i + 1)) expect(covers({ ...rect, width: rect.width + 6 }, other) || covers(rect, { ...other, width: other.width + 6 })).toBe(false); });
      rects.forEach((rect, i) => {
        expect(rect.x >= -0.01 && rect.y >= -0.01 && rect.x + rect.width <= 1000.01 && rect.y + rect.height <= 1000.01).toBe(true);
        for (const other of [...rects.slice(i + 1), ...symbols, ...obstacles]) expect(covers(rect, other)).toBe(false);
      });
    }));
  });

  test('the same crowd gives the same labels, whatever its order', () => {
    const crowd = [aLabel('a', 500, 500), aLabel('b', 520, 505), aLabel('c', 505, 530)];
    const where = (labels: MapLabel[]) => placeLabels(labels, options).map(({ label, centerPx }) => [label.id, ...centerPx]).sort();
    expect(where([...crowd].reverse())).toEqual(where(crowd));
  });
});
