import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { ROUNDS } from './secondarySets.ts';

/** How long each scene stays, ms. 0: the rotation passes it over; shown by a person it stays until a person moves on. */
export type Dwell = Readonly<Record<SceneId, number>>;

/** Which scene is on, since when, and whether a person holds it. */
export interface Rotation {
  readonly scene: SceneId;
  /** On the axis of the clock given to `turn`. */
  readonly sinceMs: number;
  readonly isHeld: boolean;
  /** How often the rotation has begun anew, 0 to `ROUNDS` - 1: figures that share a place take turns by it. */
  readonly round: number;
}

export type RotationEvent =
  | { readonly kind: 'tick'; readonly nowMs: number; readonly dwell: Dwell; readonly canTurn: boolean }
  | { readonly kind: 'next'; readonly nowMs: number }
  | { readonly kind: 'previous'; readonly nowMs: number }
  | { readonly kind: 'hold'; readonly nowMs: number }
  | { readonly kind: 'show'; readonly scene: SceneId; readonly nowMs: number };

function sceneBeside(scene: SceneId, step: 1 | -1): SceneId {
  return SCENES[(SCENES.indexOf(scene) + step + SCENES.length) % SCENES.length] ?? scene;
}

/** The next scene with a time of its own; the same one when no other has. */
function nextInTurn(scene: SceneId, dwell: Dwell): SceneId {
  let next = sceneBeside(scene, 1);
  while (next !== scene && dwell[next] === 0) next = sceneBeside(next, 1);
  return next;
}

/** On to a scene; past the last one, or back before the first, it is another round. */
function moved(rotation: Rotation, scene: SceneId, step: 1 | -1, sinceMs: number): Rotation {
  const isOver = (SCENES.indexOf(scene) - SCENES.indexOf(rotation.scene)) * step <= 0;
  return { ...rotation, scene, sinceMs, round: (rotation.round + (isOver ? step : 0) + ROUNDS) % ROUNDS };
}

/**
 * [RO1] Pure: turns after the scene's own time, never while held, while the link is lost or where its time is 0. The same object when
 * nothing changed. A clock that jumps turns one scene, not several.
 */
export function turn(rotation: Rotation, event: RotationEvent): Rotation {
  if (event.kind === 'next') return moved(rotation, sceneBeside(rotation.scene, 1), 1, event.nowMs);
  if (event.kind === 'previous') return moved(rotation, sceneBeside(rotation.scene, -1), -1, event.nowMs);
  if (event.kind === 'show') return { ...rotation, scene: event.scene, sinceMs: event.nowMs };
  if (event.kind === 'hold') return { ...rotation, isHeld: !rotation.isHeld, sinceMs: event.nowMs };
  const isFirst = rotation.sinceMs === 0;
  if (isFirst || !event.canTurn) return rotation.sinceMs === event.nowMs ? rotation : { ...rotation, sinceMs: event.nowMs };
  const dwellMs = event.dwell[rotation.scene];
  if (rotation.isHeld || dwellMs === 0 || event.nowMs - rotation.sinceMs < dwellMs) return rotation;
  return moved(rotation, nextInTurn(rotation.scene, event.dwell), 1, event.nowMs);
}

/** "0:38". */
export function formatLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
