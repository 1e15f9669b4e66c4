import './appliance.css';
import { LocalityCode } from '../../../../shared/domain/ids.ts';
import type { WallReport } from '../../../../shared/protocol/socket.ts';
import type { WallScale } from '../../../theme/wallScale.ts';
import { useWallReports } from '../useWallReports.ts';
import type { WallView } from '../useWallView.ts';
import { useIdleCursor } from './useIdleCursor.ts';
import { useNewBuild } from './useNewBuild.ts';
import { useScreenCare } from './useScreenCare.ts';
import { useWakeLock } from './useWakeLock.ts';

interface Appliance {
  readonly view: Pick<WallView, 'scene' | 'strip' | 'preempting' | 'focusCode'>;
  readonly scale: WallScale;
  readonly widthPx: number;
  readonly heightPx: number;
  /** `null`: there is no map yet. */
  readonly map: WallReport['map'];
}

/** What a wall does that nobody touches for a month. */
export function useAppliance({ view, scale, widthPx, heightPx, map }: Appliance): void {
  const { scene, strip: { isHeld }, preempting, focusCode } = view;
  useWallReports({
    scene, isHeld, focusCode: focusCode === null ? null : LocalityCode.parse(focusCode), isPreempted: preempting !== null, map,
    viewport: { widthPx, heightPx, sizeClass: scale.wallClass },
  });
  useNewBuild();
  useScreenCare(scale.bPx);
  useIdleCursor();
  useWakeLock();
}
