import type { Severity } from '../../shared/domain/severity.ts';
import { SEVERITY_LEVEL } from '../theme/tokens.ts';

const circle = (radius: number) => `M50 ${50 - radius}a${radius} ${radius} 0 1 0 .01 0Z`;
const SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M50 4 96 50 50 96 4 50Z',
  high: 'M50 8 96 90 4 90Z',
  medium: 'M12 12H88V88H12Z',
  low: circle(42),
  unknown: circle(42),
};
/** Dashed also while filled, around a smaller disc: without its digit and colour it would be the circle of low. */
const UNKNOWN_DISC = circle(33);
/** Baseline of the digit: a triangle's middle is low. */
const DIGIT_Y: Readonly<Record<Severity, number>> = { critical: 66, high: 80, medium: 66, low: 66, unknown: 66 };

interface SeveritySymbolProps {
  readonly severity: Severity;
  /** Outline only: acknowledged, or standing beside a count of 0. */
  readonly isOutline: boolean;
  readonly label: string;
}

/** Shape + digit + colour; the word stands beside it. */
export function SeveritySymbol({ severity, isOutline, label }: SeveritySymbolProps) {
  const color = `var(--severity-${severity})`;
  const isDashed = severity === 'unknown';
  return (
    <svg className="severitySymbol" viewBox="0 0 100 100" role="img" aria-label={label}>
      {isDashed && !isOutline && <path d={UNKNOWN_DISC} fill={color} />}
      <path d={SHAPES[severity]} fill={isOutline || isDashed ? 'none' : color} stroke={color} strokeWidth={isOutline || isDashed ? 8 : 0} strokeLinejoin="round"
        strokeDasharray={isDashed ? '20 10' : undefined} />
      <text className="num" x="50" y={DIGIT_Y[severity]} textAnchor="middle" fontSize="46" fontWeight="700" fill={isOutline ? color : 'var(--on-severity)'}>{SEVERITY_LEVEL[severity]}</text>
    </svg>
  );
}
