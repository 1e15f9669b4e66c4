import type { Locality } from '../../shared/domain/locality.ts';

/** What `Seats.states` holds. `unknown`: no value, or one too old to say. */
export const SEAT = { unknown: 0, lost: 1, notConnected: 2, connected: 3 } as const;
export type SeatState = (typeof SEAT)[keyof typeof SEAT];

/** The seats of local units as columns, which the GPU takes as they are: a tick of 3,321 of them makes no object of any. */
export interface Seats {
  readonly codes: readonly string[];
  /** Longitude and latitude by turns. The same array for as long as the seats are the same. */
  readonly lngLats: Float64Array;
  /** `SEAT`, one a seat. */
  readonly states: Uint8Array;
}

/** All of them unknown. */
export function createSeats(locals: readonly Locality[]): Seats {
  return { codes: locals.map(({ code }) => code), lngLats: Float64Array.from(locals.flatMap(({ lngLat }) => lngLat)), states: new Uint8Array(locals.length) };
}

/** The same seats in the states given; `seats` itself when each is in its state already, so that layers keep their buffers. */
export function withStates(seats: Seats, stateAt: (at: number) => SeatState): Seats {
  const states = new Uint8Array(seats.states.length);
  let isSame = true;
  for (let at = 0; at < states.length; at++) {
    const state = stateAt(at);
    states[at] = state;
    if (state !== seats.states[at]) isSame = false;
  }
  return isSame ? seats : { ...seats, states };
}

/** The seats that `isKept` names, in order. */
export function pickSeats(seats: Seats, isKept: (at: number) => boolean): Seats {
  const kept = Uint32Array.from(seats.codes.keys()).filter(isKept);
  const lngLats = new Float64Array(kept.length * 2);
  const states = new Uint8Array(kept.length);
  for (let k = 0; k < kept.length; k++) {
    const at = kept[k] ?? 0;
    lngLats[2 * k] = seats.lngLats[2 * at] ?? 0;
    lngLats[2 * k + 1] = seats.lngLats[2 * at + 1] ?? 0;
    states[k] = seats.states[at] ?? SEAT.unknown;
  }
  return { codes: Array.from(kept, (at) => seats.codes[at] ?? ''), lngLats, states };
}

export function lngLatOf({ lngLats }: Seats, at: number): readonly [number, number] {
  return [lngLats[2 * at] ?? 0, lngLats[2 * at + 1] ?? 0];
}
