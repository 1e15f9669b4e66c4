import type { Locality } from '../../../shared/domain/locality.ts';
import { SEVERITIES, type Severity } from '../../../shared/domain/severity.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { RootLocality } from '../../catalogue/RootLocality.tsx';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { drawnFreshness } from '../../store/selectReading.ts';
import { type ReadSeries, SCENE_INDICATORS } from './mapScene.ts';

export interface TableRow {
  readonly locality: Locality;
  /** Worst open alarm of the scene there; `null`: none. */
  readonly mark: Severity | null;
  readonly isAcknowledged: boolean;
}

export interface MapTableRows {
  readonly indicatorId: string;
  /** Worst first. */
  readonly rows: readonly TableRow[];
}

interface MapTableOptions {
  readonly catalogue: Catalogue;
  readonly root: RootLocality;
  readonly read: ReadSeries;
  readonly scene: SceneId;
  /** `null`: the whole country. */
  readonly focusCode: string | null;
  readonly attention: readonly AttentionRow[];
}

/** The map of this scene speaks through its symbols, so the table counts what they stand for. */
const SECURITY_INDICATOR = 'alerts-open';

/** What the map would show: the districts of the province in focus where the scene has figures of districts, else provinces, and on the wall of a province itself alone. */
function subjectOf({ catalogue, root, scene, focusCode }: MapTableOptions): { readonly indicatorId: string; readonly localities: readonly Locality[]; readonly isLocal: boolean } {
  const { province, local } = SCENE_INDICATORS[scene];
  const children = focusCode === null || local === null ? [] : catalogue.table.childrenOf(focusCode);
  if (local !== null && children.length > 0) return { indicatorId: local, localities: children, isLocal: true };
  return { indicatorId: scene === 'security' ? SECURITY_INDICATOR : province, localities: root.isNation ? root.units : [root.locality], isLocal: false };
}

type Alarmed = Pick<TableRow, 'mark' | 'isAcknowledged'>;
const QUIET: Alarmed = { mark: null, isAcknowledged: false };

function alarmRank({ mark, isAcknowledged }: Alarmed): number {
  return mark === null ? SEVERITIES.length * 2 : SEVERITIES.indexOf(mark) * 2 + Number(isAcknowledged);
}

/** Silence is no alarm; it shows in the figure itself. */
function alarmsByCode(attention: readonly AttentionRow[], root: RootLocality, isLocal: boolean): Map<string, Alarmed> {
  const byCode = new Map<string, Alarmed>();
  for (const { mark, isAcknowledged, unitCode, alarms } of attention) {
    if (mark === 'silent') continue;
    const codes = isLocal ? alarms.map(({ localityCode }) => localityCode as string) : root.isNation ? [unitCode ?? root.code] : [root.code];
    for (const code of codes) {
      if (alarmRank({ mark, isAcknowledged }) < alarmRank(byCode.get(code) ?? QUIET)) byCode.set(code, { mark, isAcknowledged });
    }
  }
  return byCode;
}

/** [GP5] Open alarms first, then what nobody knows, then the worst figure. Pure. */
export function mapTableRows(options: MapTableOptions): MapTableRows {
  const { indicatorId, localities, isLocal } = subjectOf(options);
  const alarmed = alarmsByCode(options.attention, options.root, isLocal);
  const sign = options.catalogue.indicator(indicatorId)?.direction === 'lower-is-better' ? -1 : 1;
  const ranked = localities.map((locality) => {
    const found = options.read(locality.code, indicatorId);
    const freshness = found === undefined ? 'never' : drawnFreshness(found.reading, found.freshness);
    const isKnown = found !== undefined && freshness !== 'dead' && freshness !== 'never' && found.reading.value !== null;
    return { row: { locality, ...(alarmed.get(locality.code) ?? QUIET) }, rank: isKnown ? (found.reading.value ?? 0) * sign : Number.NEGATIVE_INFINITY };
  });
  ranked.sort((a, b) => alarmRank(a.row) - alarmRank(b.row) || (a.rank === b.rank ? 0 : a.rank - b.rank) || a.row.locality.name.localeCompare(b.row.locality.name, 'vi'));
  return { indicatorId, rows: ranked.map(({ row }) => row) };
}

export interface TableFit {
  readonly columns: number;
  readonly perColumn: number;
  /** Room for one line of words only as long as half a wide one. */
  readonly isNarrow: boolean;
}

/** Heights of title, reason and what is counted together; of a line of the foot; of a row. Widths of a column and between two. In B. */
const HEAD_B = 4.6;
const FOOT_LINE_B = 1.25;
const ROW_B = 1.28;
const COLUMN_B = 14.2;
const COLUMN_GAP_B = 1;
/** Both archipelagos and the sea stand in one line from this width on. */
const WIDE_B = 28;

/** How many rows stand in a place of this size at full text size; never none. */
export function mapTableFit(widthPx: number, heightPx: number, bPx: number): TableFit {
  const isNarrow = widthPx / bPx < WIDE_B;
  return {
    columns: Math.max(1, Math.floor((widthPx / bPx + COLUMN_GAP_B) / (COLUMN_B + COLUMN_GAP_B))),
    perColumn: Math.max(1, Math.floor((heightPx / bPx - HEAD_B - FOOT_LINE_B * (isNarrow ? 2 : 1)) / ROW_B)),
    isNarrow,
  };
}
