import { useCallback, useEffect, useState } from 'react';
import type { Handover, WallCommand } from '../../../shared/protocol/socket.ts';
import { useNow } from '../../store/mirrorHooks.tsx';
import { takeBack } from '../handoverRequests.ts';
import { heldHandover } from './handover.ts';
import { useWallIdentity } from './useWallIdentity.ts';

export interface HandoverOnWall {
  /** `null`: the wall shows its own scenes. */
  readonly handover: Handover | null;
  tell(command: WallCommand): void;
  /** Somebody at the wall ends it. The server decides, so that it does not come back with the next report. */
  end(): void;
}

/** [TW4] What somebody shows on this wall, until it ends. */
export function useHandover(): HandoverOnWall {
  const { serverNowMs: nowMs } = useNow();
  const { wallId } = useWallIdentity();
  const [handover, setHandover] = useState<Handover | null>(null);
  useEffect(() => {
    if (nowMs > 0) setHandover((held) => heldHandover(held, { kind: 'tick', nowMs }));
  }, [nowMs]);
  const tell = useCallback((command: WallCommand) => setHandover((held) => heldHandover(held, { kind: 'told', command })), []);
  return { handover, tell, end: () => { if (handover !== null) void takeBack(wallId, handover.handoverId); } };
}
