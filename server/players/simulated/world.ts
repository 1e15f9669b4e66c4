import type { SeriesTable } from '../../../shared/domain/seriesTable.ts';
import { createAttacks } from './attacks.ts';
import { createCalendar } from './calendar.ts';
import { createConnectivityModels } from './connectivity.ts';
import { createDossierModels } from './dossiers.ts';
import { createLinkCuts } from './linkCuts.ts';
import type { Models, World } from './model.ts';
import { createNationModels } from './nation.ts';
import { mix, saltOf } from './noise.ts';
import { UNCONNECTED_RATIO } from './reported.ts';
import type { Scenario } from './scenario.ts';
import { createScript } from './script.ts';
import { createSecurityModels } from './security.ts';
import { shuffled } from './spread.ts';
import { buildUnits, type Units } from './units.ts';

/** Units without a link are drawn from this part of all, the most remote one. */
const REMOTE_POOL_RATIO = 0.25;

/** @throws Error when the scenario does not fit the table's edition. */
export function createWorld(options: { readonly table: SeriesTable; readonly seed: number; readonly startMs: number; readonly scenario: Scenario | undefined }): World {
  const units = buildUnits(options.table);
  const seed = mix(options.seed | 0, saltOf('world'));
  const unconnected = chooseUnconnected(seed, units);
  const isConnected = (unit: number) => !unconnected.has(unit);
  const script = createScript(units, isConnected);
  if (options.scenario !== undefined) script.lay(options.scenario, options.startMs, Number.POSITIVE_INFINITY);
  return {
    seed, units, script, isConnected,
    calendar: createCalendar(),
    cuts: createLinkCuts(seed, units, script, isConnected),
    attacks: createAttacks(seed, units, script),
  };
}

export function createModels(world: World): Models {
  return { ...createConnectivityModels(world), ...createSecurityModels(world), ...createDossierModels(world), ...createNationModels(world) };
}

function chooseUnconnected(seed: number, units: Units): ReadonlySet<number> {
  const remotest = units.locals.toSorted((a, b) => (units.remoteRatio[b] ?? 0) - (units.remoteRatio[a] ?? 0) || a - b);
  const pool = remotest.slice(0, Math.ceil(remotest.length * REMOTE_POOL_RATIO));
  const count = Math.round(units.locals.length * UNCONNECTED_RATIO);
  return new Set(shuffled(mix(seed, saltOf('unconnected')), pool, (unit) => units.name[unit] ?? 0).slice(0, count));
}
