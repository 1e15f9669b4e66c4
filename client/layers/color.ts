import type { Color } from '@deck.gl/core';

/** "#7CC4D8" and an opacity of 0-1 → deck.gl's channels of 0-255. */
export function toColor(hex: string, alpha = 1): Color {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, Math.round(alpha * 255)];
}
