import type { Models, World } from './model.ts';
import { monthlyCounter } from './monthlyCounter.ts';
import { draw, mix, partOf, saltOf } from './noise.ts';
import { createOneStopModels } from './oneStop.ts';
import { spreadOverProvinces } from './provinceSpread.ts';
import { CA_MAU, DOSSIERS_PER_WORKING_DAY, LEVEL4_OVER_30_RATIO, LEVEL4_PCT } from './reported.ts';
import { createServiceIndexModels } from './serviceIndex.ts';
import type { SpreadClass } from './spread.ts';

/** Weight of a unit's dossiers by administrative kind: more people, more dossiers. There is no population in the tables. */
const WEIGHT_BY_KIND: Readonly<Record<string, number>> = { 'quận': 2.2, 'thành phố': 2, 'thị xã': 1.4, 'huyện': 1, 'phường': 1.6, 'xã': 1, 'đặc khu': 0.6 };

const LEVEL4_CLASSES: readonly SpreadClass[] = [
  { shareRatio: LEVEL4_OVER_30_RATIO, from: 30.5, to: 42 }, { shareRatio: 4 / 63, from: 20.5, to: 29 }, { shareRatio: 8 / 63, from: 15.5, to: 20 },
  { shareRatio: 18 / 63, from: 10.5, to: 15 }, { shareRatio: 22 / 63, from: 3, to: 10 },
];

export function createDossierModels(world: World): Models {
  const daily = dailyDossiers(world);
  const models = { ...createOneStopModels(world, daily), ...serviceModels(world), ...channelModels(world, daily) };
  return { ...models, ...createServiceIndexModels(world, daily, models) };
}

/** Dossiers an ordinary working day brings, per unit; a province's is the sum of its members'. */
function dailyDossiers({ seed, units }: World): Float64Array {
  const salt = mix(seed, saltOf('dossier-weight'));
  const daily = new Float64Array(units.count);
  let total = 0;
  for (const unit of units.locals) {
    const weight = (WEIGHT_BY_KIND[units.kind[unit] ?? ''] ?? 1) * (0.6 + 0.8 * draw(salt, units.name[unit] ?? 0)) * (1.3 - 0.6 * (units.remoteRatio[unit] ?? 0));
    daily[unit] = weight;
    total += weight;
  }
  for (const unit of units.locals) {
    daily[unit] = ((daily[unit] ?? 0) / total) * DOSSIERS_PER_WORKING_DAY;
    const province = units.provinceOf[unit] ?? unit;
    daily[province] = (daily[province] ?? 0) + (daily[unit] ?? 0);
  }
  return daily;
}

function serviceModels(world: World): Models {
  const { seed, units } = world;
  const salt = mix(seed, saltOf('services'));
  const total = (unit: number) => 1_600 + Math.floor(500 * draw(salt, units.name[unit] ?? 0));
  const level4Pct = spreadOverProvinces(world, 'services-level4', total, LEVEL4_CLASSES, LEVEL4_PCT);
  return {
    'services-total': total,
    'services-level3': (unit) => Math.round(total(unit) * (0.25 + 0.2 * draw(salt, (units.name[unit] ?? 0) + 1))),
    'services-level4': (unit) => Math.round((total(unit) * (level4Pct[unit] ?? 0)) / 100),
  };
}

/** How dossiers came and went. Shares are a province's own and stay; all channels together are under 100 %. */
function channelModels(world: World, daily: Float64Array): Models {
  const { seed, units } = world;
  function channel(what: string, fromRatio: number, toRatio: number, caMauPct?: number) {
    const fixedRatioOf = (unit: number) => (caMauPct !== undefined && units.code[unit] === CA_MAU.code ? caMauPct / 100 : undefined);
    return monthlyCounter(world, daily, what, fromRatio, toRatio, fixedRatioOf);
  }
  const payments = channel('payments-total', 0.55, 0.75);
  const paidOnlineSalt = mix(seed, saltOf('payments-online'));
  return {
    'dossiers-online': channel('dossiers-online', 0.08, 0.4, CA_MAU.onlinePct),
    'dossiers-post-in': channel('dossiers-post-in', 0.03, 0.14, CA_MAU.postInPct),
    'dossiers-post-out': channel('dossiers-post-out', 0.04, 0.18, CA_MAU.postOutPct),
    'results-signed': channel('results-signed', 0.3, 0.7),
    'payments-total': payments,
    'payments-online': (unit, atMs) => partOf(payments(unit, atMs), 0.1 + 0.3 * draw(paidOnlineSalt, units.name[unit] ?? 0), 0.5),
  };
}
