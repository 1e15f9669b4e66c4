import { expect, test } from 'vitest';
import { createWalls } from '../../../server/walls/createWalls.ts';
import { MOST_WALLS, QUIET_AFTER_MS } from '../../../server/walls/wallsState.ts';
import { aWallPage } from '../../support/aWallPage.ts';
import { aWallReport } from '../../support/aWallReport.ts';

test('[WR4] a command reaches every page of its wall and no other', () => {
  const walls = createWalls({ nowMs: () => 0 });
  const [hall, twin, other] = [aWallPage(), aWallPage(), aWallPage()];
  walls.report(hall, aWallReport({ wallId: 'hall' }), true);
  walls.report(twin, aWallReport({ wallId: 'hall' }), true);
  walls.report(other, aWallReport({ wallId: 'other' }), true);
  expect(walls.command('hall', { action: 'next' })).toBe('sent');
  expect([hall, twin, other].map(({ commands }) => commands)).toEqual([[{ action: 'next' }], [{ action: 'next' }], []]);
  expect(walls.list().map(({ wallId, pages }) => [wallId, pages])).toEqual([['hall', 2], ['other', 1]]);
});

test('[WR4] a wall that nobody knows, and one that is known but not connected, are told apart', () => {
  const walls = createWalls({ nowMs: () => 0 });
  const page = aWallPage();
  walls.report(page, aWallReport(), true);
  walls.left(page);
  expect(walls.command('hall', { action: 'next' })).toBe('not-connected');
  expect(walls.command('nowhere', { action: 'next' })).toBe('unknown');
});

test('[WR3] a lost connection is trouble after 15 s, a goodbye is not, one page of two saying goodbye is not one either', () => {
  let nowMs = 0;
  const walls = createWalls({ nowMs: () => nowMs });
  const [lost, closed, twin, stays] = [aWallPage(), aWallPage(), aWallPage(), aWallPage()];
  walls.report(lost, aWallReport({ wallId: 'lost' }), true);
  walls.report(closed, aWallReport({ wallId: 'closed' }), true);
  walls.report(twin, aWallReport({ wallId: 'twins' }), true);
  walls.report(stays, aWallReport({ wallId: 'twins' }), true);
  walls.left(lost);
  walls.goodbye(closed);
  walls.left(closed);
  walls.goodbye(twin);
  nowMs = QUIET_AFTER_MS;
  expect(walls.troubles().map(({ wallId, kind }) => [wallId, kind])).toEqual([['lost', 'silent'], ['twins', 'silent']]);
  expect(walls.list().map(({ wallId, state }) => [wallId, state])).toEqual([['closed', 'closed'], ['lost', 'silent'], ['twins', 'silent']]);
  expect([walls.forget('lost'), walls.forget('lost')]).toEqual([true, false]);
  expect(walls.troubles().map(({ wallId }) => wallId)).toEqual(['twins']);
});

test('[WR2] a wall too many, and a page that changes its name, are told so and not kept', () => {
  const walls = createWalls({ nowMs: () => 0 });
  const page = aWallPage();
  walls.report(page, aWallReport({ wallId: 'first' }), true);
  expect(page.problems).toEqual([]);
  walls.report(page, aWallReport({ wallId: 'second' }), true);
  expect(page.problems).toMatchObject([{ code: 'other-wall' }]);
  for (let index = 1; index < MOST_WALLS; index++) walls.report(aWallPage(), aWallReport({ wallId: `wall-${index}` }), true);
  const tooMany = aWallPage();
  walls.report(tooMany, aWallReport({ wallId: 'too-many' }), true);
  expect(tooMany.problems).toMatchObject([{ code: 'too-many-walls', tip: expect.stringMatching(/bàn trực/) }]);
  expect([walls.list().length, walls.refusedCount()]).toEqual([MOST_WALLS, 1]);
});
