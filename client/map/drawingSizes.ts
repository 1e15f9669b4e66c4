import { ARCHIPELAGOS, NATION_BOUNDS } from './archipelagos.ts';
import { cameraFor, type PaddingPx, pixelsPerDegree, toMercator } from './mercator.ts';
import type { PlacementOptions } from './placeLabels.ts';

export interface DrawingSizes {
  /** Lines, dots and glow were drawn for a country 1600 px high; this is how much larger or smaller they are here. */
  readonly lineScale: number;
  /** Font size of the archipelagos' names. CSS px. */
  readonly archipelagoPx: number;
  /** Middle of the foot of each archipelago's name, by id. */
  readonly archipelagoPoints: Readonly<Record<string, readonly [number, number]>>;
  readonly eastSeaPx: number;
  /** Around every word of the map. */
  readonly haloPx: number;
}

export interface PageSize { readonly widthPx: number; readonly heightPx: number }

export interface DrawingPlace extends PageSize {
  /** Padding of the view of the whole country. */
  readonly padding: PaddingPx;
  /** Smallest operational text; the names are at most this large. CSS px. */
  readonly scalePx: number;
  /** Free room right of the country's frame for the names, CSS px. */
  readonly nameRoomPx: number;
}

/** Height of the country in the drawings that the line widths come from. */
const DRAWN_HEIGHT_PX = 1_600;
/** East of the mainland at every latitude of the archipelagos: names begin here at the earliest. */
const COAST_LNG = 109.75;

function countryScale({ widthPx, heightPx, padding }: Omit<DrawingPlace, 'scalePx' | 'nameRoomPx'>) {
  const perDegree = pixelsPerDegree(cameraFor(NATION_BOUNDS, widthPx, heightPx, padding));
  const heightOnPage = (toMercator([0, NATION_BOUNDS[1]])[1] - toMercator([0, NATION_BOUNDS[3]])[1]) * 360 * perDegree;
  return { perDegree, lineScale: heightOnPage / DRAWN_HEIGHT_PX };
}

/** Line widths, dots and rings of overlay layers for a page: 1 where the country is 1600 px high. */
export function lineScaleOf(widthPx: number, heightPx: number, padding: PaddingPx): number {
  return countryScale({ widthPx, heightPx, padding }).lineScale;
}

/** Sizes that follow how large the country is on this page, not how far away its reader stands. Names fit between coast and margin. */
export function drawingSizes(place: DrawingPlace, measure: PlacementOptions['measure']): DrawingSizes {
  const { perDegree, lineScale } = countryScale(place);
  const eastLng = NATION_BOUNDS[2] + place.nameRoomPx / perDegree;
  const widthAt = (sizePx: number) => Math.max(...ARCHIPELAGOS.map(({ name }) => measure(name, sizePx, 'plain')));
  const roomPx = (eastLng - COAST_LNG) * perDegree;
  const archipelagoPx = Math.min(place.scalePx, perDegree * 0.72, (place.scalePx * roomPx) / widthAt(place.scalePx));
  const archipelagoPoints = Object.fromEntries(ARCHIPELAGOS.map(({ id, name, labelLngLat: [lng, lat] }) => {
    const halfDeg = measure(name, archipelagoPx, 'plain') / perDegree / 2;
    return [id, [Math.max(COAST_LNG + halfDeg, Math.min(lng, eastLng - halfDeg)), lat] as const];
  }));
  return { lineScale, archipelagoPx, archipelagoPoints, eastSeaPx: Math.min(place.scalePx * 1.1, perDegree * 0.68), haloPx: Math.min(5, place.scalePx * 0.1) };
}
