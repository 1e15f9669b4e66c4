import type { Topology } from 'topojson-specification';
import { ARCHIPELAGOS } from './archipelagos.ts';
import { buildDistrictCells, type CellPiece } from './districtCells.ts';
import { locateSeats, type Seat } from './districtSeats.ts';
import { buildEditionTopology, dissolve, type OutlinedUnit } from './editionTopology.ts';
import type { Bounds, MultiPolygon } from './geometry.ts';
import { snapShapesTogether } from './grid.ts';
import { listLocalities, type ChildPlacement, type EditionLocalities } from './localities.ts';
import { buildNeighbours } from './neighbours.ts';
import type { NamedUnit } from './officialNames.ts';
import { joinOfficialDistricts, type JoinReport } from './officialDistricts.ts';
import { readProvinceOutlines, type ProvinceSource } from './provinceOutlines.ts';
import { readUnitList2021, type UnitList2021 } from './unitList2021.ts';

export interface OfficialFile { geojson: unknown; codeProperty: string | undefined }

export interface Edition2021 {
  topology: Topology;
  localities: EditionLocalities;
  units: UnitList2021;
  seatsByDistrict: ReadonlyMap<string, Seat>;
  cellsByDistrict: ReadonlyMap<string, MultiPolygon>;
  neighbours: ReadonlyMap<string, MultiPolygon>;
  joinReport: JoinReport | null;
  officialCount: number;
  schematicCount: number;
  /** Districts that are drawn as a point only. */
  pointCount: number;
  /** Printed after the build: how many seats came from where. */
  seatSummary: string;
  provinceOf(districtCode: string): string;
}

interface Shapes { cellsByDistrict: Map<string, MultiPolygon>; neighbours: Map<string, MultiPolygon> }

/** Cells and neighbours go on the grid together, for they share the country's border. */
function snapTogether(pieces: readonly CellPiece[], neighbours: ReadonlyMap<string, MultiPolygon>): Shapes {
  const snapped = snapShapesTogether([...pieces.map(({ polygon }) => [polygon]), ...neighbours.values()]);
  const snappedPieces = pieces.map(({ district }, i): [string, MultiPolygon] => [district, snapped[i] ?? []]);
  return {
    cellsByDistrict: dissolve(snappedPieces, (district) => district),
    neighbours: new Map([...neighbours.keys()].map((code, i) => [code, snapped[pieces.length + i] ?? []])),
  };
}

const ISLAND_MARGIN_DEG = 0.3;

function islandBounds(code: string, seat: Seat | undefined): Bounds | null {
  if (seat === undefined || seat.hasLand) return null;
  const archipelago = ARCHIPELAGOS.find(({ unitsByEdition }) => unitsByEdition['2021'].code === code);
  const [lng, lat] = seat.lngLat;
  return archipelago?.frame ?? [lng - ISLAND_MARGIN_DEG, lat - ISLAND_MARGIN_DEG, lng + ISLAND_MARGIN_DEG, lat + ISLAND_MARGIN_DEG];
}

function joinOfficial(
  official: OfficialFile, districts: readonly NamedUnit[], seats: ReadonlyMap<string, Seat>, provinces: ReadonlyMap<string, MultiPolygon>,
): { outlinesByDistrict: Map<string, MultiPolygon>; report: JoinReport } {
  const expected = districts.map((district) => {
    const seat = seats.get(district.code);
    return { ...district, islandBounds: islandBounds(district.code, seat), seat: seat?.hasLand ? seat.lngLat : null };
  });
  const { outlinesByDistrict, report } = joinOfficialDistricts(official.geojson, expected, provinces, official.codeProperty);
  const snapped = snapShapesTogether([...outlinesByDistrict.values()]);
  return { outlinesByDistrict: new Map([...outlinesByDistrict.keys()].map((code, i) => [code, snapped[i] ?? []])), report };
}

export function toOutlinedUnits(outlines: ReadonlyMap<string, MultiPolygon>): OutlinedUnit[] {
  return [...outlines].map(([code, outline]) => ({ code, properties: {}, outline }));
}

function summariseSeats(seats: ReadonlyMap<string, Seat>): string {
  const bySource = Map.groupBy(seats.values(), ({ source }) => source);
  return [...bySource].map(([source, members]) => `${members.length} ${source}`).toSorted().join(', ');
}

export function buildEdition2021(source: ProvinceSource, official: OfficialFile | undefined): Edition2021 {
  const units = readUnitList2021();
  const { districts } = units;
  const parents = new Map(districts.map(({ code, parent }) => [code, parent]));
  const provinceOf = (code: string) => parents.get(code) ?? '';
  const outlines = readProvinceOutlines(source, units.provinces);
  const seatsByDistrict = locateSeats(districts, outlines, source);
  const shapes = snapTogether(buildDistrictCells(districts, seatsByDistrict, outlines), buildNeighbours(outlines));
  const provinces = dissolve(shapes.cellsByDistrict, provinceOf);
  const join = official && joinOfficial(official, districts, seatsByDistrict, provinces);
  const drawn = districts.flatMap(({ code, parent }): OutlinedUnit[] => {
    const officialOutline = join?.outlinesByDistrict.get(code);
    const outline = officialOutline ?? shapes.cellsByDistrict.get(code);
    return outline ? [{ code, properties: { parent, boundary: officialOutline ? 'official' : 'schematic' }, outline }] : [];
  });
  const boundaries = new Map(drawn.map(({ code, properties }) => [code, properties.boundary]));
  const placements = new Map([...seatsByDistrict].map(([code, { lngLat }]): [string, ChildPlacement] => {
    const boundary = boundaries.get(code);
    return [code, { lngLat, geometry: boundary === undefined ? 'point' : boundary === 'official' ? 'polygon' : 'cell' }];
  }));
  const officialCount = join?.report.joined.length ?? 0;
  return {
    topology: buildEditionTopology('2021', {
      provinces: toOutlinedUnits(provinces), districts: drawn, neighbours: toOutlinedUnits(shapes.neighbours), hasOfficialDetail: officialCount > 0,
    }),
    localities: {
      edition: '2021', asOf: '2021-07-10', localities: listLocalities(units.provinces, districts, 'district', provinces, placements),
    },
    units, seatsByDistrict, ...shapes, joinReport: join?.report ?? null, officialCount,
    schematicCount: drawn.length - officialCount, pointCount: districts.length - drawn.length,
    seatSummary: summariseSeats(seatsByDistrict), provinceOf,
  };
}
