import type { Color, Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { MAP, type ThemeColors } from '../theme/tokens.ts';
import { toColor } from './color.ts';
import { pickSeats, SEAT, type Seats } from './seats.ts';

/** The design draws 705 seats; the 3,321 of edition 2025 share the same land, so each gets its part of the ink. */
const DRAWN_SEATS = 705;

/** deck.gl's form for columns: taken to the GPU as they are. */
const positionsOf = ({ lngLats }: Seats) => ({ value: lngLats, size: 2 });

/** Four bytes a seat. */
function fillColors({ states }: Seats, known: Color, unknown: Color): Uint8Array {
  const colors = new Uint8Array(states.length * 4);
  for (let at = 0; at < states.length; at++) colors.set(states[at] === SEAT.unknown ? unknown : known, at * 4);
  return colors;
}

/**
 * Pure: one dot a district seat, and a white ring where the district is not yet connected. A lost seat stays a dot here: lost is an
 * alarm and has its symbol, "not yet connected" is a plan, and the two must not look alike. The caller keeps `seats` identical
 * while no state changed.
 */
export function buildSeatLayers(seats: Seats, { colors, scale }: { readonly colors: ThemeColors; readonly scale: number }): Layer[] {
  const seatScale = scale * Math.min(1, Math.sqrt(DRAWN_SEATS / Math.max(1, seats.states.length)));
  const planned = pickSeats(seats, (at) => seats.states[at] === SEAT.notConnected);
  return [
    new ScatterplotLayer({
      id: 'seats', radiusUnits: 'pixels', getRadius: MAP.seatRadiusPx * seatScale,
      data: { length: seats.states.length, attributes: { getPosition: positionsOf(seats), getFillColor: { value: fillColors(seats, toColor(colors.seat, 0.5), toColor(colors.ink3, 0.25)), size: 4, normalized: true } } },
    }),
    new ScatterplotLayer({
      id: 'not-connected', data: { length: planned.states.length, attributes: { getPosition: positionsOf(planned) } }, radiusUnits: 'pixels', getRadius: MAP.ringRadiusPx * seatScale,
      stroked: true, lineWidthUnits: 'pixels', getLineWidth: 4 * seatScale, getFillColor: toColor(colors.halo), getLineColor: toColor(colors.ink),
    }),
  ];
}
