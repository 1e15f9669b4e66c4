import type { Layer } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { MAP, type ThemeColors } from '../theme/tokens.ts';
import type { AreaLook } from './areaLook.ts';
import { createDrawWatch } from './drawWatch.ts';
import type { Geography } from './geography.ts';
import { drawHatch, HATCHES } from './hatchPatterns.ts';
import type { Camera } from './mercator.ts';
import { freeContext, isSoftwareGl } from './softwareGl.ts';
import { type AreaSource, buildStyle, focusFilters, hatchLayerId, type StyleOptions } from './style.ts';

setWorkerUrl(workerUrl);

export interface MapOptions extends StyleOptions {
  readonly container: HTMLElement;
  readonly geography: Geography;
  readonly interaction: 'none' | 'touch';
  readonly camera: Camera;
  /** The map can no longer draw: a context is lost on either canvas, or the overlay has stopped. Called at most once; `close` is then due. */
  readonly onLost: () => void;
  /** Land, borders and the first colours are on screen; the overlay and its symbols follow. Called once. */
  readonly onPainted: () => void;
  /** Base map and overlay have drawn what they were given. Called once. */
  readonly onDrawn: () => void;
  /** Base map or overlay drew in the animation frame that began then; once a frame. */
  readonly onFrame: (frameMs: number) => void;
  readonly onSelect: (code: string) => void;
  /** After a movement by hand. */
  readonly onMoved: (camera: Camera) => void;
}

export interface MapHandle {
  readonly isSoftware: boolean;
  setAreas(areas: ReadonlyMap<string, AreaLook>): void;
  setLayers(layers: readonly Layer[]): void;
  setFocus(code: string): void;
  /** `flyMs` 0: a cut. */
  setCamera(camera: Camera, flyMs: number): void;
  /** Where it looks now, in a flight too. */
  camera(): Camera;
  /** `follow` is called in every frame of a flight and of a movement by hand. Returns what ends that. */
  onMove(follow: (camera: Camera) => void): () => void;
  /** Either canvas has no living context, whether or not its event came. */
  isLost(): boolean;
  /** Gives both contexts back and empties the container; never throws. A browser keeps about 16 contexts, and takes one from the oldest for the next. */
  close(): void;
}

function addHatches(map: MapLibreMap, colors: ThemeColors, lineScale: number): void {
  // Patterns repeat in device pixels of the drawing, so they are drawn at the page's own density.
  const density = window.devicePixelRatio;
  for (const name of HATCHES) {
    map.addImage(`hatch-${name}`, drawHatch(name, MAP.hatchPx * Math.max(0.6, lineScale) * density, colors.hatch), { pixelRatio: density });
  }
}

/** Patterns and the overlay's first layers are on screen after this many frames. */
const FRAMES_UNTIL_DRAWN = 4;

const isSame = (a: AreaLook | undefined, b: AreaLook) => a !== undefined && a.fill === b.fill && a.hatch === b.hatch;

/**
 * Base map and overlay, made once and driven by calls. Throws where WebGL2 is missing. Calls made before the style has loaded are
 * kept and carried out then; calls after the context is lost do nothing.
 */
export function createMap(options: MapOptions): MapHandle {
  const { container, geography, camera, colors } = options;
  const isSoftware = isSoftwareGl(container.ownerDocument);
  const antialias = !isSoftware;
  const map = new MapLibreMap({
    container, style: buildStyle(geography, options), center: [...camera.center], zoom: camera.zoom,
    interactive: options.interaction === 'touch', attributionControl: false, renderWorldCopies: false, fadeDuration: 0,
    ...(options.interaction === 'touch' && { minZoom: MAP.touchZoom.min, maxZoom: MAP.touchZoom.max }),
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0, trackResize: true,
    // Three full-HD panels side by side are wider than the library's default limit.
    maxCanvasSize: [8_192, 8_192], canvasContextAttributes: { antialias },
  });
  if (options.interaction === 'touch') map.touchZoomRotate.disableRotation();
  const overlay = new MapLibreOverlay({
    interleaved: false, layers: [], deviceProps: { webgl: { antialias, preserveDrawingBuffer: false } },
    // Without this the base map stays and looks healthy when the overlay with its alarms has stopped.
    onError: handleLost, onAfterRender: () => { if (!isGone) watch.overlayDrew(); },
  });
  const { timeline } = container.ownerDocument;
  const watch = createDrawWatch({ frameMs: () => (timeline.currentTime === null ? null : Number(timeline.currentTime)), onDrawn: options.onDrawn, onFrame: options.onFrame });
  const districtCodes = new Set(geography.districts.features.map(({ properties }) => properties.code));
  const ownLayers = new WeakMap<Layer, Layer>();
  let isLoaded = false;
  let isGone = false;
  let baseFrames = 0;
  let drawnAreas: ReadonlyMap<string, AreaLook> = new Map();
  /** Layers of hatches that some area carries. */
  let carriedHatches: ReadonlySet<string> = new Set();
  let pending: (() => void)[] = [];

  /**
   * The layers given may have been given to a map before this one, and a layer carries what it has on a GPU: drawn again it would use
   * programs of a context that is gone. The same layer is the same copy, so that the overlay finds nothing changed.
   */
  function ownLayerOf(layer: Layer): Layer {
    const own = ownLayers.get(layer) ?? layer.clone({});
    ownLayers.set(layer, own);
    return own;
  }

  function whenLoaded(step: () => void): void {
    if (isGone) return;
    if (isLoaded) step();
    else pending.push(step);
  }

  function handleLost(): void {
    if (isGone) return;
    isGone = true;
    options.onLost();
  }

  map.on('error', () => { /* Tiles and glyphs do not exist here; what stops drawing arrives as a lost context. */ });
  // The event does not bubble; on its way down it passes here for both canvases, the overlay's too, which does not exist yet.
  container.addEventListener('webglcontextlost', handleLost, true);
  // Earlier than `load`: the fills ask for their patterns as soon as the style is read.
  map.on('style.load', () => addHatches(map, colors, options.lineScale));
  map.on('load', () => {
    isLoaded = true;
    for (const step of pending) step();
    pending = [];
    map.triggerRepaint();
  });

  /** The overlay's context and shaders take seconds where WebGL is software; the country is on screen meanwhile. */
  function addOverlay(): void {
    if (isGone) return;
    map.addControl(overlay);
    // The overlay draws on its own; without this the map never reports that it rests.
    map.triggerRepaint();
  }
  // On a slow display news may come faster than frames, and the map then never rests.
  map.on('idle', () => { if (isLoaded && !isGone) watch.baseDrew(true); });
  map.on('render', () => {
    if (isGone) return;
    if (isLoaded) baseFrames += 1;
    watch.baseDrew(baseFrames >= FRAMES_UNTIL_DRAWN);
    if (baseFrames !== 1) return;
    options.onPainted();
    // After the frame has been shown, not before.
    requestAnimationFrame(() => setTimeout(addOverlay));
  });
  map.on('moveend', (event) => {
    if (event.originalEvent !== undefined) options.onMoved(cameraNow());
  });
  map.on('click', ({ point }) => {
    const [hit] = map.queryRenderedFeatures(point, { layers: ['districts', 'provinces'] });
    const code: unknown = hit?.properties.code;
    if (typeof code === 'string') options.onSelect(code);
  });

  function cameraNow(): Camera {
    return { center: map.getCenter().toArray(), zoom: map.getZoom() };
  }

  const sourceOf = (code: string): AreaSource => (districtCodes.has(code) ? 'districts' : 'provinces');

  /**
   * Switching a hatch has its source's tiles made anew, in a worker: rare, as it is the first or the last area of its kind. By
   * visibility and not by a plain opacity: until the new tiles are there, the map throws when a feature's state meets the old ones.
   */
  function carryHatches(areas: ReadonlyMap<string, AreaLook>): void {
    const carried = new Set([...areas].flatMap(([code, { hatch }]) => (hatch === 'none' ? [] : [hatchLayerId(sourceOf(code), hatch)])));
    for (const source of ['provinces', 'districts'] as const) {
      for (const name of HATCHES) {
        const id = hatchLayerId(source, name);
        if (carried.has(id) !== carriedHatches.has(id)) map.setLayoutProperty(id, 'visibility', carried.has(id) ? 'visible' : 'none');
      }
    }
    carriedHatches = carried;
  }

  return {
    isSoftware,
    setAreas: (areas) => whenLoaded(() => {
      carryHatches(areas);
      for (const [code, look] of areas) {
        if (isSame(drawnAreas.get(code), look)) continue;
        map.setFeatureState({ source: sourceOf(code), id: code }, { fill: look.fill, hatch: look.hatch });
      }
      drawnAreas = areas;
    }),
    // setProps throws while the context is lost, so nothing is sent after that.
    setLayers: (layers) => whenLoaded(() => overlay.setProps({ layers: layers.map(ownLayerOf) })),
    setFocus: (code) => whenLoaded(() => {
      for (const [layerId, filter] of focusFilters(code)) map.setFilter(layerId, filter);
    }),
    setCamera: ({ center, zoom }, flyMs) => whenLoaded(() => {
      const target = { center: [center[0], center[1]] as [number, number], zoom };
      if (flyMs === 0) map.jumpTo(target);
      else map.easeTo({ ...target, duration: flyMs, essential: true });
    }),
    camera: cameraNow,
    onMove(follow) {
      const { unsubscribe } = map.on('move', () => follow(cameraNow()));
      return unsubscribe;
    },
    isLost: () => [map.getCanvas(), overlay.getCanvas()].some((canvas) => canvas?.getContext('webgl2')?.isContextLost() === true),
    close() {
      isGone = true;
      container.removeEventListener('webglcontextlost', handleLost, true);
      // An overlay that is still asking for its device does not know its canvas yet, and would be given a context later.
      const canvases = [...container.querySelectorAll('canvas')];
      try {
        map.remove();
      } catch {
        // Libraries that have lost their context may stumble while they tidy up; what counts is that the contexts go.
      }
      for (const canvas of canvases) freeContext(canvas);
      container.replaceChildren();
    },
  };
}
