import type { WallDto } from '../../../../shared/protocol/answers.ts';

/** Why a wall cannot show the province, as the server would say; `ready`: it can. */
export type WallFit = 'ready' | 'notConnected' | 'otherRoot' | 'recording';

/** [TW3] Pure. */
export function wallFit({ pages, applied }: Pick<WallDto, 'pages' | 'applied'>, provinceCode: string): WallFit {
  if (pages === 0) return 'notConnected';
  if (applied.some(({ channel }) => channel !== 'live')) return 'recording';
  return applied.length === 0 || applied.some(({ topic }) => topic === 'nation' || topic === `province:${provinceCode}`) ? 'ready' : 'otherRoot';
}

/** The wall chosen at first: the only one that can, or the one that shows this province already; `null`: a person chooses. Pure. */
export function firstChoice(walls: readonly WallDto[], provinceCode: string): string | null {
  const ready = walls.filter((wall) => wallFit(wall, provinceCode) === 'ready');
  const own = ready.find(({ handover }) => handover?.localityCode === provinceCode);
  return own?.wallId ?? (ready.length === 1 ? (ready[0]?.wallId ?? null) : null);
}
