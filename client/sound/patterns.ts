import type { Sound } from './alarmSound.ts';

interface Pulse {
  /** From the beginning of the pattern. */
  readonly atMs: number;
  readonly lengthMs: number;
  readonly frequencyHz: number;
}

export interface Pattern {
  readonly pulses: readonly Pulse[];
  /** 0-1, before the volume. */
  readonly gain: number;
}

/** Amplitudes of the fundamental and what is above it. IEC 60601-1-8, Table 4 asks for four between 300 and 4,000 Hz, within 15 dB of it. */
export const HARMONICS = [1, 0.6, 0.45, 0.35, 0.25] as const;

/** Parts of a pulse's length over which it rises and falls, so that no edge clicks: within the 10 to 40 % of the same table. */
export const RAMP_RATIO = 0.2;

function pulses(frequenciesHz: readonly number[], lengthMs: number, startsMs: readonly number[]): readonly Pulse[] {
  return startsMs.map((atMs, i) => ({ atMs, lengthMs, frequencyHz: frequenciesHz[i % frequenciesHz.length] ?? 0 }));
}

/**
 * [SD7] Modelled on the bursts of IEC 60601-1-8: ten quick pulses in 3 + 2, twice, for the highest priority; three slower ones for the
 * next; one for the last. Pitch tells them apart as well as rhythm: high and rising, middle and even, low and single.
 */
export const PATTERNS: Readonly<Record<Sound, Pattern>> = {
  critical: { gain: 1, pulses: pulses([659, 659, 784, 784, 880], 150, [0, 240, 480, 960, 1_200, 2_000, 2_240, 2_480, 2_960, 3_200]) },
  high: { gain: 0.7, pulses: pulses([523], 200, [0, 400, 800]) },
  medium: { gain: 0.35, pulses: pulses([330], 250, [0]) },
};
