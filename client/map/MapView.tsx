import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import type { Layer } from '@deck.gl/core';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditionId } from '../../shared/domain/ids.ts';
import type { IconAtlas } from '../layers/severityAtlas.ts';
import { drawSeverityAtlas } from '../layers/severityAtlas.ts';
import { loadCanvasFonts } from '../theme/fonts.ts';
import { MOTION, THEMES, type ThemeName } from '../theme/tokens.ts';
import type { AreaLook } from './areaLook.ts';
import { type Bounds, NATION_BOUNDS } from './archipelagos.ts';
import type { MapHandle } from './createMap.ts';
import { drawLabels, type Mark } from './drawLabels.ts';
import type { Geography } from './geography.ts';
import { loadGeography } from './loadGeography.ts';
import type { MapHealth } from './mapHealth.ts';
import { standsIn } from './mapLife.ts';
import { createTextMeasure } from './measureText.ts';
import { drawingSizes, type PageSize } from './drawingSizes.ts';
import { MapWords } from './MapWords.tsx';
import { type Camera, cameraFor, type PaddingPx } from './mercator.ts';
import { OutlineMap } from './OutlineMap.tsx';
import type { MapLabel, Rect } from './placeLabels.ts';
import { NO_FOCUS } from './style.ts';
import { useMap } from './useMap.ts';

export type MapTarget = { readonly kind: 'nation' } | { readonly kind: 'province'; readonly code: string; readonly bounds: Bounds };

export interface MapViewProps {
  readonly edition: EditionId;
  readonly theme: ThemeName;
  /** Smallest operational text in CSS px; the names of the sea and the archipelagos are at most this large. */
  readonly scalePx: number;
  readonly view: MapTarget;
  /** What stands over the map on each side. Keep its identity while unchanged, as with everything below. */
  readonly padding: PaddingPx;
  /** The padding of the whole country's view, from which line widths follow; `padding` when absent. Changing it makes a new map. */
  readonly homePadding?: PaddingPx;
  /** Free room right of the country for the archipelagos' names, CSS px. */
  readonly nameRoomPx?: number;
  readonly areas: ReadonlyMap<string, AreaLook>;
  readonly labels: readonly MapLabel[];
  /** Marks of the overlay that no label may cover. */
  readonly marks?: readonly Mark[];
  /** What stands over the map besides its margins, CSS px: no label goes under it. */
  readonly covered?: readonly Rect[];
  readonly buildLayers: (atlas: IconAtlas) => readonly Layer[];
  readonly isMotionOn: boolean;
  readonly interaction?: 'none' | 'touch';
  readonly onSelect?: (code: string) => void;
  /** A label was pressed. */
  readonly onWord?: (id: string) => void;
  /** Stands in for a map that cannot be drawn; the outline does when absent. */
  readonly table?: ReactNode;
  /** Called when the map is lost or is back, and about twice a second while it draws. Keep its identity. */
  readonly onHealth?: (health: MapHealth) => void;
}

const NO_MARKS: readonly Mark[] = [];
const NO_RECTS: readonly Rect[] = [];

const ATLAS_ICON_PX = 256;
/** Nobody reloads a wall, so a map file that did not come is asked for again. */
const LOAD_AGAIN_MS = 10_000;

function useSize(element: HTMLElement | null): PageSize | undefined {
  const [size, setSize] = useState<PageSize>();
  useEffect(() => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      // A hidden container measures nothing; what it measured before still holds.
      if (element.clientWidth > 0 && element.clientHeight > 0) setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

function useGeography(edition: EditionId): Geography | 'failed' | undefined {
  const [geography, setGeography] = useState<Geography | 'failed'>();
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      // Text on a canvas is never redrawn when a font arrives late, so fonts come first.
      Promise.all([loadGeography(edition), loadCanvasFonts(document.fonts)]).then(
        ([loaded]) => { if (isCurrent) setGeography(loaded); },
        () => {
          if (!isCurrent) return;
          setGeography('failed');
          timer = setTimeout(load, LOAD_AGAIN_MS);
        },
      );
    };
    load();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [edition]);
  return geography;
}

/** Says on the page itself that what stands in the map's place is complete: pictures and tests wait for it. */
function useReadyMark(isReady: boolean): void {
  useEffect(() => {
    if (isReady) document.documentElement.dataset.mapReady = 'true';
    else delete document.documentElement.dataset.mapReady;
  }, [isReady]);
}

/** Sends the map to `camera`; the first time without a flight. */
function useCamera(handle: MapHandle | undefined, camera: Camera | undefined, isMotionOn: boolean): void {
  const flownBy = useRef<MapHandle | undefined>(undefined);
  useEffect(() => {
    if (handle === undefined || camera === undefined) return;
    handle.setCamera(camera, isMotionOn && flownBy.current === handle ? MOTION.flyMs : 0);
    flownBy.current = handle;
  }, [handle, camera, isMotionOn]);
}

/** The map of every screen: it owns one WebGL map and is driven by its props. While that cannot be drawn, the outline or the table stands in. */
export default function MapView(props: MapViewProps) {
  const {
    edition, theme, scalePx, view, padding, homePadding = padding, nameRoomPx = 0, areas, labels, marks = NO_MARKS, covered = NO_RECTS, buildLayers, isMotionOn,
    interaction = 'none', onSelect, onWord, table, onHealth,
  } = props;
  const { t } = useTranslation();
  const [container, setContainer] = useState<HTMLDivElement | null>(null);
  /** Where a hand has moved the map to, and which camera it was sent to before. */
  const [moved, setMoved] = useState<{ readonly from: Camera | undefined; readonly to: Camera }>();
  const geography = useGeography(edition);
  const size = useSize(container);
  const eastSeaName = t('map.eastSea');
  const bounds = view.kind === 'nation' ? NATION_BOUNDS : view.bounds;
  const camera = useMemo(() => (size === undefined ? undefined : cameraFor(bounds, size.widthPx, size.heightPx, padding)), [bounds, size, padding]);
  // Names are measured with the page's fonts, which arrive with the geography.
  const hasFonts = geography !== undefined;
  const sizes = useMemo(() => (size === undefined || !hasFonts ? undefined
    : drawingSizes({ ...size, padding: homePadding, scalePx, nameRoomPx }, createTextMeasure(document))), [size, hasFonts, homePadding, scalePx, nameRoomPx]);
  const cameraRef = useRef(camera);
  cameraRef.current = camera;
  const handleMoved = useCallback((to: Camera) => setMoved({ from: cameraRef.current, to }), []);
  const onSelectRef = useRef(onSelect);
  onSelectRef.current = onSelect;
  const decoded = geography === 'failed' ? undefined : geography;
  const { handle, life } = useMap({ container, geography: decoded, theme, sizes, interaction, cameraRef, onSelectRef, onMoved: handleMoved, onHealth });
  const standing = geography === 'failed' ? 'table' : standsIn(life);
  useReadyMark(life.stage === 'drawing' || standing === 'table');
  const atlas = useMemo(() => (geography === undefined ? undefined : drawSeverityAtlas(document, THEMES[theme], ATLAS_ICON_PX)), [geography, theme]);
  useCamera(handle, camera, isMotionOn);
  useEffect(() => { handle?.setAreas(areas); }, [handle, areas]);
  useEffect(() => { if (atlas !== undefined) handle?.setLayers(buildLayers(atlas)); }, [handle, atlas, buildLayers]);
  useEffect(() => { handle?.setFocus(view.kind === 'province' ? view.code : NO_FOCUS); }, [handle, view]);
  const shown = moved !== undefined && moved.from === camera ? moved.to : camera;
  const words = useMemo(() => {
    if (shown === undefined || size === undefined || sizes === undefined) return [];
    return drawLabels({ labels, marks, covered, camera: shown, size, sizes, padding, scalePx, eastSeaName, measure: createTextMeasure(document) });
  }, [labels, marks, covered, shown, size, sizes, padding, scalePx, eastSeaName]);
  return (
    <div className="mapView" data-standing={standing} data-steady={life.isSteady} data-zoom={shown?.zoom.toFixed(2)}>
      <div className="mapView-canvas" ref={setContainer} />
      {standing === 'map' && handle !== undefined && size !== undefined && sizes !== undefined && <MapWords handle={handle} size={size} words={words} haloPx={sizes.haloPx} onWord={onWord} />}
      {standing === 'table' && table}
      {standing !== 'map' && (standing === 'outline' || table === undefined) && (
        <SimpleMap geography={decoded} theme={theme} areas={areas} padding={padding} scalePx={scalePx} words={t(geography === 'failed' ? 'map.missing' : standing === 'outline' ? 'map.simpleRebuilding' : 'map.simple')} />
      )}
    </div>
  );
}

interface SimpleMapProps {
  readonly geography: Geography | undefined;
  readonly theme: ThemeName;
  readonly areas: ReadonlyMap<string, AreaLook>;
  readonly padding: PaddingPx;
  readonly scalePx: number;
  readonly words: string;
}

/** What stands in the map's place while it is made anew: the same colours, provinces only. Never an empty screen. */
function SimpleMap({ geography, theme, areas, padding, scalePx, words }: SimpleMapProps) {
  return (
    <div className="mapView-fallback" style={{ padding: `${padding.top}px ${padding.right}px ${padding.bottom}px ${padding.left}px` }}>
      {geography !== undefined && <OutlineMap geography={geography} colors={THEMES[theme]} areas={areas} />}
      <p className="mapView-notice" role="status" style={{ right: padding.right, top: padding.top + scalePx }}>{words}</p>
    </div>
  );
}
