import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { MOTION } from '../../theme/tokens.ts';
import { DEFAULT_NEAR_M } from '../../theme/wallScale.ts';
import type { Dwell } from './rotation.ts';
import { ROUNDS } from './secondarySets.ts';

/** What the address of a wall may say. Anything unreadable falls back to the default: a wall has no one to ask. */
export interface WallOptions {
  readonly scene: SceneId;
  readonly isHeld: boolean;
  /** Round of the rotation, by which figures that share a place take turns. */
  readonly round: number;
  readonly dwell: Dwell;
  readonly nearM: number;
  /** `null`: from the size table. */
  readonly widthMm: number | null;
  readonly focusCode: string | null;
  /** [RT1] Whose wall this is, as the address says it; `null`: the country. Kept when it is wrong, so that the wall can say so. */
  readonly rootCode: string | null;
}

/** What a person changes at a wall, and the address tells. */
export type WallView = Pick<WallOptions, 'scene' | 'isHeld' | 'round' | 'focusCode'>;

const DWELL_RANGE_SEC = { min: 20, max: 300 };

function positive(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? value : null;
}

/** Ms; 0 for "0" and for what is no number. */
function dwellMsOf(text: string): number {
  const seconds = positive(text);
  return seconds === null ? 0 : Math.min(DWELL_RANGE_SEC.max, Math.max(DWELL_RANGE_SEC.min, seconds)) * 1_000;
}

/** "45": every scene. "connectivity:60,dossiers:0": those named, the others as long as by default. */
function dwellFrom(text: string | null): Dwell {
  const usualMs = MOTION.dwellSec * 1_000;
  const all = (dwellMs: number) => ({ connectivity: dwellMs, security: dwellMs, dossiers: dwellMs });
  if (text === null) return all(usualMs);
  if (!text.includes(':')) return all(dwellMsOf(text));
  const named = text.split(',').map((part) => part.split(':') as [string, string?]);
  return Object.fromEntries(SCENES.map((scene) => {
    const seconds = named.find(([name]) => name === scene)?.[1];
    return [scene, seconds === undefined ? usualMs : dwellMsOf(seconds)];
  })) as unknown as Dwell;
}

/** `homeLocality`: the province that is the root where the address names none; "VN" in the address is the country all the same. */
export function wallOptionsFrom(search: URLSearchParams, homeLocality: string | null = null): WallOptions {
  const focus = search.get('focus');
  const root = search.get('root')?.trim().toUpperCase() || homeLocality;
  return {
    scene: SCENES.find((scene) => scene === search.get('scene')) ?? 'connectivity',
    isHeld: search.get('hold') === '1',
    round: Math.floor(positive(search.get('round')) ?? 0) % ROUNDS,
    dwell: dwellFrom(search.get('rotate')),
    nearM: Math.min(50, Math.max(0.5, positive(search.get('distance')) ?? DEFAULT_NEAR_M)),
    widthMm: positive(search.get('widthMm')),
    focusCode: focus !== null && /^\d{2}$/.test(focus) ? focus : null,
    rootCode: root === 'VN' ? null : root,
  };
}

/** [WO2] The address that opens this view again; what else it said is kept. */
export function withView(search: URLSearchParams, { scene, isHeld, round, focusCode }: WallView): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set('scene', scene);
  if (isHeld) next.set('hold', '1');
  else next.delete('hold');
  if (round === 0) next.delete('round');
  else next.set('round', String(round));
  if (focusCode === null) next.delete('focus');
  else next.set('focus', focusCode);
  return next;
}
