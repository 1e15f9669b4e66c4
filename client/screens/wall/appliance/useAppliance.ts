import './appliance.css';
import { useCallback, useRef } from 'react';
import { LocalityCode } from '../../../../shared/domain/ids.ts';
import type { MapHealth } from '../../../map/mapHealth.ts';
import type { WallScale } from '../../../theme/wallScale.ts';
import { useWallReports } from '../useWallReports.ts';
import type { WallView } from '../useWallView.ts';
import { useIdleCursor } from './useIdleCursor.ts';
import { useNewBuild } from './useNewBuild.ts';
import { useScreenCare } from './useScreenCare.ts';
import { useWakeLock } from './useWakeLock.ts';

interface Appliance {
  readonly view: Pick<WallView, 'scene' | 'strip' | 'preempting' | 'focusCode' | 'handover'>;
  readonly scale: WallScale;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Code of this page did not come. */
  readonly isIncomplete: boolean;
}

/** What a wall does that nobody touches for a month. Returns where its map tells how it fares. */
export function useAppliance({ view, scale, widthPx, heightPx, isIncomplete }: Appliance): (health: MapHealth) => void {
  const mapHealth = useRef<MapHealth | null>(null);
  const { scene, strip: { isHeld }, preempting, focusCode, handover } = view;
  useWallReports({
    scene, isHeld, focusCode: focusCode === null ? null : LocalityCode.parse(focusCode), isPreempted: preempting !== null, handover,
    viewport: { widthPx, heightPx, sizeClass: scale.wallClass },
  }, mapHealth);
  useNewBuild(isIncomplete);
  useScreenCare(scale.bPx);
  useIdleCursor();
  useWakeLock();
  // Told twice a second: kept beside the state, so that it renders nothing.
  return useCallback((health) => { mapHealth.current = health; }, []);
}
