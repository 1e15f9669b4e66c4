import { expect, test } from 'vitest';
import { framesPerSec, inOrder, isReporting } from '../../../client/screens/desk/wallFacts.ts';
import type { WallDto } from '../../../shared/protocol/answers.ts';
import { aWallReport } from '../../support/aWallReport.ts';

const aWall = (wallId: string, state: WallDto['state']): WallDto => ({ ...aWallReport({ wallId }), isHandoverShown: false, state, troubleSinceMs: null, firstHeardAtMs: 0, heardAtMs: 0, reportCount: 1, pages: 1 });

test('[WR6] walls in trouble stand first, closed ones last, each kind in the order it came', () => {
  const walls = [aWall('a', 'closed'), aWall('b', 'well'), aWall('c', 'behind'), aWall('d', 'well'), aWall('e', 'silent')];
  expect(inOrder(walls).map(({ wallId }) => wallId)).toEqual(['e', 'c', 'b', 'd', 'a']);
});

test('[WR6] no frames is 0 a second; a report without a span says nothing', () => {
  const drew = (drawn: number, overMs: number) => framesPerSec({ frames: { drawn, overMs, medianMs: null, maxMs: null } });
  expect([drew(0, 5_000), drew(250, 5_000), drew(3, 0)]).toEqual([0, 50, null]);
});

test('[WR6] what a silent or closed wall last said is not shown as if it were so now', () => {
  expect((['well', 'frozen', 'behind', 'silent', 'closed'] as const).map((state) => isReporting({ state }))).toEqual([true, true, true, false, false]);
});
