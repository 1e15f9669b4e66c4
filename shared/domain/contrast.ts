/** Linear light of a channel of sRGB, 0-1 (IEC 61966-2-1). */
function linearOf(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of "#RRGGBB", 0-1 (WCAG 2.2). */
export function luminanceOf(hex: string): number {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  const [red, green, blue] = [16, 8, 0].map((shift) => linearOf(((value >> shift) & 255) / 255)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white), in either order (WCAG 2.2). */
export function contrastRatio(a: string, b: string): number {
  const [first, second] = [luminanceOf(a), luminanceOf(b)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}
