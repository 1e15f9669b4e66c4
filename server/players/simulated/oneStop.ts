import { localDay, localDayStartMs, workedIn } from './calendar.ts';
import type { Models, World } from './model.ts';
import { bridge, draw, mix, partOf, saltOf } from './noise.ts';
import { chooseProvinces, spreadOverProvinces } from './provinceSpread.ts';
import { ON_TIME_PCT, PUBLIC_CENTRE_RATIO } from './reported.ts';
import type { SpreadClass } from './spread.ts';
import { createSurges } from './surges.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * A part (online, by post, signed) and its whole come from different feeds. The part's month turns over at midnight, the whole's ten
 * minutes later, so no share is above 100 % while one has turned over and the other has not ([SIM10]).
 */
const TURNOVER_MS = 10 * MINUTE_MS;

/** How far a counter may stray from its month's even course, in working days, and the steps in which it does. */
const WOBBLE_DAYS = 0.2;
const WOBBLE_NODES = 20;

const ON_TIME_CLASSES: readonly SpreadClass[] = [
  { shareRatio: 17 / 63, from: 97, to: 99 }, { shareRatio: 24 / 63, from: 95, to: 97 }, { shareRatio: 12 / 63, from: 93, to: 95 },
  { shareRatio: 7 / 63, from: 90, to: 93 }, { shareRatio: 3 / 63, from: 84, to: 89 },
];
/** About one office a day in the country closes for a while, in working hours. */
const CLOSURES_PER_DAY = 1.4;

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

export function createOneStopModels(world: World, daily: Float64Array): Models {
  const { seed, units, calendar, script } = world;
  const flowSalt = mix(seed, saltOf('dossier-flow'));
  const closureSalt = mix(seed, saltOf('one-stop-closure'));
  const lateRatio = lateRatios(world, daily);
  const surges = createSurges(world, daily);
  const backlogDays = (unit: number) => 3 + 5 * draw(flowSalt, units.name[unit] ?? 0);

  // Filled by `count`: four figures that are always wanted together, without an object per reading.
  let received = 0;
  let resolved = 0;
  let late = 0;
  let waiting = 0;
  function count(unit: number, atMs: number): void {
    const month = calendar.monthAt(atMs - TURNOVER_MS);
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
    late = partOf(resolved, lateRatio[unit] ?? 0, draw(key, -3));
    waiting = Math.max(0, Math.ceil(perDay * backlogDays(unit) + waitingBefore) + 2 + received - resolved);
  }

  return {
    'dossiers-received': (unit, atMs) => { count(unit, atMs); return received; },
    'dossiers-resolved': (unit, atMs) => { count(unit, atMs); return resolved; },
    'dossiers-on-time': (unit, atMs) => { count(unit, atMs); return resolved - late; },
    'dossiers-waiting': (unit, atMs) => { count(unit, atMs); return waiting; },
    'dossiers-overdue': (unit, atMs) => {
      count(unit, atMs);
      // Offices that resolve late hold overdue ones; a tenth of the late ratio more, because the hard ones stay.
      return partOf(waiting, Math.min(0.7, (lateRatio[unit] ?? 0) * 1.1), draw(flowSalt, (units.name[unit] ?? 0) + 1));
    },
    'one-stop-state': (unit, atMs) => (script.hasNaturalIncidentsAt(atMs) && isClosed(mix(closureSalt, units.name[unit] ?? 0), atMs, CLOSURES_PER_DAY / units.locals.length) ? 0 : 1),
    'public-centre-state': publicCentre(world),
  };
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
