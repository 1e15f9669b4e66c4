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
  /** [LR1] Recording that is played instead of what is live, as the address says it; `null`: none. Kept when there is none of that name. */
  readonly recording: string | null;
}

/** What a person changes at a wall, and the address tells. */
export type WallView = Pick<WallOptions, 'scene' | 'isHeld' | 'round' | 'focusCode'>;

/** What a person sets up once at a wall. */
export interface WallSetup {
  readonly nearM: number;
  readonly widthMm: number;
  readonly dwell: Dwell;
}

/** Of a scene that turns; 0 stands still. */
export const DWELL_RANGE_SEC = { min: 20, max: 300 };
export const DISTANCE_RANGE_M = { min: 0.5, max: 50 };
/** From a small monitor to a wall of a hall. */
export const WIDTH_RANGE_MM = { min: 200, max: 60_000 };

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
    nearM: Math.min(DISTANCE_RANGE_M.max, Math.max(DISTANCE_RANGE_M.min, positive(search.get('distance')) ?? DEFAULT_NEAR_M)),
    widthMm: positive(search.get('widthMm')),
    focusCode: focus !== null && /^\d{2}$/.test(focus) ? focus : null,
    rootCode: root === 'VN' ? null : root,
    recording: search.get('recording'),
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

/** [WO3] The address of the same view on a wall set up so. */
export function withSetup(search: URLSearchParams, { nearM, widthMm, dwell }: WallSetup): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set('distance', String(nearM));
  next.set('widthMm', String(widthMm));
  const seconds = SCENES.map((scene) => dwell[scene] / 1_000);
  next.set('rotate', seconds.every((each) => each === seconds[0]) ? String(seconds[0]) : SCENES.map((scene, i) => `${scene}:${seconds[i]}`).join(','));
  return next;
}

/** Seconds that a scene may stay, when a person goes from `before` to `wanted`: what is too short is nothing or the shortest, whichever way it went. */
export function dwellStep(before: number, wanted: number): number {
  if (wanted <= 0 || (wanted < DWELL_RANGE_SEC.min && wanted < before)) return 0;
  return Math.min(DWELL_RANGE_SEC.max, Math.max(DWELL_RANGE_SEC.min, wanted));
}
