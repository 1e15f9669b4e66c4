import { isInside, kmToMultiPolygon, offsetByKm, type LngLat, type MultiPolygon } from './geometry.ts';
import { readDr5hnPlaces, readGeoNamesPlaces, type Place } from './gazetteers.ts';
import { HAND_SEATS_BY_DISTRICT } from './handSeats.ts';
import { foldBareName, type NamedUnit } from './officialNames.ts';
import type { ProvinceSource } from './provinceOutlines.ts';

export type SeatSource = 'by hand' | 'GeoNames by code' | 'GeoNames by name' | 'dr5hn by name';
export interface Seat {
  lngLat: LngLat;
  source: SeatSource;
  /** False for an island district whose islands no outline draws. */
  hasLand: boolean;
}

// Outlines are drawn on a 108 m grid and coasts are simplified, so a harbour town may lie a little out at sea.
const COAST_TOLERANCE_KM = 3;
// Natural Earth draws whole towns into the neighbouring province.
const NAME_MATCH_TOLERANCE_KM: Readonly<Record<ProvinceSource, number>> = {
  openstreetmap: COAST_TOLERANCE_KM, 'natural-earth': 25,
};
const SHORE_INSET_KM = 0.3;

/** Districts made of islands only. Where the outlines lack an island, its district is a point and has no cell. */
const ISLAND_DISTRICTS: ReadonlySet<string> = new Set([
  '203', '207', '317', '318', '471', '498', '536', '576', '602', '755', '911', '912',
]);

interface Gazetteers {
  codedPlacesByDistrict: ReadonlyMap<string, Place[]>;
  uncoded: readonly Place[];
  dr5hn: readonly Place[];
}

function readGazetteers(): Gazetteers {
  const codedPlacesByDistrict = Map.groupBy(readGeoNamesPlaces(), (place) => place.districtCode);
  return { codedPlacesByDistrict, uncoded: codedPlacesByDistrict.get('') ?? [], dr5hn: readDr5hnPlaces() };
}

type IsNear = (place: Place) => boolean;

function chooseByName(district: NamedUnit, places: readonly Place[], isNear: IsNear): Place | undefined {
  const name = foldBareName(district.bareName);
  return places.find((place) => foldBareName(place.name) === name && isNear(place));
}

function chooseByCode(district: NamedUnit, gazetteers: Gazetteers, isNear: IsNear): Place | undefined {
  const coded = gazetteers.codedPlacesByDistrict.get(district.code) ?? [];
  return chooseByName(district, coded, isNear) ?? coded.find(isNear) ?? coded[0];
}

type FoundSeat = Omit<Seat, 'hasLand'>;

function findSeat(district: NamedUnit, gazetteers: Gazetteers, isNear: IsNear): FoundSeat | undefined {
  const byHand = HAND_SEATS_BY_DISTRICT[district.code];
  if (byHand) return { lngLat: byHand, source: 'by hand' };
  const byCode = chooseByCode(district, gazetteers, isNear);
  if (byCode) return { lngLat: byCode.lngLat, source: 'GeoNames by code' };
  const byName = chooseByName(district, gazetteers.uncoded, isNear);
  if (byName) return { lngLat: byName.lngLat, source: 'GeoNames by name' };
  const byOtherName = chooseByName(district, gazetteers.dr5hn, isNear);
  return byOtherName && { lngLat: byOtherName.lngLat, source: 'dr5hn by name' };
}

/** A seat a little out at sea is brought ashore, so that every seat lies in its own cell. */
function placeAshore(code: string, found: FoundSeat, outline: MultiPolygon): Seat {
  const offshoreKm = kmToMultiPolygon(found.lngLat, outline);
  if (offshoreKm > COAST_TOLERANCE_KM) return { ...found, hasLand: !ISLAND_DISTRICTS.has(code) };
  if (offshoreKm === 0) return { ...found, hasLand: true };
  for (let angle = 0; angle < 2 * Math.PI; angle += Math.PI / 32) {
    const ashore = offsetByKm(found.lngLat, angle, offshoreKm + SHORE_INSET_KM);
    if (isInside(ashore, outline)) return { ...found, lngLat: ashore, hasLand: true };
  }
  throw new Error(`Seat of district ${code} lies ${offshoreKm.toFixed(2)} km out at sea and no land was found there. ` +
    'Correct it in handSeats.ts.');
}

function assertDistinct(seatsByDistrict: ReadonlyMap<string, Seat>): void {
  const districtsByPlace = Map.groupBy(seatsByDistrict.keys(), (code) => seatsByDistrict.get(code)?.lngLat.join());
  for (const [place, codes] of districtsByPlace) {
    if (codes.length > 1) {
      throw new Error(`Districts ${codes.join(', ')} have the same seat ${place}. Give all but one in handSeats.ts.`);
    }
  }
}

/** One seat for each district. Stops with the list of districts that have none: a guessed capital would be a lie. */
export function locateSeats(
  districts: readonly NamedUnit[],
  outlinesByProvince: ReadonlyMap<string, MultiPolygon>,
  source: ProvinceSource,
): Map<string, Seat> {
  const gazetteers = readGazetteers();
  const seatsByDistrict = new Map<string, Seat>();
  const unplaced: string[] = [];
  for (const district of districts) {
    const outline = outlinesByProvince.get(district.parent) ?? [];
    const isNear: IsNear = (place) => kmToMultiPolygon(place.lngLat, outline) <= NAME_MATCH_TOLERANCE_KM[source];
    const seat = findSeat(district, gazetteers, isNear);
    if (seat) seatsByDistrict.set(district.code, placeAshore(district.code, seat, outline));
    else unplaced.push(`${district.code} ${district.fullName} (${district.parent})`);
  }
  if (unplaced.length > 0) {
    throw new Error(`${unplaced.length} districts have no seat: ${unplaced.join('; ')}. Add them to handSeats.ts.`);
  }
  assertDistinct(seatsByDistrict);
  return seatsByDistrict;
}
