import type { Seat } from './districtSeats.ts';
import { readGeoNamesPlaces, type Place } from './gazetteers.ts';
import { boundsOf, isInside, kmBetween, type LngLat, type MultiPolygon } from './geometry.ts';
import { foldBareName, type NamedUnit } from './officialNames.ts';

const SAMPLES_PER_COMMUNE = 60;
const RELAXATION_ROUNDS = 12;
/** On an island of its own, far from the rest of its former district. */
const HAND_POSITIONS_BY_COMMUNE: Readonly<Record<string, LngLat>> = { '31105': [103.475, 9.305] };

function sampleInside(cell: MultiPolygon, wanted: number): LngLat[] {
  const [west, south, east, north] = boundsOf(cell);
  for (let perSide = Math.ceil(Math.sqrt(wanted)); ; perSide *= 2) {
    const samples = Array.from({ length: perSide * perSide }, (_, i): LngLat => [
      west + ((east - west) * ((i % perSide) + 0.5)) / perSide,
      south + ((north - south) * (Math.floor(i / perSide) + 0.5)) / perSide,
    ]).filter((lngLat) => isInside(lngLat, cell));
    if (samples.length >= wanted) return samples;
  }
}

function nearestIndex(lngLat: LngLat, sites: readonly LngLat[]): number {
  const distances = sites.map((site) => kmBetween(lngLat, site));
  return distances.indexOf(Math.min(...distances));
}

function farthestFrom(sites: readonly LngLat[], samples: readonly LngLat[]): LngLat | undefined {
  const gaps = samples.map((sample) => Math.min(...sites.map((site) => kmBetween(sample, site))));
  return samples[gaps.indexOf(Math.max(...gaps))];
}

function meanOf(points: readonly LngLat[]): LngLat {
  return [points.reduce((sum, [lng]) => sum + lng, 0) / points.length, points.reduce((sum, [, lat]) => sum + lat, 0) / points.length];
}

/** Spreads `count` points evenly over a cell around the `pinned` ones, which do not move. North to south. */
export function spreadInside(cell: MultiPolygon, pinned: readonly LngLat[], count: number): LngLat[] {
  const samples = sampleInside(cell, SAMPLES_PER_COMMUNE * (count + pinned.length));
  let free: LngLat[] = [];
  while (free.length < count) {
    const next = farthestFrom([...pinned, ...free], samples) ?? samples[0];
    if (next === undefined) throw new Error('Invariant: a cell has room for at least one sample.');
    free.push(next);
  }
  for (let round = 0; round < RELAXATION_ROUNDS; round++) {
    const sites = [...pinned, ...free];
    const samplesBySite = Map.groupBy(samples, (sample) => nearestIndex(sample, sites));
    free = free.map((site, i) => {
      const centre = meanOf(samplesBySite.get(pinned.length + i) ?? [site]);
      return samples[nearestIndex(centre, samples)] ?? site;
    });
  }
  return free.toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function knownPosition(commune: NamedUnit, district: NamedUnit, seat: Seat, places: readonly Place[]): LngLat | undefined {
  const byHand = HAND_POSITIONS_BY_COMMUNE[commune.code];
  if (byHand) return byHand;
  if (commune.kind === 'đặc khu') return seat.lngLat;
  const name = foldBareName(commune.bareName);
  return places.find((place) => place.districtCode === district.code && foldBareName(place.name) === name)?.lngLat;
}

/**
 * A position for each commune: the GeoNames place of its name in its former district, else a spot of its own in that
 * district's cell. No package says where the communes of 2025 are, so the second kind is schematic.
 */
export function placeCommunes(
  formerDistrictsByCommune: ReadonlyMap<string, NamedUnit>,
  communes: readonly NamedUnit[],
  seatsByDistrict: ReadonlyMap<string, Seat>,
  cellsByDistrict: ReadonlyMap<string, MultiPolygon>,
): { lngLatsByCommune: Map<string, LngLat>; foundByNameCount: number } {
  const places = readGeoNamesPlaces();
  const lngLatsByCommune = new Map<string, LngLat>();
  let foundByNameCount = 0;
  for (const [district, members] of Map.groupBy(communes, ({ code }) => formerDistrictsByCommune.get(code))) {
    const seat = district && seatsByDistrict.get(district.code);
    if (district === undefined || seat === undefined) throw new Error(`Invariant: ${members[0]?.fullName} has no former district with a seat.`);
    const cell = cellsByDistrict.get(district.code);
    const positions = members.map((commune) => {
      const lngLat = knownPosition(commune, district, seat, places);
      return lngLat && (cell === undefined || commune.kind === 'đặc khu' || isInside(lngLat, cell)) ? lngLat : undefined;
    });
    const pinned = positions.filter((lngLat) => lngLat !== undefined);
    foundByNameCount += pinned.length;
    const spread = cell ? spreadInside(cell, pinned, members.length - pinned.length) : [];
    for (const [i, commune] of members.entries()) {
      lngLatsByCommune.set(commune.code, positions[i] ?? spread.shift() ?? seat.lngLat);
    }
  }
  return { lngLatsByCommune, foundByNameCount };
}
