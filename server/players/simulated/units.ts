import type { SeriesTable } from '../../../shared/domain/seriesTable.ts';

const KM_PER_DEGREE = 111.2;
/** Hà Nội, Đà Nẵng, Thành phố Hồ Chí Minh: the three points the national networks start from. */
const HUBS_LNG_LAT = [[105.85, 21.03], [108.22, 16.07], [106.7, 10.78]] as const;

/** The localities of a table as the simulator sees them. A unit is a position in `table.localities`. */
export interface Units {
  readonly count: number;
  /** Positions of the provinces, and of the lowest level, in table order. */
  readonly provinces: readonly number[];
  readonly locals: readonly number[];
  /** Empty for a unit without children. */
  localsOf(unit: number): readonly number[];
  /** The unit itself for a province and for the nation. */
  readonly provinceOf: Int32Array;
  /** A number that names the unit by its code, so that draws do not depend on which other units are in the table. */
  readonly name: Int32Array;
  readonly code: readonly string[];
  readonly kind: readonly string[];
  unitOf(code: string): number | undefined;
  distanceKm(unit: number, other: number): number;
  /** Distance to the nearest hub of the national networks. */
  readonly hubKm: Float64Array;
  /**
   * 0 (close to its neighbours) to 1 (farthest from them) among the lowest level: distance to the second nearest seat, as a rank.
   * High in the mountains and on islands; our only stand-in for remoteness. A province has its members' mean.
   */
  readonly remoteRatio: Float64Array;
}

export function buildUnits(table: SeriesTable): Units {
  const { localities } = table;
  const count = localities.length;
  const unitByCode = new Map(localities.map((locality, unit) => [locality.code as string, unit]));
  const provinces: number[] = [];
  const locals: number[] = [];
  const provinceOf = new Int32Array(count);
  const localsByProvince = new Map<number, number[]>();
  for (const [unit, locality] of localities.entries()) {
    provinceOf[unit] = unit;
    if (locality.level === 'province') {
      provinces.push(unit);
      localsByProvince.set(unit, []);
    } else if (locality.level !== 'nation') {
      const province = unitByCode.get(locality.parent ?? '') ?? unit;
      provinceOf[unit] = province;
      locals.push(unit);
      localsByProvince.get(province)?.push(unit);
    }
  }
  const lng = Float64Array.from(localities, (locality) => locality.lngLat[0]);
  const lat = Float64Array.from(localities, (locality) => locality.lngLat[1]);
  const distanceKm = (unit: number, other: number) => kmBetween(lng[unit] ?? 0, lat[unit] ?? 0, lng[other] ?? 0, lat[other] ?? 0);
  const localsOf = (unit: number) => localsByProvince.get(unit) ?? [];
  return {
    count, provinces, locals, localsOf, provinceOf, distanceKm,
    // The length keeps "06" apart from "006".
    name: Int32Array.from(localities, ({ code }) => (code === 'VN' ? 0 : Number(code) + code.length * 1_000_000)),
    code: localities.map(({ code }) => code),
    kind: localities.map(({ kind }) => kind),
    unitOf: (code) => unitByCode.get(code),
    hubKm: Float64Array.from(localities, (_, unit) => Math.min(...HUBS_LNG_LAT.map(([hubLng, hubLat]) => kmBetween(lng[unit] ?? 0, lat[unit] ?? 0, hubLng, hubLat)))),
    remoteRatio: rankRemoteness(count, locals, provinces, localsOf, distanceKm),
  };
}

function rankRemoteness(count: number, locals: readonly number[], provinces: readonly number[], localsOf: Units['localsOf'], distanceKm: Units['distanceKm']): Float64Array {
  const gapKm = new Float64Array(count);
  for (const unit of locals) {
    let nearest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (const other of locals) {
      if (other === unit) continue;
      const km = distanceKm(unit, other);
      if (km < nearest) [nearest, second] = [km, nearest];
      else if (km < second) second = km;
    }
    gapKm[unit] = second;
  }
  const ratio = new Float64Array(count);
  const order = locals.toSorted((a, b) => (gapKm[a] ?? 0) - (gapKm[b] ?? 0) || a - b);
  for (const [rank, unit] of order.entries()) ratio[unit] = rank / Math.max(1, order.length - 1);
  for (const province of provinces) {
    const members = localsOf(province);
    ratio[province] = members.reduce((sum, unit) => sum + (ratio[unit] ?? 0), 0) / Math.max(1, members.length);
  }
  return ratio;
}

/** Flat-earth distance: right to 1 % within one country, and only ever compared. */
function kmBetween(lngA: number, latA: number, lngB: number, latB: number): number {
  const north = (latA - latB) * KM_PER_DEGREE;
  const east = (lngA - lngB) * KM_PER_DEGREE * Math.cos(((latA + latB) / 2) * (Math.PI / 180));
  return Math.sqrt(north * north + east * east);
}
