import { LocalityCode } from '../../shared/domain/ids.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import { FeedSettings } from '../../server/ports/feedSettings.ts';
import { createPlacer } from '../../server/sources/placement.ts';

/** Valid except for what the caller names. */
export function aFeed(overrides: Partial<Record<keyof FeedSettings, unknown>> = {}): FeedSettings {
  return FeedSettings.parse({
    id: 'monitoring-68', name: { vi: 'Giám sát', en: 'Monitoring' }, format: 'alertmanager', localities: ['68'], expectEveryMs: null, domain: 'connectivity', ...overrides,
  });
}

const place = (code: string, name: string, fullName: string, level: Locality['level'], parent: string | null): Locality => ({
  code: LocalityCode.parse(code), name, fullName, level, kind: level, parent: parent === null ? null : LocalityCode.parse(parent), lngLat: [108, 11], geometry: 'none',
});

/** Lâm Đồng with two of its districts. */
export const aPlacer = createPlacer([
  place('VN', 'Việt Nam', 'Việt Nam', 'nation', null), place('68', 'Lâm Đồng', 'Tỉnh Lâm Đồng', 'province', 'VN'),
  place('672', 'Đà Lạt', 'Thành phố Đà Lạt', 'district', '68'), place('680', 'Bảo Lâm', 'Huyện Bảo Lâm', 'district', '68'),
]);
