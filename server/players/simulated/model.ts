import type { Attacks } from './attacks.ts';
import type { Calendar } from './calendar.ts';
import type { LinkCuts } from './linkCuts.ts';
import type { OpenScript } from './script.ts';
import type { Units } from './units.ts';

/** Everything the models share. */
export interface World {
  /** 32-bit integer. */
  readonly seed: number;
  readonly units: Units;
  readonly calendar: Calendar;
  /** Whether a local unit is on the dedicated network at all. */
  isConnected(unit: number): boolean;
  readonly cuts: LinkCuts;
  readonly attacks: Attacks;
  readonly script: OpenScript;
}

/** What an indicator reads at a unit at a moment, before rounding; NaN: "no reading". A pure function of its arguments. */
export type Model = (unit: number, atMs: number) => number;

/** Models by indicator id. */
export type Models = Readonly<Record<string, Model>>;
