import type { Feature, FeatureCollection, LineString } from 'geojson';
import archipelagoFile from '../../seeds/geography/archipelagos.json' with { type: 'json' };

export type Bounds = readonly [west: number, south: number, east: number, north: number];

export interface Archipelago {
  readonly id: string;
  readonly name: string;
  /** For the locator, where the whole name has no room. */
  readonly shortName: string;
  /** Middle of the frame's upper edge. The name stands above it, where no islet is covered. */
  readonly labelLngLat: readonly [number, number];
  readonly frame: Bounds;
}

function pair(values: readonly number[], where: string): readonly [number, number] {
  const [lng, lat] = values;
  if (lng === undefined || lat === undefined) throw new Error(`Invariant: ${where} in seeds/geography/archipelagos.json is not [lng, lat].`);
  return [lng, lat];
}

function bounds(values: readonly number[], where: string): Bounds {
  const [west, south, east, north] = values;
  if (west === undefined || south === undefined || east === undefined || north === undefined) {
    throw new Error(`Invariant: ${where} in seeds/geography/archipelagos.json is not [west, south, east, north].`);
  }
  return [west, south, east, north];
}

/** Both archipelagos, in every view of every screen ([MP1]). */
export const ARCHIPELAGOS: readonly Archipelago[] = archipelagoFile.archipelagos.map(({ id, name, shortName, frame: corners }) => {
  const frame = bounds(corners, id);
  const [west, , east, north] = frame;
  return { id, name, shortName, labelLngLat: [(west + east) / 2, north], frame };
});

export const EAST_SEA_LNG_LAT = pair(archipelagoFile.eastSea.lngLat, 'eastSea');

/** The whole country with both archipelagos in true position. */
export const NATION_BOUNDS: Bounds = [102.14, 7.42, 115.18, 23.42];

export function frameLines(): FeatureCollection<LineString> {
  return {
    type: 'FeatureCollection',
    features: ARCHIPELAGOS.map(({ id, frame: [west, south, east, north] }): Feature<LineString> => ({
      type: 'Feature', properties: { id },
      geometry: { type: 'LineString', coordinates: [[west, south], [east, south], [east, north], [west, north], [west, south]] },
    })),
  };
}
