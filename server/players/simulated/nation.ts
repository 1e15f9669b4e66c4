import { localDay } from './calendar.ts';
import type { Models, World } from './model.ts';
import { draw, mix, saltOf } from './noise.ts';
import { EGDI_RANK, ID_CARD_PROVINCE_RATIO, ID_CARDS, PERSONAL_ID_PROVINCE_RATIO, PERSONAL_IDS, RESOLUTION17 } from './reported.ts';

export function createNationModels({ seed, units }: World): Models {
  const entrySalt = mix(seed, saltOf('ioc-entry-share'));
  const provinces = (ratio: number) => Math.round(units.provinces.length * ratio);
  return {
    'ioc-entry-share': (unit, atMs) => {
      const key = mix(entrySalt, units.name[unit] ?? 0);
      return Math.min(100, 78 + 20 * draw(key, 0) + 4 * draw(key, localDay(atMs)));
    },
    'personal-ids-issued': () => PERSONAL_IDS,
    'id-cards-issued': () => ID_CARDS,
    'personal-id-provinces': () => provinces(PERSONAL_ID_PROVINCE_RATIO),
    'id-card-provinces': () => provinces(ID_CARD_PROVINCE_RATIO),
    'resolution17-tasks': () => (100 * RESOLUTION17.done) / RESOLUTION17.total,
    'egdi-rank': () => EGDI_RANK,
  };
}
