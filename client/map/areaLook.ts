import type { Freshness } from '../../shared/domain/freshness.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import type { ThemeColors } from '../theme/tokens.ts';

export type Hatch = 'none' | 'stale' | 'dead' | 'never' | 'simulated';

/** How one province or district is filled. */
export interface AreaLook {
  /** CSS hex colour. */
  readonly fill: string;
  readonly hatch: Hatch;
}

/**
 * Class of a value among four fixed breaks, best first: 0 reaches the first break, 4 reaches none. `null` without a value or
 * without breaks. Breaks are tied to targets, never quantiles.
 */
export function classOf(value: number | null, bands: readonly number[], direction: 'higher-is-better' | 'lower-is-better' | 'neutral'): number | null {
  if (value === null || bands.length === 0) return null;
  const reaches = (band: number) => (direction === 'lower-is-better' ? value <= band : value >= band);
  const position = bands.findIndex(reaches);
  return position === -1 ? bands.length : position;
}

function channelsOf(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `ratio` of the way from one colour to the other, in sRGB. */
export function mixColors(from: string, to: string, ratio: number): string {
  const [a, b] = [channelsOf(from), channelsOf(to)];
  const mixed = a.map((channel, i) => Math.round(channel + ((b[i] ?? channel) - channel) * ratio));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * The look of an area: its class while the reading is fresh or late; 60 % to grey with a hatch when stale; no class at all when
 * dead; dots when there never was a value (UI.md §8). `classIndex` `null`: the area is not classified, only its state shows.
 */
export function toAreaLook(classIndex: number | null, freshness: Freshness, provenance: Provenance | null, colors: ThemeColors): AreaLook {
  if (freshness === 'never') return { fill: colors.land, hatch: 'never' };
  if (freshness === 'dead') return { fill: colors.deadLand, hatch: 'dead' };
  const color = colors.ramp[classIndex ?? 0] ?? colors.land;
  if (freshness === 'stale') return { fill: mixColors(color, colors.staleLand, 0.6), hatch: 'stale' };
  const isMadeUp = provenance === 'simulated' || provenance === 'illustrative';
  return { fill: color, hatch: isMadeUp ? 'simulated' : 'none' };
}
