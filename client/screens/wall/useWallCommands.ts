import { useEffect, useRef } from 'react';
import type { WallCommand } from '../../../shared/protocol/socket.ts';
import { useChannelLink } from '../../catalogue/ChannelProvider.tsx';

/** [WR4] Has the desk do what the keys of this wall do. */
export function useWallCommands(apply: (command: WallCommand) => void): void {
  const { wall: line } = useChannelLink();
  const held = useRef(apply);
  held.current = apply;
  useEffect(() => line.subscribeCommands((command) => held.current(command)), [line]);
}
