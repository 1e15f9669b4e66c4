import { type RefObject, useEffect, useRef } from 'react';
import type { WallReport } from '../../../shared/protocol/socket.ts';
import { BUILD_ID } from '../../catalogue/buildId.ts';
import { useChannelLink } from '../../catalogue/ChannelProvider.tsx';
import type { MapHealth } from '../../map/mapHealth.ts';
import { startWallReporter, type WallReporter } from '../../net/wallReporter.ts';
import { useMirrorStore } from '../../store/mirrorHooks.tsx';
import { useWallIdentity } from './useWallIdentity.ts';

/** What the page shows, as the desk is told of it. */
export type ShownOnWall = Pick<WallReport, 'scene' | 'isHeld' | 'isPreempted' | 'focusCode' | 'handover' | 'viewport'>;

function toMapReport(health: MapHealth | null): WallReport['map'] {
  if (health === null || health.isSoftware === null) return null;
  const { isDrawing, isSoftware, framesDrawn, contextLosses, rebuilds } = health;
  return { isDrawing, isSoftware, framesDrawn, contextLosses, rebuilds };
}

/** [WR1] Tells the server how this wall does, what it shows as soon as that changes, and goodbye when the page is closed on purpose. */
export function useWallReports(shown: ShownOnWall, mapHealth: RefObject<MapHealth | null>): void {
  const { wall: line } = useChannelLink();
  const store = useMirrorStore();
  const { wallId, name } = useWallIdentity();
  const described = { ...shown, wallId, name, buildId: BUILD_ID };
  const held = useRef(described);
  held.current = described;
  const reporter = useRef<WallReporter | null>(null);
  useEffect(() => {
    const started = startWallReporter({ line, store, describe: () => ({ ...held.current, map: toMapReport(mapHealth.current) }) });
    reporter.current = started;
    const handleHide = () => line.goodbye();
    window.addEventListener('pagehide', handleHide);
    return () => {
      window.removeEventListener('pagehide', handleHide);
      started.stop();
      // To another page of the product: nobody need look for this wall.
      line.goodbye();
    };
  }, [line, store, mapHealth]);
  const { scene, isHeld, isPreempted, focusCode, handover } = shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever of these changes is what there is to tell.
  useEffect(() => reporter.current?.soon(), [scene, isHeld, isPreempted, focusCode, handover?.handoverId]);
}
