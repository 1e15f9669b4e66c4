import type { Color, Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { MAP, type ThemeColors } from '../theme/tokens.ts';
import { toColor } from './color.ts';

/** `unknown`: no value, or one too old to say. */
export type SeatState = 'connected' | 'not-connected' | 'lost' | 'unknown';

export interface Seat {
  readonly code: string;
  readonly lngLat: readonly [number, number];
  readonly state: SeatState;
}

/** The design draws 705 seats; the 3,321 of edition 2025 share the same land, so each gets its part of the ink. */
const DRAWN_SEATS = 705;

/**
 * Pure: one dot a district seat, and a white ring where the district is not yet connected. A lost seat stays a dot here: lost is an
 * alarm and has its symbol, "not yet connected" is a plan, and the two must not look alike. The caller keeps `seats` identical
 * while no state changed.
 */
export function buildSeatLayers(seats: readonly Seat[], { colors, scale }: { readonly colors: ThemeColors; readonly scale: number }): Layer[] {
  const seatScale = scale * Math.min(1, Math.sqrt(DRAWN_SEATS / Math.max(1, seats.length)));
  const seatColor = toColor(colors.seat, 0.5);
  const unknownColor = toColor(colors.ink3, 0.25);
  const getPosition = (seat: Seat): [number, number] => [seat.lngLat[0], seat.lngLat[1]];
  return [
    new ScatterplotLayer<Seat>({
      id: 'seats', data: seats, getPosition, radiusUnits: 'pixels', getRadius: MAP.seatRadiusPx * seatScale,
      getFillColor: (seat): Color => (seat.state === 'unknown' ? unknownColor : seatColor),
    }),
    new ScatterplotLayer<Seat>({
      id: 'not-connected', data: seats.filter(({ state }) => state === 'not-connected'), getPosition, radiusUnits: 'pixels', getRadius: MAP.ringRadiusPx * seatScale,
      stroked: true, lineWidthUnits: 'pixels', getLineWidth: 4 * seatScale, getFillColor: toColor(colors.halo), getLineColor: toColor(colors.ink),
    }),
  ];
}
