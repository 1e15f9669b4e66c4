/** Above this a value goes as a double: differences of smaller ones and their zigzag forms are exact. */
const MAX_UNITS = 2 ** 50;

/** The columns sent as numbers, in wire order. `status` is sent after `observedAtMs`. */
export type NumberColumn = 'value' | 'numerator' | 'denominator' | 'observedAtMs' | 'membersFresh' | 'membersExpected';

const POWERS_OF_TEN = [1, 10, 100, 1000] as const;
export const MAX_DECIMALS = POWERS_OF_TEN.length - 1;

/** `value` × 10^`decimals` where that is an exact integer; otherwise NaN: it must go as a double. */
export function toUnits(value: number, decimals: number): number {
  const scale = POWERS_OF_TEN[decimals] ?? 1;
  const units = Math.round(value * scale);
  // `|| 0`: minus zero and zero are one reading.
  return Math.abs(units) <= MAX_UNITS && units / scale === value ? units || 0 : Number.NaN;
}

export function fromUnits(units: number, decimals: number): number {
  return units / (POWERS_OF_TEN[decimals] ?? 1);
}

/** What a step starts from: the units of what the reader holds, 0 where that is nothing or went as a double. */
export function toBaseUnits(held: number, decimals: number): number {
  return toUnits(held, decimals) || 0;
}

/** Seconds where `timeMs` is a whole number of them; otherwise NaN. */
export function toSeconds(timeMs: number): number {
  const seconds = timeMs / 1000;
  return Number.isInteger(seconds) && Math.abs(seconds) <= MAX_UNITS ? seconds : Number.NaN;
}

/** Small steps of either sign become small integers: 0, -1, 1, -2, 2 … are 0, 1, 2, 3, 4 … */
export function zigzag(step: number): number {
  return step >= 0 ? step * 2 : -step * 2 - 1;
}

export function unzigzag(packed: number): number {
  return packed % 2 === 0 ? packed / 2 : -(packed + 1) / 2;
}
