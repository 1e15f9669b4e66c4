import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { Problem } from '../../../../shared/protocol/socket.ts';
import type { LinkStatus } from '../../../store/mirrorState.ts';

/** Walls of a room do not all go away at the same moment, nor ask a server that has just started all at once. */
const JITTER_MS = 5 * 60_000;
/** A page that the server cannot use shows nothing worth waiting for. */
const UNUSABLE_JITTER_MS = 20_000;
export const ASK_AGAIN_MS = 30_000;
/** Loaded again for this build already, and still the old page: something in between keeps it. Not in a loop. */
const SAME_BUILD_AGAIN_MS = 3_600_000;
const UNUSABLE_CODES: ReadonlySet<string> = new Set(['protocol', 'other-edition']);

export interface PageState {
  readonly link: LinkStatus['state'];
  readonly alarms: readonly Alarm[];
  readonly problems: readonly Problem[];
}

/** The server refused this page for good: only another page can show anything. */
function isUnusable({ link, problems }: PageState): boolean {
  return link !== 'live' && problems.some(({ code }) => UNUSABLE_CODES.has(code));
}

/** How long after the new build was noticed. `part`: 0-1, by chance. */
export function reloadDelayMs(page: PageState, part: number): number {
  return part * (isUnusable(page) ? UNUSABLE_JITTER_MS : JITTER_MS);
}

/** [AP1] The link is live and nobody is being called: a few seconds without a picture harm nobody. */
export function isQuietMoment(page: PageState): boolean {
  if (isUnusable(page)) return true;
  return page.link === 'live' && !page.alarms.some(({ severity, state }) => (severity === 'critical' || severity === 'high') && (state === 'UNACK' || state === 'RTN_UNACK'));
}

export interface LastReload { readonly buildId: string; readonly atMs: number }

/** [AP1] Only for a build that is another one than this page's, and once an hour for the same. `ownBuildId`: `null` where code of the page is missing. */
export function isWorthReloading(offeredBuildId: string, ownBuildId: string | null, last: LastReload | null, nowMs: number): boolean {
  if (ownBuildId === '' || offeredBuildId === ownBuildId) return false;
  return last === null || last.buildId !== offeredBuildId || nowMs - last.atMs >= SAME_BUILD_AGAIN_MS;
}
