import { PROVENANCES } from '../../shared/domain/provenance.ts';
import type { PlaybackState } from '../../shared/protocol/socket.ts';
import { isPlayedBack } from '../store/mirrorState.ts';

export type WallMode = 'live' | 'simulation' | 'exercise' | 'replay' | 'unknown';

const FRESHNESS_BITS = 7;
const SIMULATED = PROVENANCES.indexOf('simulated');
const ILLUSTRATIVE = PROVENANCES.indexOf('illustrative');

/**
 * [MO1] What the header may claim. One simulated input anywhere and the screen says simulation; "live" needs a reading.
 * [EX5] An exercise goes before both: whatever is measured meanwhile, not all of it is so.
 * `status`: the mirror's packed status column.
 */
export function wallModeOf(status: Uint8Array, playback: Pick<PlaybackState, 'capabilities' | 'exercise'> | null): WallMode {
  if (isPlayedBack(playback)) return 'replay';
  if (playback !== null && playback.exercise !== null) return 'exercise';
  let isAnyRead = false;
  for (const packed of status) {
    if ((packed & FRESHNESS_BITS) === 0) continue;
    isAnyRead = true;
    const provenance = (packed >> 3) & 7;
    if (provenance === SIMULATED || provenance === ILLUSTRATIVE) return 'simulation';
  }
  return isAnyRead ? 'live' : 'unknown';
}
