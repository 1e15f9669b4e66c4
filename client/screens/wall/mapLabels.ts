import type { TFunction } from 'i18next';
import type { Locality } from '../../../shared/domain/locality.ts';
import { type Catalogue, displayName } from '../../catalogue/catalogue.ts';
import { formatAge, formatNumber } from '../../i18n/format.ts';
import type { MapSymbol } from '../../layers/buildSymbolLayers.ts';
import type { MapLabel } from '../../map/placeLabels.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { SYMBOL_SIZE_IN_B } from '../../theme/tokens.ts';
import type { WallClass } from '../../theme/wallScale.ts';
import { HUB_CODES } from './mapLinks.ts';
import { type ReadSeries, SCENE_INDICATORS } from './mapScene.ts';

const PRIORITY = { alarm: 0, silent: 10, extreme: 20, district: 30, hub: 40, neighbour: 50 } as const;
const SILENT_SHOWN = 5;
const EXTREMES_SHOWN = 5;

const isOnMap = ({ mark }: AttentionRow) => mark !== 'silent' && mark !== 'low';

/**
 * [ML1] One symbol a province, at the place itself when the alarm speaks of one place; levels 1-3 only. Silence is a state of the
 * area and gets no symbol. In the focus of a province: one a place, and none outside, where they would stand under the panels.
 */
export function sceneSymbols(rows: readonly AttentionRow[], catalogue: Catalogue, focusCode: string | null): MapSymbol[] {
  const symbolsById = new Map<string, MapSymbol>();
  const add = (id: string, atCode: string, { mark, isAcknowledged }: AttentionRow) => {
    const at = catalogue.locality(atCode);
    if (at !== undefined && mark !== 'silent' && !symbolsById.has(id)) symbolsById.set(id, { id, lngLat: at.lngLat, severity: mark, isAcknowledged });
  };
  for (const row of rows.filter(isOnMap)) {
    const [first] = row.alarms;
    if (focusCode !== null) {
      for (const { localityCode } of row.alarms) if (catalogue.provinceOf(localityCode)?.code === focusCode) add(localityCode, localityCode, row);
    } else if (row.unitCode !== undefined) add(row.unitCode, row.alarms.length === 1 ? first.localityCode : row.unitCode, row);
  }
  return [...symbolsById.values()];
}

interface OpenHigh {
  readonly catalogue: Catalogue;
  readonly read: ReadSeries;
  /** Places to look at. */
  readonly codes: readonly string[];
  /** Those that have a symbol of an alarm already. */
  readonly symbols: readonly MapSymbol[];
  /** What was open stays drawn as it was last known. */
  readonly isLinkLost: boolean;
}

/** [ML2] Places whose security centre counts open high alerts, most first. Feeds do not tell which of them were acknowledged, so none is drawn as such. */
export function openHighSymbols({ catalogue, read, codes, symbols, isLinkLost }: OpenHigh): MapSymbol[] {
  const marked = new Set(symbols.map(({ id }) => id));
  const open = codes.flatMap((code) => {
    const at = catalogue.locality(code);
    const found = read(code, 'alerts-high');
    const value = found?.reading.value ?? 0;
    return at === undefined || marked.has(code) || value <= 0 || (found?.freshness === 'dead' && !isLinkLost) ? [] : [{ at, value }];
  });
  return open.sort((a, b) => b.value - a.value || (a.at.code < b.at.code ? -1 : 1)).map(({ at }) => ({ id: at.code, lngLat: at.lngLat, severity: 'high', isAcknowledged: false }));
}

export interface LabelOptions {
  readonly catalogue: Catalogue;
  readonly read: ReadSeries;
  readonly scene: SceneId;
  readonly wallClass: WallClass;
  readonly focusCode: string | null;
  /** The province in focus is the wall's own: its districts are labelled as the country's provinces are. */
  readonly isRoot: boolean;
  /** Every figure is old then, so that ages of single provinces say nothing. */
  readonly isLinkLost: boolean;
  readonly symbols: readonly MapSymbol[];
  /** The symbol that stands before the scenes; `null`: none. */
  readonly emphasisId: string | null;
  readonly bPx: number;
  readonly nowMs: number;
  readonly t: TFunction;
}

/** Which of the label rules of UI.md §9 a class has room for: alarms, silent provinces, extremes, hubs. */
const RULES: Readonly<Record<WallClass, { readonly silent: boolean; readonly extremes: boolean; readonly hubs: boolean }>> = {
  full: { silent: true, extremes: true, hubs: true },
  regular: { silent: true, extremes: true, hubs: false },
  ultra: { silent: true, extremes: false, hubs: false },
  compact: { silent: false, extremes: false, hubs: false },
};

function symbolLabels({ catalogue, symbols, emphasisId, wallClass, bPx }: LabelOptions): MapLabel[] {
  return symbols.flatMap(({ id, lngLat, severity, isAcknowledged }, i): MapLabel[] => {
    const province = catalogue.locality(id);
    if (province === undefined) return [];
    const isNamed = wallClass !== 'compact' || (!isAcknowledged && severity !== 'unknown');
    return [{
      id: `alarm-${id}`, lngLat, lines: isNamed ? [displayName(province)] : [], priority: PRIORITY.alarm + i / 1_000, tone: 'strong',
      sizePx: bPx * 1.04, symbolRadiusPx: (bPx * SYMBOL_SIZE_IN_B[id === emphasisId ? 'preempt' : 'map']) / 2 * 1.14,
    }];
  });
}

function plain(province: Locality, id: string, lines: readonly string[], priority: number, tone: MapLabel['tone'], sizePx: number, symbolRadiusPx: number): MapLabel {
  return { id: `${id}-${province.code}`, lngLat: province.lngLat, lines, priority, tone, sizePx, symbolRadiusPx };
}

type Place = Pick<LabelOptions, 'catalogue' | 'focusCode' | 'isRoot'>;

/** What a scene names: the country's provinces, or the districts of the province whose wall this is. */
function unitsOf({ catalogue, focusCode, isRoot }: Place): readonly Locality[] {
  return isRoot && focusCode !== null ? catalogue.table.childrenOf(focusCode) : catalogue.provinces;
}

function unitIndicator({ scene, isRoot }: Pick<LabelOptions, 'scene' | 'isRoot'>): string | null {
  return SCENE_INDICATORS[scene][isRoot ? 'local' : 'province'];
}

/** Units whose figure is stale or dead, oldest first, with how long. */
function silentLabels({ read, scene, bPx, nowMs, t, ...options }: LabelOptions, named: ReadonlySet<string>): MapLabel[] {
  const indicatorId = unitIndicator({ scene, ...options });
  const silent = unitsOf(options).flatMap((province) => {
    const found = indicatorId === null ? undefined : read(province.code, indicatorId);
    if (named.has(province.code) || found?.reading.observedAtMs == null || (found.freshness !== 'stale' && found.freshness !== 'dead')) return [];
    return [{ province, state: found.freshness, ageMs: nowMs - found.reading.observedAtMs }];
  });
  return silent.sort((a, b) => b.ageMs - a.ageMs).slice(0, SILENT_SHOWN)
    .map(({ province, state, ageMs }) => plain(province, 'silent', [displayName(province), t(`map.${state}`, { age: formatAge(ageMs, t) })], PRIORITY.silent, 'muted', bPx, bPx * 0.1));
}

/** The lowest shares of the scene, with their value. */
function extremeLabels({ read, scene, bPx, ...place }: LabelOptions, named: ReadonlySet<string>): MapLabel[] {
  if (scene !== 'dossiers') return [];
  const indicatorId = SCENE_INDICATORS[scene].province;
  const shares = unitsOf(place).flatMap((province) => {
    const found = read(province.code, indicatorId);
    const isShown = found !== undefined && (found.freshness === 'fresh' || found.freshness === 'late') && !named.has(province.code);
    return isShown && found.reading.value !== null ? [{ province, value: found.reading.value }] : [];
  });
  return shares.sort((a, b) => a.value - b.value).slice(0, EXTREMES_SHOWN).map(({ province, value }, i) => (
    plain(province, 'extreme', [displayName(province), `${formatNumber(value, 1)}%`], PRIORITY.extreme + i, 'strong', bPx, bPx * 0.35)));
}

function focusLabels({ catalogue, focusCode, bPx, wallClass }: LabelOptions, named: ReadonlySet<string>): MapLabel[] {
  if (focusCode === null) return [];
  const districts = catalogue.table.childrenOf(focusCode).filter(({ code }) => !named.has(code)).map((district) => plain(district, 'district', [district.name], PRIORITY.district, 'plain', bPx * 0.9, bPx * 0.12)).map((label) => ({ ...label, isTight: true }));
  if (wallClass === 'compact') return districts;
  const others = catalogue.provinces.filter(({ code }) => code !== focusCode);
  return [...districts, ...others.map((province) => plain(province, 'neighbour', [displayName(province)], PRIORITY.neighbour, 'muted', bPx, 0))];
}

/** Labels of a scene, never all 63: open alarms, silent provinces, extremes, hubs; in a focus its districts and neighbours. */
export function sceneLabels(options: LabelOptions): MapLabel[] {
  const { catalogue, wallClass, bPx, scene, symbols, focusCode, isRoot, isLinkLost } = options;
  const alarms = symbolLabels(options);
  const named = new Set(symbols.map(({ id }) => id));
  if (focusCode !== null && !isRoot) return [...alarms, ...focusLabels(options, named)];
  const rules = RULES[wallClass];
  const silent = rules.silent && !isLinkLost ? silentLabels(options, named) : [];
  const extremes = rules.extremes && !isLinkLost ? extremeLabels(options, named) : [];
  if (focusCode !== null) {
    const said = new Set([...named, ...[...silent, ...extremes].map(({ id }) => id.slice(id.indexOf('-') + 1))]);
    return [...alarms, ...silent, ...extremes, ...focusLabels(options, said)];
  }
  const hubs = rules.hubs && scene === 'connectivity'
    ? HUB_CODES.filter((code) => !silent.some(({ id }) => id === `silent-${code}`)).flatMap((code) => catalogue.provinces.filter((province) => province.code === code)).map((hub) => plain(hub, 'hub', [displayName(hub)], PRIORITY.hub, 'muted', bPx, bPx * 0.25))
    : [];
  return [...alarms, ...silent, ...extremes, ...hubs];
}
