import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { MapSymbol } from '../../layers/buildSymbolLayers.ts';
import { type AreaLook, toAreaLook } from '../../map/areaLook.ts';
import type { MapLabel } from '../../map/placeLabels.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import type { ThemeColors } from '../../theme/tokens.ts';
import { rampClassOf } from './districtScale.ts';
import { comparableValue, type LocalRow } from './localRows.ts';

export const LABEL_PX = 14;
export const SYMBOL_PX = 26;
const PRIORITY = { unit: 0, neighbour: 1_000 } as const;

/** The province's cells by class and state, every other province in the quiet tone of a neighbour. */
export function provinceAreas(catalogue: Catalogue, provinceCode: string, rows: readonly LocalRow[], indicator: Indicator | undefined, colors: ThemeColors): ReadonlyMap<string, AreaLook> {
  const areas = new Map<string, AreaLook>();
  for (const { code } of catalogue.provinces) areas.set(code, { fill: code === provinceCode ? colors.land : colors.neighbour, hatch: 'none' });
  for (const { code } of catalogue.table.childrenOf(provinceCode)) areas.set(code, { fill: colors.land, hatch: 'none' });
  if (indicator === undefined) return areas;
  for (const { locality, reading, freshness } of rows) {
    areas.set(locality.code, toAreaLook(rampClassOf(indicator, reading.value), freshness, reading.provenance, colors));
  }
  return areas;
}

function valueLine(row: LocalRow, indicator: Indicator, language: Language): string {
  const value = comparableValue(row);
  if (value === null) return '—';
  const state = indicator.states.find((candidate) => candidate.value === value);
  return state === undefined ? formatNumber(value, indicator.unit.vi === '%' && value === 100 ? 0 : indicator.decimals) : state.name[language];
}

interface LabelOptions {
  readonly catalogue: Catalogue;
  readonly provinceCode: string;
  readonly rows: readonly LocalRow[];
  readonly indicator: Indicator | undefined;
  readonly symbols: readonly MapSymbol[];
  readonly language: Language;
  /** Where a unit's name stands; the unit's own position where there is none. */
  readonly centres: ReadonlyMap<string, readonly [number, number]>;
}

/** Name and value of every cell, and the names of the provinces around. Communes are points too dense to name. */
export function provinceLabels({ catalogue, provinceCode, rows, indicator, symbols, language, centres }: LabelOptions): MapLabel[] {
  const marked = new Set(symbols.map(({ id }) => id));
  const rowsByCode = new Map<string, LocalRow>(rows.map((row) => [row.locality.code, row]));
  const cells = catalogue.table.childrenOf(provinceCode).filter(({ geometry }) => geometry === 'cell');
  const units = cells.map(({ code, name, lngLat }, i): MapLabel => {
    const row = rowsByCode.get(code);
    return {
      id: code, lngLat: marked.has(code) ? lngLat : (centres.get(code) ?? lngLat), lines: row === undefined || indicator === undefined ? [name] : [name, valueLine(row, indicator, language)],
      priority: PRIORITY.unit + i, tone: 'strong', sizePx: LABEL_PX, symbolRadiusPx: marked.has(code) ? SYMBOL_PX * 0.6 : 0, isCentred: !marked.has(code),
    };
  });
  const neighbours = catalogue.provinces.filter(({ code }) => code !== provinceCode).map(({ code, name, lngLat }): MapLabel => (
    { id: code, lngLat, lines: [name], priority: PRIORITY.neighbour, tone: 'muted', sizePx: LABEL_PX, symbolRadiusPx: 0, isCentred: true }));
  return [...units, ...neighbours];
}

/** One symbol a place: the worst open alarm of each district, and of the province itself. Silence has no symbol. */
export function provinceSymbols(rows: readonly AttentionRow[], catalogue: Catalogue, provinceCode: string): MapSymbol[] {
  const symbols = new Map<string, MapSymbol>();
  for (const row of rows) {
    if (row.mark === 'silent' || row.unitCode !== provinceCode) continue;
    for (const { localityCode, severity, state } of row.alarms) {
      const at = catalogue.locality(localityCode);
      if (at === undefined || symbols.has(localityCode)) continue;
      symbols.set(localityCode, { id: localityCode, lngLat: at.lngLat, severity, isAcknowledged: state === 'ACKED' });
    }
  }
  return [...symbols.values()];
}
