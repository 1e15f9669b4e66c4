import type { WallDto } from '../../../shared/protocol/answers.ts';

/** Worst first: who looks at the desk sees at the top what somebody should go to. */
const ORDER: readonly WallDto['state'][] = ['silent', 'frozen', 'behind', 'well', 'closed'];

export function inOrder(walls: readonly WallDto[]): readonly WallDto[] {
  return walls.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

/** `null`: the report says nothing of it. */
export function framesPerSec({ frames: { drawn, overMs } }: Pick<WallDto, 'frames'>): number | null {
  return overMs === 0 ? null : (drawn * 1_000) / overMs;
}

/** What a report told is old news once the wall is silent or closed. */
export const isReporting = ({ state }: Pick<WallDto, 'state'>): boolean => state !== 'silent' && state !== 'closed';
