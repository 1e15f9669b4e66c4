import { expect, test } from 'vitest';
import { createDrawWatch } from '../../../client/map/drawWatch.ts';

function aWatch() {
  const told: (number | 'drawn')[] = [];
  let nowMs: number | null = 0;
  const watch = createDrawWatch({ frameMs: () => nowMs, onDrawn: () => told.push('drawn'), onFrame: (frameMs) => told.push(frameMs) });
  return { watch, told, at: (frameMs: number | null) => { nowMs = frameMs; } };
}

test('[GP4] the picture is there once both engines have drawn, whichever is last, and that is told once', () => {
  const base = aWatch();
  base.at(16);
  base.watch.overlayDrew();
  base.at(32);
  base.watch.baseDrew(false);
  base.at(48);
  base.watch.baseDrew(true);
  base.at(64);
  base.watch.overlayDrew();
  expect(base.told).toEqual([16, 32, 48, 'drawn', 64]);

  const overlay = aWatch();
  overlay.at(16);
  overlay.watch.baseDrew(true);
  overlay.at(32);
  overlay.watch.overlayDrew();
  expect(overlay.told).toEqual([16, 32, 'drawn']);
});

test('[GP4] a frame in which both drew is one', () => {
  const { watch, told, at } = aWatch();
  at(16);
  watch.baseDrew(false);
  watch.overlayDrew();
  at(null);
  watch.overlayDrew();
  expect(told).toEqual([16]);
});
