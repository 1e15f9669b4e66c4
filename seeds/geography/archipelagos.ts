import type { Bounds, LngLat } from './geometry.ts';

export type ArchipelagoId = 'hoang-sa' | 'truong-sa';
export type Edition = '2021' | '2025';

/** A unit of the archipelago in one edition: the same province code in both, the district became a special zone. */
interface ArchipelagoUnit { province: string; code: string }

export interface Archipelago {
  id: ArchipelagoId;
  name: string;
  /** For a small inset. */
  shortName: string;
  unitsByEdition: Readonly<Record<Edition, ArchipelagoUnit>>;
  labelLngLat: LngLat;
  frame: Bounds;
  islets: ReadonlyArray<{ name: string; lngLat: LngLat }>;
}

/** No polygon of another country is drawn here. */
export const CLEAR_NEIGHBOUR_BOX: Bounds = [110.5, 7, 116.5, 17.5];
export const EAST_SEA_LABEL = { name: 'Biển Đông', lngLat: [112.6, 13.4] as LngLat };

// No outline package with a clean licence draws the archipelagos, so they are points, within 4 km of the official map.
export const ARCHIPELAGOS: readonly Archipelago[] = [
  {
    id: 'hoang-sa',
    name: 'Quần đảo Hoàng Sa',
    shortName: 'QĐ. Hoàng Sa',
    unitsByEdition: { '2021': { province: '48', code: '498' }, '2025': { province: '48', code: '20333' } },
    labelLngLat: [112.0, 16.5],
    frame: [110.75, 15.4, 113.1, 17.35],
    islets: [
      { name: 'Đảo Hoàng Sa', lngLat: [111.608, 16.533] }, { name: 'Đảo Phú Lâm', lngLat: [112.339, 16.835] },
      { name: 'Đảo Linh Côn', lngLat: [112.731, 16.667] }, { name: 'Đảo Tri Tôn', lngLat: [111.2, 15.783] },
      { name: 'Đảo Quang Ảnh', lngLat: [111.507, 16.447] }, { name: 'Đảo Bạch Quy', lngLat: [111.757, 16.05] },
      { name: 'Đảo Hữu Nhật', lngLat: [111.586, 16.505] }, { name: 'Đảo Duy Mộng', lngLat: [111.74, 16.463] },
      { name: 'Đảo Quang Hòa', lngLat: [111.71, 16.452] }, { name: 'Đảo Bắc', lngLat: [112.309, 16.963] },
      { name: 'Đảo Cây', lngLat: [112.27, 16.98] },
    ],
  },
  {
    id: 'truong-sa',
    name: 'Quần đảo Trường Sa',
    shortName: 'QĐ. Trường Sa',
    unitsByEdition: { '2021': { province: '56', code: '576' }, '2025': { province: '56', code: '22736' } },
    labelLngLat: [113.8, 9.8],
    frame: [111.4, 7.45, 115.15, 11.85],
    islets: [
      { name: 'Đảo Trường Sa', lngLat: [111.92, 8.645] }, { name: 'Đảo Song Tử Tây', lngLat: [114.331, 11.429] },
      { name: 'Đảo Sinh Tồn', lngLat: [114.329, 9.886] }, { name: 'Đảo Nam Yết', lngLat: [114.366, 10.18] },
      { name: 'Đảo Sơn Ca', lngLat: [114.479, 10.374] }, { name: 'Đảo Phan Vinh', lngLat: [113.69, 8.97] },
      { name: 'Đảo An Bang', lngLat: [112.92, 7.892] }, { name: 'Đảo Đá Tây', lngLat: [112.22, 8.86] },
      { name: 'Đảo Ba Bình', lngLat: [114.365, 10.377] }, { name: 'Đảo Thị Tứ', lngLat: [114.285, 11.053] },
      { name: 'Đảo Sinh Tồn Đông', lngLat: [114.56, 9.905] }, { name: 'Đảo Trường Sa Đông', lngLat: [112.35, 8.93] },
    ],
  },
];

/** What the client needs beside the islet points of the TopoJSON. */
export function describeArchipelagos() {
  return {
    archipelagos: ARCHIPELAGOS.map(({ islets, ...archipelago }) => ({ ...archipelago, isletCount: islets.length })),
    eastSea: EAST_SEA_LABEL,
    clearNeighbourBox: CLEAR_NEIGHBOUR_BOX,
  };
}
