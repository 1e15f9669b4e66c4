import { useEffect, useState } from 'react';
import type { StripRotation } from '../../panels/DomainStrip.tsx';
import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { useLink, useNow } from '../../store/mirrorHooks.tsx';
import { formatLeft, type Rotation, turn } from './rotation.ts';

export interface SceneRotation {
  readonly scene: SceneId;
  readonly strip: StripRotation;
  next(): void;
  show(position: number): void;
  hold(): void;
}

/** The scene on the wall. Stands still while someone looks at one province, and while the link is lost. */
export function useRotation(first: SceneId, dwellMs: number, isFocused: boolean): SceneRotation {
  const { serverNowMs: nowMs } = useNow();
  const isLinkLost = useLink().state === 'lost';
  const [rotation, setRotation] = useState<Rotation>({ scene: first, sinceMs: 0, isHeld: false });
  const canTurn = !isLinkLost && !isFocused;
  useEffect(() => {
    if (nowMs > 0) setRotation((held) => turn(held, { kind: 'tick', nowMs, dwellMs, canTurn }));
  }, [nowMs, dwellMs, canTurn]);
  const isTurning = dwellMs > 0 && canTurn && !rotation.isHeld;
  const shownMs = Math.max(0, nowMs - rotation.sinceMs);
  return {
    scene: rotation.scene,
    strip: { isHeld: rotation.isHeld, progress: isTurning ? Math.min(1, shownMs / dwellMs) : null, left: isTurning ? formatLeft(dwellMs - shownMs) : null },
    next: () => setRotation((held) => turn(held, { kind: 'next', nowMs })),
    show: (position) => {
      const scene = SCENES[position];
      if (scene !== undefined) setRotation((held) => turn(held, { kind: 'show', scene, nowMs }));
    },
    hold: () => setRotation((held) => turn(held, { kind: 'hold', nowMs })),
  };
}
