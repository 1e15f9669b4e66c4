import { busyRatio, DAY_MS, localDay, localDayStartMs, officeDayDone, weekdayWeight, workedIn } from './calendar.ts';
import type { Models, World } from './model.ts';
import { bridge, draw, mix, partOf, saltOf, smoothNoise } from './noise.ts';
import { type OccurrenceRule, ongoingSinceMs } from './occurrence.ts';
import { BAC_KAN, DOCUMENT_SOFTWARE_UNITS, DOCUMENTS_PER_WORKING_DAY, ELECTRONIC_DOCUMENTS_PCT, LGSP_RATIO, MEETING_UNITS, NDXP_PER_DAY, NDXP_SINCE_MS } from './reported.ts';
import { chooseProvinces, spreadOverProvinces } from './provinceSpread.ts';
import type { SpreadClass } from './spread.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const LINK_LOST = 0;
const LINK_NOT_YET = 1;
const LINK_UP = 2;

/** About one a day in the country for each platform. */
const PLATFORM_OUTAGE: OccurrenceRule = { bucketMs: 24 * HOUR_MS, chanceRatio: 0.015, minMs: 10 * MINUTE_MS, maxMs: 90 * MINUTE_MS };

const ELECTRONIC_CLASSES: readonly SpreadClass[] = [
  { shareRatio: 9 / 63, from: 95, to: 98.5 }, { shareRatio: 20 / 63, from: 90, to: 95 }, { shareRatio: 20 / 63, from: 85, to: 90 },
  { shareRatio: 10 / 63, from: 80, to: 85 }, { shareRatio: 4 / 63, from: 72, to: 80 },
];
const MEETING_ROOM_CLASSES: readonly SpreadClass[] = [
  { shareRatio: 12 / 63, from: 100, to: 100 }, { shareRatio: 18 / 63, from: 95, to: 99.9 }, { shareRatio: 18 / 63, from: 90, to: 95 },
  { shareRatio: 11 / 63, from: 80, to: 90 }, { shareRatio: 4 / 63, from: 65, to: 80 },
];
/** Not reported nationally; one province's documents have all districts and about half of the communes. */
const MEETING_ROOM_PCT = 93;

/** A working week's days as a part of seven: the reported daily average counts every day. */
const WEEK_WEIGHT = (5 + 0.15 + 0.02) / 7;

export function createConnectivityModels(world: World): Models {
  return { ...linkModels(world), ...meetingModels(world), ...exchangeModels(world), ...platformModels(world) };
}

function linkModels({ seed, units, isConnected, cuts }: World): Models {
  const latencySalt = mix(seed, saltOf('tslcd-latency'));
  const lossSalt = mix(seed, saltOf('tslcd-loss'));
  return {
    'tslcd-link-state': (unit, atMs) => {
      if (!isConnected(unit)) return LINK_NOT_YET;
      return cuts.isCut(unit, atMs) ? LINK_LOST : LINK_UP;
    },
    'tslcd-latency': (unit, atMs) => {
      if (!isConnected(unit) || cuts.isCut(unit, atMs)) return Number.NaN;
      const key = mix(latencySalt, units.name[unit] ?? 0);
      const remote = units.remoteRatio[unit] ?? 0;
      // Fibre takes 0.01 ms a km both ways; relays on the way to a far seat take the rest.
      const quietMs = 4 + 0.02 * (units.hubKm[unit] ?? 0) + 28 * remote * remote * (0.5 + draw(key, 0));
      return quietMs * (1 + 0.35 * busyRatio(atMs) + 0.1 * smoothNoise(key, atMs, 5 * MINUTE_MS));
    },
    'tslcd-loss': (unit, atMs) => {
      if (!isConnected(unit)) return Number.NaN;
      if (cuts.isCut(unit, atMs)) return 100;
      const key = mix(lossSalt, units.name[unit] ?? 0);
      const spike = (smoothNoise(key, atMs, 10 * MINUTE_MS) + 1) / 2;
      return 0.02 + 0.2 * (units.remoteRatio[unit] ?? 0) * (0.4 + busyRatio(atMs)) + 0.7 * spike ** 16;
    },
  };
}

function meetingModels(world: World): Models {
  const { seed, units, cuts } = world;
  const salt = mix(seed, saltOf('meeting-units'));
  const meanUnits = MEETING_UNITS / Math.max(1, units.locals.length);
  const needed = (unit: number) => Math.max(1, Math.round(meanUnits * (0.6 + 0.8 * draw(salt, units.name[unit] ?? 0))));
  const sharePct = spreadOverProvinces(world, 'meeting-rooms', (province) => units.localsOf(province).reduce((sum, unit) => sum + needed(unit), 0), MEETING_ROOM_CLASSES, MEETING_ROOM_PCT);
  return {
    'meeting-units': needed,
    // Rooms run over the dedicated network and go with it.
    'meeting-rooms': (unit, atMs) => (cuts.isCut(unit, atMs) ? 0 : partOf(needed(unit), (sharePct[units.provinceOf[unit] ?? unit] ?? 0) / 100, draw(salt, (units.name[unit] ?? 0) + 1))),
  };
}

function exchangeModels(world: World): Models {
  const { seed, units, calendar } = world;
  const members = (province: number) => units.localsOf(province).length;
  const allMembers = Math.max(1, units.locals.length);
  const hasPlatform = chooseProvinces(world, 'lgsp-state', LGSP_RATIO);
  const membersWithPlatform = units.provinces.reduce((sum, province) => sum + (hasPlatform.has(province) ? members(province) : 0), 0);
  const ndxpSalt = mix(seed, saltOf('ndxp-transactions'));
  const transactions = (unit: number, atMs: number) => {
    if (!hasPlatform.has(unit)) return 0;
    const day = localDay(atMs);
    const key = mix(ndxpSalt, units.name[unit] ?? 0);
    const ofDay = ((NDXP_PER_DAY / WEEK_WEIGHT) * members(unit) / membersWithPlatform) * weekdayWeight(localDayStartMs(day)) * (0.85 + 0.3 * draw(key, day));
    const done = officeDayDone(atMs);
    return Math.floor(ofDay * (done + 0.05 * bridge(mix(key, day), done, 8)));
  };
  const documentSalt = mix(seed, saltOf('documents-total'));
  const documents = (unit: number, atMs: number) => {
    const month = calendar.monthAt(atMs);
    const worked = workedIn(month, atMs);
    const key = mix(mix(documentSalt, units.name[unit] ?? 0), month.index);
    return Math.floor(((DOCUMENTS_PER_WORKING_DAY * members(unit)) / allMembers) * (worked + 0.2 * bridge(key, worked / month.workingDays, 20)));
  };
  const electronicPct = spreadOverProvinces(world, 'documents-electronic', members, ELECTRONIC_CLASSES, ELECTRONIC_DOCUMENTS_PCT);
  const softwareSalt = mix(seed, saltOf('document-software-units'));
  return {
    'lgsp-state': (unit) => (hasPlatform.has(unit) ? 1 : 0),
    'ndxp-transactions': transactions,
    'ndxp-errors': (unit, atMs) => partOf(transactions(unit, atMs), 0.003 + 0.012 * draw(ndxpSalt, units.name[unit] ?? 0), draw(ndxpSalt, localDay(atMs) + (units.name[unit] ?? 0))),
    'ndxp-transactions-total': (_, atMs) => (NDXP_PER_DAY * (atMs - NDXP_SINCE_MS)) / DAY_MS,
    'ndxp-transactions-daily': () => NDXP_PER_DAY,
    'documents-total': documents,
    'documents-electronic': (unit, atMs) => partOf(documents(unit, atMs), (electronicPct[unit] ?? 0) / 100, 0.5),
    'document-software-units': (unit) => (units.code[unit] === BAC_KAN.code
      ? BAC_KAN.documentSoftwareUnits
      : Math.round(((DOCUMENT_SOFTWARE_UNITS * members(unit)) / allMembers) * (0.8 + 0.4 * draw(softwareSalt, units.name[unit] ?? 0)))),
  };
}

function platformModels({ seed, units, script }: World): Models {
  const axisSalt = mix(seed, saltOf('axis-state'));
  const portalSalt = mix(seed, saltOf('portal-state'));
  const downSinceMs = (salt: number, unit: number, atMs: number) => (script.hasNaturalIncidentsAt(atMs) ? ongoingSinceMs(mix(salt, units.name[unit] ?? 0), atMs, PLATFORM_OUTAGE) : Number.NaN);
  return {
    'axis-state': (unit, atMs) => (Number.isNaN(downSinceMs(axisSalt, unit, atMs)) ? 1 : 0),
    'portal-state': (unit, atMs) => (Number.isNaN(downSinceMs(portalSalt, unit, atMs)) ? 1 : 0),
    'portal-sync-lag': (unit, atMs) => {
      const key = mix(portalSalt, units.name[unit] ?? 0);
      const usualSec = (40 + 240 * draw(key, 11)) * (1 + 0.4 * busyRatio(atMs) + 0.3 * smoothNoise(key, atMs, 20 * MINUTE_MS));
      const sinceMs = downSinceMs(portalSalt, unit, atMs);
      return Number.isNaN(sinceMs) ? usualSec : usualSec + (atMs - sinceMs) / 1000;
    },
  };
}
