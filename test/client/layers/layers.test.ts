import type { ScatterplotLayerProps } from '@deck.gl/layers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDossierLayers, largestOverdue } from '../../../client/layers/buildDossierLayers.ts';
import { buildLinkLayers } from '../../../client/layers/buildLinkLayers.ts';
import { buildSeatLayers } from '../../../client/layers/buildSeatLayers.ts';
import { buildSymbolLayers, iconNameOf, type MapSymbol, pulseRings } from '../../../client/layers/buildSymbolLayers.ts';
import { curveBetween, dashesOf } from '../../../client/layers/curve.ts';
import { SEAT, type Seats, withStates } from '../../../client/layers/seats.ts';
import type { IconAtlas } from '../../../client/layers/severityAtlas.ts';
import { THEMES } from '../../../client/theme/tokens.ts';

const options = { colors: THEMES.dark, scale: 1 };
const seats: Seats = {
  codes: ['001', '002', '003', '004'], lngLats: Float64Array.of(105.8, 21, 105.9, 21, 106, 21, 106.1, 21), states: Uint8Array.of(SEAT.connected, SEAT.notConnected, SEAT.lost, SEAT.unknown),
};
interface Columns { readonly data: { readonly length: number; readonly attributes: Readonly<Record<string, { readonly value: ArrayLike<number>; readonly size: number }>> } }
const columnsOf = (layer: unknown) => (layer as { props: Columns }).props.data;
const propsOf = <T>(layer: unknown) => (layer as { props: ScatterplotLayerProps<T> & { data: readonly T[] } }).props;

describe('[LY1] "not yet connected" is a plan and a ring; "lost" is an alarm and never a ring', () => {
  const [dots, rings] = buildSeatLayers(seats, options);

  test('every seat is a dot', () => {
    expect(columnsOf(dots).length).toBe(4);
  });

  test('[LY5] places go to the GPU as they are, and are not sent again while only states change', () => {
    const others = withStates(seats, () => SEAT.lost);
    expect(columnsOf(dots).attributes.getPosition).toEqual({ value: seats.lngLats, size: 2 });
    expect(columnsOf(buildSeatLayers(others, options)[0]).attributes.getPosition?.value).toBe(seats.lngLats);
  });

  test('only the unconnected have a ring', () => {
    expect([columnsOf(rings).length, [...Array.from(columnsOf(rings).attributes.getPosition?.value ?? [])]]).toEqual([1, [105.9, 21]]);
  });

  test('a seat nobody knows about is fainter than a connected one', () => {
    const alphaOf = (at: number) => columnsOf(dots).attributes.getFillColor?.value[at * 4 + 3];
    expect(alphaOf(3)).toBeLessThan(alphaOf(0) ?? 0);
    expect([alphaOf(1), alphaOf(2)]).toEqual([alphaOf(0), alphaOf(0)]);
  });
});

describe('[LY2] links are curves worked out once', () => {
  const place = fc.tuple(fc.double({ min: 100, max: 116, noNaN: true }), fc.double({ min: 6, max: 24, noNaN: true }));

  test('a curve begins and ends where it is told', () => {
    fc.assert(fc.property(place, place, (from, to) => {
      const path = curveBetween(from, to, 0.16);
      expect(path[0]).toEqual(from);
      expect(path.at(-1)![0]).toBeCloseTo(to[0], 9);
      expect(path.at(-1)![1]).toBeCloseTo(to[1], 9);
    }));
  });

  test('it bows by half the control’s offset, to the left of the way', () => {
    const middle = curveBetween([100, 10], [110, 10], 0.16)[12]!;
    expect(middle[0]).toBeCloseTo(105);
    expect(middle[1]).toBeCloseTo(10.8);
  });

  test('dashes lie on the curve, begin at its start and end at its end', () => {
    fc.assert(fc.property(place, place, fc.integer({ min: 2, max: 20 }), (from, to, count) => {
      const path = curveBetween(from, to, 0.16);
      const dashes = dashesOf(path, count);
      expect(dashes).toHaveLength(count);
      expect(dashes[0]![0]).toEqual(path[0]);
      expect(dashes.at(-1)![1]![0]).toBeCloseTo(path.at(-1)![0], 9);
    }));
  });

  test('the same arrays give layers over the same data, so that nothing is uploaded again', () => {
    const links = [{ id: '02', path: curveBetween([105, 21], [105, 23], 0.16) }];
    const [first] = buildLinkLayers(links, [], [], [], options);
    const [again] = buildLinkLayers(links, [], [], [], options);
    expect(propsOf(first).data).toBe(propsOf(again).data);
    expect(first!.id).toBe(again!.id);
  });

  test('no lost link, no dash', () => {
    const lost = (ids: readonly string[]) => propsOf(buildLinkLayers([], [], ids.map((id) => ({ id, path: curveBetween([105, 21], [104, 22], 0.16) })), [], options)[2]).data.length;
    expect(lost([])).toBe(0);
    expect(lost(['003'])).toBeGreaterThan(3);
  });
});

describe('[LY3] a symbol says its level and whether anyone has answered', () => {
  const symbol = (more: Partial<MapSymbol>): MapSymbol => ({ id: '30', lngLat: [106.3, 20.9], severity: 'critical', isAcknowledged: false, ...more });

  test('filled until acknowledged, outline after', () => {
    expect([iconNameOf(symbol({})), iconNameOf(symbol({ isAcknowledged: true })), iconNameOf(symbol({ severity: 'unknown' }))])
      .toEqual(['critical-filled', 'critical-outline', 'unknown-filled']);
  });

  test('only an unanswered critical alarm pulses', () => {
    const crowd = [symbol({}), symbol({ severity: 'high' }), symbol({ isAcknowledged: true })];
    expect(pulseRings(crowd, 0.3).map(({ symbol: { severity, isAcknowledged } }) => [severity, isAcknowledged])).toEqual(Array(3).fill(['critical', false]));
  });

  test('rings grow as they fade, and never reach the symbol’s own weight', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (phase) => {
      for (const { growth, opacity } of pulseRings([symbol({})], phase)) {
        expect(growth).toBeGreaterThanOrEqual(1);
        expect(opacity).toBeGreaterThanOrEqual(0);
        expect(opacity).toBeLessThanOrEqual(0.5);
      }
    }));
  });

  test('at rest the rings are three, apart, and always the same', () => {
    const growths = pulseRings([symbol({})], null).map(({ growth }) => growth);
    expect(new Set(growths).size).toBe(3);
    expect(pulseRings([symbol({})], null)).toEqual(pulseRings([symbol({})], null));
  });

  test('the pulse does not touch the symbols', () => {
    const atlas = { image: '', boxes: {} } as unknown as IconAtlas;
    const crowd = [symbol({})];
    const symbolsAt = (phase: number) => propsOf(buildSymbolLayers(crowd, atlas, { sizePx: 60, emphasis: null }, phase)[1]);
    expect(symbolsAt(0.1).data).toBe(crowd);
    const sizeOf = (of: MapSymbol, emphasisId: string | null) => {
      const sizes = { sizePx: 60, emphasis: emphasisId === null ? null : { id: emphasisId, sizePx: 150 } };
      return (propsOf(buildSymbolLayers(crowd, atlas, sizes, null)[1]) as unknown as { getSize(symbol: MapSymbol): number }).getSize(of);
    };
    expect(sizeOf(symbol({}), symbol({}).id) / sizeOf(symbol({}), null)).toBe(2.5);
  });
});

describe('[LY4] overdue rings: the ten largest, area in proportion', () => {
  const rings = Array.from({ length: 14 }, (_, i) => ({ code: String(i + 10), lngLat: [105, 20] as const, overdue: i * 100 }));

  test('ten at most, none for zero', () => {
    expect(largestOverdue(rings, 1).map(({ ring }) => ring.overdue)).toEqual([1300, 1200, 1100, 1000, 900, 800, 700, 600, 500, 400]);
    expect(largestOverdue(rings.slice(0, 1), 1)).toEqual([]);
  });

  test('four times the dossiers is twice the radius', () => {
    const [most, less] = largestOverdue([{ ...rings[0]!, overdue: 400 }, { ...rings[1]!, overdue: 100 }], 1);
    expect(most!.radiusPx).toBeCloseTo(2 * less!.radiusPx);
  });

  test('the layer draws what was chosen', () => {
    expect(propsOf(buildDossierLayers(rings, options)[0]).data).toHaveLength(10);
  });
});
