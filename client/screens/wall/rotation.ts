import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';

/** Which scene is on, since when, and whether a person holds it. */
export interface Rotation {
  readonly scene: SceneId;
  /** On the axis of the clock given to `advance`. */
  readonly sinceMs: number;
  readonly isHeld: boolean;
}

export type RotationEvent =
  | { readonly kind: 'tick'; readonly nowMs: number; readonly dwellMs: number; readonly canTurn: boolean }
  | { readonly kind: 'next'; readonly nowMs: number }
  | { readonly kind: 'show'; readonly scene: SceneId; readonly nowMs: number }
  | { readonly kind: 'hold'; readonly nowMs: number };

function nextScene(scene: SceneId): SceneId {
  return SCENES[(SCENES.indexOf(scene) + 1) % SCENES.length] ?? scene;
}

/**
 * [RO1] Pure: turns after the dwell time, never while held, while the link is lost or when the dwell is 0. The same object when
 * nothing changed. A clock that jumps turns one scene, not several.
 */
export function turn(rotation: Rotation, event: RotationEvent): Rotation {
  if (event.kind === 'next') return { ...rotation, scene: nextScene(rotation.scene), sinceMs: event.nowMs };
  if (event.kind === 'show') return { ...rotation, scene: event.scene, sinceMs: event.nowMs };
  if (event.kind === 'hold') return { ...rotation, isHeld: !rotation.isHeld, sinceMs: event.nowMs };
  const isFirst = rotation.sinceMs === 0;
  if (isFirst || !event.canTurn) return rotation.sinceMs === event.nowMs ? rotation : { ...rotation, sinceMs: event.nowMs };
  if (rotation.isHeld || event.dwellMs === 0 || event.nowMs - rotation.sinceMs < event.dwellMs) return rotation;
  return { ...rotation, scene: nextScene(rotation.scene), sinceMs: event.nowMs };
}

/** "0:38". */
export function formatLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
