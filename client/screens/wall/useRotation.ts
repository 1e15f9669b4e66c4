import { useEffect, useState } from 'react';
import type { StripRotation } from '../../panels/DomainStrip.tsx';
import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { useLink, useNow } from '../../store/mirrorHooks.tsx';
import { type Dwell, formatLeft, type Rotation, type RotationEvent, turn } from './rotation.ts';

export interface SceneRotation {
  readonly scene: SceneId;
  readonly round: number;
  readonly strip: StripRotation;
  next(): void;
  previous(): void;
  show(position: number): void;
  hold(): void;
}

interface RotationOptions {
  readonly scene: SceneId;
  readonly isHeld: boolean;
  readonly round: number;
  readonly dwell: Dwell;
  /** Someone looks at one province, or an alarm stands before the scenes. */
  readonly isStopped: boolean;
}

/** The scene on the wall. Stands still while it is stopped, and while the link is lost. */
export function useRotation({ scene, isHeld, round, dwell, isStopped }: RotationOptions): SceneRotation {
  const { serverNowMs: nowMs } = useNow();
  const isLinkLost = useLink().state === 'lost';
  const [rotation, setRotation] = useState<Rotation>({ scene, sinceMs: 0, isHeld, round });
  const canTurn = !isLinkLost && !isStopped;
  const tell = (event: RotationEvent) => setRotation((held) => turn(held, event));
  useEffect(() => {
    if (nowMs > 0) setRotation((held) => turn(held, { kind: 'tick', nowMs, dwell, canTurn }));
  }, [nowMs, dwell, canTurn]);
  const dwellMs = dwell[rotation.scene];
  const isTurning = dwellMs > 0 && canTurn && !rotation.isHeld;
  const shownMs = Math.max(0, nowMs - rotation.sinceMs);
  return {
    scene: rotation.scene, round: rotation.round,
    strip: { isHeld: rotation.isHeld, progress: isTurning ? Math.min(1, shownMs / dwellMs) : null, left: isTurning ? formatLeft(dwellMs - shownMs) : null },
    next: () => tell({ kind: 'next', nowMs }),
    previous: () => tell({ kind: 'previous', nowMs }),
    show: (position) => {
      const chosen = SCENES[position];
      if (chosen !== undefined) tell({ kind: 'show', scene: chosen, nowMs });
    },
    hold: () => tell({ kind: 'hold', nowMs }),
  };
}
