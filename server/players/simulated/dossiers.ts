import { localDay, localDayStartMs, workedIn } from './calendar.ts';
import type { Models, World } from './model.ts';
import { bridge, draw, mix, partOf, saltOf } from './noise.ts';
import { chooseProvinces, spreadOverProvinces } from './provinceSpread.ts';
import { CA_MAU, DOSSIERS_PER_WORKING_DAY, LEVEL4_OVER_30_RATIO, LEVEL4_PCT, ON_TIME_PCT, PUBLIC_CENTRE_RATIO } from './reported.ts';
import type { SpreadClass } from './spread.ts';
import { createSurges } from './surges.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * A part and its whole come from different feeds. The part's month turns over at midnight and counts a little behind; the
 * whole's turns over ten minutes later. So no share is ever above 100 % while one has turned over and the other has not.
 */
const WHOLE_TURNOVER_MS = 10 * MINUTE_MS;
const PART_LAG_MS = 20 * MINUTE_MS;

/** How far a counter may stray from its month's even course, in working days, and the steps in which it does. */
const WOBBLE_DAYS = 0.2;
const PART_WOBBLE_DAYS = 0.05;
const WOBBLE_NODES = 20;

/** Weight of a unit's dossiers by administrative kind: more people, more dossiers. There is no population in the tables. */
const WEIGHT_BY_KIND: Readonly<Record<string, number>> = { 'quận': 2.2, 'thành phố': 2, 'thị xã': 1.4, 'huyện': 1, 'phường': 1.6, 'xã': 1, 'đặc khu': 0.6 };

const ON_TIME_CLASSES: readonly SpreadClass[] = [
  { shareRatio: 17 / 63, from: 97, to: 99 }, { shareRatio: 24 / 63, from: 95, to: 97 }, { shareRatio: 12 / 63, from: 93, to: 95 },
  { shareRatio: 7 / 63, from: 90, to: 93 }, { shareRatio: 3 / 63, from: 84, to: 89 },
];
const LEVEL4_CLASSES: readonly SpreadClass[] = [
  { shareRatio: LEVEL4_OVER_30_RATIO, from: 30.5, to: 42 }, { shareRatio: 4 / 63, from: 20.5, to: 29 }, { shareRatio: 8 / 63, from: 15.5, to: 20 },
  { shareRatio: 18 / 63, from: 10.5, to: 15 }, { shareRatio: 22 / 63, from: 3, to: 10 },
];

/** About one office a day in the country closes for a while, in working hours. */
const CLOSURES_PER_DAY = 1.4;

export function createDossierModels(world: World): Models {
  const daily = dailyDossiers(world);
  return { ...oneStopModels(world, daily), ...serviceModels(world), ...channelModels(world, daily) };
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

/** The part of resolved dossiers that were late: spread over provinces, and within each over its units around the province's mean. */
function lateRatios(world: World, daily: Float64Array): Float64Array {
  const { seed, units } = world;
  const salt = mix(seed, saltOf('late-ratio'));
  const onTimePct = spreadOverProvinces(world, 'on-time', (province) => daily[province] ?? 0, ON_TIME_CLASSES, ON_TIME_PCT);
  const late = new Float64Array(units.count);
  for (const province of units.provinces) {
    const members = units.localsOf(province);
    const factorOf = (unit: number) => 0.5 + draw(salt, units.name[unit] ?? 0);
    const meanFactor = members.reduce((sum, unit) => sum + factorOf(unit) * (daily[unit] ?? 0), 0) / Math.max(daily[province] ?? 0, Number.EPSILON);
    for (const unit of members) late[unit] = Math.min(0.6, ((100 - (onTimePct[province] ?? 0)) / 100) * (factorOf(unit) / meanFactor));
  }
  return late;
}

function oneStopModels(world: World, daily: Float64Array): Models {
  const { seed, units, calendar } = world;
  const flowSalt = mix(seed, saltOf('dossier-flow'));
  const closureSalt = mix(seed, saltOf('one-stop-closure'));
  const lateRatio = lateRatios(world, daily);
  const surges = createSurges(world, daily);
  const backlogDays = (unit: number) => 3 + 5 * draw(flowSalt, units.name[unit] ?? 0);

  // Filled by `count`: three figures that are always wanted together, without an object per reading.
  let received = 0;
  let resolved = 0;
  let waiting = 0;
  function count(unit: number, atMs: number): number {
    const month = calendar.monthAt(atMs - WHOLE_TURNOVER_MS);
    const inMonthMs = Math.min(atMs, month.endMs);
    const key = mix(mix(flowSalt, units.name[unit] ?? 0), month.index);
    const worked = workedIn(month, inMonthMs);
    const perDay = daily[unit] ?? 0;
    const waitingBefore = surges.waiting(unit, month.startMs);
    const came = perDay * (worked + WOBBLE_DAYS * bridge(key, worked / month.workingDays, WOBBLE_NODES)) + surges.received(unit, month.startMs, inMonthMs);
    const stayed = perDay * WOBBLE_DAYS * bridge(mix(key, 1), worked / month.workingDays, WOBBLE_NODES) + surges.waiting(unit, inMonthMs) - waitingBefore;
    // Rounded up or down by a draw that holds for the month, so that sums over many small units come out right.
    received = Math.floor(came + draw(key, -1));
    resolved = Math.floor(came - stayed + draw(key, -2));
    waiting = Math.max(0, Math.ceil(perDay * backlogDays(unit) + waitingBefore) + 2 + received - resolved);
    return key;
  }
  const lateOf = (unit: number, key: number) => partOf(resolved, lateRatio[unit] ?? 0, draw(key, -3));

  return {
    'dossiers-received': (unit, atMs) => { count(unit, atMs); return received; },
    'dossiers-resolved': (unit, atMs) => { count(unit, atMs); return resolved; },
    'dossiers-on-time': (unit, atMs) => resolvedAfter(count(unit, atMs), unit),
    'dossiers-waiting': (unit, atMs) => { count(unit, atMs); return waiting; },
    'dossiers-overdue': (unit, atMs) => {
      count(unit, atMs);
      // Offices that resolve late hold overdue ones; a tenth of the late ratio more, because the hard ones stay.
      return partOf(waiting, Math.min(0.7, (lateRatio[unit] ?? 0) * 1.1), draw(flowSalt, (units.name[unit] ?? 0) + 1));
    },
    'one-stop-state': (unit, atMs) => (isClosed(mix(closureSalt, units.name[unit] ?? 0), atMs, CLOSURES_PER_DAY / units.locals.length) ? 0 : 1),
    'public-centre-state': publicCentre(world),
  };

  function resolvedAfter(key: number, unit: number): number {
    return resolved - lateOf(unit, key);
  }
}

function publicCentre(world: World): (unit: number) => number {
  const hasCentre = chooseProvinces(world, 'public-centre-state', PUBLIC_CENTRE_RATIO);
  return (unit) => (hasCentre.has(unit) ? 1 : 0);
}

/** Begins between 08:00 and 15:00 and lasts 20-90 minutes. */
function isClosed(key: number, atMs: number, chancePerDay: number): boolean {
  const day = localDay(atMs);
  const own = mix(key, day);
  if (draw(own, 1) >= chancePerDay) return false;
  const fromMs = localDayStartMs(day) + (8 + 7 * draw(own, 2)) * HOUR_MS;
  return atMs >= fromMs && atMs < fromMs + (20 + 70 * draw(own, 3)) * MINUTE_MS;
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
  const { seed, units, calendar } = world;
  function channel(what: string, fromRatio: number, toRatio: number, caMauPct?: number) {
    const salt = mix(seed, saltOf(what));
    return (unit: number, atMs: number) => {
      const ratio = caMauPct !== undefined && units.code[unit] === CA_MAU.code ? caMauPct / 100 : fromRatio + (toRatio - fromRatio) * draw(salt, units.name[unit] ?? 0);
      const month = calendar.monthAt(atMs);
      const worked = workedIn(month, atMs - PART_LAG_MS);
      const key = mix(mix(salt, units.name[unit] ?? 0), month.index);
      return Math.floor((daily[unit] ?? 0) * ratio * (worked + PART_WOBBLE_DAYS * bridge(key, worked / month.workingDays, WOBBLE_NODES)));
    };
  }
  const payments = channel('payments-total', 0.55, 0.75);
  const paidOnlineSalt = mix(seed, saltOf('payments-online'));
  return {
    'dossiers-online': channel('dossiers-online', 0.08, 0.4, CA_MAU.onlinePct),
    'dossiers-post-in': channel('dossiers-post-in', 0.03, 0.14, CA_MAU.postInPct),
    'dossiers-post-out': channel('dossiers-post-out', 0.04, 0.18, CA_MAU.postOutPct),
    'results-signed': channel('results-signed', 0.3, 0.8),
    'payments-total': payments,
    'payments-online': (unit, atMs) => partOf(payments(unit, atMs), 0.1 + 0.3 * draw(paidOnlineSalt, units.name[unit] ?? 0), 0.5),
  };
}
