import type { Freshness, FreshnessLimits } from '../../../shared/domain/freshness.ts';
import type { ReadingColumns } from '../../../shared/domain/readingColumns.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { SEAT, type Seats, type SeatState, withStates } from '../../layers/seats.ts';
import { type AreaLook, classOf, mixColors, toAreaLook } from '../../map/areaLook.ts';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import type { LinkStatus } from '../../store/mirrorState.ts';
import { drawnFreshness, type Reading, shownFreshnessAt } from '../../store/selectReading.ts';
import { DISCONNECTED, type ThemeColors } from '../../theme/tokens.ts';

/** One series as the map needs it: the reading and how fresh it may look now. `undefined`: no such series. */
export type ReadSeries = (localityCode: string, indicatorId: string) => { readonly reading: Reading; readonly freshness: Freshness } | undefined;

/** The indicator that colours provinces, and the one that colours the districts of a province in focus. */
export const SCENE_INDICATORS: Readonly<Record<SceneId, { readonly province: string; readonly local: string | null }>> = {
  connectivity: { province: 'tslcd-share', local: 'tslcd-link-state' },
  security: { province: 'soc-state', local: null },
  dossiers: { province: 'dossiers-on-time-share', local: 'dossiers-on-time-share' },
};

export interface AreaOptions {
  readonly catalogue: Catalogue;
  readonly read: ReadSeries;
  readonly scene: SceneId;
  readonly colors: ThemeColors;
  /** `null`: the whole country. */
  readonly focusCode: string | null;
  readonly isLinkLost: boolean;
}

/** Class of a district by the state of its link: connected, not yet, lost. */
export const LINK_CLASS: Readonly<Record<number, number>> = { 2: 0, 1: 2, 0: 4 };

function unitLook(code: string, indicatorId: string, { catalogue, read, colors, scene }: AreaOptions): AreaLook {
  const indicator = catalogue.indicator(indicatorId);
  const found = read(code, indicatorId);
  if (indicator === undefined || found === undefined) return toAreaLook(null, 'never', null, colors);
  const { reading } = found;
  const freshness = drawnFreshness(reading, found.freshness);
  // Quiet land: security colours provinces by their symbols only; a province without a SOC carries the dots of "never".
  if (scene === 'security' && freshness !== 'dead' && reading.value === 0) return { fill: mixColors(colors.land, colors.sea, 0.5), hatch: 'never' };
  const classIndex = indicatorId === 'tslcd-link-state' ? (LINK_CLASS[reading.value ?? -1] ?? null) : classOf(reading.value, indicator.bands, indicator.direction);
  return toAreaLook(classIndex, freshness, reading.provenance, colors);
}

/** The look of every province, and of the districts of the province in focus. Pure. */
export function sceneAreas(options: AreaOptions): Map<string, AreaLook> {
  const { catalogue, scene, colors, focusCode, isLinkLost } = options;
  const areas = new Map<string, AreaLook>();
  const { province, local } = SCENE_INDICATORS[scene];
  for (const { code } of catalogue.provinces) {
    if (isLinkLost) areas.set(code, { fill: DISCONNECTED.land, hatch: 'none' });
    else if (focusCode !== null && code !== focusCode) areas.set(code, { fill: colors.focusNeighbour, hatch: 'none' });
    else areas.set(code, unitLook(code, province, options));
  }
  if (focusCode === null) return areas;
  for (const { code } of catalogue.table.childrenOf(focusCode)) {
    const look = local === null ? { fill: colors.focusFill, hatch: 'none' as const } : unitLook(code, local, options);
    // The best class of a cell is the focus tone, so that the province in focus stands out from its neighbours.
    areas.set(code, isLinkLost ? { fill: DISCONNECTED.land, hatch: 'none' } : look.fill === colors.ramp[0] ? { ...look, fill: colors.focusFill } : look);
  }
  return areas;
}

/** The series `tslcd-link-state` of every seat, where the mirror holds it, and what makes it old. */
export interface SeatReadings {
  /** One a seat; -1: it has none. */
  readonly seriesIndices: Int32Array;
  readonly columns: ReadingColumns;
  readonly limits: FreshnessLimits;
  readonly dataNowMs: number;
  readonly link: LinkStatus['state'];
}

/** What was lost stays lost until someone says otherwise or nobody has spoken for long; what was well is not known to be so any more. */
function seatStateAt({ seriesIndices, columns, limits, dataNowMs, link }: SeatReadings, at: number): SeatState {
  const index = seriesIndices[at] ?? -1;
  const value = columns.value[index] ?? Number.NaN;
  if (Number.isNaN(value)) return SEAT.unknown;
  const freshness = shownFreshnessAt(columns, index, limits, dataNowMs, link);
  if (freshness === 'dead') return SEAT.unknown;
  if (value === 0) return SEAT.lost;
  if (freshness === 'stale') return SEAT.unknown;
  return value >= 2 ? SEAT.connected : SEAT.notConnected;
}

/** One seat a local unit, with the state of its link. Returns `held` itself when no state changed. */
export function sceneSeats(held: Seats, readings: SeatReadings): Seats {
  return withStates(held, (at) => seatStateAt(readings, at));
}
