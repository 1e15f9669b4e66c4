import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { MOTION } from '../../theme/tokens.ts';
import { DEFAULT_NEAR_M } from '../../theme/wallScale.ts';

/** What the address of a wall may say. Anything unreadable falls back to the default: a wall has no one to ask. */
export interface WallOptions {
  readonly scene: SceneId;
  /** 0: no rotation. */
  readonly dwellMs: number;
  readonly nearM: number;
  /** `null`: from the size table. */
  readonly widthMm: number | null;
  readonly focusCode: string | null;
}

const DWELL_RANGE_SEC = { min: 20, max: 300 };

function positive(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? value : null;
}

function dwellMsFrom(search: URLSearchParams): number {
  const text = search.get('rotate');
  if (text === null) return MOTION.dwellSec * 1_000;
  const seconds = positive(text);
  return seconds === null ? 0 : Math.min(DWELL_RANGE_SEC.max, Math.max(DWELL_RANGE_SEC.min, seconds)) * 1_000;
}

export function wallOptionsFrom(search: URLSearchParams): WallOptions {
  const focus = search.get('focus');
  return {
    scene: SCENES.find((scene) => scene === search.get('scene')) ?? 'connectivity',
    dwellMs: dwellMsFrom(search),
    nearM: Math.min(50, Math.max(0.5, positive(search.get('distance')) ?? DEFAULT_NEAR_M)),
    widthMm: positive(search.get('widthMm')),
    focusCode: focus !== null && /^\d{2}$/.test(focus) ? focus : null,
  };
}
