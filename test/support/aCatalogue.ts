import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EditionId } from '../../shared/domain/ids.ts';
import { Indicator, IndicatorList } from '../../shared/domain/indicator.ts';
import { Locality, LocalityList } from '../../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { Source } from '../../shared/domain/source.ts';

const SEEDS = resolve(import.meta.dirname, '../../seeds');

const padded = (number: number, digits: number) => String(number).padStart(digits, '0');

/** Nation, then provinces "01", "02", … each followed by its districts, whose codes ("001", "002", …) count on over the whole land. */
export function aLand({ provinces = 3, localsPerProvince = 4, communes = false } = {}): Locality[] {
  const at = { lngLat: [105, 16], geometry: 'none' } as const;
  const land = [{ code: 'VN', name: 'Việt Nam', fullName: 'Việt Nam', level: 'nation', kind: 'quốc gia', parent: null, ...at }] as unknown[];
  let locals = 0;
  for (let province = 1; province <= provinces; province++) {
    const parent = padded(province, 2);
    land.push({ code: parent, name: `Tỉnh ${parent}`, fullName: `Tỉnh ${parent}`, level: 'province', kind: 'tỉnh', parent: 'VN', ...at });
    for (let local = 0; local < localsPerProvince; local++) {
      const code = padded(++locals, communes ? 5 : 3);
      land.push({ code, name: `Huyện ${code}`, fullName: `Huyện ${code}`, level: communes ? 'commune' : 'district', kind: 'huyện', parent, ...at });
    }
  }
  return land.map((unit) => Locality.parse(unit));
}

/** Valid except for what the caller names: a sum, observed at `local`, expected every minute. */
export function anIndicator(overrides: Partial<Record<keyof Indicator, unknown>> = {}): Indicator {
  return Indicator.parse({
    id: 'dossiers-received', domain: 'dossiers', name: { vi: 'Hồ sơ', en: 'Dossiers' }, shortName: { vi: 'Hồ sơ', en: 'Dossiers' },
    unit: { vi: 'hồ sơ', en: 'dossiers' }, decimals: 0, plausible: { min: 0, max: 1_000_000 }, levels: ['nation', 'province', 'local'],
    observedAt: 'local', rollUp: { rule: 'sum' }, quorumRatio: 0.9, direction: 'neutral', target: null, bands: [], states: [],
    expectEveryMs: 60_000, lateAfterMs: 90_000, staleAfterMs: 180_000, deadAfterMs: 720_000, system: 'one-stop', ...overrides,
  });
}

export function aSource(overrides: Partial<Record<keyof Source, unknown>> = {}): Source {
  return Source.parse({ id: 'feed-a', name: { vi: 'Nguồn A', en: 'Feed A' }, entryMethod: 'push', locality: '01', expectEveryMs: 60_000, ...overrides });
}

/** The committed catalogue. */
export function realIndicators(): Indicator[] {
  return IndicatorList.parse(JSON.parse(readFileSync(resolve(SEEDS, 'catalogue/indicators.json'), 'utf8')));
}

/** The committed catalogue over the committed units of an edition, or over as many made-up units where the geography is not built yet. */
export function realTable(edition: EditionId): SeriesTable {
  const path = resolve(SEEDS, `geography/localities-${edition}.json`);
  const localities = existsSync(path)
    ? LocalityList.parse(JSON.parse(readFileSync(path, 'utf8'))).localities
    : edition === '2021' ? aLand({ provinces: 63, localsPerProvince: 11 }) : aLand({ provinces: 34, localsPerProvince: 98, communes: true });
  return buildSeriesTable(localities, realIndicators());
}
