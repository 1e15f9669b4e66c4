import { LocalityCode } from '../../shared/domain/ids.ts';
import { WallId, WallReport } from '../../shared/protocol/socket.ts';
import { EPOCH } from './roomsServer.ts';

type Parts = Partial<Omit<WallReport, 'wallId' | 'focusCode'>> & { readonly wallId?: string; readonly focusCode?: string | null };

/** Of a wall that does well, except for what the test names. */
export function aWallReport({ wallId = 'hall', focusCode = null, ...parts }: Parts = {}): WallReport {
  return {
    wallId: WallId.parse(wallId), name: `Sảnh ${wallId}`.slice(0, 24), buildId: 'build-1', uptimeMs: 60_000, viewport: { widthPx: 1_920, heightPx: 1_080, sizeClass: 'compact' },
    scene: 'connectivity', isHeld: false, isPreempted: false, focusCode: focusCode === null ? null : LocalityCode.parse(focusCode),
    applied: [{ channel: 'live', topic: WallReport.shape.applied.element.shape.topic.parse('nation'), epoch: EPOCH, seq: 1 }], handover: null,
    paintedAgeMs: 900, frames: { drawn: 300, overMs: 5_000, medianMs: 16.7, maxMs: 33 }, map: null, heapMb: null, ...parts,
  };
}
