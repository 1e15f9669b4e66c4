import { busyRatio } from './calendar.ts';
import type { Models, World } from './model.ts';
import { draw, mix, partOf, saltOf, smoothNoise } from './noise.ts';
import { chooseProvinces } from './provinceSpread.ts';
import { FOUR_LAYER_RATIO, MINISTRY_SOCS, SOC_PROVINCE_RATIO } from './reported.ts';

const MINUTE_MS = 60_000;
/** Open alerts of a province of ordinary size in quiet times. Nothing is reported; of high ones the country has some six, so that each can be looked at. */
const USUAL_OPEN = { high: 0.1, medium: 0.5, low: 1.5, unknown: 0.06 } as const;
const USUAL_PER_DAY = 70;
/** A province without a SOC of its own sees less of what goes on there. */
const UNSEEN_FACTOR = 0.5;
const ACKNOWLEDGED_RATIO = 0.65;

export function createSecurityModels(world: World): Models {
  const { seed, units, attacks } = world;
  const hasSoc = chooseProvinces(world, 'soc-state', SOC_PROVINCE_RATIO);
  const hasFourLayers = chooseProvinces(world, 'four-layer-layers', FOUR_LAYER_RATIO);
  const layersSalt = mix(seed, saltOf('layers'));
  const alertSalt = mix(seed, saltOf('alerts'));
  const meanMembers = units.locals.length / Math.max(1, units.provinces.length);
  const keyOf = (unit: number, severity: number) => mix(mix(alertSalt, units.name[unit] ?? 0), severity);
  const size = Float64Array.from({ length: units.count }, (_, unit) => Math.sqrt(units.localsOf(unit).length / meanMembers) * (hasSoc.has(unit) ? 1 : UNSEEN_FACTOR));

  const openOf = (usual: number, severity: number) => (unit: number, atMs: number) => {
    const key = keyOf(unit, severity);
    const level = usual * (size[unit] ?? 0) * attacks.factorAt(unit, atMs) * (0.8 + 0.2 * busyRatio(atMs)) * (1 + 0.4 * smoothNoise(key, atMs, 15 * MINUTE_MS));
    // Which side a fraction falls to is kept for half an hour: alerts stay open for a while.
    return Math.floor(level + draw(key, Math.floor(atMs / (30 * MINUTE_MS))));
  };
  const high = openOf(USUAL_OPEN.high, 1);
  const medium = openOf(USUAL_OPEN.medium, 2);
  const low = openOf(USUAL_OPEN.low, 3);
  const unknown = openOf(USUAL_OPEN.unknown, 4);
  const critical = (unit: number, atMs: number) => attacks.criticalAt(unit, atMs);
  const open = (unit: number, atMs: number) => critical(unit, atMs) + high(unit, atMs) + medium(unit, atMs) + low(unit, atMs) + unknown(unit, atMs);

  return {
    'soc-state': (unit) => (hasSoc.has(unit) ? 1 : 0),
    'soc-centres': () => hasSoc.size + MINISTRY_SOCS,
    'four-layer-layers': (unit) => (hasFourLayers.has(unit) ? 4 : Math.floor(draw(layersSalt, units.name[unit] ?? 0) * 4)),
    'alerts-critical': critical,
    'alerts-high': high,
    'alerts-medium': medium,
    'alerts-low': low,
    'alerts-unknown': unknown,
    'alerts-open': open,
    'alerts-acknowledged': (unit, atMs) => partOf(open(unit, atMs), ACKNOWLEDGED_RATIO, draw(keyOf(unit, 5), Math.floor(atMs / (10 * MINUTE_MS)))),
    'alerts-day': (unit, atMs) => {
      const ofDay = USUAL_PER_DAY * (size[unit] ?? 0) * (1 + 0.25 * smoothNoise(keyOf(unit, 6), atMs, 360 * MINUTE_MS));
      return Math.max(open(unit, atMs), Math.round(ofDay * (1 + attacks.excessMinutesIn24h(unit, atMs) / (24 * 60))));
    },
    'alerts-ack-minutes': (unit, atMs) => {
      const key = keyOf(unit, 7);
      return (3 + 8 * draw(key, 0)) * (1 + 0.3 * smoothNoise(key, atMs, 30 * MINUTE_MS)) * Math.sqrt(attacks.factorAt(unit, atMs));
    },
  };
}
