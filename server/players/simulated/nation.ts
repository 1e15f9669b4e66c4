import { localDay } from './calendar.ts';
import type { Models, World } from './model.ts';
import { draw, mix, partOf, saltOf } from './noise.ts';
import { EGDI_RANK, ID_CARD_PROVINCE_RATIO, ID_CARDS, PERSONAL_ID_PROVINCE_RATIO, PERSONAL_IDS, RESOLUTION17 } from './reported.ts';

const HOUR_MS = 3_600_000;

export function createNationModels({ seed, units }: World): Models {
  const entrySalt = mix(seed, saltOf('ioc-entry-share'));
  const feedSalt = mix(seed, saltOf('ioc-feeds'));
  const feedsExpected = (unit: number) => 8 + Math.floor(5 * draw(feedSalt, units.name[unit] ?? 0));
  const provinces = (ratio: number) => Math.round(units.provinces.length * ratio);
  return {
    'ioc-entry-share': (unit, atMs) => {
      const key = mix(entrySalt, units.name[unit] ?? 0);
      return Math.min(100, 78 + 20 * draw(key, 0) + 4 * draw(key, localDay(atMs)));
    },
    'ioc-feeds-expected': feedsExpected,
    // One of twenty is late at any time; which hours a province's are is drawn.
    'ioc-feeds-fresh': (unit, atMs) => partOf(feedsExpected(unit), 0.95, draw(mix(feedSalt, units.name[unit] ?? 0), Math.floor(atMs / HOUR_MS))),
    'personal-ids-issued': () => PERSONAL_IDS,
    'id-cards-issued': () => ID_CARDS,
    'personal-id-provinces': () => provinces(PERSONAL_ID_PROVINCE_RATIO),
    'id-card-provinces': () => provinces(ID_CARD_PROVINCE_RATIO),
    'resolution17-tasks': () => (100 * RESOLUTION17.done) / RESOLUTION17.total,
    'egdi-rank': () => EGDI_RANK,
  };
}
