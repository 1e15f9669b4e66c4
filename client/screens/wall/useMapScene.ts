import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { createSeats, type Seats } from '../../layers/seats.ts';
import type { AreaLook } from '../../map/areaLook.ts';
import type { MapLabel } from '../../map/placeLabels.ts';
import type { MapSymbol } from '../../layers/buildSymbolLayers.ts';
import type { OverdueRing } from '../../layers/buildDossierLayers.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { useLink, useMirrorStore, useNow, useVersion } from '../../store/mirrorHooks.tsx';
import { selectReading, shownFreshness } from '../../store/selectReading.ts';
import { THEMES } from '../../theme/tokens.ts';
import type { WallScale } from '../../theme/wallScale.ts';
import { openHighSymbols, sceneLabels, sceneSymbols } from './mapLabels.ts';
import { type ReadSeries, sceneAreas, sceneSeats } from './mapScene.ts';

const colors = THEMES.dark;

export interface MapScene {
  readonly areas: ReadonlyMap<string, AreaLook>;
  readonly labels: readonly MapLabel[];
  readonly seats: Seats;
  readonly symbols: readonly MapSymbol[];
  readonly rings: readonly OverdueRing[];
}

/** A reader of series at this moment; a new one a second, because freshness moves with time. */
export function useReadSeries(): ReadSeries {
  const store = useMirrorStore();
  const version = useVersion();
  const { dataNowMs } = useNow();
  const link = useLink().state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings live in the store; `version` says when they changed.
  return useMemo(() => (localityCode, indicatorId) => {
    const index = store.table.indexOf(localityCode, indicatorId);
    const indicator = index === undefined ? undefined : store.table.series[index]?.indicator;
    if (index === undefined || indicator === undefined) return undefined;
    const reading = selectReading(store, index);
    return { reading, freshness: shownFreshness(reading, indicator, dataNowMs, link) };
  }, [store, version, dataNowMs, link]);
}

const LINK_STATE = 'tslcd-link-state';

/** One a local unit. The same object while none changes its state. */
function useSeats(): Seats {
  const store = useMirrorStore();
  const version = useVersion();
  const { dataNowMs } = useNow();
  const link = useLink().state;
  const { locals, indicator } = useCatalogue();
  const noneKnown = useMemo(() => createSeats(locals), [locals]);
  const seriesIndices = useMemo(() => Int32Array.from(locals, ({ code }) => store.table.indexOf(code, LINK_STATE) ?? -1), [locals, store]);
  const limits = indicator(LINK_STATE);
  const held = useRef(noneKnown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings live in the store; `version` says when they changed.
  held.current = useMemo(() => {
    const before = held.current.codes === noneKnown.codes ? held.current : noneKnown;
    return limits === undefined ? noneKnown : sceneSeats(before, { seriesIndices, columns: store.columns, limits, dataNowMs, link });
  }, [noneKnown, seriesIndices, limits, store, version, dataNowMs, link]);
  return held.current;
}

function useSame<T>(next: readonly T[], isSame: (a: T, b: T) => boolean): readonly T[] {
  const held = useRef(next);
  const unchanged = held.current.length === next.length && next.every((item, i) => { const before = held.current[i]; return before !== undefined && isSame(before, item); });
  if (!unchanged) held.current = next;
  return held.current;
}

const isSameLabel = (a: MapLabel, b: MapLabel) => a.id === b.id && a.sizePx === b.sizePx && a.lines.join('\n') === b.lines.join('\n') && a.lngLat === b.lngLat;
const isSameSymbol = (a: MapSymbol, b: MapSymbol) => a.id === b.id && a.severity === b.severity && a.isAcknowledged === b.isAcknowledged && a.lngLat === b.lngLat;
const isSameRing = (a: OverdueRing, b: OverdueRing) => a.code === b.code && a.overdue === b.overdue;

/** What the map shows of a scene now. Every part keeps its identity while it is unchanged, so that the map redraws only on news. */
export function useMapScene(scene: SceneId, rows: readonly AttentionRow[], focusCode: string | null, emphasisId: string | null, scale: WallScale): MapScene {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const { units, isNation } = useRoot();
  const read = useReadSeries();
  const { dataNowMs } = useNow();
  const isLinkLost = useLink().state === 'lost';
  const areas = useMemo(() => sceneAreas({ catalogue, read, scene, colors, focusCode, isLinkLost }), [catalogue, read, scene, focusCode, isLinkLost]);
  const seats = useSeats();
  const symbols = useSame(useMemo(() => {
    const ofAlarms = sceneSymbols(rows, catalogue, focusCode);
    const codes = focusCode === null ? units.map(({ code }) => code) : [focusCode];
    return scene === 'security' ? [...ofAlarms, ...openHighSymbols({ catalogue, read, codes, symbols: ofAlarms, isLinkLost })] : ofAlarms;
  }, [rows, catalogue, focusCode, units, scene, read, isLinkLost]), isSameSymbol);
  const labels = useSame(useMemo(
    () => sceneLabels({ catalogue, read, scene, wallClass: scale.wallClass, focusCode, isRoot: !isNation, isLinkLost, symbols, emphasisId, bPx: scale.bPx, nowMs: dataNowMs, t }),
    [catalogue, read, scene, scale, focusCode, isNation, isLinkLost, symbols, emphasisId, dataNowMs, t]), isSameLabel);
  const rings = useSame(useMemo(() => units.flatMap(({ code, lngLat }): OverdueRing[] => {
    const found = read(code, 'dossiers-overdue');
    return found === undefined || found.freshness === 'dead' || found.reading.value === null ? [] : [{ code, lngLat, overdue: found.reading.value }];
  }), [units, read]), isSameRing);
  return { areas, labels, seats, symbols, rings };
}
