import { formatNumber } from '../../../i18n/format.ts';

/** Scores are kept, added and shown to the hundredth: "19,10". */
export function scoreText(score: number): string {
  return formatNumber(score, 2);
}

/** Maxima as the rules give them: "20" and "4,5". */
export function pointsText(points: number): string {
  return formatNumber(points, Number.isInteger(points) ? 0 : 1);
}

/** "+0,30", "−2,40", "0,00": a difference says which way. */
export function differenceText(difference: number): string {
  const size = scoreText(Math.abs(difference));
  if (difference === 0) return size;
  return `${difference > 0 ? '+' : '−'}${size}`;
}

/** Share of a scale that begins at 0, as CSS says it. */
export function widthOn(scaleMax: number, points: number): string {
  return `${(100 * points) / scaleMax}%`;
}
