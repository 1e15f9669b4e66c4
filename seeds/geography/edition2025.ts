import type { Topology } from 'topojson-specification';
import { placeCommunes } from './communePositions.ts';
import { toOutlinedUnits, type Edition2021 } from './edition2021.ts';
import { buildEditionTopology, dissolve } from './editionTopology.ts';
import { listLocalities, type ChildPlacement, type EditionLocalities } from './localities.ts';
import { readUnitList2025, type ProvinceMove, type UnitList2025 } from './unitList2025.ts';

export interface Crosswalk {
  /** One row for each province of 2021. */
  provinces: ProvinceMove[];
  /** One row for each province of 2025, with what it was made of. */
  composition: Array<{ code: string; name: string; from: string[] }>;
}

export interface Edition2025 {
  topology: Topology;
  localities: EditionLocalities;
  crosswalk: Crosswalk;
  /** Communes at a place of their own name; all others have a schematic position. */
  foundByNameCount: number;
}

function describeCrosswalk({ crosswalk, provinces }: UnitList2025): Crosswalk {
  const formers = Map.groupBy(crosswalk, ({ to }) => to);
  return {
    provinces: crosswalk,
    composition: provinces.map(({ code, bareName }) => ({
      code, name: bareName, from: (formers.get(code) ?? []).map(({ from }) => from),
    })),
  };
}

export function buildEdition2025(before: Edition2021): Edition2025 {
  const list = readUnitList2025(before.units);
  const newCodes = new Map(list.crosswalk.map(({ from, to }) => [from, to]));
  const provinces = dissolve(before.cellsByDistrict, (district) => newCodes.get(before.provinceOf(district)) ?? '');
  const { lngLatsByCommune, foundByNameCount } = placeCommunes(
    list.formerDistrictsByCommune, list.communes, before.seatsByDistrict, before.cellsByDistrict,
  );
  const placements = new Map([...lngLatsByCommune].map(([code, lngLat]): [string, ChildPlacement] => [code, { lngLat, geometry: 'point' }]));
  return {
    topology: buildEditionTopology('2025', {
      provinces: toOutlinedUnits(provinces), neighbours: toOutlinedUnits(before.neighbours), hasOfficialDetail: false,
    }),
    localities: {
      edition: '2025', asOf: '2025-07-01', localities: listLocalities(list.provinces, list.communes, 'commune', provinces, placements),
    },
    crosswalk: describeCrosswalk(list),
    foundByNameCount,
  };
}
