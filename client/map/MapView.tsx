import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import type { Layer } from '@deck.gl/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditionId } from '../../shared/domain/ids.ts';
import type { IconAtlas } from '../layers/severityAtlas.ts';
import { drawSeverityAtlas } from '../layers/severityAtlas.ts';
import { loadCanvasFonts } from '../theme/fonts.ts';
import { MOTION, THEMES, type ThemeName } from '../theme/tokens.ts';
import type { AreaLook } from './areaLook.ts';
import { type Bounds, NATION_BOUNDS } from './archipelagos.ts';
import { createMap, type DrawnLabel, type MapHandle } from './createMap.ts';
import type { Geography } from './geography.ts';
import { loadGeography } from './loadGeography.ts';
import { createTextMeasure } from './measureText.ts';
import { type Camera, cameraFor, type PaddingPx, pixelsPerDegree, projectorFor, toMercator, unprojectorFor } from './mercator.ts';
import { archipelagoObstacles } from './obstacles.ts';
import { OutlineMap } from './OutlineMap.tsx';
import { type MapLabel, placeLabels, type Rect } from './placeLabels.ts';
import { NO_FOCUS } from './style.ts';

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
}

export interface Mark { readonly lngLat: readonly [number, number]; readonly radiusPx: number }

const NO_MARKS: readonly Mark[] = [];
const NO_RECTS: readonly Rect[] = [];

interface Size { readonly widthPx: number; readonly heightPx: number }

/** The map could not be drawn with WebGL: `missing` from the start, `lost` since. */
type Failure = 'missing' | 'lost' | 'no-geography';

const ATLAS_ICON_PX = 256;
/** Height of the country in the drawings that the line widths come from. */
const DRAWN_HEIGHT_PX = 1_600;

/** Sizes that follow how large the country is on this page, not how far away its reader stands. */
function drawingSizes(size: Size, padding: PaddingPx, scalePx: number) {
  const perDegree = pixelsPerDegree(cameraFor(NATION_BOUNDS, size.widthPx, size.heightPx, padding));
  const heightPx = (perDegree * (toMercator([0, NATION_BOUNDS[1]])[1] - toMercator([0, NATION_BOUNDS[3]])[1])) * 360;
  return {
    lineScale: heightPx / DRAWN_HEIGHT_PX, archipelagoPx: Math.min(scalePx, perDegree * 0.72), eastSeaPx: Math.min(scalePx * 1.1, perDegree * 0.68),
    haloPx: Math.min(5, scalePx * 0.1),
  };
}

/** Line widths, dots and rings of overlay layers for a page: 1 where the country is 1600 px high. */
export function lineScaleOf(widthPx: number, heightPx: number, padding: PaddingPx): number {
  return drawingSizes({ widthPx, heightPx }, padding, 1).lineScale;
}

function useSize(element: HTMLElement | null): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

function useGeography(edition: EditionId): Geography | 'failed' | undefined {
  const [geography, setGeography] = useState<Geography | 'failed'>();
  useEffect(() => {
    let isCurrent = true;
    // Text on a canvas is never redrawn when a font arrives late, so fonts come first.
    Promise.all([loadGeography(edition), loadCanvasFonts(document.fonts)]).then(
      ([loaded]) => { if (isCurrent) setGeography(loaded); },
      () => { if (isCurrent) setGeography('failed'); },
    );
    return () => { isCurrent = false; };
  }, [edition]);
  return geography;
}

function markReady(): void {
  document.documentElement.dataset['mapReady'] = 'true';
}

/**
 * The map of every screen. It owns one WebGL map for its whole life and is driven by its props; it makes a new one only for
 * another theme, edition or text size.
 */
export default function MapView(props: MapViewProps) {
  const { edition, theme, scalePx, view, padding, homePadding = padding, areas, labels, marks = NO_MARKS, covered = NO_RECTS, buildLayers, isMotionOn, interaction = 'none', onSelect } = props;
  const { t } = useTranslation();
  const [container, setContainer] = useState<HTMLDivElement | null>(null);
  const geography = useGeography(edition);
  const size = useSize(container);
  const colors = THEMES[theme];
  const [handle, setHandle] = useState<MapHandle>();
  const [failure, setFailure] = useState<Failure>();
  const [movedTo, setMovedTo] = useState<Camera>();
  const onSelectRef = useRef(onSelect);
  onSelectRef.current = onSelect;

  const bounds = view.kind === 'nation' ? NATION_BOUNDS : view.bounds;
  const camera = useMemo(
    () => (size === undefined ? undefined : cameraFor(bounds, size.widthPx, size.heightPx, padding)), [bounds, size, padding]);
  const cameraRef = useRef(camera);
  cameraRef.current = camera;
  const sizes = useMemo(() => (size === undefined || size.widthPx === 0 || size.heightPx === 0 ? undefined : drawingSizes(size, homePadding, scalePx)), [size, homePadding, scalePx]);
  const atlas = useMemo(() => (geography === undefined ? undefined : drawSeverityAtlas(document, colors, ATLAS_ICON_PX)), [geography, colors]);
  const eastSeaName = t('map.eastSea');

  useEffect(() => {
    const firstCamera = cameraRef.current;
    if (container === null || sizes === undefined || firstCamera === undefined || geography === undefined) return undefined;
    if (geography === 'failed') {
      setFailure('no-geography');
      markReady();
      return undefined;
    }
    let created: MapHandle;
    try {
      created = createMap({
        container, geography, colors, interaction, eastSeaName, camera: firstCamera, ...sizes,
        onGpuLost: () => setFailure('lost'),
        onIdle: markReady,
        onSelect: (code) => onSelectRef.current?.(code),
        onMoved: setMovedTo,
      });
    } catch {
      // The map library throws when the browser gives it no WebGL2 context.
      setFailure('missing');
      markReady();
      return undefined;
    }
    setHandle(created);
    return () => {
      setHandle(undefined);
      created.close();
    };
  }, [container, sizes, geography, colors, interaction, eastSeaName]);

  useEffect(() => { handle?.setAreas(areas); }, [handle, areas]);
  useEffect(() => { if (atlas !== undefined) handle?.setLayers(buildLayers(atlas)); }, [handle, atlas, buildLayers]);
  useEffect(() => { handle?.setFocus(view.kind === 'province' ? view.code : NO_FOCUS); }, [handle, view]);
  const hasFlown = useRef(false);
  useEffect(() => {
    if (handle === undefined || camera === undefined) return;
    setMovedTo(undefined);
    handle.setCamera(camera, isMotionOn && hasFlown.current ? MOTION.flyMs : 0);
    hasFlown.current = true;
  }, [handle, camera, isMotionOn]);

  const drawnLabels = useMemo(() => {
    const shown = movedTo ?? camera;
    if (shown === undefined || size === undefined || sizes === undefined || geography === undefined) return [];
    return drawLabels({ labels, marks, covered, camera: shown, size, sizes, padding, scalePx, eastSeaName });
  }, [labels, marks, covered, movedTo, camera, size, sizes, geography, padding, scalePx, eastSeaName]);
  useEffect(() => { handle?.setLabels(drawnLabels); }, [handle, drawnLabels]);

  const fallbackGeography = failure !== undefined && geography !== 'failed' ? geography : undefined;
  return (
    <div className="mapView" data-failure={failure}>
      <div className="mapView-canvas" ref={setContainer} hidden={failure !== undefined} />
      {failure !== undefined && (
        <div className="mapView-fallback" style={{ padding: `${padding.top}px ${padding.right}px ${padding.bottom}px ${padding.left}px` }}>
          {fallbackGeography !== undefined && <OutlineMap geography={fallbackGeography} colors={colors} areas={areas} />}
          <p className="mapView-notice">{t('map.simple')}</p>
        </div>
      )}
    </div>
  );
}

interface Drawing {
  readonly labels: readonly MapLabel[];
  readonly marks: readonly Mark[];
  readonly covered: readonly Rect[];
  readonly camera: Camera;
  readonly size: Size;
  readonly sizes: ReturnType<typeof drawingSizes>;
  readonly padding: PaddingPx;
  readonly scalePx: number;
  readonly eastSeaName: string;
}

function drawLabels({ labels, marks, covered, camera, size, sizes, padding, scalePx, eastSeaName }: Drawing): DrawnLabel[] {
  const project = projectorFor(camera, size.widthPx, size.heightPx);
  const unproject = unprojectorFor(camera, size.widthPx, size.heightPx);
  const measure = createTextMeasure(document);
  const area: Rect = {
    x: padding.left, y: Math.max(0, padding.top - scalePx),
    width: size.widthPx - padding.left - padding.right, height: size.heightPx - padding.top - padding.bottom + scalePx * 1.5,
  };
  const markRects = marks.map(({ lngLat, radiusPx }): Rect => {
    const [x, y] = project(lngLat);
    return { x: x - radiusPx, y: y - radiusPx, width: radiusPx * 2, height: radiusPx * 2 };
  });
  const obstacles = [...archipelagoObstacles(project, measure, sizes, eastSeaName), ...markRects, ...covered];
  return placeLabels(labels, { project, measure, area, obstacles }).map(({ label, centerPx: [x, y], justify }) => (
    { lngLat: unproject(x, y), text: label.lines.join('\n'), tone: label.tone, sizePx: label.sizePx, justify }));
}
